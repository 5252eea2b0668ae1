"""Whatever the bytes: facts or a ParseError, in bounded time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchscrape.errors import ParseError
from batchscrape.extracting import clean, extract, parse
from tests.extracting.pages import UTF8, read

PIECES = [
    "<a href='", "'>", "<p ", ">", "</a>", "mailto:", "a@b.de", "@", "tel:", "+49 30 ", "0301234567", "Tel: ",
    "//", "http://[", "https://facebook.com/", "profile.php?id=", "<script type='application/ld+json'>",
    '{"@type":"Organization","logo":', "{", "[", '"sameAs":', "1e999", "</script>",
    "<meta name=description content=", "<title>", "</title>", "<svg>", "<base href=", "<link rel=icon href=",
    "<div itemprop='telephone name email streetAddress'", " itemtype=http://schema.org/Store>", "<address>",
    "data-cfemail=", "abcdef01", "5a", "\x00", "\ud800", "\u202e", "\x1b[2J", "&#64;", "&#xD800;", " at ",
    " dot ", "(at)", "[dot]", "\xdf", "\u0130", "xn--", "..", "%", "%ff", "<!--", "-->", "<template>",
    "<table>", "<select><option>", "/wp-content/themes/", "?ver=", "<html lang=", "<noscript>", "wa.me/",
    "whatsapp:",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40))
def test_any_markup_is_read(pieces: list[str]) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")

    facts = extract(parse(body, url="https://acme.de/a?b", headers={"X": "\udc80", **UTF8}))

    for text in (facts.title, facts.description, *facts.emails, *facts.phones, facts.organization, facts.address):
        assert text is None or text == clean(text)
    for url in (facts.favicon_url, facts.logo_url):
        assert url is None or url.startswith(("http://", "https://"))


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from(["", "text/html", "text/html; charset=x", "text/html;charset=utf-16"])
)
def test_any_bytes_are_read(body: bytes, content_type: str) -> None:
    try:
        extract(parse(body, url="https://acme.de/", headers={"content-type": content_type}))
    except ParseError:
        pytest.fail("a short page is never refused")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=100))
def test_clean_text_stays_as_it_is(text: str) -> None:
    once = clean(text)

    assert clean(once) == once
    once.encode()


@pytest.mark.parametrize(
    "repeated",
    [
        "a@a-", "a-", "a@", "@a.", "a.a@a.a ", "(at)", "( ", "[at]a", " at a dot", "a at a dot a ", "mailto:",
        "1", "1 ", "+1", "(1", "1-", "Tel ", "Tel: 1", "tel ( ", "1.1.", "fax", "https://facebook.com/", "//",
        "/a", "domain ", "this domain ", "is ", "&#", "<!--", "<a href=//x.com/a>", "<a href=tel:1>",
        "<a href=mailto:a@b.de>", "\x1b[", "\x1b]", "<", "\u0130", "/wp-content/themes/a", "jquery-1.",
        "bootstrap.", "?ver=1", "<address>1", "<title>", "<img class=logo>", "<i itemprop=name>",
    ],
)  # fmt: skip
@pytest.mark.timeout(60)
def test_every_pattern_is_linear(repeated: str) -> None:
    read(repeated * 50_000, head=f"<title>{repeated * 50_000}</title><script src='{repeated * 50_000}'></script>")
