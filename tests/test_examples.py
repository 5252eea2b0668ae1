"""The examples do what they say: what they call is called here, over a web and a database of the test's."""

import csv
import re
import shlex
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import anyio.to_thread
import pytest

from tests.command import LOCAL, PROGRAM, batchscrape, environment, run, started, status
from tests.web import Visit, Web, answer, site

EXAMPLES = Path(__file__).parents[1] / "examples"
README = EXAMPLES.with_name("README.md")
CRON = (EXAMPLES / "nightly.cron").read_text().splitlines()
SERVICE, TIMER = EXAMPLES / "batchscrape-nightly.service", EXAMPLES / "batchscrape-nightly.timer"
RESUME = EXAMPLES / "batchscrape-resume.service"
#: What a list of the test's web needs beside the options of the example.
LOCAL_ENVIRONMENT = {"BATCHSCRAPE_ALLOW_NETWORK": "127.0.0.0/8", "BATCHSCRAPE_DELAY": "0"}
#: Where the service expects everything.
SERVICE_FOLDER = "/srv/leads"


def test_the_list_of_domains_is_read_as_it_says() -> None:
    result = batchscrape("run", EXAMPLES / "domains.txt", "--dry-run")

    assert result.stdout == "4 domains, 1 double dropped, 0 lines rejected\n"


def cron_command(schedule: str) -> str:
    """What the crontab's line with that schedule gives to the shell; the time for a lease to end is not waited."""
    (line,) = [line.removeprefix(schedule) for line in CRON if line.startswith(schedule)]
    return line.strip().removeprefix("sleep 90; ").replace(r"\%", "%")


def service_commands(folder: Path, unit: Path = SERVICE) -> list[str]:
    """What the unit starts, one after the other, in a folder of the test's."""
    lines = [line.partition("=") for line in unit.read_text().splitlines() if line.startswith("ExecStart=")]
    return [
        command.replace(SERVICE_FOLDER, str(folder)).replace("$$", "$").replace("%%", "%")
        for _, _, command in lines
    ]


def resume_commands(folder: Path) -> list[str]:
    return service_commands(folder, RESUME)


