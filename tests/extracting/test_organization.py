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


@pytest.mark.parametrize(
    "data",
    [
        '{"@type":"Organization","name":"Acme"}',
        '{"@context":"https://schema.org","@type":["Organization","Brand"],"name":"Acme","url":"/"}',
        '{"@type":"schema:Hotel","name":"Acme"}',
        '{"@type":"https://schema.org/Winery","name":["Acme","Acme Wines"]}',
        '{"@type":"localBusiness","legalName":"Acme"}',
        '[{"@type":"BreadcrumbList"},{"@type":"Store","name":"Acme"}]',
        (
            '{"@graph":[{"@type":"WebSite","publisher":{"@id":"#o"}},{"@type":"Organization","@id":"#x","name":"X"},'
            '{"@type":"Organization","@id":"#o","name":"Acme"}]}'
        ),
        '{"@type":"WebSite","publisher":{"@type":"Organization","name":"Acme"}}',
        (
            '{"@type":"Article","author":{"@type":"Organization","name":"Writers"},'
            '"publisher":{"@type":"Organization","name":"Acme"}}'
        ),
        '[{"@type":"Review","itemReviewed":{"@type":"Restaurant","name":"Other"}},{"@type":"Store","name":"Acme"}]',
        '[{"@type":"Product","brand":{"@type":"Brand","name":"Other"}},{"@type":"Store","name":"Acme"}]',
        '{"@type":"Store","name":"Acme","parentOrganization":{"@type":"Corporation","name":"Other"}}',
        '[{"@type":"ItemList","itemListElement":[{"@type":"Hotel","name":"Other"}]},{"@type":"NGO","name":"Acme"}]',
        '{"@type":["Person","Organization"],"name":"Acme"}',
    ],
)
def test_the_organization_is_the_one_whose_site_it_is(data: str) -> None:
    assert read(json_ld(data)).organization == "Acme"


@pytest.mark.parametrize(
    "data",
    [
        '{"@type":"Product","brand":{"@type":"Organization","name":"Other"}}',
        '{"@type":"Review","itemReviewed":{"@type":"LocalBusiness","name":"O","address":"Weg 1, 10115 Berlin"}}',
        '{"@type":"Event","location":{"@type":"EventVenue","name":"Other"}}',
        '{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"Hotel","name":"Other"}}]}',
        '{"@type":"Person","name":"Anna","worksFor":{"@type":"Organization","name":"Other"}}',
    ],
)
def test_an_organization_of_something_else_is_none(data: str) -> None:
    assert read(json_ld(data)).organization is None


@pytest.mark.parametrize(
    ("address", "line"),
    [
        (ADDRESS, "Hauptstr. 1, 10115 Berlin, DE"),
        (f"[{ADDRESS}, {ADDRESS}]", "Hauptstr. 1, 10115 Berlin, DE"),
        ('"Hauptstr. 1, 10115 Berlin"', "Hauptstr. 1, 10115 Berlin"),
        (
            '{"streetAddress":"1 High St","postalCode":10115,"addressCountry":{"name":"Japan"}}',
            "1 High St, 10115, Japan",
        ),
        (
            '{"streetAddress":"1 High St","addressLocality":"Leeds","postalCode":"LS1 4AP","addressRegion":"WY"}',
            "1 High St, LS1 4AP Leeds, WY",
        ),
        (
            '{"streetAddress":"Hauptstr. 1, 10115 Berlin","postalCode":"10115","addressLocality":"Berlin"}',
            "Hauptstr. 1, 10115 Berlin",
        ),
        ('{"streetAddress":["Haus 2","Hauptstr. 1"],"addressLocality":"Berlin"}', "Haus 2, Hauptstr. 1, Berlin"),
        ('{"addressCountry":"DE"}', None),
        ('""', None),
        ("[]", None),
        ("null", None),
    ],
)
def test_an_address_is_one_readable_line(address: str, line: str | None) -> None:
    assert read(json_ld(f'{{"@type":"Store","address":{address}}}')).address == line


