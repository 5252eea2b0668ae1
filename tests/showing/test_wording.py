import pytest

from batchscrape.showing.wording import count, rate, size, span


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00:00"), (59.6, "0:01:00"), (3725, "1:02:05"), (360_000, "100:00:00")]
)
def test_a_span_is_hours_minutes_seconds(seconds: float, shown: str) -> None:
    assert span(seconds) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (5 * 10**15, "5,000.0 TB"),
    ],
)
def test_a_size_has_the_unit_that_keeps_it_short(number: int, shown: str) -> None:
    assert size(number) == shown


def test_one_has_no_plural() -> None:
    assert [count(number, "page") for number in (0, 1, 1234)] == ["0 pages", "1 page", "1,234 pages"]


def test_a_small_rate_keeps_a_digit() -> None:
    assert [rate(number) for number in (0.04, 9.94, 10.4, 1234.5)] == ["0.0", "9.9", "10", "1,234"]
