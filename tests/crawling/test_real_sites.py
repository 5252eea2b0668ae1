"""Whole sites over real sockets."""

import asyncio
import gzip
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from batchscrape.crawling import crawl_site
from batchscrape.fetching import Fetcher
from batchscrape.models import JobStatus, Outcome
from batchscrape.settings import ScrapeSettings
from tests.crawling.fakes import job, links
from tests.web import Address, Handler, Visit, Web, answer, redirect, silent, site

LOOPBACK = ScrapeSettings(delay=0, allow_network=("127.0.0.0/8",), timeout=10, retries=0)
HOME = "<title>Home</title>mail@one-example.org" + links("/news", "/impressum", "/about", "/login")
PAGES = {"/": HOME, "/news": "News", "/impressum": "Tel. <a href='tel:+4930901820'>call</a>", "/about": "About"}


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with Web() as web:
        yield web


async def crawl(entry: str, settings: ScrapeSettings = LOOPBACK, fetcher: Fetcher | None = None) -> Outcome:
    fetcher = fetcher or Fetcher()
    try:
        return await crawl_site(job(entry), fetcher, settings)
    finally:
        await fetcher.aclose()


def without_tls(handler: Handler) -> Handler:
    """Hang up on who begins with a TLS handshake, as web servers on a plain port do."""

    async def handle(visit: Visit) -> None:
        first = await visit.reader.readexactly(1)
        if first == b"\x16":
            visit.reset()
            return
        visit.reader._buffer[:0] = first  # type: ignore[attr-defined]  # put back, which a StreamReader cannot
        await handler(visit)

    return handle


def names(table: dict[str, str]) -> Fetcher:
    """A fetcher whose resolver knows these names and no others."""

    def lookup(name: str) -> list[str]:
        if name not in table:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [table[name]]

    return Fetcher(lookup=lookup)


async def test_a_site_without_https_is_read_over_http_its_contacts_first(web: Web) -> None:
    address = await web.serve(without_tls(site(PAGES)))

    outcome = await crawl(address.domain, replace(LOOPBACK, max_pages=3))

    assert (outcome.status, outcome.final_url, outcome.http_status) == (JobStatus.COMPLETE, address.url(), 200)
    assert address.paths == ["/robots.txt", "/", "/impressum", "/about"]
    assert (outcome.facts.title, outcome.facts.emails) == ("Home", ("mail@one-example.org",))
    assert outcome.facts.phones == ("+4930901820",)
    assert [page.url for page in outcome.pages] == [address.url(path) for path in ("/", "/impressum", "/about")]
    assert outcome.bytes == sum(len(PAGES[path]) for path in ("/", "/impressum", "/about"))


async def test_a_site_with_https_is_read_over_https(web: Web) -> None:
    address = await web.serve(site(PAGES), tls="valid")

    outcome = await crawl(address.domain, fetcher=Fetcher(tls=web.certificates.client_context()))

    assert (outcome.final_url, outcome.pages_scraped) == (address.url(), 4)


async def test_what_fails_over_both_is_reported_as_it_failed_over_https(web: Web) -> None:
    expired = await web.serve(site(PAGES), tls="expired")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        refusing = f"127.0.0.1:{listener.getsockname()[1]}"

    outcomes = [
        await crawl(expired.domain, fetcher=Fetcher(tls=web.certificates.client_context())),
        await crawl(refusing),
    ]

    assert [outcome.error_code for outcome in outcomes] == ["tls_error", "connect_error"]


async def test_a_name_that_only_www_has_an_address_for_is_found(web: Web) -> None:
    address = await web.serve(without_tls(site(PAGES)))

    outcome = await crawl(f"one-example.org:{address.port}", fetcher=names({"www.one-example.org": address.host}))

    assert outcome.status == JobStatus.COMPLETE
    assert outcome.final_url == f"http://www.one-example.org:{address.port}/"


@pytest.mark.parametrize("name", ["no-such-name.one-example.org", "münchen.one-example.org", "_x.one-example.org"])
async def test_a_name_without_an_address_is_a_dns_error(name: str) -> None:
    outcome = await crawl(name, fetcher=names({}))

    assert (outcome.status, outcome.error_code) == (JobStatus.FAILED, "dns_error")


