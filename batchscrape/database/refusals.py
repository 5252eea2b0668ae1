"""What an error of PostgreSQL, of a pooler or of the way to them means: try again, or how to mend it."""

import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from batchscrape.errors import BatchscrapeError, DatabaseRefused, DatabaseUnavailable


class Verdict(StrEnum):
    """What to do about an error."""

    #: It passes by itself.
    RETRY = "retry"
    #: It passes slowly, or when somebody changes something.
    BUSY = "busy"
    #: It will be the same the next time.
    FINAL = "final"
    #: Only a statement of ours that a transaction pooler cannot bear brings it about.
    DEFECT = "defect"
    #: No rule knows it.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What an error means, and how to mend it; the advice is empty where waiting is all."""

    verdict: Verdict
    advice: str = ""


class Rule(NamedTuple):
    """A verdict on errors in whose line (`_line`) the pattern is found."""

    verdict: Verdict
    pattern: str
    advice: str = ""


RETRY, BUSY, FINAL, DEFECT = Verdict.RETRY, Verdict.BUSY, Verdict.FINAL, Verdict.DEFECT

#: The first that fits counts, so what tells most comes first. Poolers pass PostgreSQL's texts on under 08P01.
#: The texts are those of Supavisor 2.0 to 2.9, pgbouncer 1.18 to 1.25, Odyssey 1.5, PostgreSQL 13 to 18.
RULES = (
    Rule(DEFECT, r"^26000|^42P05|EMAXPREPARED|EPSSIMPLEQUERY"),
    Rule(
        FINAL,
        r"not allowed in statement pooling mode",
        "the pooler forbids transactions: set pool_mode = transaction in its configuration",
    ),
    Rule(RETRY, r"reconnect with fresh credentials"),
    Rule(
        FINAL,
        r"\bENOTFOUND|ENOIDENTIFIER|EINVALIDUSERINFO|tenant (or user )?not found|invalid format for user",
        "the user must be postgres.<project ref>, the host the pooler of that project's region: copy the URL "
        "from Connect in Supabase's dashboard, and wake the project if it is paused",
    ),
    Rule(
        BUSY,
        r"ECIRCUITBREAKER|connections are temporarily blocked",
        "the pooler lets nobody in for up to two minutes: check user and password before the next try",
    ),
    Rule(
        BUSY,
        r"EMAXCONNSESSION|MaxClientsInSessionMode|max clients reached in session mode",
        "the pool of the session mode is full: use the transaction pooler's address (port 6543)",
    ),
    Rule(
        BUSY,
        r"EMAXCONN|EMAXPOOLS|max client connections reached|max_(db_|user_)?client_conn|client_max"
        r"|too many active clients",
        "the pooler has no place for another client: use fewer --processes, close others, or raise its limit",
    ),
    Rule(BUSY, r"^53100|no space left on device|file too large", "the disk of the database server is full"),
    Rule(FINAL, r"EBANNED|tenant is banned", "the pooler has banned the project: ask its operator"),
    Rule(
        FINAL,
        r"EADDRNOTALLOWED|allow_list",
        "add the address of this machine to the network restrictions of the project",
    ),
    Rule(
        FINAL,
        r"ESSLREQUIRED|(SSL|TLS) (connection )?(is )?required|no pg_hba\.conf entry.*(no encryption|SSL off)",
        "the server wants TLS: put sslmode=require into the database URL",
    ),
    Rule(
        FINAL,
        r"no pg_hba\.conf entry|pg_hba\.conf rejects|host based authentication rejected",
        "let this machine and user in, in the server's pg_hba.conf",
    ),
    Rule(
        FINAL,
        r"EAUTHQUERY.*(user not found|not supported|unsupported|no auth_query)|role .* does not exist"
        r"|no such user|incorrect user|not permitted to log in",
        "check the user in the database URL, and that it may log in",
    ),
    Rule(
        FINAL,
        r"^28|EWRONGPASSWORD|(password|SASL|peer|trust.|certificate) authentication failed|login rejected"
        r"|empty password",
        "check user and password in the database URL, or PGPASSWORD and PGPASSFILE",
    ),
    Rule(
        FINAL,
        r"^3D000|no such database|database .* (does not exist|is disabled)|route for .* is not found",
        "check the name of the database, the last part of its URL",
    ),
    Rule(FINAL, r"unsupported (options )?startup parameter", "take that parameter out of the database URL"),
    Rule(
        FINAL,
        r"^42501",
        "grant these rights to the user; behind a pooler, another client may have left a SET ROLE behind",
    ),
    Rule(
        FINAL,
        r"^25006",
        "the database is read-only: use the address of its primary (Supabase: or free some disk space)",
    ),
    Rule(
        FINAL,
        r"SSLCertVerificationError",
        "name the file of the authority that signed the server's certificate as sslrootcert in the database "
        "URL, and the host as the certificate does",
    ),
    Rule(
        FINAL,
        r"rejected SSL upgrade",
        "the server offers no TLS: put sslmode=disable into the database URL if you trust the network",
    ),
    Rule(RETRY, r"SSLEOFError|SSLZeroReturnError"),
    Rule(FINAL, r"\bSSLError\b", "check sslmode, sslrootcert and the other TLS files in the database URL"),
    Rule(
        RETRY,
        r"gaierror|network is unreachable",
        "check the host's name; db.<project ref>.supabase.co has only IPv6, the pooler's host has IPv4",
    ),
    Rule(
        RETRY,
        r"server login (has been failing|failed)|cannot connect to server|server down"
        r"|failed to (connect to|get) (database|remote server)",
        "the pooler runs, but cannot reach PostgreSQL",
    ),
    Rule(
        RETRY,
        r"ECHECKOUT|EPOOLCHECKOUT|query_wait_timeout|unable to check out",
        "no connection of the pool is free: raise its size, or end what holds them",
    ),
    Rule(
        RETRY,
        r"EDBHANDLEREXITED|EPOOLTERMINATING|EPOOL\w+NOTFOUND|EWORKERNOTFOUND|ESUBSCRIBERETRIES|EAUTHTIMEOUT"
        r"|EAUTHSECRETS|EAUTHQUERY|EPROXY|DbHandler exited|connection to database closed",
    ),
    Rule(
        RETRY,
        r"server conn crashed|shutting down|pause failed|suspend_timeout|client_(login|idle)_timeout"
        r"|odyssey has dropped|remote server|starting up|in recovery mode|too many clients already"
        r"|connection slots|terminating connection|admin forced disconnect",
    ),
    Rule(RETRY, r"^57P0|^57014|^40001|^40P01|^55P03|^53[023]00|^25P0[34]|^08(?!P01)"),
    Rule(RETRY, r"connection (is|was) closed|\bOSError\b"),
)
#: Classes of SQLSTATE whose texts are looked at; those of the others may quote scraped data.
TELLING = ("08", "28", "3D", "53", "57", "58", "XX")


