"""Which pages of a site are read, and how it ends."""

import asyncio
import gzip
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from batchscrape.crawling import crawl_site
from batchscrape.crawling.frontier import Frontier
from batchscrape.crawling.site import SPARE_DENIALS
from batchscrape.errors import (
    ConnectError,
    DnsError,
    FetchError,
    HttpStatusError,
    NotHtml,
    ParseError,
    RateLimited,
    RobotsDenied,
    RobotsUnreachable,
)
from batchscrape.fetching import Response
from batchscrape.models import JobStatus, Outcome, Page
from tests.crawling.fakes import QUICK, FakeWeb, answer, job, links, moved

HOME = "https://one.example/"


async def crawl(web: FakeWeb, entry: str = "one.example", *, max_pages: int = 5) -> Outcome:
    return await crawl_site(job(entry), web.fetcher, replace(QUICK, max_pages=max_pages))


def read_urls(outcome: Outcome) -> list[str]:
    return [page.url for page in outcome.pages if page.error_code is None]


def failed_rows(outcome: Outcome) -> list[Page]:
    return [page for page in outcome.pages if page.error_code is not None]


async def test_a_site_is_complete_when_its_start_page_was_read() -> None:
    web = FakeWeb({HOME: "<title>One</title><p>mail@one-example.org</p>"})

    outcome = await crawl(web)

    assert (outcome.status, outcome.error_code, outcome.error) == (JobStatus.COMPLETE, None, None)
    assert (outcome.http_status, outcome.final_url) == (200, HOME)
    assert (outcome.facts.title, outcome.facts.emails) == ("One", ("mail@one-example.org",))
    assert read_urls(outcome) == [HOME]
    assert outcome.job.job_id == 7
    assert 0 <= outcome.duration < 60


async def test_a_row_says_all_of_its_page() -> None:
    html = '<html lang="de"><title>One</title><meta name="description" content="Two"><p>mail@one-example.org</p>'
    web = FakeWeb({HOME: moved("https://one.example/home", html, truncated=True)})

    [page] = (await crawl(web)).pages

    assert page == Page(
        url=HOME,
        final_url="https://one.example/home",
        http_status=200,
        content_type="text/html",
        title="One",
        description="Two",
        language="de",
        emails=("mail@one-example.org",),
        bytes=len(html),
        truncated=True,
        fetched_at=answer("", "").fetched_at,
        duration=0.25,
    )


async def test_html_is_kept_compressed_when_asked_for() -> None:
    web = FakeWeb({HOME: "<p>hello"})

    outcome = await crawl_site(job("one.example"), web.fetcher, replace(QUICK, keep_html=True))

    assert gzip.decompress(outcome.pages[0].html or b"") == b"<p>hello"
    assert (await crawl(web)).pages[0].html is None


async def test_contact_pages_come_first_and_no_more_pages_than_wanted() -> None:
    paths = ["login", "news", "products", "team", "kontakt", "a/b"]
    web = FakeWeb({HOME: links(*paths)} | {HOME + path: path for path in paths})

    outcome = await crawl(web, max_pages=4)

    assert web.asked == read_urls(outcome) == [HOME, f"{HOME}kontakt", f"{HOME}team", f"{HOME}news"]
    assert (await crawl(web, max_pages=1)).pages_scraped == 1


async def test_links_of_later_pages_are_followed() -> None:
    web = FakeWeb(
        {HOME: links("/a"), f"{HOME}a": links("/b"), f"{HOME}b": links("/impressum"), f"{HOME}impressum": ""}
    )

    assert len(read_urls(await crawl(web))) == 4


async def test_facts_of_all_pages_are_merged_the_start_page_first() -> None:
    web = FakeWeb({
        HOME: "<title>Home</title>a@one-example.org" + links("/contact"),
        f"{HOME}contact": "<title>Contact</title>b@one-example.org",
    })  # fmt: skip

    facts = (await crawl(web)).facts

    assert (facts.title, facts.emails) == ("Home", ("a@one-example.org", "b@one-example.org"))


async def test_a_page_under_many_names_is_read_once() -> None:
    names = ["#x", "?utm_source=1", "index.html", "a/..", ".", "//", "http://www.one.example", "?PHPSESSID=1"]
    web = FakeWeb({HOME: links(*names, *(f"?sid={number}" for number in range(1000)))})

    await crawl(web)

    assert web.asked == [HOME]


