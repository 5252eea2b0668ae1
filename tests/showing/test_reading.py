import json
from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TextIO

import pytest

from batchscrape.domains import ListSummary, Rejected, count_entries
from batchscrape.errors import InputError
from batchscrape.showing.reading import Reading, print_reading, write_reading
from tests.showing.records import HARMLESS, HOSTILE


def reading(tmp_path: Path, text: str) -> Reading:
    path = tmp_path / "domains.txt"
    path.write_text(text)
    return partial(count_entries, path)


def test_people_see_each_rejected_line_and_the_counts(tmp_path: Path) -> None:
    file = StringIO()

    print_reading(reading(tmp_path, "a.example\nA.example.\n\nnothing\nb.example\n"), file)

    assert file.getvalue() == "line 4: “nothing” has no dot\n2 domains, 1 double dropped, 1 line rejected\n"


def test_scripts_see_the_same(tmp_path: Path) -> None:
    file = StringIO()

    write_reading(reading(tmp_path, "a.example\nno\nnope\n"), file)

    assert json.loads(file.getvalue()) == {
        "rejected": [
            {"line": 2, "text": "no", "reason": "has no dot"},
            {"line": 3, "text": "nope", "reason": "has no dot"},
        ],
        "valid": 1,
        "doubles": 0,
        "rejected_lines": 2,
    }


def test_a_list_without_a_fault_is_a_whole_document(tmp_path: Path) -> None:
    file = StringIO()

    write_reading(reading(tmp_path, "a.example\n"), file)

    assert json.loads(file.getvalue())["rejected"] == []


@pytest.mark.parametrize("write", [print_reading, write_reading])
def test_nothing_is_written_of_a_list_that_cannot_be_read(
    write: Callable[[Reading, TextIO], None], tmp_path: Path
) -> None:
    file = StringIO()

    with pytest.raises(InputError):
        write(partial(count_entries, tmp_path / "missing"), file)

    assert file.getvalue() == ""


def test_a_hostile_line_cannot_act() -> None:
    def read(on_rejected: Callable[[Rejected], None]) -> ListSummary:
        on_rejected(Rejected(line=1, text=HOSTILE, reason=HOSTILE))
        return ListSummary(valid=0, doubles=0, rejected=1)

    file = StringIO()

    print_reading(read, file)

    assert file.getvalue().splitlines()[0] == f"line 1: “{HARMLESS}” {HARMLESS}"
