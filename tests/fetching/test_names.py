"""Names become addresses without holding anything up."""

import asyncio
import socket
import threading
import time

import pytest

from batchscrape.errors import DnsError
from batchscrape.fetching import ResolverTrouble, lookups
from batchscrape.fetching import resolver as resolver_module
from batchscrape.fetching.resolver import Resolver
from tests.fetching.conftest import Fetching, Names
from tests.web import Web, site


@pytest.mark.parametrize(
    "name",
    ["shop.invalid", "invalid.", "a.test", "x.onion", "a..b", "-" * 64, "a%20b", "1.2.3.4.5"],
)
async def test_a_name_that_cannot_exist_is_answered_without_the_resolver(
    fetching: Fetching, names: Names, name: str
) -> None:
    failure = await fetching.failure(f"http://{name}/")

    assert failure.code == "dns_error"
    assert names.asked == []


async def test_no_such_name_is_told_apart_from_a_resolver_in_trouble() -> None:
    def lookup(host: str) -> list[str]:
        code = socket.EAI_NONAME if host == "gone.example" else socket.EAI_AGAIN
        raise socket.gaierror(code, "")

    resolver = Resolver(lookup)

    with pytest.raises(DnsError) as gone:
        await resolver.resolve("gone.example")
    with pytest.raises(ResolverTrouble):
        await resolver.resolve("unsure.example")
    assert type(gone.value) is DnsError
    resolver.close()


async def test_a_resolver_that_does_not_answer_is_in_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolver_module, "_LOOKUP_TIMEOUT", 0.05)
    answered = threading.Event()
    resolver = Resolver(lambda _: [str(answered.wait())])

    with pytest.raises(ResolverTrouble):
        await resolver.resolve("slow.example")

    answered.set()
    resolver.close()


async def test_a_thousand_look_ups_at_once_take_a_fraction_of_what_few_threads_would() -> None:
    def lookup(_: str) -> list[str]:
        time.sleep(0.2)
        return ["8.8.8.8"]

    resolver = Resolver(lookup)
    started = time.monotonic()

    async with asyncio.TaskGroup() as group:
        for number in range(1000):
            group.create_task(resolver.resolve(f"n{number}.example"))

    assert time.monotonic() - started < 1000 * 0.2 / 6 / 3  # asyncio's own resolver has 6 threads here
    resolver.close()


async def test_names_that_hang_do_not_hold_up_one_that_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolver_module, "_LOOKUP_TIMEOUT", 5.0)
    go = threading.Event()
    resolver = Resolver(lambda name: ["8.8.8.8"] if name == "fast.example" or go.wait() else [])
    hanging = [asyncio.ensure_future(resolver.resolve(f"n{number}.example")) for number in range(300)]
    await asyncio.sleep(0)

    addresses = await asyncio.wait_for(resolver.resolve("fast.example"), 5)
    go.set()

    assert addresses == ("8.8.8.8",)
    await asyncio.gather(*hanging)
    resolver.close()


async def test_waiting_for_a_thread_is_no_trouble_of_the_resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolver_module, "_LOOKUP_TIMEOUT", 0.05)
    monkeypatch.setattr(lookups, "_THREADS", 1)
    go = threading.Event()
    resolver = Resolver(lambda name: ["8.8.8.8"] if name == "fast.example" or go.wait() else [])
    slow = asyncio.ensure_future(resolver.resolve("slow.example"))
    await asyncio.sleep(0)
    waiting = asyncio.ensure_future(resolver.resolve("fast.example"))

    with pytest.raises(ResolverTrouble):
        await slow
    await asyncio.sleep(0.1)
    go.set()

    assert await waiting == ("8.8.8.8",)
    resolver.close()


async def test_the_event_loop_goes_on_while_names_are_looked_up() -> None:
    go = threading.Event()
    resolver = Resolver(lambda _: ["8.8.8.8"] if go.wait() else [])
    asked = asyncio.gather(*(resolver.resolve(f"n{number}.example") for number in range(1000)))
    await asyncio.sleep(0)

    resolved = await resolver.resolve("localhost")
    go.set()

    assert resolved == ("127.0.0.1", "::1")
    assert set(await asked) == {("8.8.8.8",)}
    resolver.close()


async def test_one_final_dot_is_no_part_of_a_name(names: Names) -> None:
    names["site.example"] = ["8.8.8.8"]
    resolver = Resolver(names.look_up)

    addresses = await resolver.resolve("site.example.")
    with pytest.raises(DnsError):
        await resolver.resolve("site.example..")

    assert addresses == ("8.8.8.8",)
    assert names.asked == ["site.example"]
    resolver.close()


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST.", "a.localhost", "a.localhost."])
async def test_localhost_is_this_machine_whatever_the_resolver_says(names: Names, name: str) -> None:
    resolver = Resolver(names.look_up)

    addresses = await resolver.resolve(name)

    assert addresses == ("127.0.0.1", "::1")
    assert names.asked == []
    resolver.close()


async def test_one_name_is_looked_up_once_however_many_ask(names: Names) -> None:
    names["site.example"] = ["8.8.8.8"]
    resolver = Resolver(names.look_up)

    await asyncio.gather(*(resolver.resolve(host) for host in ["site.example", "SITE.example."] * 10))
    await resolver.resolve("site.example")

    assert names.asked == ["site.example"]
    resolver.close()


async def test_a_failure_is_remembered_for_a_short_while_only(
    names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolver = Resolver(names.look_up)
    for _ in range(2):
        with pytest.raises(DnsError):
            await resolver.resolve("new.example")
    asked = list(names.asked)
    monkeypatch.setattr(resolver_module, "monotonic", lambda: time.monotonic() + 31)
    names["new.example"] = ["8.8.8.8"]

    addresses = await resolver.resolve("new.example")

    assert asked == ["new.example"]
    assert addresses == ("8.8.8.8",)
    resolver.close()


async def test_a_cancelled_question_does_not_cancel_the_others() -> None:
    go = threading.Event()
    resolver = Resolver(lambda _: ["8.8.8.8"] if go.wait() else [])
    first = asyncio.ensure_future(resolver.resolve("site.example"))
    second = asyncio.ensure_future(resolver.resolve("site.example"))
    await asyncio.sleep(0)

    first.cancel()
    go.set()

    assert await second == ("8.8.8.8",)
    assert first.cancelled() or first.cancelling()
    resolver.close()


async def test_the_cache_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolver_module, "_CACHE_SIZE", 10)
    resolver = Resolver(lambda _: ["8.8.8.8"])

    for number in range(50):
        await resolver.resolve(f"n{number}.example")

    assert len(resolver._known) == 10
    resolver.close()


async def test_the_next_address_is_tried_when_one_refuses(fetching: Fetching, web: Web, names: Names) -> None:
    address = await web.serve(site({"/": "hello"}))
    names["site.example"] = ["127.9.9.9", "::1", address.host]

    response = await fetching.get(address.url(host="site.example"))

    assert response.body == b"hello"


async def test_a_name_that_only_dns_knows_is_a_name(fetching: Fetching, web: Web, names: Names) -> None:
    names["xn--i-7iq.ws"] = ["127.1.9.9"]
    address = await web.serve(site({"/": "an emoji is no letter of IDNA 2008"}), host="127.1.9.9")

    response = await fetching.get(address.url("/", host="xn--i-7iq.ws"))

    assert response.http_status == 200