async def test_a_page_found_again_by_a_redirect_is_counted_once() -> None:
    web = FakeWeb({HOME: links("/old", "/new"), f"{HOME}old": moved(f"{HOME}new", "New"), f"{HOME}new": "New"})

    outcome = await crawl(web)

    assert web.asked == [HOME, f"{HOME}old"]
    assert outcome.pages_scraped == 2
    again = FakeWeb({HOME: links("/new", "/old"), f"{HOME}old": moved(f"{HOME}new", "New"), f"{HOME}new": "New"})
    assert (await crawl(again)).pages_scraped == 2


async def test_a_page_is_counted_once_that_calls_itself_by_a_name_that_was_read() -> None:
    page = '<title>Shop</title><link rel="canonical" href="/shop">'
    web = FakeWeb(
        {HOME: links("/shop", "/s?id=1", "/s?id=2")} | {HOME + u: page for u in ("shop", "s?id=1", "s?id=2")}
    )

    assert read_urls(await crawl(web)) == [HOME, f"{HOME}shop"]


async def test_a_page_is_read_though_it_calls_itself_the_home_page_as_all_of_its_site_do() -> None:
    head = '<link rel="canonical" href="/">'
    web = FakeWeb(
        {HOME: f"<title>Home</title>{head}" + links("/contact"), f"{HOME}contact": f"<title>C</title>{head}"}
    )

    assert (await crawl(web)).pages_scraped == 2


SAME = "<title>Same</title><p>One and the same</p>"


@pytest.mark.parametrize(
    "name",
    [
        "http://one.example/a", "https://www.one.example/a", "/a/", "/a/index.html", "/a?utm_source=x",
        "//one.example//a", "/a#part", "/./a", "/b/../a",
    ],
)  # fmt: skip
async def test_a_page_linked_by_another_of_its_names_is_not_asked_for(name: str) -> None:
    web = FakeWeb({HOME: links("/a", name), f"{HOME}a": SAME})

    assert read_urls(await crawl(web)) == web.asked == [HOME, f"{HOME}a"]


async def test_the_order_of_a_query_makes_no_other_page() -> None:
    web = FakeWeb({HOME: links("/a?x=1&y=2", "/a?y=2&x=1"), f"{HOME}a?x=1&y=2": SAME})

    assert read_urls(await crawl(web)) == web.asked == [HOME, f"{HOME}a?x=1&y=2"]


async def test_a_page_that_redirects_home_is_not_counted() -> None:
    web = FakeWeb({HOME: links("/gone"), f"{HOME}gone": moved(HOME, "Home")})

    assert [page.url for page in (await crawl(web)).pages] == [HOME]


async def test_the_name_that_a_page_gives_itself_is_not_asked_for_when_it_is_linked_later() -> None:
    variant = SAME + '<link rel="canonical" href="/a">' + links("/a")
    web = FakeWeb({HOME: links("/a?variant=1"), f"{HOME}a?variant=1": variant, f"{HOME}a": SAME})

    assert read_urls(await crawl(web)) == web.asked == [HOME, f"{HOME}a?variant=1"]


async def test_a_redirect_to_what_a_page_called_itself_is_not_counted() -> None:
    variant = SAME + '<link rel="canonical" href="/a">'
    web = FakeWeb({HOME: links("/1", "/2"), f"{HOME}1": variant, f"{HOME}2": moved(f"{HOME}a", SAME)})

    assert read_urls(await crawl(web)) == [HOME, f"{HOME}1"]


async def test_pages_that_all_call_themselves_the_home_page_of_their_title_are_read() -> None:
    head = '<title>Acme</title><link rel="canonical" href="https://one.example/">'
    texts = {"contact": "a@one-example.org", "team": "b@one-example.org", "imprint": "c@one-example.org"}
    web = FakeWeb({HOME: head + links(*texts)} | {HOME + path: head + text for path, text in texts.items()})

    outcome = await crawl(web)

    assert outcome.pages_scraped == 4
    assert outcome.facts.emails == ("a@one-example.org", "c@one-example.org", "b@one-example.org")


