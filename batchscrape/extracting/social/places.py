"""Where the link to a profile stands in the page, and what that tells of whose it is."""

import re
from enum import IntEnum

from selectolax.lexbor import LexborNode

from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.social.credits import is_credit
from batchscrape.extracting.social.profiles import is_on_network, is_placeholder


class Place(IntEnum):
    """The surer that a profile is the site's own, the higher."""

    #: In an embedded post, in a comment, behind "designed by".
    STRANGER = 0
    #: In the content, under a name.
    CONTENT = 1
    #: In the content, as an icon or under the network's name.
    LABELLED = 2
    #: In the header, the footer, the navigation or beside the content.
    FRAME = 3
    #: Stated in the head or in the structured data.
    STATED = 4
    #: Wherever it stands, it is named like the site.
    NAMED = 5


#: Classes of embedded posts and of what visitors wrote.
_STRANGERS = re.compile(
    r"(?:^|\s)(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|comment-?list|comment-body|"
    r"comment-author|comment-content|comments-area|comment)(?:\s|$)",
    re.IGNORECASE,
)
#: Classes and ids of elements that show other people.
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:our-?)?(?:team|member|staff|mitarbeiter|testimonial|review|speaker|guest|artist|line-?up|"
    r"partner|sponsor|portfolio|client|kunden|author|quote|employee|referenz|showcase|tweet)",
    re.IGNORECASE,
)
_FRAMES = re.compile(
    r"(?:^|[\s_-])(?:footer|header|top-?bar|sidebar|colophon|masthead|nav|navbar|menu|fuss|pied)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FRAME_TAGS = frozenset({"header", "footer", "nav", "aside"})
_SHOWN_TAGS = frozenset({"blockquote", "figure"})
_LABEL = re.compile(
    r"facebook|instagram|\binsta\b|twitter|\bx\b|linked-?in|you-?tube|tik-?tok|pinterest|git-?hub|telegram|xing|\bfb\b|"
    r"fan-?page|social|vide[oa]|kanal|channel|canal|folg|follow|suiv|sígue|segui|siga|śled|obserwuj|sleduj|seuraa|följ|følg|volg|takip|подпис|"
    r"мы в|フォロー|关注",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:us|uns|unsere[rmns]?|our|nous|nos|notre|nosotros|nuestr\w+|noi|nostr\w+|ons|onze|nas|nás|nasz\w*|nossa?|"
    r"vår\w*|os|oss|bizi|me|my|mich|мы|нас|наш\w*)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_MOST_WORDS = 3
_ICON = 2
_MAX_CLIMB = 15
#: So far round a link a card may stand.
_CARD = 4
_LONGEST = 60
#: So many placeholders make a list a demo; one may be forgotten.
_DEMO = 2


def place_of(node: LexborNode) -> Place:
    """The place of a link to a profile."""
    if "ugc" in (node.attributes.get("rel") or "") or is_credit(node):
        return Place.STRANGER
    place = _by_elements(node)
    if place is None:
        return Place.LABELLED if _is_labelled(node) else Place.CONTENT
    return place


def demo_links(page: ParsedPage) -> frozenset[int]:
    """The links in lists that hold a theme's placeholders too, `facebook.com/` and `instagram.com/username`."""
    links: dict[int, set[int]] = {}
    placeholders: dict[int, int] = {}
    for href, node in zip(page.hrefs, page.anchors, strict=True):
        if is_on_network(href) and (around := _list_of(node)) is not None:
            links.setdefault(around.mem_id, set()).add(node.mem_id)
            if is_placeholder(href):
                placeholders[around.mem_id] = placeholders.get(around.mem_id, 0) + 1
    lists = (links[each] for each, count in placeholders.items() if count >= _DEMO)
    return frozenset(link for each in lists for link in each)


def _list_of(node: LexborNode) -> LexborNode | None:
    parent = node.parent
    return parent.parent if parent is not None and parent.tag == "li" else parent


def _by_elements(node: LexborNode) -> Place | None:
    """What the elements around it tell, if they do."""
    is_framed, is_content, is_shown = False, False, False
    parent = node.parent
    for _ in range(_MAX_CLIMB):
        if parent is None or parent.tag == "body":
            break
        attributes = parent.attributes
        name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if attributes.get("id") == "comments" or _STRANGERS.search(name):
            return Place.STRANGER
        is_shown = is_shown or parent.tag in _SHOWN_TAGS or _OTHERS.search(name) is not None
        is_content = is_content or parent.tag == "article"
        is_framed = is_framed or parent.tag in _FRAME_TAGS or _FRAMES.search(name) is not None
        parent = parent.parent
    if is_framed and not is_content and not is_shown:
        return Place.FRAME
    return Place.CONTENT if is_shown or _is_in_card(node) else None


def _is_in_card(node: LexborNode) -> bool:
    """Whether it stands in one of several equal boxes, under a heading of its own: each shows somebody else."""
    for _ in range(_CARD):
        box = node.parent
        if box is None or box.tag == "body":
            return False
        if (heading := box.css_first("h2, h3, h4, h5, h6")) is not None:
            return not _LABEL.search(heading.text()) and _has_equal(box)
        node = box
    return False


def _has_equal(box: LexborNode) -> bool:
    """Whether an element beside it is of the same class."""
    before, behind = box.prev, box.next
    if before is not None and before.tag == "-text":
        before = before.prev
    if behind is not None and behind.tag == "-text":
        behind = behind.next
    kind = (box.tag, box.attributes.get("class"))
    return any(near is not None and (near.tag, near.attributes.get("class")) == kind for near in (before, behind))


def _is_labelled(node: LexborNode) -> bool:
    """Whether the link is an icon, or its words, or those right before it, are the network's and not a name."""
    attributes = node.attributes
    text = " ".join((node.text() or attributes.get("title") or attributes.get("aria-label") or "").split())
    if len(text) <= _ICON or (len(text) < _LONGEST and _is_label(text)):
        return True
    before = node.prev
    words = " ".join((before.text() or "")[-_LONGEST:].split()) if before is not None else ""
    return _LABEL.search(words) is not None and words.endswith(":")


def _is_label(text: str) -> bool:
    if _LABEL.search(text) is None:
        return False
    return len(_WORD.findall(text)) <= _MOST_WORDS or _OURS.search(text) is not None
