"""What PostgreSQL and the poolers say, word for word, and what is made of it."""

import socket
import ssl
from itertools import islice

import asyncpg
import pytest

from batchscrape.database.refusals import Verdict, explain, judge, pauses
from batchscrape.errors import DatabaseRefused, DatabaseUnavailable

RETRY, BUSY, FINAL, DEFECT, UNKNOWN = Verdict


def said(sqlstate: str, text: str, detail: str = "") -> asyncpg.PostgresError:
    """The error that asyncpg makes of an ErrorResponse."""
    error = asyncpg.PostgresError.new({"S": "FATAL", "C": sqlstate, "M": text, "D": detail})
    assert isinstance(error, asyncpg.PostgresError)
    return error


SUPAVISOR = [
    (
        RETRY,
        "(ECHECKOUTTIMEOUT) unable to check out connection from the pool after 60000ms in Transaction mode",
    ),
    (RETRY, "(ECHECKOUTRETRIES) failed to check out a connection after multiple retries"),
    (RETRY, "(EDBHANDLEREXITED) DbHandler exited. Check logs for more information"),
    (RETRY, "(EPOOLTERMINATING) pool terminating: pool is terminating"),
    (RETRY, '(EWORKERNOTFOUND) worker processes (manager/pool) not found for tenant "abc"'),
    (RETRY, "(ESUBSCRIBERETRIES) failed to subscribe to tenant after multiple retries. Terminating"),
    (RETRY, "(EAUTHQUERY) auth_query secret check timed out"),
    (RETRY, "(EPROXYSTARTFAILED) failed to start proxy connection"),
    (RETRY, "Unable to check out process from the pool due to timeout"),
    (RETRY, "connection to database closed. Check logs for more information"),
    (BUSY, "(EMAXCONN) max client connections reached, limit: 200"),
    (
        BUSY,
        "(EMAXCONNSESSION) max clients reached in session mode - max clients are limited to pool_size: 15",
    ),
    (BUSY, "(EMAXPOOLSREACHED) max pools count reached"),
    (BUSY, "(ECIRCUITBREAKER) too many authentication failures, new connections are temporarily blocked"),
    (BUSY, "(ECIRCUITBREAKER) too many failed attempts to connect to the database, new connections are temp"),
    (BUSY, "Max client connections reached"),
    (
        BUSY,
        "MaxClientsInSessionMode: max clients reached - in Session mode max clients are limited to pool_size",
    ),
    (FINAL, "(ENOTFOUND) tenant/user postgres.abcdefghij not found"),
    (FINAL, "(ENOIDENTIFIER) no tenant identifier provided (external_id or sni_hostname required)"),
    (FINAL, '(EINVALIDUSERINFO) Authentication error, reason: "Invalid format for user or db_name"'),
    (FINAL, "Tenant or user not found"),
    (FINAL, "(ESSLREQUIRED) SSL connection is required for user: postgres"),
    (FINAL, "SSL connection is required"),
    (FINAL, "(EADDRNOTALLOWED) address not in tenant allow_list: {203, 0, 113, 7}"),
    (FINAL, "Address not in tenant allow_list: {203, 0, 113, 7}"),
    (FINAL, "(EBANNED) tenant is banned: abuse"),
    (FINAL, "(EAUTHQUERY) user not found in the database"),
    (FINAL, "(EAUTHQUERY) MD5 secrets are not supported for auth_query, use require_user instead"),
    (DEFECT, "(EPSSIMPLEQUERY) transaction mode only supports prepared statements using the Extended Que"),
    (DEFECT, "(EMAXPREPARED) max prepared statements limit reached. Limit: 100 per connection"),
    (UNKNOWN, "Internal error (authenticated): :badarg"),
]

