"""Which pages a site's sitemaps name."""

import time

import pytest

from batchscrape.crawling import sitemap
from batchscrape.crawling.sitemap import MAX_REQUESTS, find_pages
from batchscrape.errors import ConnectError, HttpStatusError, RateLimited
from tests.crawling.fakes import FakeWeb

HOME = "https://one.example/"
USUAL = f"{HOME}sitemap.xml"


async def no_pause(_url: str) -> None:
    pass


async def pages(web: FakeWeb, *, language: str | None = None, enough: int = 10) -> list[str]:
    found = await find_pages(web.client, HOME, language=language, enough=enough, pause=no_pause)
    return [link.url.removeprefix(HOME) for link in found]


async def paths_in(text: str) -> list[str]:
    return await pages(FakeWeb({}, sitemaps={USUAL: text}))


def urlset(*paths: str) -> str:
    entries = "".join(f"<url><loc>{HOME}{path}</loc><lastmod>2026-01-01</lastmod></url>" for path in paths)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def index(*paths: str) -> str:
    entries = "".join(f"<sitemap><loc>{HOME}{path}</loc></sitemap>" for path in paths)
    return f"<sitemapindex>{entries}</sitemapindex>"


async def test_the_most_welcome_pages_come_first() -> None:
    assert await paths_in(urlset("a/b", "a", "team", "kontakt")) == ["kontakt", "team", "a", "a/b"]


async def test_pages_in_the_language_come_first() -> None:
    web = FakeWeb({}, sitemaps={USUAL: urlset("en/contact", "de/team", "de/a")})

    assert await pages(web, language="de") == ["de/team", "en/contact", "de/a"]


@pytest.mark.parametrize(
    "entry",
    [
        f"<loc>{HOME}a?x=1&amp;y=2</loc>",
        f"<loc>{HOME}a?x=1&#38;y=2</loc>",
        f"<loc>\n  {HOME}a?x=1&amp;y=2\n</loc>",
        f"<loc><![CDATA[{HOME}a?x=1&y=2]]></loc>",
        f"<loc>{HOME}a?x=1&y=2</loc>",
        f"<sm:loc>{HOME}a?x=1&amp;y=2</sm:loc>",
        f'<loc type="x">{HOME}a?x=1&amp;y=2</loc>',
        f"<url><loc>{HOME}a?x=1&amp;y=2</url>",
        f"\ufeff<urlset><loc>{HOME}a?x=1&amp;y=2</loc>",
        f"</urlset><<<loc>{HOME}a?x=1&amp;y=2<",
        f"\ufeff{HOME}a?x=1&y=2\r\n\r\nnothing\n",
    ],
)
async def test_an_address_is_read_however_it_is_written(entry: str) -> None:
    assert await paths_in(entry) == ["a?x=1&y=2"]


@pytest.mark.parametrize(
    "entry",
    [
        "<loc>https://two.example/a</loc>",
        "<loc>/relative</loc>",
        "<loc></loc>",
        "<loc>   </loc>",
        "<loc>javascript:alert(1)</loc>",
        f"<loc>{HOME}a.pdf</loc>",
        f"<image:loc>{HOME}picture</image:loc>",
        f"<video:player_loc>{HOME}player</video:player_loc>",
        f"<loc>{HOME}{'a' * 3000}</loc>",
        f"<loc>{HOME}cut-off",
        f'<xhtml:link rel="alternate" href="{HOME}a"/>',
        "<!doctype html><title>Not found</title><a href='/a'>a</a>",
        '<!DOCTYPE x [<!ENTITY e "https://one.example/a">]><loc>&e;</loc>',
        "",
    ],
)
async def test_what_is_no_page_of_the_site_is_left_out(entry: str) -> None:
    assert await paths_in(entry) == []


async def test_utf_16_is_read() -> None:
    class Utf16(FakeWeb):
        async def sitemap(self, url: str, **_: object) -> bytes:  # noqa: ARG002 - the same for all
            return urlset("a").encode("utf-16")

    assert await pages(Utf16({})) == ["a"]


async def test_sitemaps_of_robots_txt_take_the_place_of_the_usual_one() -> None:
    web = FakeWeb({}, sitemaps={f"{HOME}map.php": urlset("a"), "https://two.example/map.xml": urlset("b")})

    assert await pages(web) == ["a"]
    assert web.asked_for_sitemaps == [f"{HOME}map.php"]


