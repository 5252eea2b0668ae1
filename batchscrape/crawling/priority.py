"""Which pages are read first: those that most likely say how to reach the people behind the site."""

# ruff: noqa: RUF001 - words of many alphabets

import re
import unicodedata
from enum import IntEnum
from urllib.parse import unquote

from batchscrape.crawling.links import Link

#: Characters; a longer link text is a sentence about something else.
MAX_TEXT = 40
#: Hyphens in a path; more make it the title of an article.
MAX_HYPHENS = 5


class Tier(IntEnum):
    """What a link seems to lead to, the most welcome first."""

    CONTACT = 0
    ABOUT = 1
    LEGAL = 2
    OTHER = 3
    #: Endless, closed, or a list of what is found elsewhere.
    LAST = 4


# Words are looked for without accents; between two of them may stand one other character, or nothing.
_CONTACT = (
    r"contact(?! lens)|contato|contatt|kontakt|imprint|impressum|colofon|mentions? legales|aviso legal|"
    r"note legali|get in touch|reach us|nous (?:joindre|ecrire)|fale conosco|iletisim|yhteys|kapcsolat|"
    r"elerhetoseg|lien he|hubungi|контакт|связаться|επικοινωνια|צור קשר|اتصل|تواصل"
)
_ABOUT = (
    r"about|uber uns|ueber uns|ansprechpartner|anfahrt|team|staff|people|company|unternehmen|firma\b|locations?\b|"
    r"standorte?\b|a propos|qui sommes|equipe|societe|quienes somos|nosotros|sobre\b|empresa|equipo|quem somos|"
    r"chi siamo|azienda|over ons|o nas\b|o nama\b|o firmie|zespo[lł]|om o(?:ss|s)\b|hakk[iı]m[iı]zda|rolunk|"
    r"tietoa|meista|despre|tentang|о компании|о нас|команда|σχετικα|من نحن"
)
_LEGAL = r"privacy|datenschutz|legal\b|terms|agb\b|confidentialite|privacidad|prywatnosc"
_LAST = (
    r"calend[ae]r|calendrier|kalender|agenda\b|events?/|log in|log out|sign (?:in|up|out)|anmelden|register\b|"
    r"registrier|password|passwort|accounts?\b|konto\b|wp (?:login|admin|json|content|includes)|xmlrpc|"
    r"cart\b|basket|warenkorb|panier\b|carrito|checkout|kasse\b|wishlist|feed\b|rss\b|atom\b|search\b|suche\b|"
    r"tags?\b|archives?\b|page/\d|paged?=|print\b|share\b|reply|(?:sort|order|filter|view|month|year|day|date)=|"
    # A month or a day of an archive.
    r"\d{4}(?:/\d{1,2}){1,2}/?(?![^?\n])|\d{4}-\d{2}(?:-\d{2})?/?(?![^?\n])"
)
_SPACED = {Tier.CONTACT: _CONTACT, Tier.ABOUT: _ABOUT, Tier.LEGAL: _LEGAL, Tier.LAST: _LAST}
# These scripts put nothing between their words.
_UNSPACED = {
    Tier.CONTACT: r"問い?合わ?せ|联系|聯[絡繫系]|문의|연락처|ติดต่อ",
    Tier.ABOUT: r"会社(?:概要|案内|情報)|企業情報|关于|關於|公司(?:简介|簡介)|회사-?소개|เกี่ยวกับ",
    Tier.LEGAL: r"特定商取引|プライバシー|隐私",
    Tier.LAST: r"カレンダー|ログイン|カート|登录|购物车|로그인|장바구니",
}
_WORD_START = r"(?<![^\W_])"
_GAP = r"[\W_]?"
_PATTERNS = {
    tier: re.compile(f"{_WORD_START}(?:{words.replace(' ', _GAP)})|{_UNSPACED[tier]}")
    for tier, words in _SPACED.items()
}
# One look tells that most links are none of these.
_ANY_WORD = re.compile(f"{_WORD_START}(?:{'|'.join(_SPACED.values()).replace(' ', _GAP)})")
_ACCENTS = re.compile("[\u0300-\u036f]")


def rank(link: Link) -> tuple[Tier, int]:
    """Order links: by tier, and in each tier the shallow before the deep."""
    path = link.url.split("/", 3)[3].lower()
    if "%" in path:
        path = unquote(path)
    depth = path.rstrip("/").count("/") + ("?" in path)
    if path.count("-") > MAX_HYPHENS:
        path = ""
    text = link.text.strip()[: MAX_TEXT + 1].lower()
    return _tier(path, text if len(text) <= MAX_TEXT else ""), depth


def _tier(path: str, text: str) -> Tier:
    words = f"{path}\n{text}"
    if words.isascii() and not _ANY_WORD.search(words):
        return Tier.OTHER
    words = _folded(words)
    if _PATTERNS[Tier.LAST].search(words.partition("\n")[0]):
        return Tier.LAST
    return next((tier for tier, pattern in _PATTERNS.items() if pattern.search(words)), Tier.OTHER)


def _folded(text: str) -> str:
    """Take off the accents of Latin, Greek and Cyrillic letters; other scripts need their marks."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