async def test_a_redirect_to_another_site_makes_that_the_site(web: Web) -> None:
    other = await web.serve(site(PAGES))
    address = await web.serve(site({"/": redirect(other.url("/"))}))

    outcome = await crawl(address.url())

    assert (outcome.final_url, outcome.pages_scraped) == (other.url(), 4)
    assert address.paths == ["/robots.txt", "/"]


async def test_a_redirect_off_the_site_is_never_followed(web: Web) -> None:
    other = await web.serve(site(PAGES))
    address = await web.serve(site({"/": links("/away"), "/away": redirect(other.url("/"))}))

    outcome = await crawl(address.url())

    assert other.connections == 0
    assert (outcome.pages[1].error_code, outcome.pages[1].final_url) == ("redirect_error", other.url("/"))


async def test_a_link_off_the_site_is_never_asked_for(web: Web) -> None:
    other = await web.serve(site(PAGES))
    address = await web.serve(site({"/": links(other.url("/"), f"//{other.host}/contact")}))

    await crawl(address.url())

    assert other.connections == 0


async def test_what_robots_txt_denies_is_never_asked_for(web: Web) -> None:
    rules = answer("User-agent: *\nDisallow: /impressum", content_type="text/plain")
    address = await web.serve(site({**PAGES, "/robots.txt": rules}))
    closed = await web.serve(
        site({**PAGES, "/robots.txt": answer("User-agent: *\nDisallow: /", content_type="text/plain")})
    )

    outcome, denied = await crawl(address.url()), await crawl(closed.url())

    assert address.paths == ["/robots.txt", "/", "/sitemap.xml", "/about", "/news", "/login"]
    assert outcome.pages_scraped == 3
    assert (denied.error_code, closed.paths) == ("robots_denied", ["/robots.txt"])


async def test_a_crawl_delay_lengthens_the_pause(web: Web) -> None:
    rules = answer("User-agent: *\nCrawl-delay: 0.3", content_type="text/plain")
    address = await web.serve(site({**PAGES, "/robots.txt": rules}))
    began = time.monotonic()

    await crawl(address.url(), replace(LOOPBACK, max_pages=3))

    assert time.monotonic() - began >= 0.6


def sitemap(address: Address, *paths: str, tag: str = "urlset") -> bytes:
    entries = "".join(f"<url><loc>{address.url(path)}</loc></url>" for path in paths)
    return f"<{tag}>{entries}</{tag}>".encode()


async def test_what_scripts_would_link_to_is_found_in_the_sitemap_which_is_no_page(web: Web) -> None:
    files: dict[str, bytes | str] = {}
    address = await web.serve(site(files))
    files |= {
        "/": '<div id="root"></div>',
        "/contact": "x@one-example.org",
        "/sitemap.xml": answer(sitemap(address, "/news", "/contact"), content_type="application/xml"),
    }

    outcome = await crawl(address.url(), replace(LOOPBACK, max_pages=2))

    assert address.paths == ["/robots.txt", "/", "/sitemap.xml", "/contact"]
    assert outcome.facts.emails == ("x@one-example.org",)
    assert [page.url for page in outcome.pages] == [address.url("/"), address.url("/contact")]


@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "gzip"}], ids=["file", "encoded"])
async def test_an_index_in_robots_txt_leads_to_compressed_sitemaps(web: Web, headers: dict[str, str]) -> None:
    files: dict[str, bytes | str] = {}
    address = await web.serve(site(files))
    index = sitemap(address, "/posts.xml.gz", "/pages.xml.gz", tag="sitemapindex")
    pages = gzip.compress(sitemap(address, "/contact"))
    files |= {
        "/": "Home",
        "/contact": "Contact",
        "/robots.txt": answer(f"Sitemap: {address.url('/map')}", content_type="text/plain"),
        "/map": answer(index, content_type=None),
        "/pages.xml.gz": answer(pages, content_type="application/x-gzip", headers=headers),
    }

    outcome = await crawl(address.url(), replace(LOOPBACK, max_pages=2))

    assert address.paths == ["/robots.txt", "/", "/map", "/pages.xml.gz", "/contact"]
    assert outcome.pages_scraped == 2


async def test_a_sitemap_that_robots_txt_denies_is_never_asked_for(web: Web) -> None:
    rules = answer("User-agent: *\nDisallow: /sitemap", content_type="text/plain")
    address = await web.serve(site({"/": links("/news"), "/news": "News", "/robots.txt": rules}))

    outcome = await crawl(address.url())

    assert address.paths == ["/robots.txt", "/", "/news"]
    assert outcome.pages_scraped == 2


