"""How one technology is recognised: a row of the table."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: A version, in the patterns of the table.
V = r"(\d+(?:\.\d+)+)"
#: A version that may follow a file's name.
VER = rf"(?:[^\n?]*\?ver={V})?"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A rule holds when one of its places does. In a pattern, the first group that matched is the version."""

    name: str
    #: Pattern: how a `<meta name=generator>` begins.
    generator: str = ""
    #: Hosts, with what is below them, that scripts, styles, frames, forms or code in the page load from; after a
    #: slash stands what must be in the rest of the address.
    loads: tuple[str, ...] = ()
    #: Any of these in the addresses of scripts, `<link>`s, frames and forms, which stand one a line.
    assets: tuple[str, ...] = ()
    #: Pattern: what the addresses must match too, once one of `assets` is among them.
    asset: str = ""
    #: Any of these in the page's own scripts, in comments of its head and end, or in its outermost tags.
    inside: tuple[str, ...] = ()
    #: Pattern: what those must match too, once one of `inside` is among them.
    inside_like: str = ""
    #: Response header, in lower case → pattern.
    headers: Mapping[str, str] = field(default_factory=dict)
    #: How the names of cookies begin that the response sets.
    cookies: tuple[str, ...] = ()
    #: What is there too, for certain.
    implies: tuple[str, ...] = ()


def rule(name: str, **places: object) -> Rule:
    """Make a row of the table; a place that holds one thing needs no tuple."""
    several = ("loads", "assets", "inside", "cookies", "implies")
    named = {
        place: (what,) if place in several and isinstance(what, str) else what for place, what in places.items()
    }
    return Rule(name=name, **named)  # type: ignore[arg-type]


def plugin(name: str, folder: str, **places: object) -> Rule:
    """Make the row of a plugin of WordPress, by the name of its folder; its files tell the version."""
    return rule(
        name, assets=f"/plugins/{folder}/", asset=rf"/plugins/{folder}/{VER}", implies="WordPress", **places
    )
