import pytest

from tests.extracting.pages import read


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ('<a href="tel:+493012345678">call</a>', "+493012345678"),
        ('<a href="tel:030%2F123%20456-78">call</a>', "+493012345678"),
        ('<a href="tel:+49(0)3012345678">call</a>', "+493012345678"),
        ('<a href="tel:+49 (0) 30 / 123 456 78">call</a>', "+493012345678"),
        ('<a href="TEL:004930-12345678;ext=5">call</a>', "+493012345678"),
        ('<a href="tel://+493012345678">call</a>', "+493012345678"),
        ('<a href="tel: %2B49 30 12345678">call</a>', "+493012345678"),
        ('<a href="tel:Tel.:030/12345678">call</a>', "+493012345678"),
        ('<a href="tel:4930 12345678">call</a>', "+493012345678"),
        ('<a href="callto:+493012345678">call</a>', "+493012345678"),
        ('<a href="fax:+493012345678">fax</a>', "+493012345678"),
        ('<a href="sms:+4917112345678">text</a>', "+4917112345678"),
        ("<button onclick=\"location.href='tel:+493012345678'\">call</button>", "+493012345678"),
        ('<map name="m"><area href="tel:+493012345678" alt="call"></map>', "+493012345678"),
        ('<script type="application/ld+json">{"telephone":"030 12345678"}</script>', "+493012345678"),
        ('<script type="application/ld+json">{"telephone":493012345678}</script>', "+493012345678"),
        (
            '<script type="application/ld+json">{"contactPoint":[{"faxNumber":["030 12345678"]}]}</script>',
            "+493012345678",
        ),
        ('<span itemprop="telephone">030 12345678</span>', "+493012345678"),
        ('<span itemprop="telephone">Tel.: 030 12345678</span>', "+493012345678"),
        ('<span itemprop="faxNumber" content="030 12345678">fax</span>', "+493012345678"),
        ('<span class="tel"><b class="type">Fax</b> <i class="value">030 12345678</i></span>', "+493012345678"),
        ('<i class="fa fa-phone"></i> 030 12345678', "+493012345678"),
        ('<img src="/telefon.png" alt=""> <b>030 12345678</b>', "+493012345678"),
        ('<svg class="icon-phone"><path d="M0 0 1 1"></path></svg><span>030 12345678</span>', "+493012345678"),
        ('<div class="header-phone">030 12345678</div>', "+493012345678"),
        ('<a href="https://wa.me/4917112345678">0171 12345678</a>', "+4917112345678"),
        ('<a href="/anrufen" data-phone="x">+49 30 12345678</a>', "+493012345678"),
    ],
)
def test_a_number_is_found_where_the_mark_up_says_so(body: str, number: str) -> None:
    assert read(body).phones == (number,)


@pytest.mark.parametrize(
    "body",
    [
        "Telefon: 030 / 123 456 78",
        "Tel.:&nbsp;<b>030\u201312345678</b>",
        "<table><tr><td>Fax</td><td>(030) 12345678</td><td>10115</td></table>",
        "☎ 030 12345678",
        "Rufen Sie +49 (0) 30 12345678 an",
        "Tel. 030-12345678.",
        "Tel: 030.123.456.78",
        "Tel 0 30 / 12 34 56 78",
        "Tel.030/12345678",
        "Tel030 12345678",
        "Telefon+49 30 12345678",
        "Tel.-Nr.: 030 12345678",
        "Telefon (Mo-Fr 9-17 Uhr): 030 12345678",
        "Telefon Zentrale Berlin: 030 12345678",
        "Tel/Fax: 030 12345678",
        "Tel. + Fax 030 12345678",
        "T: 030 12345678",
        "T +49 30 12345678",
        "F. 030 12345678",
        "Servicehotline 030 12345678",
        "Telefaxnummer: 030 12345678",
        "Mobil\u00a0030 12345678",
        "030 12345678 (Telefon)",
        "0049 30 12345678",
        "0049 (0)30 12345678",
        "(+49) 30 12345678",
        "+49 [0]30 12345678",
        "+49 30 / 12345-678",
        "Telefon: 030 12345678Fax",
        "Tel: 030 12345678, Mo-Fr 08:00-18:00",
        "Tel: 030 12345678 10.30-18.00 Uhr",
        "Tel: 030 12345678<br>Steuernummer 12/345/67890",
        "<dl><dt>Telefon</dt><dd>030 12345678</dd></dl>",
        "Tel.: <span>030</span> <b>123 456 78</b>",
        "Tel.: <span>+49</span><span>30</span><span>123</span><span>45678</span>",
        "Tel. 030\n      12345678",
        "<p>Hauptstr. 1, 10115 Berlin, 030 12345678, info@firma.de</p>",
        "<address>Firma GmbH<br>Hauptstr. 1<br>10115 Berlin<br>030 / 12345678</address>",
        "Tel: \u202a+49 30 12345678\u202c",
        "Tel. \uff0b\uff14\uff19\u3000\uff13\uff10\u3000\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
    ],
)
def test_a_german_number_is_found_however_it_is_written(body: str) -> None:
    assert read(f"<p>{body}</p>").phones == ("+493012345678",)


