"""robots.txt as RFC 9309 says; what it disallows is never requested."""

import time

import pytest

from batchscrape.errors import RobotsDenied, RobotsUnreachable
from batchscrape.fetching.robots import MAX_RULES, MAX_WILDCARDS, Robots
from tests.fetching.conftest import Fetching
from tests.web import Visit, Web, answer, raw, redirect, silent, site


def text(rules: str, status: int = 200) -> bytes:
    return answer(rules, status=status, content_type="text/plain")


async def test_a_page_that_is_disallowed_is_never_requested(fetching: Fetching, web: Web) -> None:
    address = await web.serve(site({"/robots.txt": text("User-agent: *\nDisallow: /private"), "/": "hello"}))

    async with fetching.site() as client:
        await client.get(address.url())
        with pytest.raises(RobotsDenied):
            await client.get(address.url("/private/x"))

    assert address.paths == ["/robots.txt", "/"]


async def test_robots_can_be_ignored(fetching: Fetching, web: Web) -> None:
    address = await web.serve(site({"/robots.txt": text("User-agent: *\nDisallow: /"), "/": "hello"}))

    await fetching.get(address.url(), ignore_robots=True)

    assert address.paths == ["/"]


async def test_every_origin_that_a_redirect_leads_to_is_asked(fetching: Fetching, web: Web) -> None:
    target = await web.serve(site({"/robots.txt": text("User-agent: *\nDisallow: /"), "/": "hello"}))
    address = await web.serve(site({"/": redirect(target.url())}))

    failure = await fetching.failure(address.url())

    assert failure.code == "robots_denied"
    assert target.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: batchscrape\nDisallow: /", False),
        ("User-agent: BatchScrape/1.0 # x\nDisallow: /", False),
        ("user-agent: other\nUser-Agent: batchscrape\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: batchscrape\nDisallow:", True),
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: batch\nDisallow: /", True),
        ("User-agent: batchscrapers\nDisallow: /", True),
        ("User-agent: *bot\nDisallow: /", True),
        ("User-agent: *\nDisallow: /p\nAllow: /page", True),
        ("User-agent: *\nDisallow: /*age$", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: *\rDisallow: /", False),
        ("User-agent: *\r\n\r\nDisallow: /\r\n", False),
        ("User-agent:\nDisallow: /", True),
        ("", True),
        ("\n\n", True),
        ("<!doctype html><p>User-agent: *<p>\nDisallow: /", True),
        (" \n<html>\nUser-agent: *\nDisallow: /\n", True),
        ("#" * 600_000 + "\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\n" + "#" * 600_000, False),
    ],
)
async def test_the_rules_say_what_is_allowed(fetching: Fetching, web: Web, rules: str, allowed: bool) -> None:
    address = await web.serve(site({"/robots.txt": text(rules), "/page": "hello"}))

    if allowed:
        assert (await fetching.get(address.url("/page"))).body == b"hello"
    else:
        assert (await fetching.failure(address.url("/page"))).code == "robots_denied"


@pytest.mark.parametrize(
    "sent",
    [
        text("User-agent: *\nDisallow: /", status=404),
        text("User-agent: *\nDisallow: /", status=403),
        text("", status=429),
        redirect("/robots.txt"),
        redirect("http://[::bad"),
        answer("", status=204),
    ],
)
async def test_an_absent_robots_txt_allows_everything(fetching: Fetching, web: Web, sent: bytes) -> None:
    address = await web.serve(site({"/robots.txt": sent, "/": "hello"}))

    assert (await fetching.get(address.url())).body == b"hello"


@pytest.mark.parametrize(
    "sent",
    [
        text("", status=500),
        text("", status=503),
        answer(status=503, headers={"Retry-After": "86400"}),
        answer("User-agent: *\n\0\0\0"),
        answer("no gzip", headers={"Content-Encoding": "gzip"}),
    ],
)
async def test_server_errors_and_rubbish_forbid_everything(fetching: Fetching, web: Web, sent: bytes) -> None:
    address = await web.serve(site({"/robots.txt": sent, "/": "hello"}))

    failure = await fetching.failure(address.url())

    assert failure.code == "robots_unreachable"
    assert address.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    ("handler", "code"),
    [
        (silent, "timeout"),
        (raw(b"SSH-2.0-x\r\n", robots=True), "protocol_error"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", robots=True), "too_large"),
    ],
)
async def test_a_robots_txt_that_cannot_be_reached_is_that_failure(
    fetching: Fetching, web: Web, handler: object, code: str
) -> None:
    address = await web.serve(handler)  # type: ignore[arg-type]

    assert (await fetching.failure(address.url(), timeout=0.3)).code == code