async def test_a_double_is_seen_though_others_have_called_themselves_the_same_page() -> None:
    head = '<link rel="canonical" href="/">'
    pages = {"a": "<title>A</title>", "b": "<title>B</title>", "z": "<title>Home</title>"}
    web = FakeWeb(
        {HOME: "<title>Home</title>" + links(*pages)} | {HOME + path: head + t for path, t in pages.items()}
    )

    assert read_urls(await crawl(web)) == [HOME, f"{HOME}a", f"{HOME}b"]


async def test_pages_that_call_themselves_those_of_another_site_are_read() -> None:
    heads = {path: f'<title>{path}</title><link rel="canonical" href="https://two.example/">' for path in "ab"}
    web = FakeWeb({HOME: links("/a", "/b")} | {HOME + path: head for path, head in heads.items()})

    assert read_urls(await crawl(web)) == [HOME, f"{HOME}a", f"{HOME}b"]


async def test_where_a_later_page_sends_its_visitors_is_read_too() -> None:
    refresh = '<meta http-equiv="refresh" content="0; url=/real">'
    away = '<meta http-equiv="refresh" content="0; url=https://two.example/">'
    web = FakeWeb({HOME: links("/a", "/b"), f"{HOME}a": refresh, f"{HOME}b": away, f"{HOME}real": ""})

    await crawl(web)

    assert web.asked == [HOME, f"{HOME}a", f"{HOME}b", f"{HOME}real"]


async def test_pages_in_the_language_of_the_start_page_come_first() -> None:
    paths = ["en/contact", "de/kontakt", "en/about", "de/team"]
    web = FakeWeb({HOME: '<html lang="de-AT">' + links(*paths)} | {HOME + path: path for path in paths})

    await crawl(web, max_pages=4)

    assert web.asked == [HOME, f"{HOME}de/kontakt", f"{HOME}de/team", f"{HOME}en/contact"]


async def test_the_language_in_the_address_of_the_start_page_counts_more_than_what_it_says() -> None:
    home = moved(f"{HOME}de/", '<html lang="en">' + links("/en/contact", "/de/kontakt"))
    web = FakeWeb({HOME: home, f"{HOME}de/kontakt": ""})

    await crawl(web, max_pages=2)

    assert web.asked == [HOME, f"{HOME}de/kontakt"]


async def test_emails_of_the_sites_own_domain_come_first_over_all_pages() -> None:
    home = moved("https://www.acme.com/", "agency@other.com" + links("/kontakt"))
    kontakt = "shop@gmail.com a@acme.com b@acme.de"
    web = FakeWeb({"https://acme.de/": home, "https://www.acme.com/kontakt": kontakt})

    outcome = await crawl(web, "acme.de")

    assert outcome.facts.emails == ("a@acme.com", "b@acme.de", "agency@other.com", "shop@gmail.com")


async def test_each_row_has_the_contacts_of_its_page() -> None:
    web = FakeWeb({
        HOME: "a@one-example.org" + links("/team", "/kontakt"),
        f"{HOME}team": '<a href="tel:+49 30 901820">Call</a>',
        f"{HOME}kontakt": 'b@one-example.org <a href="tel:+49 30 901821">Call</a>',
    })  # fmt: skip

    outcome = await crawl(web)

    assert [(page.url, page.emails, page.phones) for page in outcome.pages] == [
        (HOME, ("a@one-example.org",), ()),
        (f"{HOME}kontakt", ("b@one-example.org",), ("+4930901821",)),
        (f"{HOME}team", (), ("+4930901820",)),
    ]


async def test_a_start_page_that_links_to_little_is_helped_by_a_sitemap() -> None:
    sitemap = f"<urlset><url><loc>{HOME}x</loc></url><url><loc>{HOME}kontakt</loc></url></urlset>"
    web = FakeWeb(
        {HOME: '<div id="root"></div>' + links("/login"), f"{HOME}kontakt": "", f"{HOME}x": ""},
        sitemaps={f"{HOME}sitemap.xml": sitemap},
    )

    outcome = await crawl(web, max_pages=3)

    assert read_urls(outcome) == web.asked == [HOME, f"{HOME}kontakt", f"{HOME}x"]
    assert outcome.pages_scraped == len(outcome.pages) == 3


