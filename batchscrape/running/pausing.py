"""While the network is down nothing fails for it: crawls wait, and those that met it begin anew."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from math import inf
from typing import TYPE_CHECKING, ParamSpec

from batchscrape.errors import FetchTimeout, NetworkDown
from batchscrape.models import Outcome

if TYPE_CHECKING:
    from batchscrape.fetching import Network  # heavy, and the parent needs but the words below

DOWN, BACK = "The network is down: ", "The network is back"
logger = logging.getLogger(__name__)

P = ParamSpec("P")

#: Seconds between two looks whether the network is back.
_LOOK = 2.0


class Pause:
    """Holds the crawls of one worker back while its network is down."""

    def __init__(self, network: "Network", patience: float) -> None:
        """`patience`: seconds until it is given up."""
        self._network = network
        self._patience = patience
        self._trouble: NetworkDown | None = None
        self._began = 0.0
        #: When it was last found to be back; what began before met the same trouble.
        self._back_at = -inf
        #: Held by the one who looks for all; if its job is cancelled, the next one looks.
        self._looking = asyncio.Lock()

    async def outlast(self, crawl: Callable[P, Awaitable[Outcome]], *args: P.args, **kwargs: P.kwargs) -> Outcome:
        """Crawl, and crawl anew when the network went down meanwhile; raises NetworkDown when it stays away."""
        while True:
            async with self._looking:
                await self._wait_until_back()
            began = time.monotonic()
            try:
                return await self._confirmed(crawl(*args, **kwargs), began)
            except NetworkDown as trouble:
                if self._back_at < began:
                    self._note(trouble)

    async def _confirmed(self, crawl: Awaitable[Outcome], began: float) -> Outcome:
        """The domain's time may run out before that of a request does, which would have been looked into."""
        outcome = await crawl
        if outcome.error_code == FetchTimeout.code:
            await self._network.confirm(FetchTimeout(outcome.error or ""), began)
        return outcome

    def _note(self, trouble: NetworkDown) -> None:
        if self._trouble is None:
            self._trouble = trouble
            self._began = time.monotonic()
            logger.warning("%s%s Waiting up to %g s.", DOWN, trouble, self._patience)

    async def _wait_until_back(self) -> None:
        if self._trouble is None:
            return
        try:
            async with asyncio.timeout(self._began + self._patience - time.monotonic()):
                while not await self._network.is_back():  # noqa: ASYNC110 - nobody tells us
                    await asyncio.sleep(_LOOK)
        except TimeoutError:
            lasted = f"the network was down for {self._patience:g} s"
            raise NetworkDown(f"{lasted}: {self._trouble} `batchscrape resume` goes on.") from self._trouble
        logger.info("%s after %.1f s.", BACK, time.monotonic() - self._began)
        self._trouble = None
        self._back_at = time.monotonic()