def test_the_users_region_wins() -> None:
    assert read("Tel: 01 42 68 53 00", phone_region="FR").phones == ("+33142685300",)


def test_the_language_tells_the_region_where_it_has_one() -> None:
    assert read("Tel: 01 5123456", html='<html lang="de-AT">', url="https://acme.com").phones == ("+4315123456",)


@pytest.mark.parametrize(
    ("tag", "text", "number"),
    [
        ("de", "Tel: 030 12345678", "+493012345678"),
        ("fr", "Tél. 01 42 68 53 00", "+33142685300"),
        ("nl", "Tel. 020-1234567", "+31201234567"),
        ("pt", "Tel. (11) 91234-5678", "+5511912345678"),
        ("ru", "Тел. 8 (495) 123-45-67", "+74951234567"),
    ],
)
def test_a_number_of_one_country_of_the_language_is_certain(tag: str, text: str, number: str) -> None:
    assert read(text, html=f'<html lang="{tag}">', url="https://acme.com").phones == (number,)


def test_a_number_that_fits_several_countries_is_kept_as_digits() -> None:
    facts = read("Tel: 0171 1234567", html='<html lang="de">', url="https://acme.com")

    assert facts.phones == ("01711234567",)


@pytest.mark.parametrize(
    "address",
    [
        "10115 Berlin, Deutschland",
        "Hauptstr. 1, 10115 Berlin",
        "D-10115 Berlin",
        '<script type="application/ld+json">{"address":{"addressCountry":"DE"}}</script>',
        '<script type="application/ld+json">{"addressCountry":{"@type":"Country","name":"Germany"}}</script>',
        '<span itemprop="addressCountry">Germany</span>',
        '<meta itemprop="addressCountry" content="DE">',
        "Fax +49 30 12345678",
    ],
)
def test_the_address_tells_the_region_at_last(address: str) -> None:
    facts = read(f"<p>{address}<p>Tel: 0171 1234567", html='<html lang="de">', url="https://acme.com")

    assert "+491711234567" in facts.phones


@pytest.mark.parametrize(
    ("address", "text", "number"),
    [
        ("10 High St, London SW1A 1AA", "020 7946 0018", "+442079460018"),
        ("1 Main St, Springfield, IL 62701", "(217) 555-0123", "+12175550123"),
        ("1 George St, Sydney NSW 2000", "02 9123 4567", "+61291234567"),
        ("Bahnhofstrasse 1, CH-8001 Zürich", "044 668 18 00", "+41446681800"),
        ("1010 Wien, Austria", "01 5123456", "+4315123456"),
    ],
)
def test_addresses_of_a_country_are_known_by_their_form(address: str, text: str, number: str) -> None:
    facts = read(f"<p>{address}</p><p>Phone: {text}</p>", html='<html lang="en">', url="https://acme.com")

    assert facts.phones == (number,)


def test_an_address_abroad_shows_that_the_tag_is_a_default() -> None:
    data = '<script type="application/ld+json">{"telephone":"022 341 88 27","addressCountry":"CH"}</script>'

    assert read(data, html='<html lang="fr-FR">', url="https://acme.com").phones == ("+41223418827",)


