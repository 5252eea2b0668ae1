"""Where a page shows what it is built with; worked out once, so that a rule costs a look at little."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborNode

from batchscrape.extracting.page import ParsedPage

#: Characters of one script: what loads a service is short, data is long.
_MOST_OF_A_SCRIPT = 8_000
_MOST_CODE = 200_000
#: Characters of the head and of the page's end that are looked at for comments.
_MOST_OF_THE_HEAD = 50_000
_END = 1_000
_MOST_COMMENTS = 50
_LONGEST_COMMENT = 200
#: Elements directly in the body.
_MOST_OUTERMOST = 8

_HOST = r"//([a-z0-9-]+(?:\.[a-z0-9-]+)+)/"
#: An address without a path only tells browsers to connect there early.
_LOADED = re.compile(rf"{_HOST}(\S+)")
#: Code puts its paths together.
_LOADED_BY_CODE = re.compile(rf"{_HOST}([^\s\"'<>\\`]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What the rules look at."""

    #: Addresses of scripts, `<link>`s, frames and forms, one a line.
    assets: str
    #: Scripts in the page, comments of its head and end, and its outermost tags.
    inside: str
    #: Host and the rest of the address: of what the page and its scripts load.
    loaded: frozenset[tuple[str, str]]


def read_traces(page: ParsedPage) -> Traces:
    """Look the page through for them."""
    addresses, code = _scripts(page)
    for tag, name in (("link", "href"), ("iframe", "src"), ("form", "action")):
        addresses += [address for node in page.tree.tags(tag) if (address := _address(node, name))]
    assets = "\n".join(addresses)
    scripts = "\n".join(code)[:_MOST_CODE].replace("\\/", "/")
    return Traces(
        assets=assets,
        inside="\n".join([*_outermost_tags(page), *_comments(page.html), scripts]),
        loaded=frozenset(_LOADED.findall(assets) + _LOADED_BY_CODE.findall(scripts)),
    )


def _scripts(page: ParsedPage) -> tuple[list[str], list[str]]:
    """The addresses of scripts, and the code of those without one; styles may bear their maker's name too."""
    addresses, code = [], []
    for node in page.tree.tags("script"):
        if address := _address(node, "src"):
            addresses.append(address)
        elif _is_code(node.attributes.get("type") or ""):
            text = node.text()
            if not text.startswith("self.__next_f"):
                code.append(text[:_MOST_OF_A_SCRIPT])
    code += [node.text()[:_LONGEST_COMMENT] for node in page.tree.tags("style")]
    return addresses, code


def _is_code(kind: str) -> bool:
    """Whether a script is one; consent managers call those that wait `text/plain`, optimisers invent types."""
    return not kind or not any(data in kind for data in ("json", "template", "html", "importmap", "rules"))


def _address(node: LexborNode, name: str) -> str | None:
    """The address, also where it waits for the visitor's consent in `data-src` and the like."""
    attributes = node.attributes
    return attributes.get(name) or next(
        (value for key, value in attributes.items() if value and key.endswith(f"-{name}")), None
    )


def _comments(html: str) -> Iterator[str]:
    head = html[: html.find("</head", 0, _MOST_OF_THE_HEAD)]
    for text in (head, html[-_END:]):
        for comment in islice(text.split("<!--"), 1, _MOST_COMMENTS):
            yield f"<!--{comment[:_LONGEST_COMMENT]}"


def _outermost_tags(page: ParsedPage) -> Iterator[str]:
    for node in (page.tree.root, page.tree.body):
        if node is not None:
            yield _tag(node)
    if page.tree.body is not None:
        for node in islice(page.tree.body.iter(), _MOST_OUTERMOST):
            if node.tag not in ("script", "style"):
                yield _tag(node)


def _tag(node: LexborNode) -> str:
    return " ".join([f"<{node.tag}", *(f'{name}="{value or ""}"' for name, value in node.attributes.items())])
