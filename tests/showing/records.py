"""Records that the tests of this room show."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

from rich.console import Console, RenderableType

from batchscrape.models import JOB_COLUMNS, Batch, BatchStatus, JobEnded, JobStatus

BATCH_ID = UUID("0b9f3c1e-5a0c-4f5e-9d64-0f6f3f1d2a10")
START = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
#: Mark-up, escapes, NUL, an 8-bit control, a turned writing direction, a line break, half a pair.
HOSTILE = "[bold]a[/] \x1b[31mb\x1b]0;t\x07 \x00\x9bc \u202ed\r\ne\ud800"
HARMLESS = "[bold]a[/] �[31mb�]0;t� ��c �d e�"


def batch(**changes: Any) -> Batch:
    """A batch in the middle of its work."""
    values: dict[str, Any] = {
        "batch_id": BATCH_ID,
        "name": "nightly",
        "status": BatchStatus.PROCESSING,
        "total_domains": 5000,
        "completed_domains": 1217,
        "failed_domains": 17,
        "cancelled_domains": 0,
        "running_domains": 100,
        "progress": 24.68,
        "created_at": START - timedelta(seconds=2),
        "updated_at": START + timedelta(seconds=62),
        "start_time": START,
        "end_time": None,
        "processing_time": 62.0,
        "error": None,
        "options": {"max_pages": 5, "allow_network": []},
        "pages_scraped": 6012,
        "bytes": 184_200_000,
        "errors": {"timeout": 5, "dns_error": 9, "http_4xx": 3},
        "workers": 2,
        "rejected_lines": 0,
    }
    return Batch(**values | changes)


def ended_batch(**changes: Any) -> Batch:
    """A batch whose jobs have all ended."""
    values: dict[str, Any] = {
        "status": BatchStatus.PARTIAL,
        "completed_domains": 4983,
        "running_domains": 0,
        "progress": 100.0,
        "end_time": START + timedelta(seconds=430),
        "processing_time": 430.0,
        "pages_scraped": 24_900,
        "workers": 0,
    }
    return batch(**values | changes)


def job_ended(domain: str = "a.example", **changes: Any) -> JobEnded:
    """A job that is complete."""
    values: dict[str, Any] = {
        "domain": domain,
        "status": JobStatus.COMPLETE,
        "error_code": None,
        "pages_scraped": 5,
        "bytes": 150_000,
        "duration": 2.4,
    }
    return JobEnded(**values | changes)


def job_failed(domain: str, code: str) -> JobEnded:
    """A job that failed."""
    return job_ended(domain, status=JobStatus.FAILED, error_code=code, pages_scraped=0, bytes=0, duration=0.1)


def row(**changes: Any) -> dict[str, Any]:
    """A line of `export`, every column of it."""
    values: dict[str, Any] = {
        "batch_id": BATCH_ID,
        "job_id": 167,
        "domain": "firm.example",
        "input": "firm.example",
        "start_url": "https://firm.example/",
        "status": "complete",
        "attempts": 1,
        "http_status": 200,
        "title": "Firm, makers of things",
        "language": "de",
        "emails": ["info@firm.example", "jobs@firm.example"],
        "phones": ["+493012345678", "+493012345679"],
        "social": {"facebook": ["https://facebook.com/firm"], "xing": ["https://xing.com/firm"]},
        "technologies": [{"name": "WordPress", "version": "6.5"}, {"name": "Yoast", "version": None}],
        "is_wordpress": True,
        "wordpress_version": "6.5",
        "pages_scraped": 5,
        "bytes": 150_000,
        "started_at": START,
        "finished_at": START + timedelta(seconds=2.5),
        "duration": 2.4,
        "extra": {},
    }
    return dict.fromkeys(JOB_COLUMNS) | values | changes


def drawn(renderable: RenderableType, width: int, height: int = 50, **options: Any) -> str:
    """What a console without colours shows, without the blanks at the ends of lines."""
    console = Console(file=StringIO(), width=width, height=height, **options)
    console.print(renderable)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())  # type: ignore[attr-defined]