def test_a_linked_number_that_is_not_valid_is_kept_as_digits() -> None:
    assert read('<a href="tel:+49 11 22">x</a>').phones == ("491122",)


@pytest.mark.parametrize("text", ["Phone: 555-1234", "Tel. 22 123 45 67", "Tel. 01234 5", "D:8 35100 Bornova"])
@pytest.mark.parametrize("url", ["https://acme.com", "https://acme.co.uk"])
def test_what_is_valid_in_no_country_of_the_page_is_kept_from_links_only(text: str, url: str) -> None:
    facts = read(f"<p>{text}</p><a href=tel:311>x</a>", url=url, html='<html lang="en">')

    assert facts.phones == ("311",)


def test_a_number_stands_there_once() -> None:
    facts = read('<a href="tel:03012345678">+49 30 12345678</a> Tel: 030/12345678 Telefax 030 12345679')

    assert facts.phones == ("+493012345678", "+493012345679")


@pytest.mark.parametrize(
    "between", [", ", " / ", "/", "  ", " oder ", " und ", "; ", " | ", "<br>", " - ", ",", " (Büro), Fax "]
)
def test_several_numbers_may_follow_one_word(between: str) -> None:
    assert read(f"Tel: 030 12345678{between}030 12345679").phones == ("+493012345678", "+493012345679")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Tel. 030 123456, 654321", ("+4930123456", "+4930654321")),
        ("Tel. +49 30 123456 / 654321", ("+4930123456", "+4930654321")),
        ("Tel. 030 12345-0 / -20", ("+4930123450", "+49301234520")),
        ("Tel. 030 12345-0, Fax -99", ("+4930123450", "+49301234599")),
        ("Tel. 030 12345-0<br>Fax: -99", ("+4930123450", "+49301234599")),
        ("Tel. 030 123456/57", ("+4930123456", "+4930123457")),
        ("Tel. 06421 12345 / 0171 1234567", ("+49642112345", "+491711234567")),
        ("Tel. 030 1234567 0171 1234567", ("+49301234567", "+491711234567")),
        ("Tel. 030 1234567 +49 171 1234567", ("+49301234567", "+491711234567")),
        ("<td>Tel. 030 1234567</td><td>Fax 030 1234568</td>", ("+49301234567", "+49301234568")),
    ],
)
def test_numbers_that_share_a_beginning_are_completed(text: str, numbers: tuple[str, ...]) -> None:
    assert read(f"<table><tr><td>{text}</table>").phones == numbers


def test_numbers_in_one_link_are_parted() -> None:
    assert read('<a href="tel:03012345678,030 12345679">x</a>').phones == ("+493012345678", "+493012345679")


@pytest.mark.parametrize(
    "body",
    [
        '<a href="tel:+12127365000,123">x</a>',
        '<a href="tel:+1-212-736-5000;ext=12">x</a>',
        '<a href="tel:+1-212-736-5000p12">x</a>',
        "Phone: (212) 736-5000 ext. 12",
        "Phone: (212) 736-5000 x12",
        "Phone: (212) 736-5000x12",
    ],
)
def test_an_extension_is_no_part_of_the_number(body: str) -> None:
    assert read(body, url="https://acme.com/").phones == ("+12127365000",)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="tel:1-800-FLOWERS">x</a>',
        "Call 1-800-FLOWERS today",
        "1 (800) FLOWERS",
        "(800) FLOWERS",
        "1-800-FLO-WERS",
    ],
)
def test_letters_in_a_number_are_dialled(body: str) -> None:
    assert read(body, url="https://acme.com/").phones == ("+18003569377",)


def test_no_more_than_a_hundred_are_kept() -> None:
    assert len(read(" ".join(f"Tel. 030 12345{n:03};" for n in range(500))).phones) == 100


