"""Small sites with a few facts, which answer after small random times, and a trap in them."""

import asyncio
import random
from collections.abc import Callable

from tests.web import Address, Visit, Web, answer

#: Seconds that an answer takes at most.
_SLOWEST = 0.06
PAGES = ("/", "/about", "/contact")


class Sites:
    """Told apart by their addresses, as their visitors are by their User-Agent."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.addresses: list[Address] = []
        #: User-Agent → whether half a page comes first, and what then happens.
        self._traps: dict[str, tuple[bool, Callable[[], None]]] = {}

    async def open(self, web: Web, count: int) -> None:
        self.addresses = [await web.serve(self._serve) for _ in range(count)]

    def set_trap(self, visitor: str, *, in_half: bool, act: Callable[[], None]) -> None:
        """`act` is called when the visitor next asks for a page, or has got half of it."""
        self._traps[visitor] = (in_half, act)

    async def _serve(self, visit: Visit) -> None:
        while request := await visit.request():
            await asyncio.sleep(self._random.uniform(0, _SLOWEST))
            if request.target not in PAGES:
                await visit.send(answer(status=404))
                continue
            page = answer(self._page(visit.address, request.target))
            in_half, act = self._traps.pop(request.headers["user-agent"], (False, None))
            begun = len(page) // 2 if in_half else 0
            await visit.send(page[:begun])
            if act:
                act()
            await visit.send(page[begun:])

    def _page(self, address: Address, path: str) -> str:
        name = f"site-{self.addresses.index(address)}"
        links = "".join(f'<a href="{each}">{each}</a>' for each in PAGES)
        return (
            f'<html lang="en"><title>{name} {path}</title><meta name="generator" content="WordPress 6.4.2">'
            f'<meta name="description" content="All about {name}">{links}'
            f'<a href="mailto:{path.strip("/") or "office"}@{name}.com">Mail</a>'
            f'<a href="https://www.linkedin.com/company/{name}">LinkedIn</a>'
        )
