"""Whatever workers and commands do, in whatever order, the rows are what a small model says."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from batchscrape.database import batches, jobs, results, workers
from batchscrape.database.connect import connect
from batchscrape.database.workers import WorkerIdentity
from batchscrape.models import Job
from tests.database.making import end, make_batch, make_page
from tests.database.states import ENDS, JobState, State, WorkerState, expected_figures, expected_status

T = TypeVar("T")

_MOST_BATCHES, _MOST_WORKERS = 2, 3
_FALL_SILENT = "UPDATE batchscrape.workers SET seen_at = now() - 2 * lease WHERE worker_id = $1"
#: How often each operation comes up. One rule draws them: of several, hypothesis leaves most out.
_WEIGHTS = Counter(
    claim=6, finish=6, beat=2, fall_silent=2, sweep=2, bury=1, put_back=1, start_worker=1, forget_dead=1,
    create=1, cancel=1, retry=2, freeze=2, purge=1,
)  # fmt: skip
CODES = st.sampled_from([None, "timeout", "dns_error"])


@dataclass
class ModelJob:
    status: str = "pending"
    attempts: int = 0
    losses: int = 0
    worker: UUID | None = None
    error_code: str | None = None
    pages: int = 0

    def put_back(self, *, blamed: bool, cancelled: bool) -> None:
        self.losses += blamed
        self.worker = None
        if blamed and self.losses >= 3:
            self.status, self.error_code = "failed", "worker_lost"
        else:
            self.status = "cancelled" if cancelled else "pending"


@dataclass
class ModelBatch:
    jobs: dict[int, ModelJob]
    cancelled: bool = False
    frozen: bool = False

    @property
    def has_ended(self) -> bool:
        return all(job.status in ENDS for job in self.jobs.values())


@dataclass
class ModelWorker:
    batch_id: UUID | None
    alive: bool = True
    parsing: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Claim:
    """What a worker believes that it has, perhaps for long no more."""

    worker: WorkerIdentity
    job: Job


class Machine(RuleBasedStateMachine):
    """Operations of commands and of workers that die and come back, on the database and on the model."""

    dsn: str
    runner: asyncio.Runner

    def __init__(self) -> None:
        super().__init__()
        self.batches: dict[UUID, ModelBatch] = {}
        self.workers: dict[UUID, ModelWorker] = {}
        #: Whoever was started, dead or alive.
        self.identities: list[WorkerIdentity] = []
        self.claims: list[Claim] = []
        self.connection = self.runner.run(connect(self.dsn))
        self.runner.run(self.connection.execute("DELETE FROM batchscrape.batches"))
        self.runner.run(self.connection.execute("DELETE FROM batchscrape.workers"))

    def teardown(self) -> None:
        self.runner.run(self.connection.close())

    def call(self, statement: Callable[..., Awaitable[T]], *args: Any, **more: Any) -> T:
        async def run() -> T:
            return await statement(self.connection, *args, **more)

        return self.runner.run(run())

    def jobs_where(self, holds: Callable[[int, ModelJob], bool]) -> Iterator[tuple[ModelBatch, int, ModelJob]]:
        for batch in self.batches.values():
            for job_id, job in batch.jobs.items():
                if holds(job_id, job):
                    yield batch, job_id, job

    def running_at(self, worker_id: UUID) -> dict[int, tuple[ModelBatch, ModelJob]]:
        found = self.jobs_where(lambda _, job: job.worker == worker_id)
        return {job_id: (batch, job) for batch, job_id, job in found}

    def lives(self, worker_id: UUID | None) -> bool:
        return worker_id in self.workers and self.workers[worker_id].alive

    def some_batch(self, data: st.DataObject) -> tuple[UUID, ModelBatch]:
        return data.draw(st.sampled_from(list(self.batches.items())), "batch")

    def some_worker(self, data: st.DataObject) -> WorkerIdentity:
        return data.draw(st.sampled_from(self.identities), "worker")

    def some_held(self, data: st.DataObject, worker: WorkerIdentity) -> set[int]:
        held = sorted(self.running_at(worker.worker_id))
        return data.draw(st.sets(st.sampled_from(held)), "some of its jobs") if held else set()

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        self.create(data)
        self.start(None)
        self.claim(data)

    @rule(operation=st.sampled_from(list(_WEIGHTS.elements())), data=st.data())
    def operate(self, operation: str, data: st.DataObject) -> None:
        getattr(self, operation)(data)

    def create(self, data: st.DataObject) -> None:
        if len(self.batches) == _MOST_BATCHES:
            return
        size = data.draw(st.integers(1, 4), "size")

        batch_id = self.call(make_batch, *(f"{number}.example" for number in range(size)))

        statuses = self.call(jobs.read_statuses, batch_id, "", 10)
        self.batches[batch_id] = ModelBatch({status.job_id: ModelJob() for status in statuses})

    def start_worker(self, data: st.DataObject) -> None:
        if len(self.identities) == _MOST_WORKERS:
            return
        self.start(data.draw(st.sampled_from([None, *self.batches]), "serves"))

    def start(self, batch_id: UUID | None) -> None:
        worker = WorkerIdentity(
            worker_id=uuid4(), batch_id=batch_id, host="here", pid=1, version="0", lease=3600.0
        )

        self.call(workers.beat, worker)

        self.identities.append(worker)
        self.workers[worker.worker_id] = ModelWorker(batch_id)

    def beat(self, data: st.DataObject) -> None:
        """Also of one that counted as dead."""
        worker = self.some_worker(data)
        held = self.running_at(worker.worker_id)
        parsing = self.some_held(data, worker)

        cancelled = self.call(workers.beat, worker, parsing=parsing)

        self.workers[worker.worker_id] = ModelWorker(worker.batch_id, parsing=parsing)
        assert len(cancelled) == len({id(batch) for batch, _ in held.values() if batch.cancelled})

    def fall_silent(self, data: st.DataObject) -> None:
        worker_id = self.some_worker(data).worker_id

        self.runner.run(self.connection.execute(_FALL_SILENT, worker_id))

        if worker_id in self.workers:
            self.workers[worker_id].alive = False

    def claim(self, data: st.DataObject) -> None:
        limit = data.draw(st.integers(1, 3), "limit")
        worker = self.some_worker(data)
        batch_id, batch = self.some_batch(data)

        claimed = self.call(jobs.claim, worker.worker_id, batch_id, limit=limit)

        expected = []
        if self.lives(worker.worker_id) and not batch.cancelled:
            expected = [job_id for job_id, job in batch.jobs.items() if job.status == "pending"][:limit]
        for job_id in expected:
            job = batch.jobs[job_id]
            job.status, job.worker, job.attempts = "running", worker.worker_id, job.attempts + 1
        assert [job.job_id for job in claimed] == expected
        self.claims += [Claim(worker, job) for job in claimed]

    def finish(self, data: st.DataObject) -> None:
        """Also too late, and twice."""
        if not self.claims:
            return
        code = data.draw(CODES, "code")
        claim = data.draw(st.sampled_from(self.claims), "claim")
        outcome = end(claim.job, code, pages=(make_page(claim.job.start_url, code),))

        stored = self.call(results.finish, claim.worker.worker_id, results.encode([outcome]))

        _, job = self.running_at(claim.worker.worker_id).get(claim.job.job_id, (None, None))
        if job is None or job.attempts != claim.job.attempts:
            assert stored == set()
        else:
            assert stored == {claim.job.job_id}
            job.status, job.error_code = ("failed" if code else "complete"), code
            job.worker, job.pages = None, 1

    def sweep(self, _: st.DataObject) -> None:
        self.call(jobs.sweep)

        lost = self.jobs_where(lambda _, job: job.status == "running" and not self.lives(job.worker))
        for batch, job_id, job in list(lost):
            worker = self.workers.get(job.worker) if job.worker else None
            job.put_back(blamed=worker is not None and job_id in worker.parsing, cancelled=batch.cancelled)

    def bury(self, data: st.DataObject) -> None:
        worker = self.some_worker(data)
        held = self.running_at(worker.worker_id)
        blamed = self.some_held(data, worker)

        self.call(jobs.bury, worker.worker_id, blamed)
        self.call(workers.retire, worker.worker_id)

        for job_id, (batch, job) in held.items():
            job.put_back(blamed=job_id in blamed, cancelled=batch.cancelled)
        self.workers.pop(worker.worker_id, None)

    def put_back(self, data: st.DataObject) -> None:
        worker = self.some_worker(data)
        held = self.running_at(worker.worker_id)
        keep = self.some_held(data, worker)

        self.call(jobs.put_back, worker.worker_id, keep=keep)

        for job_id, (batch, job) in held.items():
            if job_id not in keep:
                job.put_back(blamed=False, cancelled=batch.cancelled)

    def forget_dead(self, _: st.DataObject) -> None:
        self.call(workers.forget_dead)

        self.workers = {
            worker_id: worker
            for worker_id, worker in self.workers.items()
            if worker.alive or self.running_at(worker_id)
        }

    def cancel(self, data: st.DataObject) -> None:
        batch_id, batch = self.some_batch(data)

        changed = self.call(batches.cancel, batch_id)

        assert changed == (not batch.frozen and (batch.cancelled or not batch.has_ended))
        if changed:
            batch.cancelled = True
            for job in batch.jobs.values():
                if job.status == "pending" or (job.status == "running" and not self.lives(job.worker)):
                    job.status, job.worker = "cancelled", None

    def retry(self, data: st.DataObject) -> None:
        code = data.draw(CODES, "code")
        batch_id, batch = self.some_batch(data)

        reopened = self.call(batches.reopen, batch_id, code)

        back = [job for job in batch.jobs.values() if job.status == "failed" and code in {None, job.error_code}]
        assert reopened == len(back)
        for job in back:
            job.status, job.losses, job.error_code, job.pages = "pending", 0, None, 0
        if back:
            batch.cancelled = batch.frozen = False

    def freeze(self, data: st.DataObject) -> None:
        batch_id, batch = self.some_batch(data)

        frozen = self.call(batches.freeze, batch_id)

        if batch.cancelled:
            for job in batch.jobs.values():
                job.status = "cancelled" if job.status == "pending" else job.status
        assert frozen == batch.has_ended
        batch.frozen = batch.has_ended

    def purge(self, data: st.DataObject) -> None:
        if len(self.batches) == 1:
            return
        batch_id, batch = self.some_batch(data)

        deleted = self.call(batches.delete_ended, batch_id, timedelta(0))

        assert deleted == batch.frozen
        if deleted:
            del self.batches[batch_id]
            self.identities = [worker for worker in self.identities if worker.batch_id != batch_id]
            self.workers = {
                worker_id: worker for worker_id, worker in self.workers.items() if worker.batch_id != batch_id
            }

    @invariant()
    def the_rows_are_what_the_model_says(self) -> None:
        rows = self.runner.run(
            self.connection.fetch(
                "SELECT job_id, status, attempts, losses, worker_id, error_code,"
                " (SELECT count(*) FROM batchscrape.pages WHERE pages.job_id = jobs.job_id)"
                " FROM batchscrape.jobs ORDER BY job_id"
            )
        )

        said = [tuple(row) for row in rows]
        assert said == sorted(
            (job_id, job.status, job.attempts, job.losses, job.worker, job.error_code, job.pages)
            for _, job_id, job in self.jobs_where(lambda *_: True)
        )

    @invariant()
    def status_says_what_the_rows_say(self) -> None:
        read = self.call(batches.read_newest, _MOST_BATCHES + 1)
        assert {found.batch_id for found in read} == self.batches.keys()
        for found in read:
            state = self._state(found.batch_id, self.batches[found.batch_id])
            figures = {name: value for name, value in expected_figures(state).items() if name in _COUNTS}
            assert found.status is expected_status(state)
            assert {name: getattr(found, name) for name in figures} == figures

    def _state(self, batch_id: UUID, batch: ModelBatch) -> State:
        serves = {batch_id: "this", None: "all"}
        return State(
            jobs=tuple(
                JobState(status=job.status, attempts=job.attempts, error_code=job.error_code)
                for job in batch.jobs.values()
            ),
            workers=tuple(
                WorkerState(alive=worker.alive, serves=serves.get(worker.batch_id, "other"))
                for worker in self.workers.values()
            ),
            cancelled=batch.cancelled,
        )


_COUNTS = {
    "completed_domains", "failed_domains", "cancelled_domains", "running_domains", "progress", "errors", "workers",
}  # fmt: skip


def test_any_order_of_operations_leaves_what_the_model_says(dsn: str) -> None:
    with asyncio.Runner() as runner:
        machine = type("Machine", (Machine,), {"dsn": dsn, "runner": runner})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=25,
                stateful_step_count=40,
                deadline=None,
                phases=[Phase.generate],  # shrinking takes minutes; the steps that failed are printed as they are
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
