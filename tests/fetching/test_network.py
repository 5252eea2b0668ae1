"""Trouble of our own network is told from a site's own by asking again what answered earlier."""

import asyncio
import errno
import socket
import ssl
from collections.abc import Awaitable, Iterator
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest

from batchscrape.crawling import crawl_site
from batchscrape.errors import ConnectError, FetchError, FetchTimeout, NetworkDown
from batchscrape.fetching import Fetcher, NetworkUnreachable, ResolverTrouble, dialing, network, resolver
from batchscrape.fetching.failures import ConnectionEnded, translate
from batchscrape.fetching.network import Network, Witnesses, has_route
from batchscrape.models import Job
from batchscrape.settings import ScrapeSettings
from tests.fetching.conftest import LOOPBACK, Fetching, Names
from tests.web import Address, Visit, Web, answer, site

NO_WAY = "255.255.255.255"
ROOT = "a.root-servers.net"


class Dns(Names):
    """A resolver that can be in trouble, with all names or with some."""

    def __init__(self) -> None:
        super().__init__()
        self.is_down = False
        self.broken: set[str] = set()

    def look_up(self, host: str) -> Any:
        if self.is_down or host in self.broken:
            self.asked.append(host)
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return super().look_up(host)


@pytest.fixture
def names() -> Dns:
    return Dns()


@pytest.fixture(autouse=True)
def _no_pause_between_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_INTERVAL", 0.0)


@pytest.fixture
async def living(web: Web, names: Dns, fetching: Fetching) -> Address:
    """A site with a name that has answered."""
    address = await web.serve(site({"/": "hello"}))
    names["living.example"] = [address.host]
    await fetching.get(address.url(host="living.example"))
    return address


@pytest.mark.usefixtures("living")
async def test_a_resolver_that_fails_for_a_name_it_knew_is_our_own_trouble(fetching: Fetching, names: Dns) -> None:
    names.is_down = True

    with pytest.raises(NetworkDown, match=r"The resolver fails for other\.example"):
        await fetching.get("http://other.example/")
    was_back = await fetching.fetcher.network.is_back()
    names.is_down = False

    assert not was_back
    assert await fetching.fetcher.network.is_back()


@pytest.mark.usefixtures("living")
async def test_a_broken_name_server_is_the_trouble_of_its_names(fetching: Fetching, names: Dns) -> None:
    names.broken = {"broken.example"}

    failure = await fetching.failure("http://broken.example/")

    assert type(failure) is ResolverTrouble
    assert names.asked[-2:] == ["broken.example", "living.example"]


async def test_a_resolver_that_says_no_works(fetching: Fetching, names: Dns) -> None:
    await fetching.failure("http://gone.example/")
    names.broken = {"broken.example", ROOT}

    failure = await fetching.failure("http://broken.example/")

    assert failure.code == "dns_error"


@pytest.mark.parametrize("root_is_known", [True, False])
async def test_a_root_server_is_asked_for_before_any_name_was_answered(
    fetching: Fetching, names: Dns, *, root_is_known: bool
) -> None:
    names.broken = {"broken.example"} if root_is_known else {"broken.example", ROOT}

    with pytest.raises(FetchError if root_is_known else NetworkDown):
        await fetching.get("http://broken.example/")

    assert names.asked == ["broken.example", ROOT]


async def test_names_fail_by_themselves_where_only_addresses_have_answered(
    fetching: Fetching, names: Dns, web: Web
) -> None:
    address = await web.serve(site({"/": "hello"}))
    await fetching.get(address.url())
    names.is_down = True

    failure = await fetching.failure("http://broken.example/")

    assert failure.code == "dns_error"


async def test_what_no_way_leads_to_is_a_failure_while_another_address_answers(
    fetching: Fetching, living: Address
) -> None:
    before = living.connections

    failure = await fetching.failure(f"http://{NO_WAY}/", allow_network=(f"{NO_WAY}/32",))
    await living.all_closed()

    assert type(failure) is NetworkUnreachable
    assert living.connections == before + 1
    assert len(living.requests) == 2  # robots.txt and the page: the question was a connection alone