PGBOUNCER = [
    (FINAL, "transaction blocks not allowed in statement pooling mode"),
    (RETRY, "query_wait_timeout"),
    (RETRY, "server conn crashed?"),
    (RETRY, "server login has been failing, try again later (server_login_retry)"),
    (RETRY, "server login has been failing, cached error: connect timeout (server_login_retry)"),
    (RETRY, "pgbouncer cannot connect to server"),
    (RETRY, "server shutting down"),
    (RETRY, "pooler is shutting down"),
    (RETRY, "client_login_timeout (server down)"),
    (RETRY, "the database system is starting up"),
    (RETRY, "sorry, too many clients already"),
    (RETRY, "terminating connection due to administrator command"),
    (BUSY, "no more connections allowed (max_client_conn)"),
    (BUSY, "client connections exceeded (max_db_client_connections)"),
    (BUSY, "client connections exceeded (max_user_client_connections)"),
    (FINAL, "password authentication failed"),
    (FINAL, "SASL authentication failed"),
    (FINAL, "empty password returned by client"),
    (FINAL, '"trust" authentication failed'),
    (FINAL, 'password authentication failed for user "app"'),
    (FINAL, 'role "app" does not exist'),
    (FINAL, "no such user: app"),
    (FINAL, "no such database: shop"),
    (FINAL, 'database "shop" does not exist'),
    (FINAL, 'database "shop" is disabled'),
    (FINAL, "SSL required"),
    (FINAL, "unsupported startup parameter: search_path"),
    (FINAL, "unsupported startup parameter in options: jit"),
    (UNKNOWN, "bouncer config error"),
]

OTHERS = [
    (RETRY, "08006", "(EAUTHTIMEOUT) timeout while waiting for message"),
    (RETRY, "08006", "Failed to connect to database: :econnrefused"),
    (
        RETRY,
        "28P01",
        "Authentication credentials are invalid. Please reconnect with fresh credentials to restore",
    ),
    (RETRY, "08006", "odyssey: c7f2a9: failed to connect to remote server s1e2"),
    (RETRY, "08006", "odyssey: c7f2a9: remote server read/write error s1e2: Connection reset by peer"),
    (
        BUSY,
        "53300",
        "odyssey: c7f2a9: too many active clients for user (pool_size for user shop.app reached 5)",
    ),
    (BUSY, "53300", "odyssey: c7f2a9: too many client tcp connections (client_max for user shop.app 100)"),
    (FINAL, "3D000", "odyssey: c7f2a9: route for 'shop.app' is not found"),
    (FINAL, "28P01", "odyssey: c7f2a9: incorrect user"),
    (FINAL, "28000", 'odyssey: c7f2a9: password authentication failed for user "app"'),
    (RETRY, "57P01", "terminating connection due to administrator command"),
    (RETRY, "57P02", "terminating connection because of crash of another server process"),
    (RETRY, "57P03", "the database system is starting up"),
    (RETRY, "57014", "canceling statement due to statement timeout"),
    (RETRY, "40001", "could not serialize access due to concurrent update"),
    (RETRY, "40P01", "deadlock detected"),
    (RETRY, "53300", "sorry, too many clients already"),
    (RETRY, "53300", "remaining connection slots are reserved for roles with the SUPERUSER attribute"),
    (BUSY, "53100", 'could not extend file "base/5/16384": No space left on device'),
    (FINAL, "28P01", 'password authentication failed for user "app"'),
    (
        FINAL,
        "28000",
        'no pg_hba.conf entry for host "203.0.113.7", user "app", database "shop", no encryption',
    ),
    (FINAL, "28000", 'no pg_hba.conf entry for host "203.0.113.7", user "app", database "shop", SSL off'),
    (FINAL, "28000", 'role "app" is not permitted to log in'),
    (FINAL, "28000", 'Peer authentication failed for user "app"'),
    (FINAL, "3D000", 'database "shop" does not exist'),
    (FINAL, "42501", "permission denied for schema batchscrape"),
    (FINAL, "25006", "cannot execute INSERT in a read-only transaction"),
    (DEFECT, "26000", 'prepared statement "__asyncpg_stmt_1__" does not exist'),
    (DEFECT, "42P05", 'prepared statement "__asyncpg_stmt_1__" already exists'),
    (UNKNOWN, "42P01", 'relation "batchscrape.jobs" does not exist'),
    (UNKNOWN, "42703", 'column "nothing" does not exist'),
]