@pytest.mark.parametrize(
    ("text", "domain", "number"),
    [
        ("Réservez au 02 48 44 11 22", "fr", "+33248441122"),
        ("Un conseiller est joignable au 0248441122", "fr", "+33248441122"),
        ("Kontoret 97 32 11 22", "dk", "+4597321122"),
        ("Tổng đài 1900 1122", "vn", "+8419001122"),
        ("Directo: 52 (33) 3827-1122", "mx", "+523338271122"),
        ("Capitais: 4004-1122", "com.br", "+5540041122"),
        ("Hotline č. 601 123 456", "cz", "+420601123456"),
    ],
)
def test_a_word_may_name_a_number_in_any_language(text: str, domain: str, number: str) -> None:
    assert read(f"<p>{text}</p>", url=f"https://acme.{domain}/").phones == (number,)


@pytest.mark.parametrize(
    ("word", "domain", "numbers"),
    [
        ("eller", "dk", ("20441122", "97321122")),
        ("of", "nl", ("0201234567", "0301234567")),
        ("nebo", "cz", ("601123456", "602123456")),
        ("lub", "pl", ("221234567", "421234567")),
        ("veya", "com.tr", ("02121234567", "02161234567")),
        ("tai", "fi", ("091234567", "0401234567")),
        ("или", "ru", ("84951234567", "84991234567")),
    ],
)
def test_a_word_names_two_numbers_that_are_joined(word: str, domain: str, numbers: tuple[str, str]) -> None:
    first, second = numbers

    facts = read(f"<p>Tel. {first} {word} {second}</p>", url=f"https://acme.{domain}/")

    assert len(facts.phones) == 2


@pytest.mark.parametrize(
    ("text", "domain", "fax"),
    [
        ("Tel: 0 (232) 441 11 22 \u2013 Faks: 441 11 23", "com.tr", "+902324411123"),
        ("Tel 07171 92561-0<br>Fax 92561-99", "de", "+4971719256199"),
    ],
)
def test_a_fax_takes_the_area_of_the_number_before_it(text: str, domain: str, fax: str) -> None:
    assert read(f"<p>{text}</p>", url=f"https://acme.{domain}/").phones[1:] == (fax,)


@pytest.mark.parametrize(
    ("text", "domain", "number"),
    [
        ("0800 4411223", "de", "+498004411223"),
        ("1300 441 223", "com.au", "+611300441223"),
        ("0120-441-223", "jp", "+81120441223"),
    ],
)
def test_a_free_number_needs_no_word(text: str, domain: str, number: str) -> None:
    assert read(f"<p>{text}</p>", url=f"https://acme.{domain}/").phones == (number,)


@pytest.mark.parametrize(
    "data",
    [
        '{"@type":"Product","manufacturer":{"@type":"Organization","telephone":"030 12345678"}}',
        '{"@type":"MusicEvent","location":{"@type":"Place","telephone":"030 12345678"}}',
        '{"@type":"Hotel","review":[{"author":{"@type":"Person","telephone":"030 12345678"}}]}',
    ],
)
def test_structured_data_may_name_the_numbers_of_others(data: str) -> None:
    assert read(f'<script type="application/ld+json">{data}</script>').phones == ()


@pytest.mark.parametrize("key", ["contactPoint", "department", "location", "publisher"])
def test_the_numbers_of_a_firms_parts_are_its_own(key: str) -> None:
    data = f'{{"@type":"Organization","{key}":{{"telephone":"030 12345678"}}}}'

    assert read(f'<script type="application/ld+json">{data}</script>').phones == ("+493012345678",)


def test_direct_lines_follow_a_named_number_only() -> None:
    named, unnamed = (read(f"<p>info@firma.de {word} 030 1234-0, -20</p>").phones for word in ("Tel.", ""))

    assert (len(named), len(unnamed)) == (2, 1)


def test_the_same_number_again_in_brackets_is_one() -> None:
    facts = read("<p>Call 1300 441 223 (13 00 44 12 23)</p>", url="https://acme.com.au/")

    assert facts.phones == ("+611300441223",)


def test_the_head_of_a_column_names_its_numbers() -> None:
    table = (
        "<table><tr><th>Name<th>Telefon<th>Indeks</tr>"
        "<tr><td>Anna</td><td>22 123 45 67</td><td>601 123 456</td></tr></table><p>kontakt@acme.pl</p>"
    )

    assert read(table, url="https://acme.pl/").phones == ("+48221234567",)
