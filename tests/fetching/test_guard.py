"""Nothing that is not publicly routable is connected to, unless `--allow-network` names it."""

import asyncio
import socket

import pytest

from batchscrape.errors import BlockedAddress
from batchscrape.fetching import Fetcher
from batchscrape.fetching.guard import Guard, literal_address
from batchscrape.settings import ScrapeSettings
from tests.fetching.conftest import Fetching, Names
from tests.web import Web, answer, redirect, site

PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1",
    "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.8",
    "192.0.0.9", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
    "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "168.63.129.16", "::", "::1", "::127.0.0.1", "::8.8.8.8",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
    "64:ff9b:1::808:808", "100::1", "2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:20::1",
    "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "3fff::1", "4000::1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1",
    "126.255.255.255", "128.0.0.1", "169.253.1.1", "172.15.255.255", "172.32.0.1", "192.0.1.1",
    "192.1.0.1", "192.167.1.1", "198.17.0.1", "198.20.0.1", "223.255.255.255", "::ffff:8.8.8.8",
    "64:ff9b::808:808", "2001:4860:4860::8888", "2606:4700::1111", "2a00:1450::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_publicly_routable_is_closed(address: str) -> None:
    assert not Guard().permits(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_publicly_routable_address_is_open(address: str) -> None:
    assert Guard().permits(address)


def test_an_allowed_network_opens_exactly_what_it_names() -> None:
    guard = Guard(["10.1.0.0/16", "fd12::/16"])

    assert guard.permits("10.1.255.255")
    assert guard.permits("::ffff:10.1.0.1")
    assert guard.permits("fd12::1")
    assert not guard.permits("10.2.0.0")
    assert not guard.permits("127.0.0.1")
    assert not guard.permits("fd13::1")


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254", "fe80::1", "fd00:ec2::254", "100.100.100.200", "192.0.0.192", "168.63.129.16",
        "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "2002:a9fe:a9fe::1",
        "::169.254.169.254", "::ffff:0:169.254.169.254", "64:ff9b:1:a9fe:a9:fe00::", "64:ff9b:1:a9:fe:a9fe::",
        "64:ff9b:1:0:a9:fea9:fe00:0",
    ],
)  # fmt: skip
def test_metadata_stays_closed_under_a_wider_network(address: str) -> None:
    wide = [
        "0.0.0.0/0",
        "169.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "::/0",
        "fc00::/7",
        "fe00::/8",
        "64:ff9b::/32",
    ]

    assert not Guard(wide).permits(address)


def test_link_local_opens_to_a_network_inside_it() -> None:
    guard = Guard(["169.254.169.0/24", "fe80::/64", "fd00:ec2::254"])

    assert guard.permits("169.254.169.254")
    assert guard.permits("fe80::1")
    assert guard.permits("fd00:ec2::254")
    assert not guard.permits("169.254.1.1")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "017700000001", "127.0.1"]
)
def test_every_notation_of_an_address_is_read_as_that_address(host: str) -> None:
    assert (literal_address(host) or "").startswith("127.")


@pytest.mark.parametrize("host", ["example.com", "1.example", "x7f.1a", "a.0", "1.2.3.4.5", "999"])
def test_a_name_is_no_address(host: str) -> None:
    assert literal_address(host) in (None, "0.0.3.231")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/", "http://127.1:{port}/", "http://2130706433:{port}/", "http://0x7f.1:{port}/",
        "http://0177.0.0.1:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://[::ffff:7f00:1]:{port}/",
        "http://localhost:{port}/", "http://LOCALHOST.:{port}/", "http://a.localhost:{port}/", "http://0:{port}/",
        "http://0.0.0.0:{port}/", "http://private.example:{port}/", "http://private.example.:{port}/",
    ],
)  # fmt: skip
async def test_loopback_in_disguise_is_never_connected_to(
    fetching: Fetching, web: Web, names: Names, url: str
) -> None:
    address = await web.serve(site({"/": "secret"}), host="127.0.0.1")
    names["private.example"] = ["127.0.0.1"]

    failure = await fetching.failure(url.format(port=address.port), allow_network=())

    assert failure.code == "blocked_address"
    assert address.connections == 0


