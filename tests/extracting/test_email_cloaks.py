from base64 import b64encode
from codecs import encode

import pytest

from tests.extracting.pages import read


def protected(address: str, key: int = 0x5A) -> str:
    return bytes([key, *(byte ^ key for byte in address.encode())]).hex()


def shifted(text: str, places: int) -> str:
    """As TYPO3's encryptEmail does."""
    rings = [(0x2B, 0x3A), (0x40, 0x5A), (0x61, 0x7A)]
    result = ""
    for character in text:
        code = ord(character)
        first, last = next((ring for ring in rings if ring[0] <= code <= ring[1]), (code, code))
        result += chr(first + (code - first + places) % (last - first + 1))
    return result


@pytest.mark.parametrize(
    "body",
    [
        f'<span class="__cf_email__" data-cfemail="{protected("info@firma.de")}">[email&#160;protected]</span>',
        f'<a href="/cdn-cgi/l/email-protection#{protected("info@firma.de?subject=x")}">Mail</a>',
        f'<area href="/cdn-cgi/l/email-protection#{protected("info@firma.de", 0xC3)}">',
        f'<a href="https://firma.de/cdn-cgi/l/email-protection#{protected("info@firma.de").upper()}">Mail</a>',
    ],
)
def test_cloudflare_is_undone_in_both_forms(body: str) -> None:
    assert read(body).emails == ("info@firma.de",)


@pytest.mark.parametrize("places", [-20, -3, -2, -1, 1, 2, 5, 13, 25])
def test_typo3_is_undone_whatever_its_key(places: int) -> None:
    token = shifted("mailto:info@firma.de", places)

    assert read(f"<a href=\"javascript:linkTo_UnCryptMailto('{token}');\">x</a>").emails == ("info@firma.de",)
    assert read(f'<a href="#" data-mailto-token="{token}" data-mailto-vector="{places}">x</a>').emails == (
        "info@firma.de",
    )


@pytest.mark.parametrize(
    "href",
    [
        "javascript:linkTo_UnCryptMailto(%27ocknvq%2CkphqBhktoc0fg%27);",
        "javascript:linkTo_UnCryptMailto(&#39;ocknvq,kphqBhktoc0fg&#39;);",
        "javascript:linkTo_UnCryptMailto('ocknvq,kphqBhktoc0fg');",
    ],
)
def test_typo3_is_undone_however_it_is_quoted(href: str) -> None:
    assert read(f'<a href="{href}">Mail</a>').emails == ("info@firma.de",)


@pytest.mark.parametrize(
    "body",
    [
        (
            "<span id='cloak72'>This address is protected.</span>"
            "<script>document.getElementById('cloak72').innerHTML = '';"
            "var prefix = '&#109;a' + 'i&#108;' + '&#116;o'; var path = 'hr' + 'ef' + '=';"
            "var addy72 = 'inf&#111;' + '&#64;'; addy72 = addy72 + 'f&#105;rma' + '&#46;' + 'de';"
            "var addy_text72 = 'inf&#111;' + '&#64;' + 'firma' + '&#46;' + 'de';</script>"
        ),
        (
            f'<joomla-hidden-mail is-link="1" is-email="1" first="{b64encode(b"info").decode()}"'
            f' last="{b64encode(b"firma.de").decode()}" text="" base="">Protected</joomla-hidden-mail>'
        ),
    ],
)
def test_joomla_is_undone(body: str) -> None:
    assert read(body).emails == ("info@firma.de",)


@pytest.mark.parametrize(
    "script",
    [
        "document.write('info' + '@' + 'firma.de');",
        'document.write("info"+"@"+"firma"+"."+"de");',
        "document.write('<a href=\"mailto:' + 'in' + 'fo' + '@' + 'firma.de' + '\">');",
        "document.write('info@' + 'firma.de')",
        "document.write('info' + '@firma.de')",
        "document.write('info' + '&#64;' + 'firma.de')",
        'var user = "info"; var domain = "firma.de"; document.write(user + "@" + domain);',
    ],
)
def test_sums_of_a_script_are_added_up(script: str) -> None:
    assert read(f"<script>{script}</script>").emails == ("info@firma.de",)


@pytest.mark.parametrize(
    "body",
    [
        f'<span data-enc-email="{encode("info[at]firma.de", "rot13")}">*protected*</span>',
        '<script>document.write("<n uers=\\"znvygb:vasb@svezn.qr\\">x</n>".replace(/[a-z]/gi, f))</script>',
        '<span style="unicode-bidi:bidi-override; direction: rtl;">ed.amrif@ofni</span>',
        "<style>.t{unicode-bidi:bidi-override;direction:rtl}</style><span class=t>ed.amrif@ofni</span>",
        '<span class="mail" data-user="info" data-domain="firma.de"></span>',
        '<a class="cloaked" data-user="ofni" data-website="ed.amrif">Mail</a>',
    ],
)
def test_what_a_plug_in_hides_is_found(body: str) -> None:
    assert read(body).emails == ("info@firma.de",)


@pytest.mark.parametrize(
    "body",
    [
        '<a data-cfemail="zz">x</a>',
        '<a data-cfemail="5a">x</a>',
        '<a href="/cdn-cgi/l/email-protection">[email&#160;protected]</a>',
        "<a href=\"javascript:linkTo_UnCryptMailto('')\">x</a>",
        '<joomla-hidden-mail first="%%%" last="">x</joomla-hidden-mail>',
        "<script>x = '@' + y + '@media ' + 1; a['@type'] + '@'</script>",
        '<a data-user="anna" data-domain="">x</a>',
    ],
)
def test_a_cloak_with_nothing_in_it_is_no_error(body: str) -> None:
    assert read(body).emails == ()


@pytest.mark.parametrize(
    "written",
    [
        'in&#102;o<span style="display:none">.not.this</span>@firma.de',
        'info<b style="visibility: hidden">.weg</b>@firma.de',
        'info@<span style="color:red; display: none;">weg.</span>firma.de',
        'in<i style="display:none">x</i>fo@fir<i style="display:none">x</i>ma.de',
    ],
)
def test_what_is_hidden_inside_an_address_is_no_part_of_it(written: str) -> None:
    assert read(f"<p>{written}</p>").emails == ("info@firma.de",)


def test_a_hidden_menu_is_read() -> None:
    facts = read(
        '<p>Menu</p><div style="display:none">info@firma.de</div><div style="display:none">a b@firma.de</div>'
    )

    assert facts.emails == ("info@firma.de", "b@firma.de")