async def test_no_sitemap_is_asked_for_where_the_links_are_enough() -> None:
    web = FakeWeb({HOME: links("/a", "/b"), f"{HOME}a": "", f"{HOME}b": ""})

    await crawl(web, max_pages=3)
    await crawl(web, max_pages=1)

    assert web.asked_for_sitemaps == []


async def test_a_defect_in_reading_sitemaps_costs_them_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("batchscrape.crawling.site.find_pages", _refuse)
    web = FakeWeb({HOME: links("/a"), f"{HOME}a": ""})

    assert (await crawl(web)).pages_scraped == 2


async def test_a_start_page_on_another_domain_makes_that_the_site() -> None:
    web = FakeWeb({HOME: moved("https://two.example/", links("/a", HOME)), "https://two.example/a": ""})

    outcome = await crawl(web)

    assert outcome.final_url == "https://two.example/"
    assert web.asked == [HOME, "https://two.example/a"]


async def test_a_later_page_that_leads_off_the_site_says_so_on_its_row() -> None:
    away = moved("https://two.example/x", "<title>Two</title>x@two-example.org" + links("/more"))
    web = FakeWeb({HOME: links("/away"), f"{HOME}away": away})

    outcome = await crawl(web)

    [row] = failed_rows(outcome)
    assert (row.url, row.error_code, row.final_url) == (f"{HOME}away", "redirect_error", "https://two.example/x")
    assert outcome.facts.emails == ()
    assert len(web.asked) == 2


async def test_a_later_failure_stands_on_its_row_and_fails_nothing() -> None:
    web = FakeWeb({
        HOME: links("/missing", "/file", "/broken", "/good"),
        f"{HOME}file": NotHtml("It is a PDF.", http_status=200, final_url=f"{HOME}file"),
        f"{HOME}broken": ConnectError("reset\x00 \x1b[31m\ud800"),
        f"{HOME}good": "",
    })  # fmt: skip

    outcome = await crawl(web, max_pages=2)

    assert outcome.status == JobStatus.COMPLETE
    assert read_urls(outcome) == [HOME, f"{HOME}good"]
    assert [(row.url, row.error_code, row.http_status, row.error) for row in failed_rows(outcome)] == [
        (f"{HOME}missing", "http_4xx", 404, "Not found."),
        (f"{HOME}file", "not_html", 200, "It is a PDF."),
        (f"{HOME}broken", "connect_error", None, "reset"),
    ]


async def test_requests_are_bounded_when_nothing_is_a_page() -> None:
    web = FakeWeb({HOME: links(*(f"/{number}" for number in range(500)))})

    await crawl(web, max_pages=3)

    assert len(web.asked) == 2 * 3 + 10


async def test_pages_that_robots_deny_were_never_asked_for() -> None:
    denied = {f"{HOME}{number}": RobotsDenied("no") for number in range(50)}
    web = FakeWeb({HOME: links(*denied, "/last/page"), f"{HOME}last/page": "", **denied})

    outcome = await crawl(web)

    assert [page.url for page in outcome.pages] == [HOME, f"{HOME}last/page"]


async def test_a_site_that_denies_everything_is_left_and_holds_up_no_other() -> None:
    denied = {f"{HOME}{number}": RobotsDenied("no") for number in range(400)}
    web = FakeWeb({HOME: links(*denied), **denied})
    turns = 0

    async def take_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with asyncio.TaskGroup() as tasks:
        other = tasks.create_task(take_turns())
        outcome = await crawl(web, max_pages=3)
        other.cancel()

    assert len(web.asked) == 1 + 2 * 3 + SPARE_DENIALS
    assert turns >= SPARE_DENIALS
    assert outcome.status == JobStatus.COMPLETE


