"""Who runs the site, and where: from JSON-LD, microdata, hCard or `<address>`."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborNode

from batchscrape.extracting import json_ld
from batchscrape.extracting.owners import ORGANIZATIONS, is_one_of, resolved, type_name, without_strangers
from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.postal import is_company, postal_lines
from batchscrape.extracting.titles import site_name

_ADDRESS_PARTS = (
    "streetAddress",
    "postOfficeBoxNumber",
    "postalCode",
    "addressLocality",
    "addressRegion",
    "addressCountry",
)
#: The names of the parts in hCard and h-card.
_HCARD = ("street-address", "post-office-box", "postal-code", "locality", "region", "country-name")
_HCARD_NAMES = ".org, .p-org, .organization-name"
_PLACES = frozenset({"postaladdress", "place"})
#: Items that name places which are not the site's.
_OTHER_ITEMS = frozenset(
    {"event", "jobposting", "review", "product", "person", "article", "blogposting", "newsarticle", "offer"}
)
_SELLERS = ("seller", "offeredBy")
_WORD = re.compile(r"\w{5,}")
_MAX_NAME, _MAX_ADDRESS = 300, 500
_MAX_CLIMB = 50
_MAX_ELEMENTS = 10


def organization(page: ParsedPage) -> str | None:
    """Its name in JSON-LD, microdata, hCard or `<address>`, else what the site calls itself."""
    for thing in (*page.owners, *_namesakes(page)):
        if is_one_of(thing, ORGANIZATIONS):
            for name in json_ld.texts(thing.get("name")) or json_ld.texts(thing.get("legalName")):
                return name[:_MAX_NAME]
    found = _of_microdata(page) or _of_hcard(page) or _of_address_element(page) or site_name(page)
    return found[:_MAX_NAME] if found else None


def address(page: ParsedPage) -> str | None:
    """The postal address in one line: JSON-LD, then microdata, then hCard, then `<address>`."""
    sources = (_json_ld_address, _microdata_address, _hcard_address, _address_element)
    return next((line[:_MAX_ADDRESS] for source in sources if (line := source(page))), None)


def _namesakes(page: ParsedPage) -> Iterator[dict[str, Any]]:
    """Sellers in the data of products that bear the domain's name: shops state themselves so."""
    host = page.host.replace("-", "")
    sellers = (resolved(thing[key], page.json_ld) for thing in page.json_ld for key in _SELLERS if key in thing)
    for seller in sellers:
        if isinstance(seller, dict) and is_one_of(seller, ORGANIZATIONS):
            names = " ".join(json_ld.texts(seller.get("name"))).lower()
            if any(word in host for word in _WORD.findall(names)):
                yield seller


def _json_ld_address(page: ParsedPage) -> str | None:
    things = page.json_ld
    for thing in (*page.owners, *_namesakes(page)):
        for place in (thing.get("address"), thing.get("location")):
            if line := _line(place, things):
                return line
    for thing in without_strangers(things):
        if is_one_of(thing, _PLACES) and not is_one_of(thing, ORGANIZATIONS) and (line := _line(thing, things)):
            return line
    return None


def _line(place: Any, things: list[dict[str, Any]]) -> str | None:
    """`Hauptstr. 1, 10115 Berlin, DE` of a PostalAddress or of what has one, or a text as it is."""
    place = resolved(place, things)
    if isinstance(place, list):
        return next(
            (line for one in place[:5] if not isinstance(one, list) and (line := _line(one, things))), None
        )
    if isinstance(place, str):
        return " ".join(json_ld.texts(place)[0].split()) if place.strip() else None
    if not isinstance(place, dict):
        return None
    inner = resolved(place.get("address"), things)
    if isinstance(inner, str):
        return " ".join(inner.split()) or None
    parts = inner if isinstance(inner, dict) else place
    return _joined({name: _plain(parts.get(name)) for name in _ADDRESS_PARTS})


