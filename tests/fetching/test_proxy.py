"""With `--proxy` everything goes through the proxy, and is resolved and guarded here all the same."""

import asyncio
import ssl

import pytest

from batchscrape.errors import InputError
from batchscrape.fetching import Fetcher
from tests.fetching.conftest import Fetching, Names
from tests.web import Address, Visit, Web, answer, raw, site


def proxy_to(target: Address) -> object:
    """A proxy that sends everything to one server."""

    async def handle(visit: Visit) -> None:
        request = await visit.request()
        assert request is not None
        reader, writer = await asyncio.open_connection(target.host, target.port)
        if request.method == "CONNECT":
            await visit.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            path = "/" + request.target.split("/", 3)[3]
            writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        try:
            await asyncio.wait(
                [
                    asyncio.ensure_future(pump(visit.reader, writer)),
                    asyncio.ensure_future(pump(reader, visit.writer)),
                ],
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            writer.close()

    return handle


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


def through(proxy: Address, trust: ssl.SSLContext, names: Names) -> Fetching:
    return Fetching(Fetcher(proxy=f"http://user:p%40ss@{proxy.domain}", tls=trust, lookup=names.look_up))


async def test_http_goes_to_the_proxy_in_absolute_form(web: Web, trust: ssl.SSLContext, names: Names) -> None:
    target = await web.serve(site({"/a?b": "hello"}))
    proxy = await web.serve(proxy_to(target))  # type: ignore[arg-type]
    names["site.example"] = ["8.8.8.8"]

    response = await through(proxy, trust, names).get(
        "http://site.example/a?b", allow_network=(), ignore_robots=True
    )

    assert response.body == b"hello"
    (request,) = proxy.requests
    assert request.target == "http://site.example/a?b"
    assert request.headers["host"] == "site.example"
    assert request.headers["proxy-authorization"] == "Basic dXNlcjpwQHNz"


async def test_https_goes_through_the_proxy_by_connect(web: Web, trust: ssl.SSLContext, names: Names) -> None:
    target = await web.serve(site({"/": "hello", "/2": "two"}), tls="valid", names=("site.example",))
    proxy = await web.serve(proxy_to(target))  # type: ignore[arg-type]
    names["site.example"] = ["8.8.8.8"]

    async with through(proxy, trust, names).site(allow_network=()) as client:
        assert (await client.get("https://site.example/")).body == b"hello"
        assert (await client.get("https://site.example/2")).body == b"two"

    (request,) = proxy.requests
    assert (request.method, request.target) == ("CONNECT", "site.example:443")
    assert "proxy-authorization" not in target.requests[0].headers
    assert target.connections == 1
    await asyncio.gather(proxy.all_closed(), target.all_closed())


async def test_what_the_guard_closes_is_not_asked_of_the_proxy(
    web: Web, trust: ssl.SSLContext, names: Names
) -> None:
    proxy = await web.serve(site({}))
    names["inside.example"] = ["10.0.0.1"]
    fetching = through(proxy, trust, names)

    for url in ("http://inside.example/", "https://inside.example/", "http://169.254.169.254/", proxy.url()):
        assert (await fetching.failure(url, allow_network=())).code == "blocked_address"

    assert proxy.connections == 0


@pytest.mark.parametrize(
    "handler",
    [raw(answer("no", status=407), robots=True), raw(b"", robots=True), raw(b"rubbish\r\n\r\n", robots=True)],
)
async def test_a_proxy_that_refuses_is_a_failure_without_the_password(
    web: Web, trust: ssl.SSLContext, names: Names, handler: object
) -> None:
    proxy = await web.serve(handler)  # type: ignore[arg-type]
    names["site.example"] = ["8.8.8.8"]

    failure = await through(proxy, trust, names).failure("https://site.example/", allow_network=())

    assert failure.code in ("connect_error", "protocol_error")
    assert "p@ss" not in str(failure)
    await proxy.all_closed()


async def test_a_proxy_that_is_not_there_is_named(trust: ssl.SSLContext, names: Names) -> None:
    names["site.example"] = ["8.8.8.8"]
    fetching = Fetching(Fetcher(proxy="http://127.9.9.9:9", tls=trust, lookup=names.look_up))

    failure = await fetching.failure("http://site.example/", allow_network=())

    assert failure.code == "connect_error"
    assert "proxy 127.9.9.9" in str(failure)


@pytest.mark.parametrize(
    "text", ["proxy", "socks5://a.example:1", "https://a.example", "http://[::bad", "http://"]
)
def test_what_is_no_http_proxy_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="--proxy"):
        Fetcher(proxy=text)
