import json
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from io import StringIO

import pytest

from batchscrape.models import DomainStatus, JobStatus
from batchscrape.showing.documents import print_json, status_document, write_status
from tests.showing.records import HOSTILE, batch, ended_batch

FIELDS = [
    "batch_id", "status", "total_domains", "completed_domains", "failed_domains", "progress", "created_at",
    "updated_at", "start_time", "end_time", "processing_time", "domain_statuses", "error", "metadata",
]  # fmt: skip
METADATA = ["name", "options", "pages_scraped", "bytes", "errors", "workers", "rejected_lines"]
DOMAINS = [
    DomainStatus(domain="a.example", job_id=167, status=JobStatus.COMPLETE, error_code=None),
    DomainStatus(domain="b.example:81", job_id=168, status=JobStatus.FAILED, error_code="dns_error"),
]


async def streamed(domains: Sequence[DomainStatus]) -> AsyncIterator[DomainStatus]:
    for domain in domains:
        yield domain


def printed(document: object) -> str:
    file = StringIO()
    print_json(document, file)
    return file.getvalue()


def test_the_fields_stand_in_their_order() -> None:
    document = json.loads(printed(status_document(batch(), DOMAINS)))

    assert list(document) == FIELDS
    assert list(document["metadata"]) == METADATA
    assert document["domain_statuses"] == {
        "a.example": {"job_id": "167", "status": "complete", "error_code": None},
        "b.example:81": {"job_id": "168", "status": "failed", "error_code": "dns_error"},
    }


def test_values_are_what_scripts_expect() -> None:
    document = json.loads(printed(status_document(batch())))

    assert document["batch_id"] == "0b9f3c1e-5a0c-4f5e-9d64-0f6f3f1d2a10"
    assert document["status"] == "processing"
    assert document["start_time"] == "2026-11-23T18:00:00+00:00"
    assert document["end_time"] is None
    assert document["processing_time"] == 62.0
    assert document["progress"] == 24.68
    assert document["metadata"]["options"] == {"max_pages": 5, "allow_network": []}


def test_progress_is_100_only_when_every_job_has_ended() -> None:
    almost = batch(total_domains=10_000_000, completed_domains=9_999_999, failed_domains=0)

    assert status_document(almost)["progress"] == 99.99
    assert status_document(ended_batch())["progress"] == 100


@pytest.mark.parametrize("domains", [[], DOMAINS[:1], DOMAINS])
async def test_streaming_writes_the_same_document(domains: list[DomainStatus]) -> None:
    named = batch(name='"domain_statuses": {}', error='"domain_statuses": {}')
    file = StringIO()

    await write_status(named, streamed(domains), file)

    assert json.loads(file.getvalue()) == json.loads(printed(status_document(named, domains)))
    assert list(json.loads(file.getvalue())) == FIELDS


async def test_without_domains_streaming_writes_the_same_text() -> None:
    file = StringIO()

    await write_status(batch(), streamed([]), file)

    assert file.getvalue() == printed(status_document(batch()))


async def test_a_domain_is_written_before_the_next_one_is_read() -> None:
    file = StringIO()

    async def watched() -> AsyncIterator[DomainStatus]:
        for domain in DOMAINS:
            yield domain
            assert domain.domain in file.getvalue()

    await write_status(batch(), watched(), file)

    assert DOMAINS[-1].domain in file.getvalue()


def test_a_hostile_name_comes_back_whole_and_cannot_act() -> None:
    text = printed(status_document(batch(name=HOSTILE)))

    assert json.loads(text)["metadata"]["name"] == HOSTILE
    assert not {c for c in text if not c.isprintable()} - {"\n"}


def test_scripts_do_not_wait_for_heavy_libraries() -> None:
    code = "import sys, batchscrape.showing.documents; print(*{name.split('.')[0] for name in sys.modules})"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert not {"rich", "asyncpg", "httpx", "selectolax", "typer", "idna"} & set(loaded.stdout.split())
