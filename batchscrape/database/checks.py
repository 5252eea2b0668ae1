"""What an observed database is good for: a check each, with its advice and the exit status it asks for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from batchscrape.database.diagnosis import NEEDED, SAMPLES, Diagnosis, Line, observe
from batchscrape.database.migrate import migrations
from batchscrape.database.pooling import PoolMode
from batchscrape.database.refusals import judge
from batchscrape.database.rights import Rights
from batchscrape.errors import BatchscrapeError, DatabaseRefused, DatabaseUnavailable

#: PostgreSQL's major versions that batchscrape is made for.
OLDEST, NEWEST = 13, 18
#: Seconds from which on a round trip, or a clock, is worth a word.
SLOW, APART = 0.2, 5.0


class Status(StrEnum):
    """How a check went."""

    OK = "ok"
    #: batchscrape works, but something should be better.
    WARNING = "warning"
    #: batchscrape does not work like this.
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the checklist."""

    #: Stable; scripts look for it.
    name: str
    status: Status = Status.OK
    #: What was seen, in a sentence.
    seen: str
    #: How to mend it; empty where all is well.
    advice: str = ""
    #: The figure or word that `seen` speaks of, for scripts.
    value: str | float | None = None
    #: 0 unless it failed.
    exit_status: int = 0


async def check_database(dsn: str) -> list[Check]:
    """All checks, or the one that says why there is no way in. Raises InputError for an unusable URL."""
    try:
        return list(judged(await observe(dsn)))
    except DatabaseUnavailable as error:
        return [no_way_in(error, "Check host and port of the database URL, and that the server runs.")]
    except DatabaseRefused as error:
        return [no_way_in(error, "Check the database URL.")]


def no_way_in(error: BatchscrapeError, advice: str) -> Check:
    """The only check of a database that could not be opened; the advice is for errors that nobody knows."""
    return _failure("connect", error, advice)


def judged(seen: Diagnosis) -> Iterator[Check]:
    """From the way in to what may be done there."""
    yield Check(name="connect", seen=f"{seen.place} answers.", value=seen.place)
    yield _pooler(seen.pool_mode)
    yield _connections(seen)
    yield _round_trip(seen.round_trip)
    yield _tls(seen.line)
    yield _server(seen.version)
    yield _clock(seen.clock_ahead)
    if seen.rights.sees_schema:
        yield _schema(seen.schema_trouble)
    yield _rights(seen.rights)


def _pooler(mode: PoolMode) -> Check:
    match mode:
        case PoolMode.NONE:
            return Check(name="pooler", seen="None to be seen: the server itself answers.", value=mode)
        case PoolMode.SESSION:
            seen = "One in session mode, as far as can be seen: connections kept their sessions."
            return Check(name="pooler", seen=seen, value=mode)
        case PoolMode.TRANSACTION:
            seen = "One in transaction mode: sessions changed hands between transactions."
            return Check(name="pooler", seen=seen, value=mode)
        case PoolMode.STATEMENT:
            seen = "One in statement mode, which lets no transaction through."
            advice = "Set it to transaction mode (pgbouncer: pool_mode = transaction)."
            return replace(_refusal("pooler", seen, advice), value=mode)


def _connections(seen: Diagnosis) -> Check:
    if seen.shortage:
        failure = _failure("connections", seen.shortage, "Enlarge the pool, or end what fills it.")
        sentence = f"Only {seen.connections} of the {NEEDED} that a run holds. {failure.seen}"
        return replace(failure, seen=sentence, value=seen.connections)
    direct = seen.pool_mode is PoolMode.NONE
    use = f"; {seen.used_connections} of the server's {seen.max_connections} are in use" if direct else ""
    return Check(
        name="connections", seen=f"{NEEDED} at once, as many as a run holds{use}.", value=seen.connections
    )


def _round_trip(seconds: float) -> Check:
    milliseconds = round(seconds * 1000, 1)
    check = Check(name="round_trip", seen=f"{milliseconds} ms, the median of {SAMPLES}.", value=milliseconds)
    return _warned(check, "Run batchscrape nearer to the database.") if seconds > SLOW else check