CLIENT = [
    (RETRY, ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 5432)")),
    (RETRY, ConnectionResetError(104, "Connection reset by peer")),
    (RETRY, FileNotFoundError(2, "No such file or directory")),
    (RETRY, TimeoutError()),
    (RETRY, socket.gaierror(-2, "Name or service not known")),
    (RETRY, OSError(101, "Network is unreachable")),
    (RETRY, ssl.SSLEOFError(8, "EOF occurred in violation of protocol")),
    (RETRY, asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")),
    (RETRY, asyncpg.InterfaceError("connection is closed")),
    (
        RETRY,
        asyncpg.InterfaceError("cannot call Transaction.__aexit__(): the underlying connection is closed"),
    ),
    (FINAL, ssl.SSLCertVerificationError(1, "certificate verify failed: self-signed certificate in chain")),
    (FINAL, ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number")),
    (FINAL, ConnectionError('PostgreSQL server at "db.example:5432" rejected SSL upgrade')),
    (UNKNOWN, asyncpg.InterfaceError("cannot perform operation: another operation is in progress")),
    (UNKNOWN, ValueError("password authentication was tried")),
]

EVERYTHING = [
    *((verdict, said("XX000", text)) for verdict, text in SUPAVISOR),
    *((verdict, said("08P01", text)) for verdict, text in PGBOUNCER),
    *((verdict, said(sqlstate, text)) for verdict, sqlstate, text in OTHERS),
    *CLIENT,
]


@pytest.mark.parametrize(("verdict", "error"), EVERYTHING, ids=[str(error)[:60] for _, error in EVERYTHING])
def test_each_text_has_its_verdict(verdict: Verdict, error: BaseException) -> None:
    assert judge(error).verdict == verdict


@pytest.mark.parametrize("error", [error for verdict, error in EVERYTHING if verdict in (BUSY, FINAL)], ids=str)
def test_what_waiting_does_not_mend_comes_with_advice(error: BaseException) -> None:
    assert judge(error).advice


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (said("XX000", "Tenant or user not found"), "postgres.<project ref>"),
        (said("XX000", "(EMAXCONNSESSION) max clients reached in session mode"), "6543"),
        (said("XX000", "(EMAXCONN) max client connections reached, limit: 200"), "--processes"),
        (said("XX000", "(ESSLREQUIRED) SSL connection is required for user: postgres"), "sslmode=require"),
        (said("08P01", "password authentication failed"), "password"),
        (said("3D000", 'database "shop" does not exist'), "name of the database"),
        (socket.gaierror(-5, "No address associated with hostname"), "IPv6"),
    ],
)
def test_the_advice_names_what_to_change(error: BaseException, word: str) -> None:
    assert word in judge(error).advice


def test_the_reason_behind_an_error_counts() -> None:
    outer = asyncpg.InterfaceError("cannot call Transaction.__aexit__()")
    outer.__context__ = said("57P01", "terminating connection due to administrator command")

    assert judge(outer).verdict is RETRY


def test_our_own_sentence_does_not_hide_its_cause() -> None:
    ours = DatabaseRefused("password authentication failed")
    ours.__cause__ = said("57P01", "terminating connection due to administrator command")

    assert judge(ours).verdict is RETRY


def test_errors_that_point_at_each_other_end() -> None:
    first, second = ValueError(), ValueError()
    first.__context__, second.__context__ = second, first

    assert judge(first).verdict is UNKNOWN


def test_scraped_data_in_an_error_decides_nothing() -> None:
    title = "Failing row contains (connection is closed, password authentication failed)."

    assert judge(said("23514", 'violates check constraint "connection is closed"', title)).verdict is UNKNOWN


def test_what_passes_is_unavailable_and_what_does_not_is_refused() -> None:
    gone = explain(ConnectionRefusedError(111, "Connect call failed"), "the database x")
    wrong = explain(said("28P01", "password authentication failed for user"), "the database x")

    assert isinstance(gone, DatabaseUnavailable)
    assert isinstance(wrong, DatabaseRefused)


def test_a_refusal_is_one_line_with_place_text_and_advice() -> None:
    error = explain(said("3D000", 'database "shop" does not exist', "more\nlines"), "the database app@host/shop")

    assert str(error) == (
        'the database app@host/shop says no: database "shop" does not exist; '
        "check the name of the database, the last part of its URL"
    )


def test_an_error_without_a_text_is_named() -> None:
    assert "TimeoutError" in str(explain(TimeoutError(), "the database x"))


def test_pauses_double_to_ten_seconds() -> None:
    wanted = [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0]

    assert list(islice(pauses(RETRY), 8)) == [pytest.approx(seconds, rel=0.25) for seconds in wanted]


def test_who_is_busy_is_left_alone_for_half_a_minute() -> None:
    assert list(islice(pauses(BUSY), 2)) == [pytest.approx(30.0, rel=0.25)] * 2


def test_two_processes_do_not_come_back_in_step() -> None:
    assert list(islice(pauses(RETRY), 9)) != list(islice(pauses(RETRY), 9))
