import pytest

from tests.extracting.pages import read


def json_ld(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


ADDRESS = (
    '{"@type":"PostalAddress","streetAddress":"Hauptstr. 1","postalCode":"10115",'
    '"addressLocality":"Berlin","addressCountry":"DE"}'
)


def test_name_address_and_logo_come_from_json_ld() -> None:
    facts = read(json_ld(f'{{"@type":"Dentist","name":"Dr. Acme","logo":{{"url":"/l.svg"}},"address":{ADDRESS}}}'))

    assert facts.organization == "Dr. Acme"
    assert facts.address == "Hauptstr. 1, 10115 Berlin, DE"
    assert facts.logo_url == "https://www.acme-werke.de/l.svg"


def test_name_and_address_come_from_microdata() -> None:
    facts = read(
        '<div itemscope itemtype="https://schema.org/LocalBusiness"><b itemprop="name">Acme</b>'
        '<p itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">'
        '<span itemprop="streetAddress">Hauptstr. 1</span> <span itemprop="postalCode">10115</span> '
        '<span itemprop="addressLocality">Berlin</span></p></div>'
    )

    assert (facts.organization, facts.address) == ("Acme", "Hauptstr. 1, 10115 Berlin")


def test_an_address_element_gives_the_address_without_its_contacts() -> None:
    facts = read("<address>Acme GmbH<br>Hauptstr. 1<br>10115 Berlin<br>Tel: 030 123<br>info@acme.de</address>")

    assert facts.address == "Acme GmbH, Hauptstr. 1, 10115 Berlin"


@pytest.mark.parametrize(
    "data", ["{", "[" * 100_000, '{"@type":', "null", '"x"', '{"@type":["Organization"],"name":[1]}']
)
def test_broken_json_ld_is_left_out(data: str) -> None:
    facts = read(json_ld(data))

    assert (facts.organization, facts.address) == (None, None)


@pytest.mark.parametrize(
    ("head", "favicon"),
    [
        ('<link rel="shortcut icon" href="fav.ico">', "https://www.acme-werke.de/fav.ico"),
        ('<base href="https://cdn.de/x/"><link rel="icon" href="fav.png">', "https://cdn.de/x/fav.png"),
        ('<link rel="ICON" href="//cdn.de/fav.png">', "https://cdn.de/fav.png"),
        ('<link rel="icon" href="data:image/png;base64,AAAA">', None),
        ('<link rel="icon" href="javascript:alert(1)">', None),
        ('<link rel="icon" href="ftp://cdn.de/fav.png">', None),
        ('<link rel="icon" href="http://[::bad">', None),
        ('<link rel="apple-touch-icon" href="a.png">', None),
        (f'<link rel="icon" href="/{"x" * 5000}">', None),
        ("", None),
    ],
)
def test_the_favicon_is_an_address_that_can_be_fetched(head: str, favicon: str | None) -> None:
    assert read(head=head).favicon_url == favicon


@pytest.mark.parametrize(
    "body",
    [
        '<header><a class="site-logo" href="/"><img src="/l.png"></a></header>',
        '<img id="Logo" src="data:image/gif;base64,R0" data-src="/l.png">',
        '<img class="custom-logo" src="/l.png"><img class="logo" src="/m.png">',
        '<img itemprop="logo" src="https://www.acme-werke.de/l.png">',
    ],
)
def test_the_logo_is_the_first_picture_named_so(body: str) -> None:
    assert read(body).logo_url == "https://www.acme-werke.de/l.png"