async def test_a_page_that_robots_deny_after_a_redirect_was_asked_for() -> None:
    web = FakeWeb({HOME: links("/a"), f"{HOME}a": RobotsDenied("no", final_url=f"{HOME}denied")})

    [row] = failed_rows(await crawl(web))

    assert (row.url, row.error_code, row.final_url) == (f"{HOME}a", "robots_denied", f"{HOME}denied")


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (ConnectError("reset"), 2),
        (DnsError("no address"), 2),
        (RobotsUnreachable("robots.txt answers with 503", http_status=503), 1),
        (HttpStatusError("gone", http_status=410), 9),
    ],
)
async def test_a_host_that_does_not_answer_is_given_up_and_no_other(error: FetchError, asked: int) -> None:
    dead = {f"https://dead.one.com/{number}": error for number in range(9)}
    web = FakeWeb({
        "https://one.com/": links(*dead, "https://www.one.com/deep/page"),
        "https://www.one.com/deep/page": "",
        **dead,
    })  # fmt: skip

    outcome = await crawl_site(job("one.com"), web.fetcher, QUICK)

    assert len(failed_rows(outcome)) == asked
    assert read_urls(outcome)[-1] == "https://www.one.com/deep/page"


async def test_a_site_that_asks_to_wait_for_long_is_left_alone() -> None:
    web = FakeWeb({HOME: links("/a", "/b"), f"{HOME}a": RateLimited("in a day", http_status=429), f"{HOME}b": ""})

    outcome = await crawl(web)

    assert web.asked == [HOME, f"{HOME}a"]
    assert outcome.status == JobStatus.COMPLETE


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (HttpStatusError("Not found.", http_status=404, final_url=f"{HOME}x\x00"), "http_4xx"),
        (RobotsDenied("robots.txt says no."), "robots_denied"),
        (DnsError("No address."), "dns_error"),
    ],
)
async def test_a_start_page_that_fails_fails_the_job(error: DnsError, code: str) -> None:
    outcome = await crawl(FakeWeb({HOME: error}))

    assert (outcome.status, outcome.error_code, outcome.error) == (JobStatus.FAILED, code, str(error))
    assert (outcome.http_status, outcome.final_url) == (error.http_status, error.final_url and f"{HOME}x")
    assert outcome.pages == ()


async def test_a_page_that_is_refused_by_the_parser_fails_with_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("batchscrape.crawling.reading.parse", _refuse)

    outcome = await crawl(FakeWeb({HOME: "bomb"}))

    assert (outcome.error_code, outcome.http_status, outcome.final_url) == ("parse_error", 200, HOME)


async def test_a_refresh_of_the_start_page_is_a_redirect() -> None:
    refresh = '<meta http-equiv="refresh" content="0; url=https://two.example/">x@one-example.org'
    web = FakeWeb({HOME: refresh + links("/a"), "https://two.example/": "<title>Two</title>", f"{HOME}a": ""})

    outcome = await crawl(web)

    assert (outcome.final_url, outcome.facts.title, outcome.facts.emails) == ("https://two.example/", "Two", ())
    assert [(page.url, page.final_url) for page in outcome.pages] == [(HOME, "https://two.example/")]
    assert len(web.asked) == 2


async def test_refreshes_end_after_three_and_in_a_circle() -> None:
    def to(path: str) -> str:
        return f'<meta http-equiv="refresh" content="0; url=/{path}">'

    chain = FakeWeb({HOME: to("1")} | {f"{HOME}{number}": to(str(number + 1)) for number in range(1, 9)})
    circle = FakeWeb({HOME: to("1"), f"{HOME}1": to("")})
    back = FakeWeb({HOME: to("1"), f"{HOME}1": moved(HOME, to("1"))})

    assert (await crawl(chain, max_pages=1)).final_url == f"{HOME}3"
    assert (await crawl(circle, max_pages=1)).final_url == f"{HOME}1"
    assert len(circle.asked) == 2
    await crawl(back, max_pages=1)
    assert len(back.asked) == 2


async def test_a_refresh_to_nowhere_leaves_the_page_as_it_is() -> None:
    web = FakeWeb({HOME: '<title>One</title><meta http-equiv="refresh" content="0; url=/missing">'})

    outcome = await crawl(web)

    assert (outcome.status, outcome.facts.title, outcome.final_url) == (JobStatus.COMPLETE, "One", HOME)


@pytest.mark.parametrize(("delay", "pause"), [(0.0, 0.5), (3.0, 3.0)])
async def test_pages_and_sitemaps_wait_for_the_longer_of_both_delays(
    monkeypatch: pytest.MonkeyPatch, delay: float, pause: float
) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    web = FakeWeb({HOME: links("/a", "/b"), f"{HOME}a": "", f"{HOME}b": ""})
    web.delay = delay
    await crawl_site(job("one.example"), web.fetcher, replace(QUICK, delay=0.5))

    assert len(web.asked_for_sitemaps) == 1
    assert pauses == [pause] * 3


