"""Batches: created whole or not at all, found as users call them, listed."""

import asyncio
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from asyncpg import Connection

from batchscrape.database import batches
from batchscrape.database.session import Session
from batchscrape.domains import Rejected
from batchscrape.errors import InputError
from batchscrape.models import Entry
from batchscrape.settings import ScrapeSettings
from tests.database.making import (
    entry,
    make_batch,
    make_ended_batch,
    until_waiting,
)
from tests.pooler import NastyPooler

BEEF_1, BEEF_2 = UUID("beef1000-0000-4000-8000-000000000000"), UUID("beef2000-0000-4000-8000-000000000000")
CAFE = UUID("cafe0000-0000-4000-8000-000000000000")


async def store(
    connection: Connection, *lines: Entry | Rejected, batch_id: UUID | None = None, name: str | None = None
) -> int:
    return await batches.create(connection, batch_id or uuid4(), lambda: iter(lines), ScrapeSettings(), name=name)


async def count(connection: Connection, table: str) -> int:
    return int(await connection.fetchval(f"SELECT count(*) FROM batchscrape.{table}"))


async def test_a_batch_keeps_its_options(connection: Connection) -> None:
    settings = ScrapeSettings(max_pages=9, allow_network=("127.0.0.0/8",), phone_region="CH", keep_html=True)
    batch_id = uuid4()

    await batches.create(
        connection, batch_id, lambda: iter([entry("a.example")]), settings, name="Ünïcode 'n' \"quotes\""
    )

    assert await batches.read_settings(connection, batch_id) == settings
    assert (await batches.read(connection, batch_id)).name == "Ünïcode 'n' \"quotes\""