async def test_a_mapped_address_is_reached_when_its_network_is_allowed(fetching: Fetching, web: Web) -> None:
    address = await web.serve(site({"/": "hello"}), host="127.0.0.1")

    response = await fetching.get(f"http://0177.0.0.1:{address.port}/")

    assert response.body == b"hello"


@pytest.mark.parametrize("name", ["metadata.google.internal", "printer.local", "host.localdomain", "x.home.arpa."])
async def test_a_name_for_use_inside_a_network_is_blocked(fetching: Fetching, names: Names, name: str) -> None:
    names[name.rstrip(".")] = ["8.8.8.8"]

    failure = await fetching.failure(f"http://{name}/", allow_network=())

    assert failure.code == "blocked_address"
    assert names.asked == []


async def test_only_the_open_addresses_of_a_name_are_tried(fetching: Fetching, web: Web, names: Names) -> None:
    closed = await web.serve(site({"/": "secret"}))
    opened = await web.serve(site({"/": "hello"}), port=closed.port)
    names["mixed.example"] = [closed.host, opened.host]

    response = await fetching.get(opened.url(host="mixed.example"), allow_network=(opened.host,))

    assert response.body == b"hello"
    assert closed.connections == 0


async def test_a_name_that_changes_to_a_private_address_is_blocked(
    web: Web, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("batchscrape.fetching.resolver._LIFE", 0.0)
    opened = await web.serve(site({"/": answer("hello", headers={"Connection": "close"})}))
    closed = await web.serve(site({"/": "secret"}), port=opened.port)
    fetcher = Fetcher(lookup=names.look_up)
    names["rebinding.example"] = [opened.host]

    async with fetcher.site(ScrapeSettings(allow_network=(opened.host,), ignore_robots=True)) as client:
        await client.get(opened.url(host="rebinding.example"))
        names["rebinding.example"] = [closed.host]
        with pytest.raises(BlockedAddress):
            await client.get(opened.url(host="rebinding.example"))

    assert closed.connections == 0


@pytest.mark.parametrize("path", ["/page", "/robots.txt"])
async def test_a_redirect_to_a_closed_address_is_not_followed(fetching: Fetching, web: Web, path: str) -> None:
    closed = await web.serve(site({"/": "secret"}))
    opened = await web.serve(site({path: redirect(closed.url())}))

    failure = await fetching.failure(opened.url("/page"), allow_network=(opened.host,))

    assert failure.code == "blocked_address"
    assert closed.connections == 0


async def test_environment_proxies_are_not_used(
    fetching: Fetching, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = await web.serve(site({}))
    address = await web.serve(site({"/": "hello"}))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, proxy.url())

    response = await fetching.get(address.url())

    assert response.body == b"hello"
    assert proxy.connections == 0


async def test_ipv6_is_guarded_and_spoken(fetching: Fetching, web: Web) -> None:
    address = await web.serve(site({"/": "hello"}), host="::1")

    response = await fetching.get(address.url())
    failure = await fetching.failure(address.url(), allow_network=("127.0.0.0/8",))

    assert response.body == b"hello"
    assert address.requests[-1].headers["host"] == f"[::1]:{address.port}"
    assert failure.code == "blocked_address"


async def test_every_connect_goes_to_an_address_the_guard_has_seen(
    fetching: Fetching, web: Web, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is looked up once for a connection: the system never gets it to resolve again."""
    address = await web.serve(site({"/": "hello"}))
    names["site.example"] = [address.host]
    monkeypatch.setattr(socket, "getaddrinfo", None)
    monkeypatch.setattr(asyncio.get_running_loop().__class__, "getaddrinfo", None, raising=False)

    response = await fetching.get(address.url(host="site.example"))

    assert response.body == b"hello"
    assert names.asked == ["site.example"]