async def test_robots_txt_is_asked_for_once_even_when_it_fails(fetching: Fetching, web: Web) -> None:
    address = await web.serve(site({"/robots.txt": text("", status=500)}))

    async with fetching.site() as client:
        for _ in range(3):
            with pytest.raises(RobotsUnreachable, match="500"):
                await client.get(address.url())

    assert address.paths == ["/robots.txt"]


async def test_five_redirects_of_robots_txt_are_followed_and_not_six(fetching: Fetching, web: Web) -> None:
    def chain(hops: int) -> dict[str, bytes | str]:
        pages: dict[str, bytes | str] = {f"/{number}": redirect(f"/{number - 1}") for number in range(1, hops)}
        return {
            "/robots.txt": redirect(f"/{hops - 1}"),
            **pages,
            "/0": text("User-agent: *\nDisallow: /"),
            "/": "hi",
        }

    five = await web.serve(site(chain(5)))
    six = await web.serve(site(chain(6)))

    assert (await fetching.failure(five.url())).code == "robots_denied"
    assert (await fetching.get(six.url())).body == b"hi"


async def test_an_endless_robots_txt_is_read_in_part(fetching: Fetching, web: Web) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow: /\n"

    async def both(visit: Visit) -> None:
        await visit.request()
        await visit.send(head)
        while not visit.writer.is_closing():
            await visit.send(b"# more\n" * 1000)

    address = await web.serve(both)

    assert (await fetching.failure(address.url())).code == "robots_denied"
    await address.all_closed()


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 2.5", 2.5),
        ("crawl-delay: 86400", 30.0),
        ("Crawl-delay: x", 0.0),
        ("Crawl-delay: -1", 0.0),
        ("", 0),
    ],
)
async def test_the_crawl_delay_is_known_once_robots_txt_was_read(
    fetching: Fetching, web: Web, line: str, delay: float
) -> None:
    rules = text(f"User-agent: *\n{line}\nSitemap: https://a.example/s.xml\nDisallow: /x")
    address = await web.serve(site({"/robots.txt": rules, "/": "hello"}))

    async with fetching.site() as client:
        before = client.crawl_delay(address.url())
        await client.get(address.url())

        assert before == 0.0
        assert client.crawl_delay(address.url("/any")) == delay
        assert client.sitemaps(address.url()) == ("https://a.example/s.xml",)
        assert client.crawl_delay("http://[::bad") == 0.0


def test_rules_beyond_what_can_be_looked_at_for_each_link_count_for_nothing() -> None:
    many = "".join(f"Disallow: /{number}/\n" for number in range(MAX_RULES + 1))
    others = "User-agent: other\n" + many + "Disallow: /*x\n" * MAX_WILDCARDS

    robots = Robots(f"{others}User-agent: first\nUser-agent: *\nDisallow: /{'*' * MAX_WILDCARDS}\n{many}")

    assert not robots.allows("http://a.example/0/")
    assert not robots.allows(f"http://a.example/{MAX_RULES - 1}/")
    assert robots.allows(f"http://a.example/{MAX_RULES}/")
    assert robots.allows("http://a.example/else")


def test_a_rule_that_is_left_out_still_ends_its_group() -> None:
    robots = Robots(f"User-agent: batchscrape\nDisallow: /{'*' * MAX_WILDCARDS}\nUser-agent: *\nDisallow: /")

    assert robots.allows("http://a.example/")


@pytest.mark.parametrize(
    "rule", ["Disallow: /*" + "{}*a" * 90 + "q", "Disallow: /*{}" + "a" * 99 + "q" + "a" * 99]
)
def test_one_look_at_the_rules_is_quick_whatever_they_are(rule: str) -> None:
    text = "User-agent: *\n" + "".join(f"{rule}\n".replace("{}", "a" * (number % 9)) for number in range(19_000))
    robots = Robots(text[:500_000])
    links = [f"http://a.example/{'a' * 800}{number}" for number in range(20)]
    robots.allows(links[0])
    started = time.process_time()

    assert all(map(robots.allows, links))

    assert time.process_time() - started < 20 * 0.025


@pytest.mark.parametrize(
    "rules",
    [
        "".join(f"User-agent: a{number}\n" for number in range(20_000)) + "Disallow: /x\n" * 20_000,
        "User-agent: *\n" + "Disallow: /" + "*a" * 100_000,
        "User-agent: *\n" + "Disallow: /*a*b$\n" * 25_000,
        "User-agent" + " " * 400_000,
        "\n" * 500_000,
    ],
)
def test_rules_made_to_be_slow_are_read_in_bounded_time(rules: str) -> None:
    started = time.process_time()

    Robots(rules).allows("http://a.example/" + "a" * 2000)

    assert time.process_time() - started < 5
