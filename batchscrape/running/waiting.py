"""Wait for an event, but not for longer than that; hear of a failure, but not twice."""

import asyncio
from typing import Any


async def wait_for(event: asyncio.Event, seconds: float) -> None:
    """Return when the event is set, or after so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass


def heard(future: asyncio.Future[Any]) -> None:
    """Keep asyncio from logging a failure that nobody asks for, because another one was first."""
    if not future.cancelled():
        future.exception()


async def outcome_of(crawling: asyncio.Task[None]) -> None:
    """Wait for the end of a cancelled crawl; raise what went wrong in it, alone."""
    try:
        await crawling
    except asyncio.CancelledError:
        pass
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from group
