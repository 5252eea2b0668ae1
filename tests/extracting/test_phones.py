import pytest

from tests.extracting.pages import read


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ('<a href="tel:+493012345678">call</a>', "+493012345678"),
        ('<a href="tel:030%2F123%20456-78">call</a>', "+493012345678"),
        ('<a href="tel:+49(0)3012345678">call</a>', "+493012345678"),
        ('<a href="TEL:004930-12345678;ext=5">call</a>', "+493012345678"),
        ("<p>Telefon: 030 / 123 456 78</p>", "+493012345678"),
        ("<p>Tel.:&nbsp;<b>030\u201312345678</b></p>", "+493012345678"),
        ("<table><tr><td>Fax</td><td>(030) 12345678</td><td>10115</td></table>", "+493012345678"),
        ("<p>☎ 030 12345678</p>", "+493012345678"),
        ("<p>Rufen Sie +49 (0) 30 12345678 an</p>", "+493012345678"),
        (
            '<script type="application/ld+json">{"@type":"Store","telephone":"030 12345678"}</script>',
            "+493012345678",
        ),
        ('<span itemprop="telephone">030 12345678</span>', "+493012345678"),
        ('<span itemprop="faxNumber" content="030 12345678">fax</span>', "+493012345678"),
    ],
)
def test_a_number_is_found_and_made_international(body: str, number: str) -> None:
    assert read(body).phones == (number,)


@pytest.mark.parametrize(
    ("text", "url", "number"),
    [
        ("Phone: 020 7946 0018", "https://acme.co.uk/", "+442079460018"),
        ("Téléphone : 01 42 68 53 00", "https://acme.fr/", "+33142685300"),
        ("Teléfono: 91 123 45 67", "https://acme.es/", "+34911234567"),
        ("Tel. 22 123 45 67", "https://acme.pl/", "+48221234567"),
        (
            "電話番号\uff1a\uff10\uff13\uff0d\uff13\uff12\uff11\uff12\uff0d\uff13\uff14\uff15\uff16",
            "https://acme.jp/",
            "+81332123456",
        ),
        ("Телефон: 8 (495) 123-45-67", "https://acme.ru/", "+74951234567"),
        ("Phone: (212) 736-5000", "https://acme.com/", "+12127365000"),
        ("New York (212) 736-5000", "https://acme.com/", "+12127365000"),
        ("Zürich 0041 44 668 18 00", "https://acme.com/", "+41446681800"),
    ],
)
def test_the_region_is_the_country_of_the_domain(text: str, url: str, number: str) -> None:
    assert read(f"<p>{text}</p>", url=url).phones == (number,)


def test_the_users_region_wins() -> None:
    assert read("Tel: 01 42 68 53 00", phone_region="FR").phones == ("+33142685300",)


def test_the_language_tells_the_region_where_it_has_one() -> None:
    assert read("Tel: 01 5123456", html='<html lang="de-AT">', url="https://acme.com").phones == ("+4315123456",)


def test_the_address_tells_the_region_at_last() -> None:
    data = (
        '{"@type":"Hotel","telephone":"01 5123456","address":{"@type":"PostalAddress","addressCountry":"Austria"}}'
    )

    facts = read(f'<script type="application/ld+json">{data}</script>', url="https://acme.com")

    assert facts.phones == ("+4315123456",)


def test_a_number_of_an_uncertain_country_is_kept_as_digits() -> None:
    facts = read("Tel: 030 12345678", html='<html lang="de">', url="https://acme.com")

    assert facts.phones == ("03012345678",)


def test_a_linked_number_that_is_not_valid_is_kept_as_digits() -> None:
    assert read('<a href="tel:+49 11 22">x</a>').phones == ("491122",)


@pytest.mark.parametrize(
    "text",
    [
        "Am 12.03.2024 um 10:30",
        "Tel. Beratung am 12.03.2024",
        "2024-03-12",
        "Call: 01.02.2024",
        "Preis: 1.299.000,00 €",
        "ISBN 978-3-16-148410-0",
        "Artikelnummer 03012345678",
        "USt-IdNr. DE123456789",
        "IBAN DE89 3704 0044 0532 0130 00",
        "Handelsregister HRB 12345678",
        "10115 Berlin",
        "Öffnungszeiten: 08:00-18:00",
        "+100 000 000 Besucher",
        "Copyright 2019 - 2024",
        "Call 123456789",
        "https://firma.de/tel/03012345678.html",
    ],
)
def test_dates_prices_and_ids_are_no_numbers(text: str) -> None:
    assert read(f"<p>{text}</p>").phones == ()


def test_a_number_stands_there_once() -> None:
    facts = read('<a href="tel:03012345678">+49 30 12345678</a> Tel: 030/12345678 Telefax 030 12345679')

    assert facts.phones == ("+493012345678", "+493012345679")


@pytest.mark.parametrize("between", [", ", " / ", "  ", " oder ", " und "])
def test_several_numbers_may_follow_one_word(between: str) -> None:
    assert read(f"Tel: 030 12345678{between}030 12345679").phones == ("+493012345678", "+493012345679")


def test_an_extension_is_no_part_of_the_number() -> None:
    assert read('<a href="tel:+12127365000,123">x</a>').phones == ("+12127365000",)