@pytest.mark.parametrize("way_out", [True, False])
async def test_before_anything_answered_a_missing_way_is_ours_if_there_is_none_at_all(
    trust: ssl.SSLContext, names: Dns, monkeypatch: pytest.MonkeyPatch, *, way_out: bool
) -> None:
    monkeypatch.setattr(dialing, "has_route", lambda: way_out)
    fetching = Fetching(Fetcher(tls=trust, lookup=names.look_up))

    with pytest.raises(NetworkUnreachable if way_out else NetworkDown):
        await fetching.get(f"http://{NO_WAY}/", allow_network=(f"{NO_WAY}/32",))

    await fetching.fetcher.aclose()


@pytest.mark.parametrize(("address", "expected"), [("127.0.0.1", True), (NO_WAY, False)])
def test_a_route_is_found_without_a_packet(
    monkeypatch: pytest.MonkeyPatch, address: str, *, expected: bool
) -> None:
    monkeypatch.setattr(network, "_FAR_AWAY", ((socket.AF_INET, address),))

    assert has_route() is expected


async def test_a_refusal_is_the_sites_own_whatever_else_is_silent(fetching: Fetching, names: Dns) -> None:
    names.is_down = True

    failure = await fetching.failure("http://127.9.9.9:9/")

    assert type(failure) is ConnectError
    assert names.asked == []


async def test_a_proxy_that_went_away_is_our_own_trouble(web: Web, trust: ssl.SSLContext, names: Dns) -> None:
    proxy = await web.serve(site({"http://living.example/": "hello"}))
    names["living.example"] = names["proxy.example"] = ["8.8.8.8"]
    names["proxy.example"] = [proxy.host]
    fetching = Fetching(Fetcher(proxy=f"http://proxy.example:{proxy.port}", tls=trust, lookup=names.look_up))
    await fetching.get("http://living.example/", allow_network=(), ignore_robots=True)
    web._servers[0].close()

    with pytest.raises(NetworkDown, match=r"The proxy proxy\.example cannot be connected to"):
        await fetching.get("http://living.example/", allow_network=())

    await fetching.fetcher.aclose()


@pytest.mark.parametrize(
    ("last_answered", "max_pages"),
    [(None, 2), ("/robots.txt", 2), ("/", 2), ("/", 5)],  # with more pages to find, sitemaps are asked for first
)
async def test_it_passes_through_a_crawl_from_the_first_page_on(
    fetching: Fetching,
    names: Dns,
    web: Web,
    monkeypatch: pytest.MonkeyPatch,
    last_answered: str | None,
    max_pages: int,
) -> None:
    monkeypatch.setattr(resolver, "_LIFE", 0.0)
    breaks_after: list[str] = []

    async def handle(visit: Visit) -> None:
        if request := await visit.request():
            names.is_down = request.target in breaks_after
            await visit.send(answer('<a href="/2">two</a>', headers={"Connection": "close"}))

    address = await web.serve(handle)
    names["site.example"] = [address.host]
    settings = ScrapeSettings(allow_network=LOOPBACK, delay=0, retries=0, max_pages=max_pages)
    whole = await crawl_site(job(address.url(host="site.example")), fetching.fetcher, settings)
    if last_answered is None:
        names.is_down = True
    else:
        breaks_after.append(last_answered)

    with pytest.raises(NetworkDown):
        await crawl_site(job(address.url(host="site.example")), fetching.fetcher, settings)

    assert len(whole.pages) == 2


def job(url: str) -> Job:
    return Job(job_id=1, batch_id=uuid4(), attempts=1, domain="a", input=url, start_url=url)


def test_a_way_that_is_lost_in_the_middle_says_nothing_about_the_site() -> None:
    lost = ConnectionEnded(OSError(errno.EHOSTUNREACH, "No route to host"), silent=False, has_head=True)

    assert type(translate(lost, "a.example", 1)) is NetworkUnreachable


class Asked:
    """Witnesses that answer as told, one answer after the other, and note who was asked."""

    def __init__(self, *answers: bool) -> None:
        self._answers: Iterator[bool] = iter(answers)
        self.asked: list[str] = []
        self.witnesses = Witnesses(self.ask)

    async def ask(self, witness: str) -> bool:
        self.asked.append(witness)
        await asyncio.sleep(0)
        return next(self._answers)


async def test_all_who_doubt_share_one_question() -> None:
    asked = Asked(True)
    asked.witnesses.note("a", monotonic())

    answers = await asyncio.gather(*(asked.witnesses.vouch(monotonic()) for _ in range(100)))

    assert answers == [True] * 100
    assert asked.asked == ["a"]