def judge(error: BaseException) -> Refusal:
    """Look at SQLSTATE, class and text of an error and of those behind it."""
    lines = [_line(each) for each in _chain(error)]
    for verdict, pattern, advice in RULES:
        if any(re.search(pattern, line, re.IGNORECASE) for line in lines):
            return Refusal(verdict, advice)
    return Refusal(Verdict.UNKNOWN)


def explain(error: BaseException, place: str) -> BatchscrapeError:
    """Say it in a sentence: DatabaseUnavailable for what passes, else DatabaseRefused."""
    refusal = judge(error)
    said = next(iter(str(error).splitlines()), "") or type(error).__name__
    mend = f"; {refusal.advice}" if refusal.advice else ""
    if refusal.verdict in {RETRY, BUSY}:
        return DatabaseUnavailable(f"{place} cannot be used now: {said}{mend}")
    return DatabaseRefused(f"{place} says no: {said}{mend}")


def pauses(verdict: Verdict) -> Iterator[float]:
    """Seconds before each further try: 0.2 doubling to 10, or 30 when busy; with jitter."""
    for tries in itertools.count():
        seconds = 30.0 if verdict is BUSY else min(10.0, 0.2 * 2 ** min(tries, 6))
        yield seconds * random.uniform(0.75, 1.25)  # noqa: S311 - it hides nothing


def _chain(error: BaseException) -> list[BaseException]:
    """Walk from the error to its causes and contexts; our own sentences are left out."""
    found: dict[int, BaseException] = {}
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if id(each) not in found:
            found[id(each)] = each
            waiting += [behind for behind in (each.__cause__, each.__context__) if behind]
    return [each for each in found.values() if not isinstance(each, BatchscrapeError)]


def _line(error: BaseException) -> str:
    """Write the SQLSTATE, the class with its bases, and the text, so that one pattern can look at all."""
    sqlstate = getattr(error, "sqlstate", None) or ""
    classes = " ".join(base.__name__ for base in type(error).__mro__[:-3])
    text = str(error) if not sqlstate or sqlstate.startswith(TELLING) else ""
    return f"{sqlstate} {classes}: {text}"
