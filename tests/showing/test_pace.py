import pytest

from batchscrape.models import BatchStatus, JobStatus
from batchscrape.showing.pace import Pace, average
from batchscrape.showing.wording import ended
from tests.showing.records import batch, ended_batch, job_ended, job_failed


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


FRESH = batch(total_domains=100, completed_domains=0, failed_domains=0, pages_scraped=0, bytes=0, errors={})


def test_what_ended_here_counts_before_the_database_says_so(clock: Clock) -> None:
    pace = Pace(batch(total_domains=10, completed_domains=3, failed_domains=1, errors={"dns_error": 1}), clock)

    pace.ended(job_ended(pages_scraped=5, bytes=100))
    pace.ended(job_failed("b.example", "dns_error"))
    pace.ended(job_ended("c.example", status=JobStatus.CANCELLED, pages_scraped=0, bytes=0))

    now = pace.batch()
    assert (now.completed_domains, now.failed_domains, now.cancelled_domains) == (4, 2, 1)
    assert (now.pages_scraped, now.bytes) == (6017, 184_200_100)
    assert now.errors == {"dns_error": 2}


def test_nothing_is_counted_twice_when_the_database_says_it_too(clock: Clock) -> None:
    pace = Pace(FRESH, clock)

    pace.ended(job_failed("a.example", "timeout"))
    pace.update(batch(total_domains=100, completed_domains=0, failed_domains=1, errors={"timeout": 1}))

    assert pace.batch().failed_domains == 1
    assert pace.batch().errors == {"timeout": 1}


def test_what_others_did_counts(clock: Clock) -> None:
    pace = Pace(FRESH, clock)

    pace.ended(job_ended())
    pace.update(batch(total_domains=100, completed_domains=40, failed_domains=0))

    assert pace.batch().completed_domains == 40


def test_no_count_goes_back(clock: Clock) -> None:
    pace = Pace(FRESH, clock)

    for name in "abc":
        pace.ended(job_ended(f"{name}.example"))
    pace.update(batch(total_domains=100, completed_domains=1, failed_domains=0))

    assert pace.batch().completed_domains == 3


def test_when_all_has_ended_only_the_database_counts(clock: Clock) -> None:
    pace = Pace(batch(), clock)

    pace.ended(job_failed("taken-over.example", "timeout"))
    pace.update(ended_batch())

    assert pace.batch() == ended_batch()


def test_running_jobs_are_never_more_than_open_ones(clock: Clock) -> None:
    pace = Pace(batch(total_domains=10, completed_domains=8, failed_domains=0, running_domains=2), clock)

    pace.ended(job_ended())

    assert pace.batch().running_domains == 1


def test_time_goes_on_between_two_looks(clock: Clock) -> None:
    pace = Pace(batch(processing_time=62.0), clock)

    clock.now += 3

    assert pace.batch().processing_time == 65.0


def test_rates_are_those_of_now(clock: Clock) -> None:
    pace = Pace(FRESH, clock)
    for second in range(40):
        clock.now += 1
        pages = 10 if second < 20 else 2
        pace.ended(job_ended(pages_scraped=pages))
        pace.rates()

    rates = pace.rates()

    assert rates.pages_per_second == pytest.approx(2)
    assert rates.seconds_left == pytest.approx(60)


def test_a_rate_is_not_said_before_it_is_known(clock: Clock) -> None:
    pace = Pace(FRESH, clock)
    clock.now += 1
    pace.ended(job_ended())

    rates = pace.rates()

    assert rates.pages_per_second is None
    assert rates.seconds_left is None


def test_no_time_is_left_to_say_when_nothing_ends(clock: Clock) -> None:
    pace = Pace(FRESH, clock)
    clock.now += 30

    rates = pace.rates()

    assert rates.pages_per_second == 0
    assert rates.seconds_left is None


def test_many_looks_keep_few_samples(clock: Clock) -> None:
    pace = Pace(FRESH, clock)

    for _ in range(10_000):
        clock.now += 0.05
        pace.rates()

    assert len(pace._samples) < 70


def test_a_batch_that_is_looked_at_once_goes_by_its_average() -> None:
    rates = average(batch(processing_time=100.0, pages_scraped=500))

    assert rates.pages_per_second == 5
    assert rates.seconds_left == pytest.approx((5000 - 1234) * 100 / 1234)


def test_only_a_batch_that_is_worked_on_has_time_left() -> None:
    assert average(batch(status=BatchStatus.INTERRUPTED)).seconds_left is None
    assert average(batch(processing_time=None)).pages_per_second is None
    assert ended(ended_batch()) == ended_batch().total_domains