def _joined(parts: dict[str, str]) -> str | None:
    """The parts that are there, each said once: many write the whole address as the street."""
    street, box, code, town, region, country = (parts[name] for name in _ADDRESS_PARTS)
    town = " ".join(part for part in (code, town) if part and part not in street)
    if not (street or town):
        return None
    line = [street] if street else []
    for part in (box, town, region, country):
        if part and part not in line and not (len(part) > 2 and part in street):  # noqa: PLR2004 - DE may stand in any word
            line.append(part)
    return ", ".join(line)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("identifier")
    if isinstance(value, int):
        value = str(value)
    return ", ".join(" ".join(text.split()).strip(" ,") for text in json_ld.texts(value))


def _of_microdata(page: ParsedPage) -> str | None:
    for wanted in ("name", "legalName"):
        for node in page.microdata.get(wanted, ()):
            item = _item_of(node)
            if item is not None and _type_of(item) in ORGANIZATIONS and not _is_foreign(item):
                return _shown(node) or None
    return None


def _item_of(node: LexborNode) -> LexborNode | None:
    """The nearest item round the element."""
    parent = node.parent
    for _ in range(_MAX_CLIMB):
        if parent is None or "itemscope" in (attributes := parent.attributes) or "itemtype" in attributes:
            return parent
        parent = parent.parent
    return None


def _type_of(item: LexborNode) -> str:
    return type_name((item.attributes.get("itemtype") or "").partition(" ")[0].rstrip("/"))


def _is_foreign(item: LexborNode) -> bool:
    """Whether the item is a part of an event, a product or the like: then it is not the site's."""
    outer = _item_of(item)
    for _ in range(_MAX_CLIMB):
        if outer is None:
            return False
        if _type_of(outer) in _OTHER_ITEMS and "publisher" not in (item.attributes.get("itemprop") or ""):
            return True
        item, outer = outer, _item_of(outer)
    return False


def _microdata_address(page: ParsedPage) -> str | None:
    for name in ("streetAddress", "addressLocality", "postalCode"):
        for node in islice(page.microdata.get(name, ()), _MAX_ELEMENTS):
            item = _item_of(node)
            if item is None or not _is_foreign(item):
                return _joined(_parts_of(item, page))
    for node in islice(page.microdata.get("address", ()), _MAX_ELEMENTS):
        text = _shown(node)
        if "itemtype" not in node.attributes and postal_lines(text):
            return text
    return None


def _parts_of(item: LexborNode | None, page: ParsedPage) -> dict[str, str]:
    """The parts of the address inside one item, or on the whole page where none is marked."""
    found: dict[str, str] = {}
    for name in _ADDRESS_PARTS:
        nodes = page.microdata.get(name, [])[:1] if item is None else item.css(f'[itemprop~="{name}"]')
        found[name] = _shown(nodes[0]).strip(" ,") if nodes else ""
    return found


def _of_hcard(page: ParsedPage) -> str | None:
    names = (name for card in _cards(page) for name in card.css(_HCARD_NAMES))
    return next((text for name in names if (text := _shown(name))), None)


def _hcard_address(page: ParsedPage) -> str | None:
    for card in _cards(page):
        nodes = (card.css_first(f".{name}, .p-{name}") for name in _HCARD)
        parts = (_shown(node).strip(" ,") if node else "" for node in nodes)
        if line := _joined(dict(zip(_ADDRESS_PARTS, parts, strict=True))):
            return line
    return None


def _cards(page: ParsedPage) -> Iterator[LexborNode]:
    return islice((node for node in page.postal_elements if node.attributes.get("class")), _MAX_ELEMENTS)


def _shown(node: LexborNode) -> str:
    return " ".join((node.attrs.get("content") or node.text(separator=" ")).split())


def _of_address_element(page: ParsedPage) -> str | None:
    """The line above the street, when it ends like a company."""
    for lines in _element_addresses(page):
        if is_company(lines[0]):
            return lines[0]
    return None


def _address_element(page: ParsedPage) -> str | None:
    for lines in _element_addresses(page):
        return ", ".join(lines)
    return None


def _element_addresses(page: ParsedPage) -> list[list[str]]:
    """The lines of each `<address>` that holds a postal address; contact lines in it are left out."""
    nodes = islice((node for node in page.postal_elements if node.tag == "address"), _MAX_ELEMENTS)
    return [lines for node in nodes if (lines := postal_lines(node.html or ""))]
