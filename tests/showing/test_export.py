import csv
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from batchscrape.domains import read_domains
from batchscrape.models import JOB_COLUMNS, Entry
from batchscrape.showing.export import csv_cell, export_csv, export_domains, export_jsonl
from tests.showing.records import HARMLESS, HOSTILE, row

LIST = """\
plain.example
https://start.example/Path/?q=1,2;3#there
http://insecure.example
with-path.example/start
port.example:8080
HTTPS://[::1]:8001/x
127.0.0.1:8001
münchen.example/straße
example.com:80
"""


async def streamed(rows: Sequence[Mapping[str, Any]]) -> AsyncIterator[Mapping[str, Any]]:
    for each in rows:
        yield each


async def as_jsonl(*rows: Mapping[str, Any], columns: Sequence[str] = JOB_COLUMNS) -> str:
    file = StringIO()
    await export_jsonl(streamed(rows), columns, file)
    return file.getvalue()


async def as_csv(*rows: Mapping[str, Any], columns: Sequence[str] = JOB_COLUMNS) -> list[list[str]]:
    file = StringIO(newline="")
    await export_csv(streamed(rows), columns, file)
    return list(csv.reader(StringIO(file.getvalue(), newline=""), strict=True))


async def test_json_lines_have_the_columns_in_their_order() -> None:
    shuffled = dict(sorted(row().items()))

    (line,) = (await as_jsonl(shuffled)).splitlines()

    assert list(json.loads(line)) == list(JOB_COLUMNS)


async def test_json_lines_keep_the_values() -> None:
    found = json.loads(await as_jsonl(row(title="Müller", is_wordpress=None)))

    assert found["batch_id"] == "0b9f3c1e-5a0c-4f5e-9d64-0f6f3f1d2a10"
    assert found["job_id"] == 167
    assert found["started_at"] == "2026-11-23T18:00:00+00:00"
    assert found["emails"] == ["info@firm.example", "jobs@firm.example"]
    assert found["technologies"][0] == {"name": "WordPress", "version": "6.5"}
    assert found["is_wordpress"] is None


async def test_json_lines_show_letters_as_they_are() -> None:
    assert '"Müller 東京"' in await as_jsonl(row(title="Müller 東京"))


async def test_a_row_is_one_json_line_that_cannot_act() -> None:
    text = await as_jsonl(row(title=HOSTILE + "\u2028\x85"), row())

    assert len(text.splitlines()) == 2
    assert text.replace("\n", "").isprintable()
    assert json.loads(text.splitlines()[0])["title"] == HOSTILE + "\u2028\x85"


async def test_csv_has_a_header_even_without_rows() -> None:
    assert await as_csv() == [list(JOB_COLUMNS)]


async def test_csv_comes_back_as_it_went() -> None:
    title = 'Say "cheese", please; ok'

    header, cells = await as_csv(row(title=title, is_wordpress=True, error=None))

    found = dict(zip(header, cells, strict=True))
    assert found["title"] == title
    assert found["error"] == ""
    assert found["is_wordpress"] == "true"
    assert found["duration"] == "2.4"
    assert found["started_at"] == "2026-11-23T18:00:00+00:00"
    assert found["emails"] == "info@firm.example; jobs@firm.example"
    assert json.loads(found["social"])["xing"] == ["https://xing.com/firm"]
    assert found["technologies"] == ('{"name": "WordPress", "version": "6.5"}; {"name": "Yoast", "version": null}')


async def test_a_row_is_one_csv_line_that_cannot_act() -> None:
    file = StringIO(newline="")

    await export_csv(streamed([row(title=HOSTILE)]), ["title"], file)

    assert file.getvalue() == f"title\n{HARMLESS}\n"


FORMULAS = ["=1+1", "+493012345678", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\xa0=1"]
WIDE_FORMULAS = ["\uff1d1", "\uff0b1", "\uff0d1", "\uff20x"]


@pytest.mark.parametrize("text", FORMULAS + WIDE_FORMULAS)
def test_a_formula_is_defused(text: str) -> None:
    assert str(csv_cell(text)).startswith("'")
    assert str(csv_cell([text, "more"])).startswith("'")


@pytest.mark.parametrize("value", [-5, -0.25, 0, 12.5])
def test_a_number_stays_a_number(value: float) -> None:
    assert csv_cell(value) == value


@pytest.mark.parametrize("text", ["plain", "a=b", "1-2", "info@firm.example", "'quoted", ""])
def test_other_text_is_not_touched(text: str) -> None:
    assert csv_cell(text) == text


async def test_the_list_of_domains_is_read_as_the_one_before(tmp_path: Path) -> None:
    before, after = tmp_path / "before.txt", tmp_path / "after.txt"
    before.write_text(LIST)
    entries = [entry for entry in read_domains(before) if isinstance(entry, Entry)]
    rows = [{"domain": e.domain, "input": e.input, "start_url": e.start_url} for e in entries]

    with after.open("w") as file:
        await export_domains(streamed(rows), file)

    again = [entry for entry in read_domains(after) if isinstance(entry, Entry)]
    assert len(entries) == len(LIST.splitlines())
    assert [(e.domain, e.start_url, e.has_scheme) for e in again] == [
        (e.domain, e.start_url, e.has_scheme) for e in entries
    ]


async def test_a_plain_domain_is_listed_by_its_name() -> None:
    file = StringIO()

    await export_domains(streamed([row(input="Firm.example.")]), file)

    assert file.getvalue() == "firm.example\n"
