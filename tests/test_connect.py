"""Opening a connection: with TLS and passwords, through a pooler, and when it does not work."""

import asyncio
import socket
import ssl
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
import trustme

from batchscrape.database.connect import connect, describe
from batchscrape.errors import DatabaseRefused, DatabaseUnavailable, InputError
from tests.pooler import NastyPooler
from tests.postgres import running_postgres
from tests.tls import TlsFront

PASSWORD = "p@ss/w#rd?:%"
HBA = "local all app scram-sha-256\nlocal all all trust"


@dataclass(frozen=True)
class Secured:
    """A server that takes TLS with a SCRAM password alone; its certificate is for `localhost`."""

    folder: Path
    front: TlsFront
    authority: str
    strangers_authority: str

    def dsn(self, options: str = "sslmode=require", *, password: str = PASSWORD, host: str = "127.0.0.1") -> str:
        login = f"app:{password}@" if password else "app@"
        return f"postgresql://{login}{host}:{self.front.port}/postgres?{options}"


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    folder = tmp_path_factory.mktemp("authorities")
    authority, stranger = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    stranger.cert_pem.write_to_path(folder / "stranger.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with running_postgres(hba=HBA) as server, TlsFront(server, context) as front:
        asyncio.run(_create_user(server))
        yield Secured(server, front, str(folder / "authority.pem"), str(folder / "stranger.pem"))


async def _create_user(server: Path) -> None:
    direct = await asyncpg.connect(host=str(server), user="batchscrape", database="postgres")
    await direct.execute(f"CREATE ROLE app LOGIN PASSWORD '{PASSWORD}'")
    await direct.close()


@pytest.fixture
def nasty(secured: Secured) -> Iterator[NastyPooler]:
    with NastyPooler(str(secured.folder), 5432, "batchscrape") as pooler:
        yield pooler


@asynccontextmanager
async def connected(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await connect(dsn)
    yield connection
    await connection.close()


async def opens(dsn: str) -> bool:
    async with connected(dsn) as connection:
        return bool(await connection.fetchval("SELECT true"))


@pytest.fixture
def remote_name(monkeypatch: pytest.MonkeyPatch) -> str:
    """A name that looks like another machine's and is this one."""
    look_up = socket.getaddrinfo

    def answer(host: str, *rest: object, **more: object) -> object:
        return look_up("127.0.0.1" if host == "db.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return "db.example"


async def test_a_password_with_special_characters_opens_it_over_tls(secured: Secured) -> None:
    assert await opens(secured.dsn())


async def test_a_percent_encoded_password_opens_it_too(secured: Secured) -> None:
    assert await opens(secured.dsn(password="p%40ss%2Fw%23rd%3F%3A%25"))


async def test_a_wrong_password_is_refused_and_shown_nowhere(secured: Secured) -> None:
    wrong = f"hunter{2}"

    with pytest.raises(DatabaseRefused, match="check user and password") as caught:
        await connect(secured.dsn(password=wrong))

    assert wrong not in "".join(traceback.format_exception(caught.value))


async def test_a_server_that_wants_tls_says_so_to_who_comes_without(secured: Secured) -> None:
    with pytest.raises(DatabaseRefused, match="put sslmode=require into the database URL"):
        await connect(secured.dsn("sslmode=disable"))


async def test_a_server_without_tls_is_refused_where_tls_is_asked_for(nasty: NastyPooler) -> None:
    with pytest.raises(DatabaseRefused, match="the server offers no TLS"):
        await connect(f"{nasty.dsn('postgres')}?sslmode=require")


async def test_a_remote_host_is_never_spoken_to_without_tls(nasty: NastyPooler, remote_name: str) -> None:
    with pytest.raises(DatabaseRefused, match="the server offers no TLS"):
        await connect(nasty.dsn("postgres").replace("127.0.0.1", remote_name))


async def test_a_remote_host_may_be_spoken_to_without_tls_when_the_url_says_so(
    nasty: NastyPooler, remote_name: str
) -> None:
    dsn = nasty.dsn("postgres").replace("127.0.0.1", remote_name)

    assert await opens(f"{dsn}?sslmode=disable")


async def test_a_wrong_password_is_sent_to_a_remote_host_once(secured: Secured, remote_name: str) -> None:
    before = secured.front.greeted

    with pytest.raises(DatabaseRefused, match="check user and password"):
        await connect(secured.dsn("", password="hunter2", host=remote_name))

    assert secured.front.greeted == before + 1


async def test_a_given_authority_is_checked_with_the_name(secured: Secured) -> None:
    assert await opens(secured.dsn(f"sslrootcert={secured.authority}", host="localhost"))


async def test_a_certificate_of_a_stranger_is_refused(secured: Secured) -> None:
    with pytest.raises(DatabaseRefused, match="as sslrootcert in the database URL"):
        await connect(secured.dsn(f"sslrootcert={secured.strangers_authority}", host="localhost"))


async def test_a_certificate_for_another_name_is_refused(secured: Secured) -> None:
    with pytest.raises(DatabaseRefused, match=r"IP address mismatch.*and the host as the certificate does"):
        await connect(secured.dsn(f"sslrootcert={secured.authority}", host="127.0.0.1"))


async def test_the_name_is_not_checked_when_the_url_asks_for_the_authority_alone(secured: Secured) -> None:
    assert await opens(secured.dsn(f"sslmode=verify-ca&sslrootcert={secured.authority}"))


async def test_pgpassword_is_used(secured: Secured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)

    assert await opens(secured.dsn(password=""))


async def test_pgpassfile_is_used(secured: Secured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    passwords = tmp_path / "passwords"
    passwords.write_text(f"127.0.0.1:{secured.front.port}:postgres:app:{PASSWORD}\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))

    assert await opens(secured.dsn(password=""))


async def test_pgsslmode_counts_where_the_url_says_nothing(
    secured: Secured, remote_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSSLMODE", "disable")

    with pytest.raises(DatabaseRefused, match="the server wants TLS"):
        await connect(secured.dsn("", host=remote_name))
    assert await opens(secured.dsn("sslmode=require", host=remote_name))


async def test_a_remote_host_from_pghost_is_remote_too(
    nasty: NastyPooler, remote_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGHOST", remote_name)
    monkeypatch.setenv("PGPORT", str(nasty.port))

    with pytest.raises(DatabaseRefused, match="the server offers no TLS"):
        await connect("postgresql://batchscrape@/postgres")


async def test_no_password_at_all_is_refused(
    secured: Secured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))

    with pytest.raises(DatabaseRefused, match="check user and password"):
        await connect(secured.dsn(password=""))


async def test_a_database_that_is_not_there_is_refused(nasty: NastyPooler) -> None:
    with pytest.raises(DatabaseRefused, match="check the name of the database"):
        await connect(nasty.dsn("nowhere"))


async def test_nothing_but_the_name_is_asked_for_at_startup(nasty: NastyPooler) -> None:
    strange = "pgbouncer=true&search_path=x&options=-c%20jit%3Doff&connect_timeout=5&application_name=y"

    async with connected(f"{nasty.dsn('postgres')}?{strange}") as connection:
        assert await connection.fetchval("SELECT $1::int", 1) == 1

    assert nasty.findings == []


async def test_the_server_knows_our_name(secured: Secured) -> None:
    async with connected(secured.dsn()) as connection:
        assert await connection.fetchval("SHOW application_name") == "batchscrape"


async def test_nobody_there_is_unavailable(nasty: NastyPooler) -> None:
    nasty.stop()

    with pytest.raises(
        DatabaseUnavailable, match=f"batchscrape@127.0.0.1:{nasty.port}/postgres cannot be used now"
    ):
        await connect(nasty.dsn("postgres"))


async def test_no_socket_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        await connect(f"postgresql://app@/shop?host={tmp_path}")


async def test_a_server_that_never_answers_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("batchscrape.database.connect.CONNECT_TIMEOUT", 0.2)

    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(DatabaseUnavailable):
        await connect(f"postgresql://app@127.0.0.1:{silent.getsockname()[1]}/shop")


async def test_a_statement_has_a_time_limit(nasty: NastyPooler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("batchscrape.database.connect.COMMAND_TIMEOUT", 0.2)

    async with connected(nasty.dsn("postgres")) as connection:
        with pytest.raises(TimeoutError):
            await connection.execute("SELECT pg_sleep(60)")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("sslmode=maybe", "`sslmode` parameter must be one of: disable, allow, prefer, require"),
        ("sslrootcert=/nowhere/ca.pem", "sslrootcert"),
        ("sslmode=require&sslcert=/nowhere/me.pem", "sslcert"),
        ("target_session_attrs=fastest", "target_session_attrs"),
    ],
)
async def test_what_cannot_be_used_is_one_sentence(secured: Secured, options: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        await connect(secured.dsn(options, password="hunter2"))

    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_an_authority_that_is_no_certificate_is_refused(secured: Secured, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("rubbish")

    with pytest.raises(DatabaseRefused, match="check sslmode, sslrootcert"):
        await connect(secured.dsn(f"sslrootcert={tmp_path / 'ca.pem'}"))


def test_a_database_is_described_without_its_password() -> None:
    assert describe(f"postgresql://app:{PASSWORD}@db.example:6543/shop") == "app@db.example:6543/shop"
