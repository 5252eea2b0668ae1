# ruff: noqa: E501 - the tables here are as wide as a terminal
from io import BytesIO, TextIOWrapper

import pytest
from rich.console import Console, RenderableType

from batchscrape.models import BatchStatus
from batchscrape.showing.bar import Bar
from batchscrape.showing.batch_table import batch_table
from batchscrape.showing.batch_view import status_view
from batchscrape.showing.results_table import results_table
from tests.showing.records import HARMLESS, HOSTILE, batch, drawn, ended_batch, row


def lines(*shown: str) -> str:
    return "\n".join(shown)


def a_batch_table(width: int) -> RenderableType:
    long_name = "a very long name of a batch with customers"
    hostile = batch(name=HOSTILE, total_domains=1_000_000, failed_domains=0)
    return batch_table([batch(name=None), ended_batch(name=long_name), hostile], width=width)


def a_results_table(width: int) -> RenderableType:
    failed = row(
        domain="gone.example",
        status="failed",
        error_code="robots_unreachable",
        title=None,
        language=None,
        emails=[],
        phones=[],
        social={},
        technologies=[],
        pages_scraped=0,
    )
    hostile = row(domain="a-long-name-of-a-firm-in-the-town.example", title=HOSTILE * 3)
    return results_table([row(), hostile, failed], width=width)


def test_status_says_how_far_a_batch_is() -> None:
    assert drawn(status_view(batch(rejected_lines=1)), 80) == lines(
        "nightly  0b9f3c1e-5a0c-4f5e-9d64-0f6f3f1d2a10  processing",
        "━━━━━━━━━━━━━━━─────────────────────────────────────────────────  24.6 %",
        "Domains   1,234 of 5,000, 1,217 complete, 17 failed, 100 running",
        "Pages     6,012 (184.2 MB), 97 pages/s, 2 workers",
        "Time      0:01:02, about 0:03:09 left, since 2026-11-23 18:00 UTC",
        "Failures  dns_error 9, timeout 5, http_4xx 3",
        "Rejected  1 line of the list",
    )


def test_status_says_what_is_wrong() -> None:
    interrupted = batch(
        name=HOSTILE,
        status=BatchStatus.INTERRUPTED,
        workers=0,
        running_domains=0,
        errors={},
        error=f"No living worker serves this batch; `batchscrape resume 0b9f3c1e` goes on with it. {HOSTILE}",
    )

    assert drawn(status_view(interrupted), 80) == lines(
        "[bold]a[/] �[31mb�]0;t� ��c �d e�  0b9f3c1e-5a0c-4f5e-9d64-0f6f3f1d2a10",
        "interrupted",
        "━━━━━━━━━━━━━━━─────────────────────────────────────────────────  24.6 %",
        "Domains   1,234 of 5,000, 1,217 complete, 17 failed",
        "Pages     6,012 (184.2 MB), 97 pages/s",
        "Time      0:01:02, since 2026-11-23 18:00 UTC",
        "Error     No living worker serves this batch; `batchscrape resume 0b9f3c1e` goes",
        "          on with it. [bold]a[/] �[31mb�]0;t� ��c �d e�",
    )


def test_status_of_an_ended_batch() -> None:
    assert drawn(status_view(ended_batch(cancelled_domains=0)), 200) == lines(
        "nightly  0b9f3c1e-5a0c-4f5e-9d64-0f6f3f1d2a10  partial",
        "━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╍ 100.0 %",
        "Domains   5,000 of 5,000, 4,983 complete, 17 failed",
        "Pages     24,900 (184.2 MB), 58 pages/s",
        "Time      0:07:10, ended 2026-11-23 18:07 UTC",
        "Failures  dns_error 9, timeout 5, http_4xx 3",
    )


def test_status_of_a_batch_that_nobody_has_started() -> None:
    pending = batch(
        status=BatchStatus.PENDING,
        completed_domains=0,
        failed_domains=0,
        running_domains=0,
        start_time=None,
        processing_time=None,
        pages_scraped=0,
        bytes=0,
        errors={},
        workers=0,
    )

    assert drawn(status_view(pending), 80) == lines(
        "nightly  0b9f3c1e-5a0c-4f5e-9d64-0f6f3f1d2a10  pending",
        "────────────────────────────────────────────────────────────────   0.0 %",
        "Domains   0 of 5,000",
        "Pages     0 (0 B)",
        "Time      created 2026-11-23 17:59 UTC",
    )