async def test_an_answer_of_its_own_accord_spares_the_next_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_INTERVAL", 3600.0)
    asked = Asked(True)
    asked.witnesses.note("a", monotonic())
    await asked.witnesses.vouch(monotonic())

    doubting = asyncio.ensure_future(asked.witnesses.vouch(monotonic()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asked.witnesses.note("b", monotonic())

    assert await doubting
    assert asked.asked == ["a"]


async def test_nothing_is_asked_when_something_has_answered_since() -> None:
    asked = Asked()
    began = monotonic()
    asked.witnesses.note("a", monotonic())

    assert await asked.witnesses.vouch(began)
    assert asked.asked == []


async def test_three_are_asked_and_next_time_the_others() -> None:
    asked = Asked(*[False] * 5, True, True)
    for name in "abcde":
        asked.witnesses.note(name, monotonic())

    answers = [await asked.witnesses.vouch(monotonic()) for _ in range(3)]

    assert answers == [False, True, True]
    assert "".join(asked.asked) == "abc" + "dea" + "a"  # who answers is trusted first, who was silent is let go


async def test_the_last_few_are_remembered() -> None:
    asked = Asked()

    for number in range(1000):
        asked.witnesses.note(str(number), monotonic())

    assert asked.witnesses._known == [str(number) for number in range(992, 1000)]


async def test_a_question_ends_with_its_fetcher() -> None:
    witnesses = Witnesses[str](lambda _: asyncio.sleep(3600, result=True))
    witnesses.note("a", monotonic())
    doubting = asyncio.ensure_future(witnesses.vouch(monotonic()))
    await asyncio.sleep(0)

    witnesses.close()

    with pytest.raises(asyncio.CancelledError):
        await doubting


TROUBLE = ResolverTrouble("The resolver fails for a.example.")
UNREACHABLE = NetworkUnreachable("There is no way to a.example from here.")
TIMEOUT = FetchTimeout("a.example could not be connected to within 5 s.")


@pytest.mark.parametrize(
    ("failure", "names", "peers", "is_down"),
    [
        (TROUBLE, True, True, False),
        (TROUBLE, True, False, True),  # a name from a cache on this machine proves nothing
        (TROUBLE, False, True, True),
        (TROUBLE, None, True, False),
        (TROUBLE, None, None, True),  # the last resort is silent
        (UNREACHABLE, False, True, False),
        (UNREACHABLE, True, False, True),
        (UNREACHABLE, True, None, True),  # no route either
        (TIMEOUT, False, True, False),
        (TIMEOUT, True, False, True),
        (TIMEOUT, None, None, False),
        (ConnectError("a.example refuses connections."), False, False, False),
    ],
)
async def test_who_is_to_blame(
    failure: FetchError, names: bool | None, peers: bool | None, *, is_down: bool
) -> None:
    """`names`, `peers`: whether those that answered earlier answer now; None where there are none."""
    ours = Network(_witnesses(names), _witnesses(peers), lambda: False)

    try:
        await ours.confirm(failure, monotonic())
        went_down = False
    except NetworkDown:
        went_down = True

    assert went_down is is_down


def _witnesses(answers: bool | None) -> Any:
    def ask(_: str) -> Awaitable[bool]:
        return asyncio.sleep(0, result=bool(answers))

    witnesses = Witnesses(ask, last_resort=ROOT)
    if answers is not None:
        witnesses.note("witness", monotonic())
    return witnesses


async def test_what_failed_while_the_network_was_down_is_not_the_sites_own_when_it_is_back_meanwhile() -> None:
    answers = [False, True]
    witnesses = Witnesses[Any](lambda _: asyncio.sleep(0, result=answers.pop(0)))
    ours = Network(witnesses, witnesses, lambda: False)
    witnesses.note("witness", monotonic())
    began = monotonic()

    with pytest.raises(NetworkDown):
        await ours.confirm(UNREACHABLE, began)
    with pytest.raises(NetworkDown):
        await ours.confirm(UNREACHABLE, began)

    assert answers == []
    await ours.confirm(UNREACHABLE, await _later(witnesses))


async def _later(witnesses: Witnesses[Any]) -> float:
    """A moment after which something has answered."""
    now = monotonic()
    witnesses.note("witness", now + 3600)
    return now
