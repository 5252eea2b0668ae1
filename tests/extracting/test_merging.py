import pytest

from batchscrape.extracting import EXTRACTORS, ParsedPage, clean, extract, merge, parse
from batchscrape.models import Facts, Technology
from tests.extracting.pages import UTF8, read


def test_lists_are_united_in_order_each_fact_once() -> None:
    merged = merge(
        [
            Facts(title="Start", emails=("a@a.de",), social={"xing": ("https://x/A",)}, logo_url=None),
            Facts(title="Other", description="no", emails=("b@a.de", "A@a.de"), logo_url="https://a.de/l.png"),
            Facts(social={"xing": ("https://x/a", "https://x/b")}, phones=("1", "2"), page_kind="error"),
        ]
    )

    assert merged == Facts(
        title="Start",
        emails=("a@a.de", "b@a.de"),
        phones=("1", "2"),
        social={"xing": ("https://x/A", "https://x/b")},
        logo_url="https://a.de/l.png",
    )


def test_emails_of_the_sites_own_domains_come_first_over_all_pages() -> None:
    pages = [
        Facts(emails=("x@other.com", "a@acme.de")),
        Facts(emails=("y@gmail.com", "b@mail.acme.com", "c@acme.de")),
    ]

    merged = merge(pages, ["www.acme.com", "acme.de"])

    assert merged.emails == ("a@acme.de", "b@mail.acme.com", "c@acme.de", "x@other.com", "y@gmail.com")
    assert merge(pages, ["127.0.0.1"]).emails == merge(pages).emails


@pytest.mark.parametrize("digits", ["030901820", "30901820", "4930901820", "004930901820"])
def test_digits_of_a_number_that_another_page_gives_in_full_are_left_out(digits: str) -> None:
    merged = merge([Facts(phones=(digits, "110")), Facts(phones=("+4930901820",)), Facts(phones=("+4930901820",))])

    assert merged.phones == ("110", "+4930901820")


@pytest.mark.parametrize("digits", ["901820", "030901821", "0", "000", "0301820"])
def test_digits_of_another_number_stay(digits: str) -> None:
    assert merge([Facts(phones=(digits,)), Facts(phones=("+4930901820",))]).phones == (digits, "+4930901820")


def test_a_version_wins_over_none() -> None:
    merged = merge(
        [
            Facts(technologies=(Technology(name="WordPress"), Technology(name="PHP", version="8.1"))),
            Facts(
                technologies=(Technology(name="WordPress", version="6.4"), Technology(name="PHP", version="8.2"))
            ),
        ]
    )

    assert merged.technologies == (
        Technology(name="WordPress", version="6.4"),
        Technology(name="PHP", version="8.1"),
    )


def test_own_facts_are_merged_too() -> None:
    merged = merge([Facts(extra={"a": ("1",), "b": None}), Facts(extra={"a": ("1", "2"), "b": "x"})])

    assert merged.extra == {"a": ("1", "2"), "b": "x"}


def test_no_page_has_no_facts() -> None:
    assert merge([]) == Facts()


def test_an_own_extractor_lands_in_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EXTRACTORS, "shout", lambda page: {"loud": [page.html[:5] + "\x00\ud800"]})

    assert read(html="<html>").extra == {"shout": {"loud": ("<!DOC",)}}


@pytest.mark.parametrize(
    ("dirty", "text"),
    [
        ("a\x00b", "ab"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\u202eabc\u2066", "abc"),
        ("a\ud800b", "ab"),
        (" a \n\t b\xa0c ", "a b c"),
        ("a\u2028b\x85c", "a b c"),
        ("x\x9b31m", "x31m"),
        ("Grüße 東京 👩‍🚀", "Grüße 東京 👩‍🚀"),
    ],
)
def test_clean_text_can_harm_nobody(dirty: str, text: str) -> None:
    assert clean(dirty) == text


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/start">', "https://a.de/start"),
        ('<base href="https://b.de/x/"><link rel="canonical" href="y">', "https://b.de/x/y"),
        ('<link rel="canonical" href="file:///etc">', None),
        ("", None),
    ],
)
def test_the_canonical_address_is_absolute(head: str, url: str | None) -> None:
    page = parse(f"<head>{head}</head>".encode(), url="https://a.de/x", headers=UTF8)

    assert page.canonical_url == url


def test_reading_leaves_the_tree_as_it_was() -> None:
    page: ParsedPage = parse(b"<script>1</script><p>2</p><style>3</style>", url="https://a.de/", headers=UTF8)
    before = page.tree.html

    extract(page)

    assert page.tree.html == before
    assert page.text.split() == ["2"]
