"""A web for whole commands: sites on loopback, some of which wait until a test lets them answer."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from tests.web import Address, Visit, Web, answer


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with Web() as web:
        yield web


class Gate:
    """A site that says nothing of its pages until it is opened."""

    def __init__(self) -> None:
        self.opened = asyncio.Event()
        #: Set by the first request for a page.
        self.knocked = asyncio.Event()
        #: Connections that asked for a page.
        self.visitors: set[Visit] = set()

    async def __call__(self, visit: Visit) -> None:
        while request := await visit.request():
            if request.target == "/robots.txt":
                await visit.send(answer(status=404))
                continue
            self.visitors.add(visit)
            self.knocked.set()
            await self.opened.wait()
            await visit.send(answer("<title>Behind the gate</title>"))


@pytest.fixture
def gate() -> Gate:
    return Gate()


class Lists:
    """Writes lists of domains."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, *addresses: Address | str) -> Path:
        return self.write(f"http://{each.domain}" if isinstance(each, Address) else each for each in addresses)

    def write(self, lines: Iterable[str]) -> Path:
        path = self._folder / "domains.txt"
        path.write_text("".join(f"{line}\n" for line in lines))
        return path


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path)