def test_an_address_is_found_by_reference_and_in_a_location() -> None:
    by_reference = f'{{"@graph":[{{"@type":"Store","address":{{"@id":"#a"}}}},{{"@id":"#a",{ADDRESS[1:]}]}}'
    in_location = f'{{"@type":"Organization","location":{{"@type":"Place","address":{ADDRESS}}}}}'

    assert read(json_ld(by_reference)).address == "Hauptstr. 1, 10115 Berlin, DE"
    assert read(json_ld(in_location)).address == "Hauptstr. 1, 10115 Berlin, DE"


def test_name_and_address_come_from_microdata() -> None:
    facts = read(
        '<div itemscope itemtype="https://schema.org/LocalBusiness"><b itemprop="name">Acme</b>'
        '<p itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">'
        '<span itemprop="streetAddress">Hauptstr. 1</span> <span itemprop="postalCode">10115</span> '
        '<span itemprop="addressLocality">Berlin</span></p></div>'
    )

    assert (facts.organization, facts.address) == ("Acme", "Hauptstr. 1, 10115 Berlin")


def test_microdata_of_an_event_or_a_product_is_not_the_sites() -> None:
    facts = read(
        '<div itemscope itemtype="https://schema.org/Event"><b itemprop="name">Concert</b>'
        '<div itemprop="location" itemscope itemtype="https://schema.org/MusicVenue"><i itemprop="name">Hall</i>'
        '<p itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">'
        '<span itemprop="streetAddress">Weg 9</span></p></div></div>'
        '<div itemscope itemtype="https://schema.org/Product"><p itemprop="brand" itemscope '
        'itemtype="https://schema.org/Brand"><b itemprop="name">Other</b></p></div>'
        '<footer itemscope itemtype="http://schema.org/Organization"><span itemprop="name">Acme</span>'
        '<p itemprop="address" itemscope itemtype="http://schema.org/PostalAddress">'
        '<span itemprop="streetAddress">Hauptstr. 1</span><meta itemprop="addressCountry" content="DE"></p>'
    )

    assert (facts.organization, facts.address) == ("Acme", "Hauptstr. 1, DE")


def test_a_whole_address_may_be_one_property() -> None:
    facts = read(
        '<div itemscope itemtype="https://schema.org/Store">'
        '<p itemprop="address">Hauptstr. 1, 10115 Berlin</p></div>'
    )

    assert facts.address == "Hauptstr. 1, 10115 Berlin"


def test_name_and_address_come_from_hcard() -> None:
    facts = read(
        '<div class="vcard"><span class="fn org">Acme</span><div class="adr">'
        '<span class="street-address">Hauptstr. 1</span> <span class="postal-code">10115</span> '
        '<span class="locality">Berlin</span></div></div>'
    )

    assert (facts.organization, facts.address) == ("Acme", "Hauptstr. 1, 10115 Berlin")


def test_an_author_of_a_post_is_no_organization() -> None:
    facts = read('<span class="author vcard"><a class="url fn n" href="/author/anna">Anna</a></span>')

    assert (facts.organization, facts.address) == (None, None)


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        (
            "Acme GmbH<br>Hauptstr. 1<br>10115 Berlin<br>Tel: 030 123<br>info@acme.de",
            "Acme GmbH, Hauptstr. 1, 10115 Berlin",
        ),
        ("<p><b>Adresse:</b> Hauptstr. 1</p><p>10115 <span>Berlin</span></p>", "Hauptstr. 1, 10115 Berlin"),
        ("Hauptstr. 1\n10115 Berlin", "Hauptstr. 1, 10115 Berlin"),
        ("Hauptstr. 1<br><a href='tel:030'>030 / 123 45-6</a><br>D-10115 Berlin", "Hauptstr. 1, D-10115 Berlin"),
        ("1 High Street<br>Leeds LS1 4AP<br>Mon-Fri 9:00 - 17:00", "1 High Street, Leeds LS1 4AP"),
        ("350 Fifth Avenue, New York, NY 10118", "350 Fifth Avenue, New York, NY 10118"),
        ("12 rue de la Paix<br>75002 Paris<br>Tél. 01 23 45 67 89", "12 rue de la Paix, 75002 Paris"),
        ("ul. Długa 5<br>00-950 Warszawa<br>NIP 123", "ul. Długa 5, 00-950 Warszawa, NIP 123"),
        ("〒100-0001 東京都千代田区1-1<br>電話 03-1234-5678", "〒100-0001 東京都千代田区1-1"),
        ("By Anna, 12 March 2024", None),
        ("Written by <a href='mailto:a@acme.de'>Anna</a> in 2024", None),
        ("Copyright © 2008-2023 Acme Co., Ltd.", None),
        ("Tel. 030 1234567<br>info@acme.de", None),
        ("<script>var a = 'Hauptstr. 1, 10115 Berlin'</script>Anna", None),
        ("", None),
    ],
)
def test_an_address_element_counts_where_it_is_postal(inside: str, line: str | None) -> None:
    assert read(f"<address>{inside}</address>").address == line