def changed(folder: Path) -> list[str]:
    """The titles in the only file of changes there, which is taken away."""
    (path,) = folder.glob("changed-*.csv")
    with path.open(newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    path.unlink()
    return titles


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with Web() as web:
        yield web


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    """The folder that the examples speak of, below a home of its own."""
    folder = tmp_path / "leads"
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/batchscrape").symlink_to(PROGRAM)
    return folder


Shell = Callable[[str], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def shell(dsn: str, leads: Path) -> Shell:
    """As cron runs a command: `/bin/sh`, and a home."""

    def call(command: str) -> "subprocess.CompletedProcess[str]":
        env = environment(dsn, HOME=str(leads.parent), **LOCAL_ENVIRONMENT)
        return subprocess.run(
            ["/bin/sh", "-c", command],
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
            cwd=leads,
            env=env,
        )

    return call


def cron_line(leads: Path) -> list[str]:
    del leads
    return [cron_command("15 2 * * *")]


def reboot_line(leads: Path) -> list[str]:
    del leads
    return [cron_command("@reboot")]


@pytest.mark.parametrize("commands", [cron_line, service_commands])
async def test_each_night_writes_what_changed_since_the_last_good_one_and_says_nothing(
    commands: Callable[[Path], list[str]], shell: Shell, leads: Path, web: Web
) -> None:
    title = "Before"

    async def changing(visit: Visit) -> None:
        while request := await visit.request():
            await visit.send(answer(f"<title>{title}</title>") if request.target == "/" else answer(status=404))

    same, other = await web.serve(site({"/": "<title>Same</title>"})), await web.serve(changing)
    domains = leads / "domains.txt"
    wanted: list[list[str]] = []

    async def night() -> None:
        for command in commands(leads):
            result = await anyio.to_thread.run_sync(shell, command)
            assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
        wanted.append(changed(leads))

    domains.write_text(f"http://{same.domain}\nhttp://{other.domain}\n")
    await night()
    title = "After"
    await night()
    bad = await anyio.to_thread.run_sync(
        shell, "echo nowhere.invalid | .venv/bin/batchscrape run - --name nightly"
    )
    await night()

    assert bad.returncode == 1
    assert wanted == [["Same", "Before"], ["After"], []]


@pytest.mark.parametrize("commands", [reboot_line, resume_commands])
async def test_after_a_reboot_the_interrupted_batch_is_finished_and_written_and_another_is_left_alone(
    commands: Callable[[Path], list[str]], shell: Shell, leads: Path, web: Web, dsn: str
) -> None:
    slow = await web.serve(silent_until_killed)
    (leads / "domains.txt").write_text(f"http://{slow.domain}\n")
    async with started("run", leads / "domains.txt", "--name", "nightly", *LOCAL, dsn=dsn) as killed:
        while not slow.requests:
            await anyio.sleep(0.01)
        killed.terminate()
        await killed.wait()
    assert (await status(dsn))["status"] == "interrupted"
    slow.requests.clear()

    written: list[list[str]] = []
    for _ in range(2):
        for command in commands(leads):
            resumed = await anyio.to_thread.run_sync(shell, command)
            assert (resumed.returncode, resumed.stdout, resumed.stderr) == (0, "", "")
        written.append(changed(leads))

    assert written == [["Here"]] * 2
    assert (await status(dsn))["status"] == "complete"
    assert slow.paths.count("/") == 1


@pytest.mark.parametrize("schedule", ["15 2 * * *", "@reboot"])
async def test_a_night_on_which_too_many_failed_is_written_and_one_that_did_not_run_is_not(
    schedule: str, shell: Shell, leads: Path, dsn: str
) -> None:
    (leads / "domains.txt").write_text("nowhere.invalid\n")
    await run("submit", leads / "domains.txt", "--name", "nightly", dsn=dsn)
    failed = await anyio.to_thread.run_sync(shell, cron_command(schedule))
    titles = changed(leads)
    missing = await anyio.to_thread.run_sync(shell, f"DATABASE_URL=nonsense; {cron_command(schedule)}")

    assert (failed.returncode, titles) == (0, [""])
    assert (missing.returncode, list(leads.glob("changed-*"))) == (1, [])


def test_after_a_reboot_the_lease_of_a_lock_is_waited_for() -> None:
    (reboot,) = [line for line in CRON if line.startswith("@reboot")]
    resume = dict(re.findall(r"^(\w+)=(.*)$", RESUME.read_text(), re.MULTILINE))

    assert "sleep 90; " in reboot
    assert (resume["Restart"], resume["RestartSec"]) == ("on-failure", "60")
    assert "network-online.target" in resume["After"]


async def silent_until_killed(visit: Visit) -> None:
    """Says nothing to its first visitor."""
    while request := await visit.request():
        if visit.address.connections == 1:
            await visit.until_gone()
        await visit.send(answer("<title>Here</title>") if request.target == "/" else answer(status=404))


def test_the_readme_shows_the_crontab_of_the_examples() -> None:
    shown = re.findall(r"```cron\n(.*?)```", README.read_text("utf-8"), re.DOTALL)

    lines = [line for line in CRON if not line.startswith(("#", "DATABASE_URL="))]
    assert [line for line in "".join(shown).splitlines() if not line.startswith("#")] == lines


def test_a_per_cent_sign_ends_no_line_of_the_crontab() -> None:
    assert not [line for line in CRON if re.search(r"(?<!\\)%", line) and not line.startswith("#")]


@pytest.mark.parametrize("unit", [SERVICE, RESUME])
def test_what_the_units_name_is_there(unit: Path, leads: Path, tmp_path: Path) -> None:
    service = dict(re.findall(r"^(\w+)=(.*)$", unit.read_text(), re.MULTILINE))
    timer = dict(re.findall(r"^(\w+)=(.*)$", TIMER.read_text(), re.MULTILINE))

    assert [shlex.split(command)[0] for command in service_commands(leads, unit)] == [
        str(leads / ".venv/bin/batchscrape"),
        "/bin/sh",
    ]
    assert service["SuccessExitStatus"] == "1 143"
    assert (service["Type"], service["WorkingDirectory"], service["KillMode"]) == (
        "oneshot",
        SERVICE_FOLDER,
        "mixed",
    )
    assert timer["OnCalendar"].endswith(" UTC")
    assert TIMER.stem == SERVICE.stem
    if shutil.which("systemd-analyze"):  # where it is, it says more
        units = [tmp_path / each.name for each in (SERVICE, RESUME, TIMER)]
        for each in units:
            each.write_text((EXAMPLES / each.name).read_text().replace(SERVICE_FOLDER, str(leads)))
        subprocess.run(
            ["systemd-analyze", "verify", "--man=no", *units],
            check=True,
            capture_output=True,
        )
        subprocess.run(["systemd-analyze", "calendar", timer["OnCalendar"]], check=True, capture_output=True)
