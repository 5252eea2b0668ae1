"""One name per page, and which pages belong to a site."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchscrape.crawling.urls import clean_url, is_page, page_name, site_of
from batchscrape.domains import MAX_URL


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://one.example", "https://one.example/"),
        ("HTTPS://One.Example:443/Path/", "https://one.example/Path/"),
        ("http://one.example:80/#x", "http://one.example/"),
        ("http://one.example:8080/", "http://one.example:8080/"),
        ("https://münchen.example/ü b?q=ä", "https://xn--mnchen-3ya.example/%C3%BC%20b?q=%C3%A4"),
        ("https://one.example/a/./b/../c", "https://one.example/a/c"),
        ("https://one.example/a/..", "https://one.example/"),
        ("https://one.example/../../a", "https://one.example/a"),
        ("https://one.example/?utm_source=x&b=2&gclid=y&a=1&fbclid=z", "https://one.example/?b=2&a=1"),
        ("https://one.example/a?PHPSESSID=1f", "https://one.example/a"),
        ("https://one.example/a?sid=1f&id=2", "https://one.example/a?id=2"),
        ("https://one.example/a;jsessionid=1F.n1?b=2", "https://one.example/a?b=2"),
        ("https://one.example/(S(ab12))/a.aspx", "https://one.example/a.aspx"),
    ],
)
def test_what_does_not_choose_the_page_is_left_out_of_its_address(url: str, clean: str) -> None:
    assert clean_url(url) == clean


@pytest.mark.parametrize(
    "url",
    [
        "http://[",
        "http://[::bad",
        "https://one.example:99999/",
        "https://user:secret@one.example/",
        "javascript:void(0)",
        "mailto:a@one.example",
        "file:///etc/passwd",
        "one.example",
        "//one.example/",
        "https:///a",
        "http://./",
        "http://../",
        "http://one..example/",
        "http://.one.example/a",
        "http://-one.example/",
        "https://one.example/a\x00b",
        f"https://one.example/{'a' * MAX_URL}",
        f"https://one.example/{'ü' * (MAX_URL // 4)}",
        "",
    ],
)
def test_what_nobody_can_fetch_has_no_clean_address(url: str) -> None:
    assert clean_url(url) is None


@given(st.text(max_size=60).map("https://one.example/".__add__) | st.text(max_size=60))
def test_any_text_is_cleaned_to_something_that_stays_as_it_is(text: str) -> None:
    url = clean_url(text)

    if url is not None:
        assert clean_url(url) == url
        assert page_name(url)
        assert site_of(url)
        is_page(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://one.example/a/b",
        "http://one.example/a/b",
        "https://www.one.example/a/b",
        "https://one.example/a/b#x",
        "https://one.example/a/b/",
        "https://one.example/a//b",
        "https://one.example//a/b//",
        "https://one.example/a/./b",
        "https://one.example/x/../a/b",
        "https://one.example/a/b/index.html",
        "https://one.example/a/b/INDEX.PHP",
        "https://one.example/a/b/default.asp",
        "https://one.example/a/b?utm_campaign=x",
        "https://one.example/a/b?",
        "https://one.example/%61/b",
        "https://ONE.example:443/a/b",
    ],
)
def test_a_page_has_one_name_under_all_its_addresses(url: str) -> None:
    clean = clean_url(url)

    assert clean is not None
    assert page_name(clean) == "one.example/a/b"


def test_the_order_of_parameters_names_no_other_page() -> None:
    assert page_name("https://one.example/?b=2&a=1") == page_name("https://one.example/index.php?a=1&b=2")


@pytest.mark.parametrize(
    "other",
    [
        "https://one.example/b",
        "https://one.example/A",
        "https://one.example/a?id=1",
        "https://sub.one.example/a",
        "https://one.example:8443/a",
        "https://one.example/index",
    ],
)
def test_other_pages_have_other_names(other: str) -> None:
    assert page_name(other) != page_name("https://one.example/a")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.example.co.uk/", "http://shop.example.co.uk/a", True),
        ("https://one.co.uk/", "https://two.co.uk/", False),
        ("https://example.com/", "https://example.org/", False),
        ("https://one.github.io/", "https://two.github.io/", False),
        ("https://www.one.invalid/", "https://one.invalid/", True),
        ("https://one.invalid/", "https://two.invalid/", False),
        ("https://one.unknown.invalid/", "https://two.unknown.invalid/", False),
        ("http://127.0.0.1:8001/", "https://127.0.0.1:8001/a", True),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/", False),
        ("http://127.0.0.1/", "http://127.0.0.2/", False),
        ("http://[::1]/", "http://[::2]/", False),
        ("https://example.com/", "https://example.com:8443/", False),
        ("https://notexample.com/", "https://example.com/", False),
    ],
)
def test_a_site_is_one_registrable_domain(one: str, other: str, same: bool) -> None:
    assert (site_of(one) == site_of(other)) is same


@pytest.mark.parametrize(
    "path", ["a.pdf", "a/b.ZIP", "c.jpg?size=2", "feed.xml", "a.tar.gz", "x.mp4", "app.webmanifest"]
)
def test_files_are_no_pages(path: str) -> None:
    assert not is_page(f"https://one.example/{path}")


def test_what_cloudflare_adds_is_no_page() -> None:
    assert not is_page("https://one.example/cdn-cgi/l/email-protection")


@pytest.mark.parametrize(
    "path", ["", "a", "a.html", "a.php?file=b.pdf", "v1.2", "node.js/intro", "a/b/a/c", "a/a"]
)
def test_pages_are_pages(path: str) -> None:
    assert is_page(f"https://one.example/{path}")


@pytest.mark.parametrize("path", ["a/a/a/a", "a/b/a/b/a/b", "/".join(map(str, range(30))), "x////y"])
def test_a_path_that_goes_in_circles_leads_nowhere(path: str) -> None:
    assert not is_page(f"https://one.example/{path}")


@pytest.mark.parametrize("part", ["a/", "/", "../", "%", "a=b&", ";sid=", "utm_", ".", "a-"])
def test_no_address_costs_more_than_its_length(part: str) -> None:
    url = "https://one.example/" + part * 50_000
    host = ("https://" + part * MAX_URL)[:MAX_URL]
    began = time.perf_counter()

    for address in (url, url[:MAX_URL], host):
        if clean := clean_url(address):
            page_name(clean)
            is_page(clean)

    assert time.perf_counter() - began < 1
