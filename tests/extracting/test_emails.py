import pytest

from tests.extracting.pages import read


def protected(address: str, key: int = 0x5A) -> str:
    return bytes([key, *(byte ^ key for byte in address.encode())]).hex()


@pytest.mark.parametrize(
    "body",
    [
        '<a href="mailto:info@firma.de">Mail</a>',
        '<a href="MAILTO:Info%40Firma.de?subject=a%40b">Mail</a>',
        '<a href="mailto:?to=info@firma.de&amp;subject=x">Mail</a>',
        f'<span class="__cf_email__" data-cfemail="{protected("info@firma.de")}">[email&#160;protected]</span>',
        f'<a href="/cdn-cgi/l/email-protection#{protected("info@firma.de?subject=x")}">Mail</a>',
        "<p>info [at] firma [dot] de</p>",
        "<p>info(at)firma.de</p>",
        "<p>info {ät} firma {punkt} de</p>",
        "<p>info [arroba] firma [punto] de</p>",
        "<p>info (arobase) firma (point) de</p>",
        "<p>info [małpa] firma [kropka] de</p>",
        "<p>info [@] firma.de</p>",
        "<p>info @ firma.de</p>",
        "<p>Write to info at firma dot de today</p>",
        "<p>&#105;nfo&#64;firma&#46;de</p>",
        "<p><span>info</span><span>@</span><span>firma.de</span></p>",
        "<p>info@<b>firma.de</b></p>",
        "<p>Kontakt:info@firma.de.Telefon</p>",
        "<p>Schreiben Sie an INFO@FIRMA.DE.</p>",
        "<table><tr><td>Anna</td><td>info@firma.de</td><td>Tel</td></table>",
        '<script type="application/ld+json">{"@graph":[{"email":"mailto:info@firma.de"}]}</script>',
        '<meta itemprop="email" content="info@firma.de">',
    ],
)
def test_an_address_is_found_however_it_is_written(body: str) -> None:
    assert read(body).emails == ("info@firma.de",)


def test_a_mailto_link_may_name_several() -> None:
    facts = read('<a href="mailto:a@firma.de,b%40firma.de?cc=c@firma.de&bcc=d@firma.de&body=e@firma.de">x</a>')

    assert facts.emails == ("a@firma.de", "b@firma.de", "c@firma.de", "d@firma.de")


@pytest.mark.parametrize(
    "text",
    [
        "logo@2x.png",
        "bild@firma.de.jpg",
        "user@example.com",
        "name@example.org",
        "info@yoursite.com",
        "your@email.com",
        "name@domain.com",
        "youremail@gmail.com",
        "48.1371@27.42",
        "7f3a9c0e2b4d4f6a8b0c1d2e3f4a5b6c@o12345.ingest.sentry.io",
        "d41d8cd98f00b204e9800998ecf8427e@firma.de",
        "follow @firma.de",
        "follow us @ firma.de",
        "a@b",
        "info@firma.nosuchtld",
        "info@-firma.de",
        "stay-at-home.de",
        "we met at the dot of noon",
    ],
)
def test_what_only_looks_like_an_address_is_left_out(text: str) -> None:
    assert read(f"<p>{text}</p>").emails == ()


def test_scripts_and_styles_hold_no_addresses() -> None:
    body = "<script>var x='spam@firma.de'</script><style>/* css@firma.de */</style>info@firma.de"

    assert read(body).emails == ("info@firma.de",)


def test_the_sites_own_domain_comes_first() -> None:
    facts = read("<p>acme@gmail.com agentur@web-agentur.com info@acme-werke.de</p>")

    assert facts.emails == ("info@acme-werke.de", "acme@gmail.com", "agentur@web-agentur.com")


def test_an_address_stands_there_once() -> None:
    assert read('<a href="mailto:Info@Firma.de">info@firma.de</a> INFO@firma.de').emails == ("info@firma.de",)


def test_a_domain_may_be_international() -> None:
    assert read("info@müller-bäckerei.de, office@xn--mller-kva.de").emails == (
        "info@müller-bäckerei.de",
        "office@müller.de",
    )


def test_the_owner_of_a_placeholder_domain_may_use_it() -> None:
    assert read("info@domain.com", url="https://domain.com/").emails == ("info@domain.com",)


def test_no_more_than_a_hundred_are_kept() -> None:
    assert len(read(" ".join(f"a{n}@firma.de" for n in range(500))).emails) == 100