def _tls(line: Line) -> Check:
    if line.tls:
        certificate = "checked" if line.verified else "not checked, since the URL names no sslrootcert"
        return Check(name="tls", seen=f"{line.tls}; the server's certificate was {certificate}.", value=line.tls)
    if line.local:
        return Check(name="tls", seen="None, and none needed: the other end is on this machine.")
    check = Check(name="tls", seen="None: whoever is on the way to the database can read along.")
    return _warned(check, "Put sslmode=require into the database URL.")


def _server(number: int) -> Check:
    major, minor = divmod(number, 10_000)
    made_for = f"PostgreSQL {OLDEST} to {NEWEST}"
    check = Check(name="server", seen=f"PostgreSQL {major}.{minor}.", value=f"{major}.{minor}")
    if major < OLDEST:
        return replace(_refusal("server", check.seen, f"Use {made_for}."), value=check.value)
    return (
        _warned(check, f"batchscrape was made for {made_for}; look for a newer one.") if major > NEWEST else check
    )


def _clock(ahead: float) -> Check:
    seconds = round(abs(ahead), 1)
    side = "ahead of" if ahead > 0 else "behind"
    seen = f"The database's is {seconds} s {side} this machine's." if seconds else "Like this machine's."
    check = Check(name="clock", seen=seen, value=round(ahead, 3) or 0.0)
    advice = "Let NTP set both; batchscrape stores times of the database, and its messages have this machine's."
    return _warned(check, advice) if abs(ahead) > APART else check


def _schema(trouble: BatchscrapeError | None) -> Check:
    newest = migrations()[-1].number
    if trouble is None:
        return Check(name="schema", seen=f"Up to date (number {newest}).", value=newest)
    said, _, advice = str(trouble).partition(": ")
    if isinstance(trouble, DatabaseRefused):
        return _refusal("schema", _sentence(said), _sentence(advice))
    return Check(name="schema", seen=str(trouble))


def _rights(rights: Rights) -> Check:
    role = rights.role
    if rights.read_only:
        advice = "Use the primary's address; a project on Supabase takes no writes while its disk is full."
        return _refusal("rights", "Nobody may write here: this is a standby, or set to read-only.", advice)
    if rights.has_tables:
        return _rights_to_tables(rights)
    if rights.may_create_tables:
        return Check(name="rights", seen=f"The role {role} may create the tables.")
    grant = "USAGE, CREATE ON SCHEMA batchscrape" if rights.has_schema else f"CREATE ON DATABASE {rights.database}"
    return _refusal("rights", f"The role {role} may not create the tables.", f"GRANT {grant} TO {role};")


def _rights_to_tables(rights: Rights) -> Check:
    if rights.may_read_tables and rights.may_write_tables:
        return Check(name="rights", seen=f"The role {rights.role} may read and write the tables.")
    seen = (
        f"The role {rights.role} may read the tables, but not write: only status, list, export and report work."
        if rights.may_read_tables
        else f"The role {rights.role} may not read the tables."
    )
    grant = (
        f"GRANT USAGE ON SCHEMA batchscrape TO {rights.role};"
        f" GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA batchscrape TO {rights.role};"
    )
    return _refusal("rights", seen, grant)


def _warned(check: Check, advice: str) -> Check:
    return replace(check, status=Status.WARNING, advice=advice)


def _refusal(name: str, seen: str, advice: str) -> Check:
    status = DatabaseRefused.exit_status
    return Check(name=name, status=Status.FAILED, seen=seen, advice=advice, exit_status=status)


def _failure(name: str, error: BatchscrapeError, otherwise: str) -> Check:
    """What the error says, with the advice for it out of `refusals`, or another where that has none."""
    known = judge(error).advice
    return Check(
        name=name,
        status=Status.FAILED,
        seen=_sentence(str(error).removesuffix(f"; {known}")),
        advice=_sentence(known or otherwise),
        exit_status=error.exit_status,
    )


def _sentence(text: str) -> str:
    """A capital letter in front and a full stop behind."""
    return text[:1].upper() + text[1:].rstrip(".") + "."
