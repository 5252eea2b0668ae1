"""The records that travel between the rooms: field name = column name."""

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class JobStatus(StrEnum):
    """Where a job is; the last three are ends."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETE = "complete"
    FAILED = "failed"
    CANCELLED = "cancelled"


class BatchStatus(StrEnum):
    """Where a batch is; derived from its jobs, never stored while they run."""

    PENDING = "pending"
    PROCESSING = "processing"
    INTERRUPTED = "interrupted"
    COMPLETE = "complete"
    PARTIAL = "partial"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One valid line of a domain list."""

    #: The job's identity: `host[:port]`, lower case, IDNA-encoded.
    domain: str
    #: The entry as it was given, without white space around it (in a CSV the cell, not the line).
    input: str
    #: The URL that is tried first.
    start_url: str

    @property
    def has_scheme(self) -> bool:
        """Whether the line names http or https itself, so that the other is never tried."""
        return self.input.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Entry):
    """A domain that a worker has claimed."""

    job_id: int
    batch_id: UUID
    #: How often it was claimed, this time included; the fence of its result.
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Technology:
    """Something a site is built with."""

    name: str
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one page says, or the pages of one domain together."""

    title: str | None = None
    description: str | None = None
    #: BCP 47.
    language: str | None = None
    emails: tuple[str, ...] = ()
    #: E.164 where the number is certain, otherwise its digits.
    phones: tuple[str, ...] = ()
    #: Network → profile URLs.
    social: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    technologies: tuple[Technology, ...] = ()
    favicon_url: str | None = None
    logo_url: str | None = None
    organization: str | None = None
    address: str | None = None
    #: site, parked, placeholder or error.
    page_kind: str | None = None
    #: What users' own extractors found.
    extra: Mapping[str, Any] = field(default_factory=dict)
    #: The address that the page gives as its own.
    canonical_url: str | None = None
    #: What the site calls itself, in `og:site_name`.
    site_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page that was asked for: a row of `pages`."""

    #: The URL that was asked for; unique within its job.
    url: str
    final_url: str | None = None
    http_status: int | None = None
    error_code: str | None = None
    error: str | None = None
    content_type: str | None = None
    title: str | None = None
    description: str | None = None
    language: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    #: Of the body, after decompression.
    bytes: int = 0
    #: The body was larger than `--max-body` and cut.
    truncated: bool = False
    fetched_at: datetime
    #: Seconds from the request to its last byte.
    duration: float
    #: The body, compressed with gzip, when `--keep-html` asks for it.
    html: builtins.bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one job ended: a row's worth of `jobs`, and its pages."""

    job: Job
    status: JobStatus
    error_code: str | None = None
    #: One sentence for people.
    error: str | None = None
    #: Of the start page.
    http_status: int | None = None
    #: Where the start page was found in the end.
    final_url: str | None = None
    facts: Facts = Facts()
    pages: tuple[Page, ...] = ()
    #: Seconds from the first request to the last.
    duration: float = 0.0

    @property
    def pages_scraped(self) -> int:
        """Pages that were fetched and read."""
        return sum(page.error_code is None for page in self.pages)

    @property
    def bytes(self) -> int:
        """Of all bodies, after decompression."""
        return sum(page.bytes for page in self.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """How far a batch is: a row of the view `batch_status`."""

    batch_id: UUID
    name: str | None
    status: BatchStatus
    total_domains: int
    completed_domains: int
    failed_domains: int
    cancelled_domains: int
    #: Jobs that a worker has now.
    running_domains: int
    #: Per cent of the jobs that have ended, 0 to 100.
    progress: float
    created_at: datetime
    updated_at: datetime
    start_time: datetime | None
    end_time: datetime | None
    #: Seconds from start_time to end_time, or until now.
    processing_time: float | None
    error: str | None
    options: Mapping[str, Any]
    pages_scraped: int
    bytes: int
    #: Error code → number of jobs.
    errors: Mapping[str, int]
    #: Living workers that serve it.
    workers: int
    rejected_lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainStatus:
    """One entry of `domain_statuses`."""

    domain: str
    job_id: int
    status: JobStatus
    error_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEnded:
    """What a worker tells its parent of each job that ended."""

    domain: str
    status: JobStatus
    error_code: str | None
    pages_scraped: int
    bytes: int
    #: Seconds.
    duration: float


#: A line of `export`, in this order (new ones go at the end: scripts of users read it).
JOB_COLUMNS = (
    "batch_id", "job_id", "domain", "input", "start_url", "status", "error_code", "error", "attempts",
    "http_status", "final_url", "title", "description", "language", "emails", "phones", "social",
    "technologies", "is_wordpress", "wordpress_version", "favicon_url", "logo_url", "organization", "address",
    "page_kind", "pages_scraped", "bytes", "started_at", "finished_at", "duration", "extra",
    "canonical_url", "site_name",
)  # fmt: skip

#: A line of `export --pages`, in this order.
PAGE_COLUMNS = (
    "batch_id", "job_id", "domain", "url", "final_url", "http_status", "error_code", "content_type", "title",
    "description", "language", "emails", "phones", "bytes", "truncated", "fetched_at", "duration",
)  # fmt: skip