def test_the_company_above_the_street_is_the_organization() -> None:
    assert read("<address>Acme GmbH<br>Hauptstr. 1<br>10115 Berlin</address>").organization == "Acme GmbH"
    assert read("<address>Anna Acme<br>Hauptstr. 1<br>10115 Berlin</address>").organization is None


def test_the_name_of_the_site_stands_in_for_the_organization() -> None:
    head = '<meta property="og:site_name" content=" Acme  Shop ">'

    assert read(head=head).organization == "Acme Shop"
    assert read(json_ld('{"@type":"Store","name":"Acme Ltd"}'), head=head).organization == "Acme Ltd"


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
        '<div class="site-logo"><div><span><a href="/"><img src="/l.png"></a></span></div></div>',
        '<img src="/hero.jpg"><img alt="Acme Logo" src="/l.png">',
        '<div class="partner-logos"><img class="logo" src="/other.png"></div><a id=logo><img src="/l.png"></a>',
    ],
)
def test_the_logo_is_the_first_picture_named_so(body: str) -> None:
    assert read(body).logo_url == "https://www.acme-werke.de/l.png"


def test_a_picture_in_a_page_whose_body_is_named_after_the_logo_is_none() -> None:
    assert read('<main class="wp-custom-logo"><p><img src="/hero.jpg"></p></main>').logo_url is None


def test_a_logo_is_found_by_reference() -> None:
    data = (
        '{"@graph":[{"@type":"Organization","logo":{"@id":"#l"}},'
        '{"@type":"ImageObject","@id":"#l","contentUrl":"/l.png"}]}'
    )

    assert read(json_ld(data)).logo_url == "https://www.acme-werke.de/l.png"


@pytest.mark.parametrize(
    "data",
    [
        '{"@type":"Store","name":"Acme",}',
        '{"@type":"Store","sameAs":["https://x.com/a", ],"name":"Acme"}',
        '{"@type":"Store","name":"Ac\nme"}'.replace("Ac\nme", "Acme").replace(",", ",\n\t"),
        '<!-- {"@type":"Store","name":"Acme"} -->',
        '//<![CDATA[\n{"@type":"Store","name":"Acme"}\n//]]>',
        '/* us */ {"@type":"WebPage"}\n{"@type":"Store","name":"Acme",};',
        '{"@type":"Store","url":"https://x.de/,}","name":"Acme",} and so on',
    ],
)
def test_json_ld_with_the_usual_mistakes_is_read(data: str) -> None:
    assert read(json_ld(data)).organization == "Acme"


@pytest.mark.parametrize("part", ['"\\', '"\\"', "/*", "//", ", ", "<!--", '{"a":', "{} "])
def test_broken_json_ld_costs_no_more_than_its_length(part: str) -> None:
    assert read(json_ld(part * (400_000 // len(part)))).organization is None


def test_the_place_of_an_event_is_not_the_address_of_who_announces_it() -> None:
    data = f'{{"@type":"MusicEvent","location":{{"@type":"Place","name":"Hall","address":{ADDRESS}}}}}'

    assert read(json_ld(data)).address is None


def test_a_seller_who_bears_the_domains_name_is_the_site() -> None:
    offer = '{{"@type":"Product","offers":{{"@type":"Offer","seller":{{"@type":"Organization","name":"{}"}}}}}}'

    assert read(json_ld(offer.format("Werke Acme GmbH"))).organization == "Werke Acme GmbH"
    assert read(json_ld(offer.format("Other GmbH"))).organization is None