async def test_a_sitemap_is_never_followed_off_the_site(web: Web) -> None:
    other = await web.serve(site({"/sitemap.xml": answer(b"<urlset></urlset>")}))
    address = await web.serve(site({"/": "Home", "/sitemap.xml": redirect(other.url("/sitemap.xml"))}))

    outcome = await crawl(address.url())

    assert other.connections == 0
    assert (outcome.status, len(outcome.pages)) == (JobStatus.COMPLETE, 1)


async def test_a_sitemap_is_inflated_and_read_no_further_than_a_page(web: Web) -> None:
    files: dict[str, bytes | str] = {}
    address = await web.serve(site(files))
    bomb = sitemap(address, "/contact") + bytes(50_000_000) + sitemap(address, "/imprint")
    files |= {"/": "Home", "/contact": "C", "/imprint": "I", "/sitemap.xml": answer(gzip.compress(bomb))}

    await crawl(address.url(), replace(LOOPBACK, max_body=100_000))

    assert address.paths == ["/robots.txt", "/", "/sitemap.xml", "/contact"]


@pytest.mark.parametrize("body", [b"\x1f\x8b", b"\x1f\x8b\x08rubbish", b"\x00\x01\x02", b"\xff\xfe\x00", b""])
async def test_a_sitemap_of_rubbish_changes_nothing(web: Web, body: bytes) -> None:
    address = await web.serve(site({"/": links("/news"), "/news": "News", "/sitemap.xml": answer(body)}))

    assert (await crawl(address.url())).pages_scraped == 2


async def test_a_sitemap_that_never_comes_costs_one_timeout(web: Web) -> None:
    async def no_sitemap(visit: Visit) -> None:
        while (request := await visit.request()) and request.target != "/sitemap.xml":
            await visit.send(answer(links("/news")) if request.target != "/robots.txt" else answer(status=404))
        await visit.until_gone()

    address = await web.serve(no_sitemap)
    outcome = await crawl(address.url(), replace(LOOPBACK, timeout=1, retries=2))

    assert address.paths.count("/sitemap.xml") == 1
    assert outcome.pages_scraped == 2


async def test_what_is_no_html_stands_on_its_row_and_counts_as_no_page(web: Web) -> None:
    paper = answer(b"%PDF-1.7", content_type="application/pdf")
    address = await web.serve(site({**PAGES, "/impressum": paper}))
    file = await web.serve(site({"/": paper}))

    outcome, failed = await crawl(address.url(), replace(LOOPBACK, max_pages=3)), await crawl(file.url())

    assert [page.error_code for page in outcome.pages] == [None, "not_html", None, None]
    assert (failed.error_code, failed.http_status, failed.final_url) == ("not_html", 200, file.url())


async def test_a_site_that_goes_silent_after_its_start_page_keeps_it(web: Web) -> None:
    async def home_only(visit: Visit) -> None:
        while (request := await visit.request()) and request.target in ("/robots.txt", "/"):
            await visit.send(answer(HOME) if request.target == "/" else answer(status=404))
        await visit.until_gone()

    outcome = await crawl((await web.serve(home_only)).url(), replace(LOOPBACK, domain_timeout=2))

    assert (outcome.status, outcome.facts.title, outcome.pages_scraped) == (JobStatus.COMPLETE, "Home", 1)


async def test_a_site_that_is_silent_from_the_start_is_out_of_time(web: Web) -> None:
    outcome = await crawl((await web.serve(silent)).domain, replace(LOOPBACK, domain_timeout=0.3))

    assert (outcome.status, outcome.error_code) == (JobStatus.FAILED, "timeout")


async def test_many_sites_are_crawled_at_once_through_one_fetcher(web: Web) -> None:
    addresses = [await web.serve(site(PAGES)) for _ in range(40)]
    fetcher = Fetcher()

    outcomes = await asyncio.gather(*(crawl_site(job(address.url()), fetcher, LOOPBACK) for address in addresses))
    await fetcher.aclose()

    assert {outcome.pages_scraped for outcome in outcomes} == {4}
    assert max(address.most_open for address in addresses) == 1