async def test_only_sitemaps_of_other_sites_are_none() -> None:
    web = FakeWeb({HOME: ""}, sitemaps={"https://two.example/map.xml": urlset("b")})

    assert await pages(web) == []
    assert web.asked_for_sitemaps == [USUAL]


@pytest.mark.parametrize(
    ("children", "first"),
    [
        (["post-sitemap.xml", "page-sitemap.xml", "category-sitemap.xml"], "page-sitemap.xml"),
        (["wp-sitemap-posts-post-1.xml", "wp-sitemap-posts-page-1.xml"], "wp-sitemap-posts-page-1.xml"),
        (["sitemap_products_1.xml", "sitemap_pages_1.xml", "sitemap_blogs_1.xml"], "sitemap_pages_1.xml"),
        (["news.xml", "sitemap-1.xml", "tags.xml"], "sitemap-1.xml"),
        (["en/sitemap.xml", "de/sitemap.xml"], "de/sitemap.xml"),
        (["en/page-sitemap.xml", "de/sitemap.xml"], "de/sitemap.xml"),
    ],
)
async def test_of_an_index_the_most_promising_is_read_first(children: list[str], first: str) -> None:
    web = FakeWeb(
        {}, sitemaps={USUAL: index(*children), **{HOME + child: urlset(child[:-4]) for child in children}}
    )
    web.robots_sitemaps = (USUAL,)

    assert await pages(web, language="de", enough=1) == [first.removesuffix(".xml")]
    assert web.asked_for_sitemaps == [USUAL, HOME + first]


async def test_sitemaps_are_read_until_there_are_enough_pages_or_requests() -> None:
    children = [f"{number}.xml" for number in range(9)]
    web = FakeWeb({}, sitemaps={USUAL: index(*children), **{HOME + child: urlset(child[0]) for child in children}})
    web.robots_sitemaps = (USUAL,)

    assert await pages(web) == ["0", "1"]
    assert len(web.asked_for_sitemaps) == MAX_REQUESTS


async def test_an_index_in_an_index_leads_nowhere() -> None:
    web = FakeWeb(
        {}, sitemaps={USUAL: index("a.xml"), f"{HOME}a.xml": index("b.xml"), f"{HOME}b.xml": urlset("b")}
    )
    web.robots_sitemaps = (USUAL,)

    assert await pages(web) == []
    assert web.asked_for_sitemaps == [USUAL, f"{HOME}a.xml"]


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (HttpStatusError("gone", http_status=404), 3),
        (RateLimited("later", http_status=429), 1),
        (ConnectError("refused"), 1),
    ],
)
async def test_a_sitemap_that_fails_costs_itself_and_a_silent_host_all(error: Exception, asked: int) -> None:
    class Failing(FakeWeb):
        async def sitemap(self, url: str, **_: object) -> bytes:
            self.asked_for_sitemaps.append(url)
            raise error

    web = Failing({}, sitemaps={f"{HOME}{number}.xml": "" for number in range(5)})

    assert await pages(web) == []
    assert len(web.asked_for_sitemaps) == asked


async def test_each_request_is_preceded_by_a_pause() -> None:
    paused: list[str] = []

    async def pause(url: str) -> None:
        paused.append(url)

    web = FakeWeb({}, sitemaps={USUAL: index("a.xml"), f"{HOME}a.xml": urlset("a")})
    web.robots_sitemaps = (USUAL,)
    await find_pages(web.client, HOME, language=None, enough=5, pause=pause)

    assert paused == web.asked_for_sitemaps == [USUAL, f"{HOME}a.xml"]


async def test_of_a_huge_sitemap_the_most_welcome_pages_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_LINKS", 2)
    found = await paths_in(urlset(*(f"{number}" for number in range(20_000)), "kontakt", "team"))

    assert found == ["kontakt", "team"]


async def test_no_more_addresses_are_read_than_a_sitemap_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_URLS", 2)

    assert await paths_in(urlset("a", "b", "kontakt")) == ["a", "b"]


@pytest.mark.parametrize(
    "part",
    ["<loc>", "<loc ", "<a", "<a-b:", "&lt;", "<loc>   ", "<![CDATA[", "https://one.example/\n", " \n", "<loc>h"],
)
async def test_no_sitemap_costs_more_than_its_length(part: str) -> None:
    began = time.perf_counter()

    await paths_in(part * (1_000_000 // len(part)))

    assert time.perf_counter() - began < 5
