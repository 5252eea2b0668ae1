"""Cut what would keep the HTML parser busy for minutes; one cheap pass before parsing.

The tree builder of the HTML standard costs (open elements x tags), (attributes of a tag)², (options of a list)²,
and (unclosed formatting elements x tags), so a page of 82 KB can take 20 s. Pages with few tags cannot cost much
and are only counted; the others are followed tag by tag, and cut where they pass a limit.
"""

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from itertools import islice

from batchscrape.errors import ParseError
from batchscrape.extracting.words import words

#: Below both of these no shape costs a second.
_HARMLESS_TAGS = 1_500
_HARMLESS_LENGTH = 100_000
#: Above this, a page is followed tag by tag even if its blocks are balanced.
_MANY_TAGS = 20_000
_BLOCK = 16_384
_MAX_BALANCE = 700
_MAX_TAGS = 100_000
#: "<" on a page, tags or not; each costs a look.
_MAX_BRACKETS = 400_000
#: Browsers stop nesting at 512.
_MAX_DEPTH = 1_000
_MAX_ATTRIBUTES = 500
_MAX_OPTIONS = 4_000
#: Elements that the parser may open again, plus steps through its stack: about 1 µs each.
_MAX_WORK = 400_000
#: Of equal formatting elements the parser keeps three.
_EQUAL_FORMATTING = 3

