"""What scripts read: `status --json` and `list --json`, exactly as promised."""

from collections.abc import AsyncIterable, Iterable
from typing import Any, TextIO

from batchscrape.models import Batch, DomainStatus
from batchscrape.showing.jsontext import dumps
from batchscrape.showing.wording import percent


def status_document(batch: Batch, domains: Iterable[DomainStatus] = ()) -> dict[str, Any]:
    """The fields of `status --json`, in their order; scripts rely on both."""
    return {
        "batch_id": str(batch.batch_id),
        "status": batch.status.value,
        "total_domains": batch.total_domains,
        "completed_domains": batch.completed_domains,
        "failed_domains": batch.failed_domains,
        "progress": percent(batch, digits=2),
        "created_at": batch.created_at,
        "updated_at": batch.updated_at,
        "start_time": batch.start_time,
        "end_time": batch.end_time,
        "processing_time": None if batch.processing_time is None else round(batch.processing_time, 3),
        "domain_statuses": {domain.domain: _domain_entry(domain) for domain in domains},
        "error": batch.error,
        "metadata": _metadata(batch),
    }


def print_json(document: object, file: TextIO) -> None:
    """Write one JSON document, laid out for people too."""
    file.write(dumps(document, indent=2) + "\n")


async def write_status(batch: Batch, domains: AsyncIterable[DomainStatus], file: TextIO) -> None:
    """Write the same as `print_json(status_document(batch, domains))`, a domain at a time, a line each."""
    before, after = dumps(status_document(batch), indent=2).split('"domain_statuses": {}', 1)
    file.write(before + '"domain_statuses": {')
    separator = ""
    async for domain in domains:
        file.write(f"{separator}\n    {dumps(domain.domain)}: {dumps(_domain_entry(domain))}")
        separator = ","
    file.write(("\n  }" if separator else "}") + after + "\n")


def _domain_entry(domain: DomainStatus) -> dict[str, str | None]:
    return {"job_id": str(domain.job_id), "status": domain.status.value, "error_code": domain.error_code}


def _metadata(batch: Batch) -> dict[str, Any]:
    return {
        "name": batch.name,
        "options": batch.options,
        "pages_scraped": batch.pages_scraped,
        "bytes": batch.bytes,
        "errors": batch.errors,
        "workers": batch.workers,
        "rejected_lines": batch.rejected_lines,
    }