async def test_options_that_this_program_does_not_know_are_left_out(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example")
    await connection.execute("""UPDATE batchscrape.batches SET options = '{"retries": 7, "of_tomorrow": 1}'""")

    assert await batches.read_settings(connection, batch_id) == ScrapeSettings(retries=7)


async def test_a_list_that_breaks_off_leaves_nothing(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "_CHUNK", 2)

    def lines() -> Iterator[Entry | Rejected]:
        yield from map(entry, ["a.example", "b.example", "c.example"])
        raise InputError("The file went away.")

    with pytest.raises(InputError, match="went away"):
        await batches.create(connection, uuid4(), lines, ScrapeSettings())

    assert (await count(connection, "batches"), await count(connection, "jobs")) == (0, 0)


@pytest.mark.parametrize(("lose", "readings"), [("lose_next_reply", 1), ("lose_next_query", 2)])
async def test_a_second_try_after_a_lost_commit_makes_one_batch(
    session: Session, connection: Connection, pooler: NastyPooler, lose: str, readings: int
) -> None:
    batch_id, read = uuid4(), 0

    def lines() -> Iterator[Entry | Rejected]:
        nonlocal read
        read += 1
        return map(entry, ["a.example", "b.example"])

    getattr(pooler, lose)(b"COMMIT")
    total = await session.run(batches.create, batch_id, lines, ScrapeSettings())

    assert (total, read, session.losses) == (2, readings, 1)
    assert (await count(connection, "batches"), await count(connection, "jobs")) == (1, 2)


async def test_a_second_try_waits_for_a_first_one_that_is_still_committing(
    connection: Connection, other: Connection, watcher: Connection
) -> None:
    batch_id = uuid4()

    async with connection.transaction():
        await store(connection, entry("a.example"), entry("b.example"), batch_id=batch_id)
        second = asyncio.create_task(store(other, entry("c.example"), batch_id=batch_id))
        await until_waiting(watcher)

    assert await second == 2
    assert await count(connection, "jobs") == 2


async def test_doubles_are_dropped_and_the_first_one_counts(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "_CHUNK", 2)
    first = Entry(domain="a.example", input="A.example", start_url="https://a.example/")
    second = Entry(domain="a.example", input="http://a.example/x", start_url="http://a.example/x")

    total = await store(connection, first, second, entry("b.example"), second, entry("b.example"))

    stored = await connection.fetch("SELECT domain, input FROM batchscrape.jobs ORDER BY job_id")
    assert total == (await batches.read_newest(connection, 1))[0].total_domains == 2
    assert [tuple(row) for row in stored] == [("a.example", "A.example"), ("b.example", "b.example")]


async def test_rejected_lines_are_counted(connection: Connection) -> None:
    rubbish = [Rejected(line=line, text="?", reason="has no dot") for line in (1, 3)]

    total = await store(connection, rubbish[0], entry("a.example"), rubbish[1])

    (batch,) = await batches.read_newest(connection, 5)
    assert (total, batch.total_domains, batch.rejected_lines) == (1, 1, 2)


async def test_a_list_with_nothing_valid_is_an_error_and_stores_nothing(connection: Connection) -> None:
    for lines in ([], [Rejected(line=1, text="?", reason="has no dot")]):
        with pytest.raises(InputError):
            await store(connection, *lines)

    assert await count(connection, "batches") == 0


async def test_a_large_batch_is_analysed(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "_LARGE", 3)
    known = "SELECT reltuples FROM pg_class WHERE oid = 'batchscrape.jobs'::regclass"

    await make_batch(connection, "a.example", "b.example")
    before = await connection.fetchval(known)
    await make_batch(connection, "a.example", "b.example", "c.example")

    assert (before, await connection.fetchval(known)) == (-1, 5)


async def test_latest_is_the_newest(connection: Connection) -> None:
    await make_batch(connection, "a.example", name="latest")
    newest = await make_batch(connection, "a.example")

    assert await batches.find(connection, "latest") == newest


async def test_a_batch_is_found_by_its_id_and_by_the_beginning_of_it(connection: Connection) -> None:
    await store(connection, entry("a.example"), batch_id=BEEF_1)
    await store(connection, entry("a.example"), batch_id=CAFE)

    for reference in (str(BEEF_1), str(BEEF_1).upper(), "beef", "BEEF1000-0"):
        assert await batches.find(connection, reference) == BEEF_1


async def test_what_fits_no_batch_is_an_error(connection: Connection) -> None:
    await store(connection, entry("a.example"), batch_id=BEEF_1, name="shops")

    for reference in ("bee", "", "nobody", "beefbeef", "%", "____", "Shops", str(CAFE)):
        with pytest.raises(InputError, match=f"There is no batch “{reference}”"):
            await batches.find(connection, reference)


async def test_a_beginning_of_several_is_an_error_that_names_them(connection: Connection) -> None:
    await store(connection, entry("a.example"), batch_id=BEEF_1)
    await store(connection, entry("a.example"), batch_id=BEEF_2)

    with pytest.raises(InputError, match=f"beginning of 2 batches .*{BEEF_1}"):
        await batches.find(connection, "beef")


async def test_without_a_batch_there_is_no_latest(connection: Connection) -> None:
    with pytest.raises(InputError, match="There is no batch yet"):
        await batches.find(connection, "latest")


async def test_of_one_name_the_newest_is_meant(connection: Connection) -> None:
    await store(connection, entry("a.example"), batch_id=BEEF_1, name="be")
    await store(connection, entry("a.example"), batch_id=CAFE, name="be")
    await make_batch(connection, "a.example", name="Be")

    assert await batches.find(connection, "be") == CAFE


async def test_ids_are_looked_up_before_names(connection: Connection) -> None:
    await store(connection, entry("a.example"), batch_id=BEEF_1)
    await make_batch(connection, "a.example", name="beef")
    await make_batch(connection, "a.example", name=str(BEEF_1))

    assert await batches.find(connection, "beef") == BEEF_1
    assert await batches.find(connection, str(BEEF_1)) == BEEF_1


async def test_a_name_is_meant_where_a_beginning_is_ambiguous(connection: Connection) -> None:
    await store(connection, entry("a.example"), batch_id=BEEF_1)
    await store(connection, entry("a.example"), batch_id=BEEF_2)
    named = await make_batch(connection, "a.example", name="beef")

    assert await batches.find(connection, "beef") == named


async def test_batches_are_listed_newest_first(connection: Connection) -> None:
    made = [await make_batch(connection, "a.example") for _ in range(3)]

    listed = await batches.read_newest(connection, 2)

    assert [batch.batch_id for batch in listed] == made[:0:-1]


async def test_open_batches_come_oldest_first_and_frozen_ones_not(connection: Connection) -> None:
    first = await make_batch(connection, "a.example")
    ended = await make_ended_batch(connection, None)
    last = await make_batch(connection, "a.example")
    await batches.freeze(connection, ended)

    assert await batches.read_open(connection) == [first, last]


async def test_a_batch_that_is_gone_is_an_error(connection: Connection) -> None:
    with pytest.raises(InputError, match="deleted"):
        await batches.read(connection, uuid4())
