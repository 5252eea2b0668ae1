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
    #: One of these, in another language than the start page's.
    FOREIGN = 3
    OTHER = 4
    #: Endless, closed, or a list of what is found elsewhere.
    LAST = 5


#: Codes that stand in addresses; not those that as often mean a country, a department or a number (uk, hr, id).
_CODE = (
    "(ar|bg|cs|da|de|el|en|es|et|eu|fa|fi|fr|gl|he|hi|hu|it|ja|ko|lt|lv|nb|nl|no|pl|pt|ro|ru|sk|sl|sq|sr|sv|th|"
    "tr|vi|zh)"
)
_IN_ADDRESS = re.compile(
    rf"https?://(?:{_CODE}\.[^/?]+\.[^/?]+/|[^/?]+/{_CODE}(?:[-_][a-z]{{2,4}})?(?=[/?]|$))", re.IGNORECASE
)
_IN_QUERY = re.compile(rf"[?&](?:lang|language|locale|hl)={_CODE}(?![a-z])", re.IGNORECASE)
# Words are looked for without accents; between two of them may stand one other character, or nothing.
_CONTACT = (
    r"contact(?!less)(?! (?:lens|tracing|grill|adhesive|cleaner))|kontak(?!t(?:los|linse|grill))|contato|contatt|"
    r"imprint|impress?um|impresszum|colofon|ficha tecnica|kunye\b|"
    r"mentions? legales|(?:aviso|avis) legal|note legali|nota legal\b|pravno obvestilo|informations legales|"
    r"get in touch|reach us|write (?:to )?us|find us|enquir|inquir|toiawase|tokusho|lianxi|"
    r"nous (?:joindre|ecrire|trouver)|coordonnees|fale conosco|scrivici|escribenos|dane (?:kontaktowe|firmy)|"
    r"napiste nam|iletisim|bize ulas[iı]n|yhtey[st]|kapcsolat|elerhetoseg|lien he|hubungi|hafa samband|"
    r"cysylltu|контакт|связаться|свяжитесь|звязатися|зв.?язок|реквизит|επικοινωνια|"
    r"צור קשר|צרו קשר|اتصل|تواصل|تماس با|संपर्क|যোগাযোগ|தொடர்பு"
)
_ABOUT = (
    r"about|uber (?:uns|mich)|ueber (?:uns|mich)|ansprechpartner|mitarbeiter|anfahrt|standorte?\b|filialen|"
    r"offnungszeiten|oeffnungszeiten|sprechzeiten|team|staff|people|company|unternehmen|firma\b|kanzlei|vorstand|"
    r"locations?\b|offices\b|branches\b|directions\b|opening hours|customer (?:service|care)|kundenservice|"
    r"kundendienst|who we are|meet us|our (?:story|people)|praxisteam|das team|"
    r"a propos|qui sommes|equipe|societe|(?:l |notre )entreprise|nos agences|plan d acces|service client|"
    r"quienes somos|nosotros|sobre\b|empresa|equipo|donde estamos|atencion al cliente|quem somos|onde estamos|"
    r"qui som\b|quen somos|nor gara|chi siamo|azienda|dove siamo|over ons|ons team|vestigingen|"
    r"o nas\b|o nama\b|o firmie|o spolecnosti|o spolocnosti|o podjetju|zespo[lł]|om o(?:ss|s)\b|um okkur|"
    r"medarbe[tj]|ansatte|medarbejdere|hakk[iı]m[iı]zda|biz kimiz|rolunk|munkatarsak|tietoa|yritys|henkilosto|"
    r"meista\b|meist\b|ettevottest|par mums|apie mus|despre|rreth nesh|tentang|gioi thieu|ve chung toi|gaiyou|"
    r"guanyu|amdanom|о компании|о нас|о фирме|команда|про нас|за нас|про компанію|сотрудники|о нама|"
    r"σχετικα|ποιοι ειμαστε|η εταιρ|אודות|מי אנחנו|من نحن|عن الشركة|درباره ما|हमारे बारे"
)
_LEGAL = (
    r"privacy|datenschutz|legal\b|terms|agb\b|confidentialite|privacidad|privacidade|prywatnosc|integritet|"
    r"persondata|personvern|tietosuoja|gizlilik|kvkk|adatvedel|ochrana osobn|varstvo|confidentialitate|"
    r"politica de privac|cgv\b|cgu\b|конфиденциальн|απορρητ"
)
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
    Tier.CONTACT: r"問い?合わ?せ|連絡先|特定商取引|联系|联络|聯[絡繫系]|문의|연락처|오시는 ?길|ติดต่อ",
    Tier.ABOUT: r"会社(?:概要|案内|情報)|企業情報|運営会社|アクセス|店舗|スタッフ|关于|關於|"
    r"公司(?:简介|簡介)|团队|團隊|소개|เกี่ยวกับ",
    Tier.LEGAL: r"プライバシー|個人情報|隐私|隱私|개인정보",
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


def rank(link: Link, language: str | None = None) -> tuple[Tier, int, int]:
    """Order links: by tier, pages in the language (two letters) first, the shallow before the deep."""
    path = link.url.split("/", 3)[3].lower()
    if "%" in path:
        path = unquote(path)
    depth = path.rstrip("/").count("/") + ("?" in path)
    if path.count("-") > MAX_HYPHENS:
        path = ""
    text = link.text.strip()[: MAX_TEXT + 1].lower()
    tier = _tier(path, text if len(text) <= MAX_TEXT else "")
    if language is None or language_of(link.url) in (None, language):
        return tier, 0, depth
    return (Tier.FOREIGN, tier, depth) if tier < Tier.FOREIGN else (tier, 1, depth)


def language_of(url: str) -> str | None:
    """Tell the language that a clean URL names: its first folder or label, or a parameter; two letters."""
    match = _IN_ADDRESS.match(url) or ("?" in url and _IN_QUERY.search(url))
    return next(filter(None, match.groups())).lower() if match else None


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
