"""What a parent and its workers say to each other: one JSON document a line, over the worker's pipes."""

import json
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from batchscrape.models import JobEnded, JobStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The one line a worker reads when it starts; its standard input closes when the parent is gone."""

    worker_id: UUID
    #: None serves every batch.
    batch_id: UUID | None
    #: Goes through the pipe, so that no password stands in the arguments of a process.
    dsn: str
    concurrency: int
    proxy: str | None
    database_timeout: float
    network_timeout: float
    lease: float
    #: Whose lock the worker's beat keeps too: while it works, the parent alone may be stopped.
    lock_holder: UUID | None
    #: For a worker of every batch: the only networks that a stored `allow_network` may open.
    allow_network: tuple[str, ...]
    #: Wait for new batches instead of ending.
    forever: bool
    #: The logging level.
    log_level: int

    def to_line(self) -> bytes:
        """As `from_line` reads it."""
        return json.dumps(asdict(self), default=str).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> "Order":
        """The order that `to_line` wrote."""
        values = json.loads(line)
        values["worker_id"] = UUID(values["worker_id"])
        for name in ("batch_id", "lock_holder"):
            values[name] = values[name] and UUID(values[name])
        values["allow_network"] = tuple(values["allow_network"])
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A record of the worker's log, for the parent to show."""

    name: str
    level: int
    message: str
    #: The traceback, where there is one.
    traceback: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The worker has nothing to do but to wait for jobs that others run."""

    #: The others, as `host (pid 1)`.
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why the worker gives up."""

    message: str
    exit_status: int


Message = JobEnded | LogLine | Waiting | Failure

_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in (JobEnded, LogLine, Waiting, Failure)}


def to_line(message: Message) -> bytes:
    """As `from_line` reads it."""
    return json.dumps({"kind": type(message).__name__, **asdict(message)}).encode() + b"\n"


def from_line(line: bytes) -> Message:
    """The message that `to_line` wrote."""
    values = json.loads(line)
    kind = _KINDS[values.pop("kind")]
    if kind is JobEnded:
        values["status"] = JobStatus(values["status"])
    if kind is Waiting:
        values["others"] = tuple(values["others"])
    message: Message = kind(**values)
    return message
