"""What the head of a table says of the numbers in a column."""

import re

from batchscrape.extracting.page import SEPARATOR

_LONGEST_TABLE, _LONGEST_HEAD = 20_000, 2_000
_HEAD = re.compile(r"<th\b[^<>]{0,200}>")
_TAG = re.compile(r"<[^<>]{0,200}>")


def column_name(html: str, shown: str) -> str | None:
    """The text of the `<th>` over the cell that shows the text; None where it stands in no such column."""
    position = html.find(shown.partition(SEPARATOR)[0].rstrip())
    table = html.rfind("<table", max(0, position - _LONGEST_TABLE), position)
    row = html.rfind("<tr", max(0, table), position)
    end_of_head = html.find("</tr", table, table + _LONGEST_HEAD)
    if position < 0 or table < 0 or not 0 <= end_of_head < row or html.rfind("</table", table, position) >= 0:
        return None
    column = html.count("<td", row, position) + html.count("<th", row, position) - 1
    heads = [match.end() for match in _HEAD.finditer(html, table, end_of_head)]
    if not 0 <= column < len(heads):
        return None
    ends = [*heads[1:], end_of_head]
    return _TAG.sub(" ", html[heads[column] : ends[column]])
