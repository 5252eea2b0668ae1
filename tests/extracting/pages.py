"""Build small pages, and read them."""

from typing import Any

from batchscrape import extracting
from batchscrape.models import Facts

UTF8 = {"Content-Type": "text/html; charset=utf-8"}


def read(
    body: str = "",
    *,
    head: str = "",
    html: str = "<html>",
    url: str = "https://www.acme-werke.de/",
    **options: Any,
) -> Facts:
    """The facts of a page with this head and body."""
    source = f"<!DOCTYPE html>{html}<head>{head}</head><body>{body}</body></html>"
    headers = {**UTF8, **options.pop("headers", {})}
    return extracting.extract(extracting.parse(source.encode(), url=url, headers=headers, **options))