def test_the_list_of_batches_at_80_columns() -> None:
    assert drawn(a_batch_table(80), 80) == lines(
        "batch     name           status        done    domains  failed  created (UTC)",
        "0b9f3c1e                 processing  24.6 %      5,000      17  2026-11-23 17:59",
        "0b9f3c1e  a very long …  partial      100 %      5,000      17  2026-11-23 17:59",
        "0b9f3c1e  [bold]a[/] �…  processing   0.1 %  1,000,000       0  2026-11-23 17:59",
    )


def test_the_list_of_batches_at_200_columns() -> None:
    assert drawn(a_batch_table(200), 200) == lines(
        "batch                                 name                                        status        done    domains  failed   pages     bytes     time  created (UTC)",
        "0b9f3c1e-5a0c-4f5e-9d64-0f6f3f1d2a10                                              processing  24.6 %      5,000      17   6,012  184.2 MB  0:01:02  2026-11-23 17:59",
        "0b9f3c1e-5a0c-4f5e-9d64-0f6f3f1d2a10  a very long name of a batch with customers  partial      100 %      5,000      17  24,900  184.2 MB  0:07:10  2026-11-23 17:59",
        "0b9f3c1e-5a0c-4f5e-9d64-0f6f3f1d2a10  [bold]a[/] �[31mb�]0;t� ��c �d e�           processing   0.1 %  1,000,000       0   6,012  184.2 MB  0:01:02  2026-11-23 17:59",
    )


def test_the_results_at_80_columns() -> None:
    assert drawn(a_results_table(80), 80) == lines(
        "domain            status    title             e-mails           phones",
        "firm.example      complete  Firm, makers of…  info@firm.examp…  +493012345678 +1",
        "a-long-name-of-…  complete  [bold]a[/] �[31…  info@firm.examp…  +493012345678 +1",
        "gone.example      failed    robots_unreacha…",
    )


def test_the_results_at_200_columns() -> None:
    assert drawn(a_results_table(200), 200) == lines(
        "domain                                     status    pages  title                                                 e-mails               phones            technologies          social          language",
        "firm.example                               complete      5  Firm, makers of things                                info@firm.example +1  +493012345678 +1  WordPress 6.5, Yoast  facebook, xing  de",
        "a-long-name-of-a-firm-in-the-town.example  complete      5  [bold]a[/] �[31mb�]0;t� ��c �d e�[bold]a[/] �[31mb�…  info@firm.example +1  +493012345678 +1  WordPress 6.5, Yoast  facebook, xing  de",
        "gone.example                               failed        0  robots_unreachable",
    )


@pytest.mark.parametrize("width", [20, 40, 80, 119, 120, 160, 200])
def test_tables_are_a_line_a_row_and_never_wider_than_the_terminal(width: int) -> None:
    for table in (a_batch_table(width), a_results_table(width)):
        shown = drawn(table, width).splitlines()

        assert len(shown) == 4
        assert max(map(len, shown)) <= width


def test_data_is_no_mark_up_and_cannot_act() -> None:
    text = drawn(a_results_table(200), 200, force_terminal=True, color_system="truecolor")

    assert "[bold]a[/] " in text
    assert "\x1b[31mb" not in text
    assert not {"\x00", "\x07", "\x9b", "\u202e", "\ud800"} & set(text)
    assert HARMLESS in drawn(status_view(batch(name=HOSTILE)), 200)


def test_the_bar_can_be_read_without_colours() -> None:
    third = batch(total_domains=3, completed_domains=1, failed_domains=1)

    assert drawn(Bar(third), 17) == "━━━╍╍╍───  66.6 %"


def test_the_bar_is_drawn_in_ascii_where_the_terminal_has_nothing_else() -> None:
    third = batch(total_domains=3, completed_domains=1, failed_domains=1)
    console = Console(file=TextIOWrapper(BytesIO(), "ascii"), width=17)

    console.print(Bar(third))

    console.file.seek(0)
    assert console.file.read().rstrip() == "###xxx---  66.6 %"


def test_the_bar_is_full_only_at_the_end() -> None:
    almost = batch(total_domains=100_000, completed_domains=99_999, failed_domains=0)

    assert drawn(Bar(almost), 80).endswith("━─  99.9 %")
    assert drawn(Bar(ended_batch(failed_domains=0, completed_domains=5000)), 80).endswith("━━ 100.0 %")
