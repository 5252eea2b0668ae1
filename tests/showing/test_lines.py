import logging

import pytest

from batchscrape.showing.lines import LineDisplay
from tests.showing.records import batch, ended_batch, job_ended
from tests.showing.test_pace import Clock, clock

__all__ = ["clock"]


@pytest.fixture(autouse=True)
def _heard(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "batchscrape")


def test_the_first_line_comes_after_5_seconds_the_next_after_30(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    said_at: list[int] = []
    with LineDisplay(clock) as display:
        for second in range(70):
            display.update(batch())
            if len(caplog.messages) > len(said_at):
                said_at.append(second)
            clock.now += 1

    assert said_at == [5, 35, 65]


def test_a_line_says_how_far_how_fast_and_how_long(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    display = LineDisplay(clock)
    display.update(batch(pages_scraped=5700, completed_domains=1207, failed_domains=17))

    clock.now += 5
    display.update(batch(pages_scraped=6012, completed_domains=1217, failed_domains=17))

    assert caplog.messages == ["1,234 of 5,000 domains (24.6 %), 17 failed, 62 pages/s, 0:31:23 left"]


def test_the_last_line_says_how_it_ended(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    with LineDisplay(clock) as display:
        display.update(batch())
        display.update(ended_batch())

    assert caplog.messages == ["5,000 of 5,000 domains (100 %), 17 failed, 24,900 pages in 0:07:10"]


def test_an_interrupted_run_still_says_how_far_it_came(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    def stop_in_the_middle() -> None:
        with LineDisplay(clock) as display:
            display.update(batch())
            display.ended(job_ended())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_in_the_middle()

    assert caplog.messages == ["1,235 of 5,000 domains (24.7 %), 17 failed"]


def test_nothing_is_said_of_a_batch_that_was_never_read(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    with LineDisplay(clock) as display:
        clock.now += 60
        display.ended(job_ended())

    assert caplog.messages == []


def test_a_line_brings_its_figures_for_json(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    with LineDisplay(clock) as display:
        display.update(batch())

    fields = caplog.records[0].__dict__["fields"]
    assert fields["batch_id"] == "0b9f3c1e-5a0c-4f5e-9d64-0f6f3f1d2a10"
    assert fields["completed_domains"] == 1217
    assert fields["progress"] == 24.68
    assert fields["pages_per_second"] is None