class SlowWeb(FakeWeb):
    """Answers at once, but for pages that are slow: those never."""

    async def get(self, url: str, **how: Any) -> Response:
        if "slow" in url:
            await asyncio.Event().wait()
        return await super().get(url, **how)


async def test_a_domain_out_of_time_before_its_start_page_fails() -> None:
    settings = replace(QUICK, domain_timeout=0.05)

    outcome = await crawl_site(job("slow.example"), SlowWeb({}).fetcher, settings)

    assert (outcome.status, outcome.error_code) == (JobStatus.FAILED, "timeout")
    assert outcome.error == "The domain took longer than 0.05 s."


async def test_a_domain_out_of_time_after_its_start_page_keeps_what_there_is() -> None:
    web = SlowWeb({HOME: "<title>One</title>" + links("/contact", "/slow"), f"{HOME}contact": ""})

    outcome = await crawl_site(job("one.example"), web.fetcher, replace(QUICK, domain_timeout=0.5))

    assert (outcome.status, outcome.facts.title) == (JobStatus.COMPLETE, "One")
    assert read_urls(outcome) == [HOME, f"{HOME}contact"]


async def test_a_cancelled_crawl_has_no_outcome() -> None:
    crawling = asyncio.create_task(crawl_site(job("slow.example"), SlowWeb({}).fetcher, QUICK))
    await asyncio.sleep(0)

    crawling.cancel()

    with pytest.raises(asyncio.CancelledError):
        await crawling


async def test_a_defect_after_the_start_page_is_logged_and_keeps_what_there_is(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Frontier, "take", _break)

    outcome = await crawl(FakeWeb({HOME: "<title>One</title>" + links("/a")}))

    assert (outcome.status, outcome.error_code, outcome.facts.title) == (JobStatus.COMPLETE, None, "One")
    assert read_urls(outcome) == [HOME]
    assert "oops" in caplog.text


async def test_a_defect_at_the_start_page_fails_the_job_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        outcome = await crawl(FakeWeb({HOME: KeyError("oops")}))

    assert (outcome.status, outcome.error_code) == (JobStatus.FAILED, "internal_error")
    assert outcome.error == "A defect of batchscrape: KeyError: 'oops'"
    assert "Traceback" in caplog.text


async def test_a_timeout_that_is_not_the_domains_is_a_defect() -> None:
    assert (await crawl(FakeWeb({HOME: TimeoutError()}))).error_code == "internal_error"


async def test_a_defect_at_a_later_page_costs_that_page() -> None:
    web = FakeWeb({HOME: links("/a", "/b"), f"{HOME}a": KeyError("oops"), f"{HOME}b": ""})

    outcome = await crawl(web)

    assert read_urls(outcome) == [HOME, f"{HOME}b"]
    assert [row.error_code for row in failed_rows(outcome)] == ["internal_error"]


@pytest.mark.parametrize("size", [10, 300_000])
async def test_each_page_in_the_parser_is_watched(size: int) -> None:
    now: list[int] = []
    seen: list[list[int]] = []

    @contextmanager
    def watch(job_id: int) -> Iterator[None]:
        now.append(job_id)
        seen.append(list(now))
        yield
        now.remove(job_id)

    web = FakeWeb({HOME: links("/a"), f"{HOME}a": "x" * size})
    await crawl_site(job("one.example"), web.fetcher, QUICK, watch)

    assert seen == [[7], [7]]
    assert now == []


async def test_a_large_page_is_parsed_off_the_loop_and_a_small_one_on_it() -> None:
    threads: list[bool] = []
    web = FakeWeb({HOME: links("/large"), f"{HOME}large": "x" * 300_000})

    @contextmanager
    def watch(_job_id: int) -> Iterator[None]:
        try:
            asyncio.get_running_loop()
            threads.append(False)
        except RuntimeError:
            threads.append(True)
        yield

    await crawl_site(job("one.example"), web.fetcher, QUICK, watch)

    assert threads == [False, True]


def _break(*_: object) -> None:
    raise KeyError("oops")


def _refuse(*_: object, **__: object) -> None:
    raise ParseError("Too deep.")