_ATTRIBUTE = (
    r"[\s/]*+[^\s/>][^\s/>=]*+"
    r"""(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+|(?=>|\Z)))?+"""
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TOKEN = re.compile(
    r"<(?:!--(?:-?>|.*?(?:--!?>|\Z))|(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:"
    + _ATTRIBUTE
    + r")*+)[\s/]*+(?:>|\Z))",
    re.IGNORECASE | re.DOTALL,
)
_VOID = words("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
_RAW = words("script style title textarea xmp iframe noembed noframes")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}
_FOREIGN = frozenset({"svg", "math"})
_ROOTS = frozenset({"html", "body"})
_OPTIONS = frozenset({"option", "optgroup"})
_FORMATTING = words("b big code em font i nobr s small strike strong tt u")
_TABLE_PARTS = words("table caption colgroup tbody tfoot thead tr td th")
#: A start tag ends the nearest open one of these, unless one of the second group stands between.
_CELL_ENDS = (frozenset({"td", "th"}), frozenset({"table", "tr"}))
_ROW_ENDS = (frozenset({"tr"}), frozenset({"table"}))
_TERM_ENDS = (frozenset({"dt", "dd"}), frozenset({"dl"}))
_RUBY_ENDS = (frozenset({"rt", "rp", "rb", "rtc"}), frozenset({"ruby"}))
_IMPLIED_ENDS = {
    "p": (frozenset({"p"}), words("div td th li table button section article")),
    "li": (frozenset({"li"}), words("ul ol menu table td")),
    "option": (frozenset({"option"}), frozenset({"select", "optgroup"})),
    "optgroup": (frozenset({"optgroup"}), frozenset({"select"})),
    "a": (frozenset({"a"}), words("div p li td table ul ol section article")),
    "tr": _ROW_ENDS,
    **dict.fromkeys(("td", "th"), _CELL_ENDS),
    **dict.fromkeys(("dt", "dd"), _TERM_ENDS),
    **dict.fromkeys(("rt", "rp", "rb", "rtc"), _RUBY_ENDS),
    **dict.fromkeys(("tbody", "thead", "tfoot"), (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"}))),
}
_BLOCKS = words(
    "address article aside blockquote body button center details dialog dir div dl dd dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup html li listing main menu nav ol p pre search section "
    "select summary ul applet marquee object template"
)
_SCOPE = _TABLE_PARTS - {"tr", "tbody", "thead", "tfoot", "colgroup"} | {"template", "object", "applet", "marquee"}
_SPECIAL = _BLOCKS | _TABLE_PARTS


def bounded(html: str) -> str:
    """The page, cut where it would cost the parser more than a second.

    Raises ParseError when nothing is left that could be read.
    """
    if _is_ordinary(html):
        return html
    kept = _Pass(html).run()
    if len(kept) < len(html) and not _TOKEN.sub("", kept).strip():
        raise ParseError("The page is nested or built so that parsing it would take too long.")
    return kept


def _is_ordinary(html: str) -> bool:
    """Whether the page has few tags, or closes block by block about as many as it opens."""
    tags = html.count("<")
    if tags <= _HARMLESS_TAGS and len(html) <= _HARMLESS_LENGTH:
        return True
    if tags > _MANY_TAGS or html.count("<option") > _MAX_OPTIONS:
        return False
    balance = 0
    for begin in range(0, len(html), _BLOCK):
        end = begin + _BLOCK
        balance += html.count("<", begin, end) - 2 * html.count("</", begin, end) - html.count("/>", begin, end)
        if abs(balance) > _MAX_BALANCE or html.find(">", begin, end) < 0:
            return False
    return True


class _Pass:
    """One walk over the tags, with the open elements about as the parser would have them."""

    def __init__(self, html: str) -> None:
        self.html = "<".join(html.split("<", _MAX_BRACKETS)[:_MAX_BRACKETS])
        self.kept: list[str] = []
        self.start = 0
        self.position = 0
        self.open: list[str] = []
        self.foreign = False
        #: Name of a formatting element → the tags of it that were not closed in their place.
        self.formatting: dict[str, list[str]] = {name: [] for name in _FORMATTING}
        self.equal: Counter[str] = Counter()
        self.unclosed = 0
        self.options = 0
        self.root_attributes = 0
        self.work = 0

    def run(self) -> str:
        """The part of the page that can be parsed quickly."""
        for _ in range(_MAX_TAGS):
            token = _TOKEN.search(self.html, self.position)
            if token is None:
                return self._up_to(len(self.html))
            self.position = token.end()
            end, name, attributes = token.groups()
            if name is not None:
                self._follow(name.lower(), token, is_end=bool(end), attributes=attributes)
            self.work += self.unclosed
            if self.work > _MAX_WORK or len(self.open) > _MAX_DEPTH:
                return self._up_to(token.start())
        return self._up_to(self.position)

    def _up_to(self, end: int) -> str:
        return "".join([*self.kept, self.html[self.start : end]])

    def _drop(self, begin: int, end: int) -> None:
        self.kept.append(self.html[self.start : begin])
        self.start = end

    def _follow(self, name: str, token: re.Match[str], *, is_end: bool, attributes: str) -> None:
        if is_end:
            self._close(name)
            return
        if len(attributes) > _MAX_ATTRIBUTES or name in _ROOTS:
            self._bound_attributes(token, limit=_MAX_ATTRIBUTES - self.root_attributes * (name in _ROOTS))
        if name not in _VOID:
            self._open(name, token)

    def _open(self, name: str, token: re.Match[str]) -> None:
        if self.foreign and not _FOREIGN.isdisjoint(self.open):
            if token[0].endswith("/>"):
                return
        elif name in _RAW:
            end = _RAW_END[name].search(self.html, self.position)
            self.position = end.start() if end else len(self.html)
        elif name in _FORMATTING:
            self.formatting[name].append(token[0])
            self.equal[token[0]] += 1
            self.unclosed += self.equal[token[0]] <= _EQUAL_FORMATTING
        elif name in _IMPLIED_ENDS:
            self._end(*_IMPLIED_ENDS[name])
        if name in _OPTIONS:
            self._bound_options(token)
        self.foreign = self.foreign or name in _FOREIGN
        self.open.append(name)

    def _close(self, name: str) -> None:
        if self.open and self.open[-1] == name:
            self.open.pop()
            if name in _FORMATTING:
                tag = self.formatting[name].pop()
                self.unclosed -= self.equal[tag] <= _EQUAL_FORMATTING
                self.equal[tag] -= 1
        elif name in _TABLE_PARTS:
            self._end({name}, {"table"} - {name})
        else:
            self._end({name}, _SCOPE if name in _BLOCKS else _SPECIAL)

    def _end(self, names: AbstractSet[str], barrier: AbstractSet[str]) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            self.work += 1
            name = self.open[index]
            if name in names:
                del self.open[index:]
                return
            if name in barrier:
                return

    def _bound_attributes(self, token: re.Match[str], limit: int) -> None:
        begin, end = token.span("attributes")
        found = list(islice(_ATTRIBUTES.finditer(self.html, begin, end), limit + 1))
        if len(found) > limit:
            self._drop(found[limit].start(), end)
        if token["name"].lower() in _ROOTS:
            self.root_attributes += min(len(found), limit)

    def _bound_options(self, token: re.Match[str]) -> None:
        self.options += 1
        if self.options > _MAX_OPTIONS:
            end = self.html.find("</select", self.position)
            self.position = end if end >= 0 else len(self.html)
            self._drop(token.start(), self.position)
