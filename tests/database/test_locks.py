"""Locks: one holder at a time, for as long as it is heard of."""

import asyncio
from uuid import uuid4

import pytest
from asyncpg import Connection

from batchscrape.database import locks
from batchscrape.database.locks import Claimant
from batchscrape.database.session import Session
from tests.database.making import until_waiting
from tests.pooler import NastyPooler

NAME = "nightly"


def claimant(pid: int) -> Claimant:
    return Claimant(holder_id=uuid4(), host="here", pid=pid, lease=60.0)


ONE, TWO = claimant(1), claimant(2)


async def until_dead(connection: Connection) -> None:
    """Let the lease of every lock be over, by just as much as it is long."""
    await connection.execute("UPDATE batchscrape.locks SET seen_at = now() - lease")


async def test_a_free_lock_is_taken_and_a_held_one_names_its_holder(connection: Connection) -> None:
    first = await locks.take(connection, NAME, ONE)
    second = await locks.take(connection, NAME, TWO)

    assert (first.holder_id, first.host, first.pid) == (ONE.holder_id, "here", 1)
    assert second == first == await locks.read(connection, NAME)


async def test_locks_of_other_names_are_free(connection: Connection) -> None:
    await locks.take(connection, NAME, ONE)

    assert (await locks.take(connection, "Nightly", TWO)).pid == 2


async def test_the_lock_of_a_dead_holder_is_taken_over(connection: Connection) -> None:
    before = await locks.take(connection, NAME, ONE)
    await until_dead(connection)

    after = await locks.take(connection, NAME, TWO)

    assert (after.pid, after.taken_at > before.taken_at) == (2, True)
    assert await locks.take(connection, NAME, ONE) == after


async def test_a_dead_holder_that_nobody_replaced_is_the_holder_again(connection: Connection) -> None:
    await locks.take(connection, NAME, ONE)
    await until_dead(connection)

    assert await locks.keep(connection, NAME, ONE)
    assert (await locks.take(connection, NAME, TWO)).pid == 1


async def test_a_holder_that_was_replaced_is_told_and_cannot_release(connection: Connection) -> None:
    await locks.take(connection, NAME, ONE)
    await until_dead(connection)
    holder = await locks.take(connection, NAME, TWO)

    assert not await locks.keep(connection, NAME, ONE)
    await locks.release(connection, NAME, ONE)
    assert await locks.read(connection, NAME) == holder


async def test_a_lock_that_was_given_back_is_free(connection: Connection) -> None:
    await locks.take(connection, NAME, ONE)

    await locks.release(connection, NAME, ONE)

    assert await locks.read(connection, NAME) is None
    assert not await locks.keep(connection, NAME, ONE)
    assert (await locks.take(connection, NAME, TWO)).pid == 2


@pytest.mark.parametrize("is_dead", [False, True])
async def test_of_two_at_once_the_second_waits_and_finds_the_first(
    connection: Connection, other: Connection, watcher: Connection, is_dead: bool
) -> None:
    if is_dead:
        await locks.take(connection, NAME, claimant(3))
        await until_dead(connection)

    async with connection.transaction():
        await locks.take(connection, NAME, ONE)
        second = asyncio.create_task(locks.take(other, NAME, TWO))
        await until_waiting(watcher)

    assert (await second).pid == 1


@pytest.mark.parametrize("lose", ["lose_next_reply", "lose_next_query"])
async def test_a_lost_reply_does_not_refuse_the_holder_its_own_lock(
    session: Session, pooler: NastyPooler, lose: str
) -> None:
    getattr(pooler, lose)(b"INSERT INTO batchscrape.locks")

    holder = await session.run(locks.take, NAME, ONE)

    assert (holder.pid, session.losses) == (1, 1)
