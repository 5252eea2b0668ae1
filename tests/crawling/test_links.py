"""Where a page leads to."""

import time

import pytest

from batchscrape.crawling import priority
from batchscrape.crawling.links import MAX_LINKS, MAX_TEXT, Link, find_links, find_refresh
from batchscrape.extracting import ParsedPage, parse


def page(html: str, url: str = "https://one.example/folder/page.html") -> ParsedPage:
    return parse(html.encode(), url=url, headers={"content-type": "text/html; charset=utf-8"})


def urls(html: str, url: str = "https://one.example/folder/page.html") -> list[str]:
    return [link.url for link in find_links(page(html, url), "one.example")]


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("other.html", "https://one.example/folder/other.html"),
        ("/other/", "https://one.example/other/"),
        ("/", "https://one.example/"),
        ("../", "https://one.example/"),
        ("./a/../b", "https://one.example/folder/b"),
        ("https://one.example/a", "https://one.example/a"),
        ("https://one.example", "https://one.example/"),
        ("http://one.example/a", "http://one.example/a"),
        ("//one.example/a", "https://one.example/a"),
        ("https://WWW.One.Example/a", "https://www.one.example/a"),
        ("?page=2", "https://one.example/folder/page.html?page=2"),
        ("other.html#part", "https://one.example/folder/other.html"),
        (" /spaces around ", "https://one.example/spaces%20around"),
        ("/über", "https://one.example/%C3%BCber"),
        ("\\back\\slash", "https://one.example/back/slash"),
        ("/line\nend", "https://one.example/lineend"),
        ("/a?x=1&amp;y=2", "https://one.example/a?x=1&y=2"),
    ],
)
def test_a_link_is_resolved_as_browsers_do(href: str, url: str) -> None:
    assert urls(f'<a href="{href}">x</a>') == [url]


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#top",
        "http://[",
        "http://[::bad/",
        "javascript:alert(1)",
        "JavaScript:void(0)",
        "mailto:info@one.example",
        "tel:+49123",
        "data:text/html,x",
        "https://one.example:99999/",
        "https://user:secret@one.example/",
        "ftp://one.example/",
        "https://two.example/",
        "https://one.example.two.example/",
        "https://one.exampletwo/",
        "//two.example/a",
        "/file.pdf",
        "/a/a/a/a",
        "/" + "a" * 3000,
    ],
)
def test_what_leads_to_no_page_of_the_site_is_left_out(href: str) -> None:
    assert urls(f'<a href="{href}">x</a><a href="/good">x</a>') == ["https://one.example/good"]


def test_links_come_in_the_order_of_the_page_each_address_once() -> None:
    assert urls('<a href="/b">x</a><a href="/a">x</a><a href="/b">y</a>') == [
        "https://one.example/b",
        "https://one.example/a",
    ]


def test_a_link_has_the_text_that_people_read() -> None:
    html = '<a href="/a"> Über <b>uns</b></a><a href="/b" title="Kontakt"><img src="x.png"></a>'

    assert list(find_links(page(html), "one.example")) == [
        Link("https://one.example/a", "Über uns"),
        Link("https://one.example/b", "Kontakt"),
    ]


@pytest.mark.parametrize(
    "anchor",
    [
        '<a href="/p1" title="Kontakt"> <i></i> </a>',
        '<a href="/p1" aria-label="Kontakt"><svg></svg></a>',
        '<a href="/p1"><img src="x.png" alt="Kontakt"></a>',
    ],
)
def test_a_link_without_words_has_those_of_its_picture(anchor: str) -> None:
    assert [link.text for link in find_links(page(anchor), "one.example")] == ["Kontakt"]


def test_of_a_long_text_the_beginning_is_kept() -> None:
    [link] = find_links(page(f'<a href="/a">\n{" " * 900}<b>Kontakt</b> {"x" * 900}</a>'), "one.example")

    assert link.text == f"Kontakt {'x' * 900}"[:MAX_TEXT]
    assert len(link.text) > priority.MAX_TEXT


def test_links_in_links_cost_no_more_than_the_page() -> None:
    """Each of 200 links holds the rest of the page; only as much text as the page has is looked at."""
    nested = "".join(f'<a href="/p{number}"><object>' for number in range(200))
    parsed = page(nested + "x" * 4_500_000)

    texts = [link.text for link in find_links(parsed, "one.example")]

    assert len(texts) == 200
    assert [len(text) for text in texts[:2]] == [MAX_TEXT, MAX_TEXT]
    assert not any(texts[2:])


def test_only_the_first_elements_of_a_link_are_looked_at() -> None:
    [near, far] = find_links(
        page(f'<a href="/a">{"<i></i>" * 400}near</a><a href="/b">{"<i></i>" * 600}far</a>'), "one.example"
    )

    assert (near.text, far.text) == ("near", "")


def test_links_are_relative_to_the_base_of_the_page() -> None:
    assert urls('<base href="/elsewhere/"><a href="a">x</a>') == ["https://one.example/elsewhere/a"]
    assert urls('<base href="http://["><a href="a">x</a>') == ["https://one.example/folder/a"]
    assert urls('<base href="https://two.example/"><a href="a">x</a>') == []


def test_links_of_a_host_with_a_port_stay_on_it() -> None:
    found = find_links(
        page('<a href="/a">x</a><a href="//127.0.0.1/b">x</a>', "http://127.0.0.1:8001/"), "127.0.0.1:8001"
    )

    assert [link.url for link in found] == ["http://127.0.0.1:8001/a"]


def test_frames_and_image_maps_are_links() -> None:
    assert urls('<frameset><frame src="menu.html"><frame src="main.html"></frameset>') == [
        "https://one.example/folder/menu.html",
        "https://one.example/folder/main.html",
    ]
    assert urls('<map><area href="/east"></map>') == ["https://one.example/east"]


def test_of_30000_links_the_first_and_the_footers_are_taken() -> None:
    html = "".join(f'<a href="/page{number}">x</a>' for number in range(30_000))
    parsed = page(html)
    began = time.perf_counter()

    found = list(find_links(parsed, "one.example"))

    assert len(found) == MAX_LINKS
    assert [link.url[-5:] for link in (found[0], found[-1])] == ["page0", "29999"]
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("content", "url"),
    [
        ("0; url=/next", "https://one.example/next"),
        ("0;URL='/next'", "https://one.example/next"),
        ("3, /next", "https://one.example/next"),
        ("0.5; url = next.html", "https://one.example/folder/next.html"),
        ("0;url=https://two.example", "https://two.example/"),
        ("11; url=/next", None),
        ("0", None),
        ("5", None),
        ("0; url=javascript:alert(1)", None),
        ("0; url=http://[", None),
        ("", None),
    ],
)
def test_a_refresh_within_10_seconds_leads_on(content: str, url: str | None) -> None:
    assert find_refresh(page(f'<meta http-equiv="Refresh" content="{content}">')) == url


def test_a_refresh_for_browsers_without_scripts_leads_nowhere() -> None:
    assert (
        find_refresh(page('<head><noscript><meta http-equiv="refresh" content="0;url=/x"></noscript></head>'))
        is None
    )


@pytest.mark.parametrize(
    "content", ["0;" * 50_000, "0" * 50_000, " " * 50_000, "0;url=" + "a" * 50_000, "0; " * 50_000]
)
def test_no_refresh_costs_more_than_its_length(content: str) -> None:
    parsed = page(f'<meta http-equiv="refresh" content="{content}">')
    began = time.perf_counter()

    find_refresh(parsed)

    assert time.perf_counter() - began < 1
