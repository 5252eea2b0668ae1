"""Whether a link belongs to those who made the site, by the words before it."""

# ruff: noqa: RUF001 - in their alphabets

import re

from selectolax.lexbor import LexborNode

from batchscrape.extracting.page import SEPARATOR

_MADE = (
    r"design(?:ed)?|theme|template|website|web ?design|site|page|made|built|build|created|crafted|coded|developed|"
    r"development|powered|photos?|icons?|illustrations?|erstellt|gestaltet|entwickelt|umsetzung|programmiert|"
    r"réalis[ée]e?|conçu|création|diseñado|desarrollado|diseño|realizado|realizzato|creato|sviluppato|progetto|"
    r"wykonanie|projekt|realizacja|ontworpen|gemaakt|desenvolvido|criado|realizat|skapad|producerad|lavet|udviklet|"
    r"laget|utviklet"
)
_BY = r"by|von|durch|par|por|di|da|de|door|av|af|przez"
#: Words that stand before a name with a colon, or with nothing.
_WORK = (
    r"web-?design|umsetzung|realisierung|realisation|(?:web ?site )?design|web-?entwicklung|wykonanie(?: strony)?|"
    r"realizacja|projekt i realizacja|tworzenie stron(?: www)?|tvorba (?:webu|www|stránek|webových stránek)|"
    r"vytvořil[oa]?|izrada (?:web )?stranic[ae]|izdelava(?: spletnih)? strani|készítette|weboldal(?:készítés)?|"
    r"création(?: (?:du|de) site(?: (?:internet|web))?)?|conception(?: (?:du|de) site)?|réalisation|"
    r"site réalisé par|realizzazione(?: sito(?: web)?)?|sito realizzato da|"
    r"sviluppo(?: web)?|diseño(?: y desarrollo)?(?: web)?|"
    r"desarrollo(?: web)?|desenvolvimento|criação de sites?|ontwerp(?: (?:en|&) realisatie)?|realisatie|"
    r"websitebouw|hemsida av|webbplats av|webbyrå|hjemmeside af|hjemmeside lavet af|nettside av|nettsted av|"
    r"kotisivut|toteutus|web tasarım|tasarım|yazılım|realizare(?: site)?|creare site|κατασκευή ιστοσελίδ\w+|"
    r"разработка(?: и (?:дизайн|поддержка|продвижение))?(?: сайт\w+)?|создание(?: сайт\w+)?|створення сайт\w+|"
    r"розробка сайт\w+|изработка(?: на сайт)?|制作"
)
_CREDIT = re.compile(
    rf"(?:\b(?:{_MADE})\b[\s\w,&\u2764\ufe0f\u2665]{{0,25}}?\b(?:{_BY})"
    rf"|\b(?:thanks to|courtesy of|inspired by|written by|danke an|merci à)|\b(?:{_WORK}))\s*[:|]?\s*@?$",
    re.IGNORECASE,
)
#: With the maker's name, which is no link.
_NAMED_CREDIT = re.compile(
    rf"(?:\b(?:{_MADE})\s+(?:{_BY})\s|\b(?:{_WORK})\s*:)\s*[^:|.!?\u00b7\u2022]{{2,40}}$", re.IGNORECASE
)
_FOLLOW = re.compile(r"follow|folge|suiv|sígue|siga|segui|sleduj|śled|volg|find us|besuch|visit", re.IGNORECASE)
_INLINE = frozenset({"span", "small", "b", "strong", "em", "i", "font", "u"})
_BLOCKS = frozenset({"p", "div", "ul", "ol", "li", "br", "hr", "table", "h1", "h2", "h3", "h4", "section", "nav"})
_BLANKS = f" \n\t{SEPARATOR}\xa0"
_LONGEST = 80
_MOST_LINKS, _MOST_NODES = 5, 20


def is_credit(node: LexborNode) -> bool:
    """Whether words like "designed by" stand before the link, or before one that it follows in the same line."""
    text, links = "", 0
    before = _before(node)
    for _ in range(_MOST_NODES):
        if before is None or before.tag in _BLOCKS or links > _MOST_LINKS:
            break
        if before.tag == "a":
            if _is_told(text):
                return True
            text, links = "", links + 1
        else:
            text = (before.text() or "")[-_LONGEST:] + text
            if _FOLLOW.search(text):
                return False
        before = _before(before)
    return _is_told(text)


def _is_told(text: str) -> bool:
    text = " ".join(text[-_LONGEST:].strip(_BLANKS).split())
    return bool(text) and (_CREDIT.search(text) or _NAMED_CREDIT.search(text)) is not None


def _before(node: LexborNode) -> LexborNode | None:
    """What stands before it in its line, also where it is wrapped."""
    while node.prev is None:
        parent = node.parent
        if parent is None or parent.tag not in _INLINE:
            return None
        node = parent
    return node.prev
