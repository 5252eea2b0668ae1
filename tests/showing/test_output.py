import os
import stat
import subprocess
import sys
import threading
from contextlib import redirect_stdout, suppress
from io import TextIOWrapper
from pathlib import Path

import pytest

from batchscrape.errors import InputError
from batchscrape.showing.output import output_file


def test_a_file_is_written_as_utf8_with_the_newlines_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    with output_file(path) as file:
        file.write("ü\n\r\n")

    assert path.read_bytes() == b"\xc3\xbc\n\r\n"
    assert os.listdir(tmp_path) == ["out.csv"]  # noqa: PTH208 - hidden names count


def test_an_older_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")

    with output_file(path) as file:
        file.write("new")
        file.flush()
        assert path.read_text() == "old"

    assert path.read_text() == "new"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, ConnectionResetError])
def test_after_a_failure_all_is_as_before(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")

    def fail_in_the_middle() -> None:
        with output_file(path) as file:
            file.write("half of it")
            raise error

    with pytest.raises(error):
        fail_in_the_middle()

    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.csv"]  # noqa: PTH208 - hidden names count


def test_the_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()

    with output_file(tmp_path / "out.csv"):
        pass

    assert (tmp_path / "out.csv").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "target")

    with output_file(tmp_path / "link") as file:
        file.write("new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "new"


def test_a_named_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.append(path.read_text()))
    reader.start()

    with output_file(path) as file:
        file.write("row")
    reader.join()

    assert found == ["row"]
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.parametrize("name", ["", "missing/out.csv", "file/out.csv"])
def test_what_cannot_be_written_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(InputError, match=r"cannot be written: .+\."), output_file(tmp_path / name):
        pytest.fail("it was opened")


def test_a_full_disk_is_one_sentence() -> None:
    with pytest.raises(InputError, match="No space left"), output_file(Path("/dev/full")) as file:
        file.write("row")


def test_errors_of_others_are_left_alone(tmp_path: Path) -> None:
    with pytest.raises(ConnectionRefusedError), output_file(tmp_path / "out.csv"):
        raise ConnectionRefusedError(111, "Connection refused")


def test_standard_output_is_utf8_whatever_the_locale_says() -> None:
    code = (
        "from batchscrape.showing.output import output_file\n"
        "with output_file(None) as file: file.write('\\u6771\\r\\n')"
    )
    ascii_only = os.environ | {"PYTHONIOENCODING": "ascii"}

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=ascii_only)

    assert done.stdout == "東\r\n".encode()


def test_a_closed_pipe_is_the_callers() -> None:
    read, write = os.pipe()
    os.close(read)
    pipe = TextIOWrapper(os.fdopen(write, "wb"))

    with pytest.raises(BrokenPipeError), redirect_stdout(pipe), output_file(None) as file:
        file.write("row")

    with suppress(BrokenPipeError):
        pipe.close()
