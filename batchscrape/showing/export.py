"""Results as files for other programs: a row a line, in constant memory however many there are."""

import csv
from collections.abc import AsyncIterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TextIO, TypeAlias
from uuid import UUID

from batchscrape.showing.jsontext import dumps, plain
from batchscrape.showing.terminal import clean

#: A line of `export` as it comes from the database: arrays are lists, objects mappings.
Row: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = AsyncIterable[Row]

#: What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), wide forms included.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001


async def export_jsonl(rows: Rows, columns: Sequence[str], file: TextIO) -> None:
    """JSON Lines: an object each, its keys in the order of the columns."""
    async for row in rows:
        file.write(dumps({column: row[column] for column in columns}) + "\n")


async def export_csv(rows: Rows, columns: Sequence[str], file: TextIO) -> None:
    r"""CSV as in RFC 4180, except that lines end in `\n`: spreadsheets take both, other tools only that.

    Text that a spreadsheet would run as a formula (E.164 phones among it) has a `'` in front; numbers stay.
    """
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    async for row in rows:
        writer.writerow([csv_cell(row[column]) for column in columns])


async def export_domains(rows: Rows, file: TextIO) -> None:
    """A list that `run` reads as it read the one before."""
    async for row in rows:
        file.write(list_line(row) + "\n")


def csv_cell(value: object) -> str | int | float:
    """A value of a row as text on one line, or as the number that it is."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = clean(_as_text(value))
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def list_line(row: Row) -> str:
    """The entry: with its scheme where it was given with one, with its path where it has one."""
    start_url: str = row["start_url"]
    if row["input"].lower().startswith(("http://", "https://")):
        return start_url
    domain: str = row["domain"]
    place = start_url.partition("://")[2]
    return domain if place == f"{domain}/" else place


def _as_text(value: object) -> str:
    match value:
        case str():
            return value
        case list() | tuple():
            return "; ".join(map(_as_text, value))
        case datetime() | UUID():
            return str(plain(value))
        case _:
            return dumps(value)
