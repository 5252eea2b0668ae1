"""A test web, and a fetcher that trusts its certificates and resolves names as the test says."""

import socket
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from batchscrape.errors import FetchError
from batchscrape.fetching import Fetcher, Response, SiteClient, retrying
from batchscrape.settings import ScrapeSettings
from tests.web import Certificates, Web

LOOPBACK = ("127.0.0.0/8", "::1/128")


@pytest.fixture(scope="session", params=[False, True], ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    return "asyncio", {"use_uvloop": request.param}


@pytest.fixture(scope="session")
def certificates() -> Certificates:
    return Certificates()


@pytest.fixture
async def web(certificates: Certificates) -> AsyncIterator[Web]:
    async with Web(certificates) as web:
        yield web


class Names(dict[str, Sequence[str]]):
    """A resolver that says what the test wants, and notes what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def look_up(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        if host not in self:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self[host]


@pytest.fixture
def names() -> Names:
    return Names()


class Fetching:
    """Shorthand: one site client for each call."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.fetcher = fetcher

    def site(self, **settings: Any) -> SiteClient:
        given = {"allow_network": LOOPBACK, "retries": 0, "timeout": 10.0, **settings}
        return self.fetcher.site(ScrapeSettings(**given))

    async def get(self, url: str, **settings: Any) -> Response:
        async with self.site(**settings) as site:
            return await site.get(url)

    async def failure(self, url: str, **settings: Any) -> FetchError:
        with pytest.raises(FetchError) as caught:
            await self.get(url, **settings)
        message = str(caught.value)
        assert message.isprintable()
        assert message.endswith(".")
        return caught.value


@pytest.fixture(scope="session")
def trust(certificates: Certificates) -> Any:
    return certificates.client_context()


@pytest.fixture
async def fetching(trust: Any, names: Names) -> AsyncIterator[Fetching]:
    fetcher = Fetcher(tls=trust, lookup=names.look_up)
    yield Fetching(fetcher)
    await fetcher.aclose()


@pytest.fixture(autouse=True)
def _quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "_FIRST_WAIT", 0.01)
