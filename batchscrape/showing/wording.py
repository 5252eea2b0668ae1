"""Figures as people read them."""

from datetime import UTC, datetime

from batchscrape.models import Batch

_UNITS = ("kB", "MB", "GB", "TB")


def count(number: int, noun: str = "") -> str:
    """`1,234`, or with a noun `1 page`, `1,234 pages`."""
    ending = "" if number == 1 else "s"
    return f"{number:,} {noun}{ending}" if noun else f"{number:,}"


def size(number: float) -> str:
    """Bytes in decimal units: `512 B`, `1.2 kB`, `184.2 MB`."""
    if number < 1000:  # noqa: PLR2004 (the base of decimal units)
        return f"{number:.0f} B"
    for unit in _UNITS:
        number /= 1000
        if number < 999.95:  # noqa: PLR2004 (what still rounds to 999.9)
            return f"{number:.1f} {unit}"
    return f"{number:,.1f} {_UNITS[-1]}"


def span(seconds: float) -> str:
    """`h:mm:ss`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def minute(time: datetime) -> str:
    """A time in UTC, as everywhere here, to the minute."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M}"


def rate(per_second: float) -> str:
    """`61`, but `0.4` where a whole number would say nothing."""
    return f"{per_second:,.0f}" if per_second >= 10 else f"{per_second:.1f}"  # noqa: PLR2004


def ended(batch: Batch) -> int:
    """Jobs of the batch that have ended."""
    return batch.completed_domains + batch.failed_domains + batch.cancelled_domains


def percent(batch: Batch, *, digits: int = 1) -> float:
    """Per cent of the jobs that have ended, cut and not rounded: 100 means every one."""
    scale: int = 10**digits
    return ended(batch) * 100 * scale // max(batch.total_domains, 1) / scale
