"""Addresses as people write them out, so that robots do not see them: info [at] firma (dot) de."""

import re
import unicodedata
from collections.abc import Iterator

from batchscrape.extracting.language import language
from batchscrape.extracting.page import SEPARATOR, ParsedPage

_MOST_SIGNS = 5_000
_SHORTEST_NAME = 5
#: "@" and "." in words, in any language; only ever read between brackets.
_AT_WORDS = (
    r"at|a|ät|æt|aet|ad|et|@|(?:at|ät)[ -]?(?:zeichen|sign)|klammeraffe|arrob[ae]s?|arobase?s?|chez|ma[łl]pa"
    r"|chioc+iola|apenstaart(?:je)?|zavin[áa][čc]|kukac|snabel-?a|miukumauku|собака|эт|ат|равлик|кльомба|маймунка|παπάκι"
    r"|アットマーク|アット|골뱅이"
)
_DOT_WORDS = (
    r"dot|d0t|punkt|pkt|point|punto|ponto|kropka|punt|te[čc]ka|bodka|pont|piste|nokta|punct|to[čc]ka|punktum"
    r"|точка|крапка|τελεία|ドット|点|點|점|\.|·"
)
#: Between signs that names of files hold too, only the plainest words are read.
_PLAIN_AT_WORDS = r"at|ät|@|arroba|arobase|ma[łl]pa|chiocciola"
_CLOSINGS = {"[": r"\]", "(": r"\)", "{": r"\}", "<": ">", "«": "»"}
_SAME_CLOSINGS = {"|": r"\|", "*": r"\*", "_": "_", "-": "-(?= )", "~": "~", "#": "#"}


def _bracketed(bracket: str, words: str, closing: str) -> re.Pattern[str]:
    # The sign itself comes first, so that the search is one for a letter.
    alone = "(?<= -)" if bracket == "-" else ""
    return re.compile(rf"{re.escape(bracket)}{alone}\s{{0,2}}(?i:{words})\s{{0,2}}{closing}\s{{0,3}}")


#: A pattern a bracket: where the bracket is not in the text, no pattern is tried.
_BRACKETED_AT = {
    **{bracket: _bracketed(bracket, _AT_WORDS, closing) for bracket, closing in _CLOSINGS.items()},
    **{bracket: _bracketed(bracket, _PLAIN_AT_WORDS, closing) for bracket, closing in _SAME_CLOSINGS.items()},
}
_BRACKETED_DOT = {
    bracket: _bracketed(bracket, _DOT_WORDS, closing) for bracket, closing in (_CLOSINGS | _SAME_CLOSINGS).items()
}
#: Signs that are another width in East Asian text, and brackets that are ours in disguise.
_WIDE = {
    "\uff20": "@", "\ufe6b": "@", "\uff08": "(", "\uff09": ")", "\uff3b": "[", "\uff3d": "]", "\u3010": "[",
    "\u3011": "]", "\u3014": "[", "\u3015": "]", "\uff5b": "{", "\uff5d": "}", "\uff0e": ".",
}  # fmt: skip
_WIDE_LETTER = re.compile("[\uff01-\uff5e]+")
#: "replace ★ by @" in Japanese and Chinese.
_STAND_IN = re.compile(
    r"([★☆■●◎◆#\uff03*\uff0a])\s?(?:を|は|换成|換成|替换为|替換為|改为|改為|→)\s?(?:半角の?)?[「『“\"]?@"
)

_LABEL = r"[\w-]{1,63}"
#: Languages → their words for "@" and ".", as they stand without brackets (info at firma dot de).
_BARE_WORDS = {
    "en": ("at", "dot"),
    "de sv": ("ät|at|klammeraffe|snabel-a", "punkt"),
    "fr": ("arobase|arobas|chez|at", "point"),
    "es it": ("arroba|chiocciola|at", "punto"),
    "pt": ("arroba", "ponto"),
    "pl": ("małpa|malpa|at", "kropka"),
    "nl ca": ("apenstaartje|apestaartje|arrova|at", "punt"),
    "cs": ("zavináč|zavinac|at", "tečka"),
    "sk": ("zavináč|zavinac|at", "bodka"),
    "hu": ("kukac", "pont"),
    "da nb no nn": ("snabel-a|krøllalfa|at", "punktum"),
    "fi": ("ät|at|miukumauku", "piste"),
    "tr": ("et|at", "nokta"),
    "ro": ("arond|at", "punct"),
    "ru": ("собака|эт|ат|at", "точка"),
    "uk": ("равлик|собака|ет|at", "крапка"),
}
_BARE = {
    name: (
        dot,
        # Words that mean nothing but "@" may be followed by a domain as it is written everywhere.
        tuple(word for word in at.split("|") if len(word) >= _SHORTEST_NAME),
        re.compile(rf" (?:{at}) ({_LABEL}(?:(?: {dot} |\.){_LABEL}){{1,3}})(?!\w)", re.IGNORECASE),
        re.compile(rf" {dot} ", re.IGNORECASE),
    )
    for names, (at, dot) in _BARE_WORDS.items()
    for name in names.split()
}
#: The edges of elements round a word, as blanks.
_APART = re.compile(rf"[ \n{SEPARATOR}]+")
#: name AT firma.de: the capitals tell that it is no sentence.
_CAPITAL_AT = re.compile(rf"(?<=[a-z0-9]) AT (?={_LABEL}(?:\.|\sDOT\s)[a-z])")
_CAPITAL_DOT = re.compile(r"(?<=\w) DOT (?=\w)")


def at_signs(text: str) -> Iterator[int]:
    """Where each "@" stands that has something before it."""
    position = text.find("@", 1)
    for _ in range(_MOST_SIGNS):
        if position < 0:
            return
        yield position
        position = text.find("@", position + 1)


def with_signs(text: str) -> str:
    """The text with "@" and "." in place of their spellings in brackets or in other widths."""
    if not text.isascii():
        text = _narrowed(text)
    text = _replaced(_BRACKETED_AT, "@", text)
    if " AT " in text:
        text = _CAPITAL_DOT.sub(".", _CAPITAL_AT.sub("@", text))
    return _replaced(_BRACKETED_DOT, ".", text) if "@" in text else text


def spelled_out(page: ParsedPage) -> Iterator[tuple[str, str]]:
    """(text before "at", domain) of addresses in plain words, in English or in the page's language."""
    own = (language(page) or "en").partition("-")[0]
    for name in {"en", own} & _BARE.keys():
        dot, names_of_at, whole, between = _BARE[name]
        text = page.prose
        signs = (dot, *names_of_at)
        if not any(sign in text for sign in signs) and (
            name == "en" or not any(sign.upper() in text for sign in signs)
        ):
            continue
        if f"{SEPARATOR}{dot}{SEPARATOR}" in text:
            text = _APART.sub(" ", text)
        if name == "en" and f" {dot} " not in text:
            continue
        for match in whole.finditer(text):
            if f" {dot} " in match[1].lower() or match[0][1:].lower().startswith(names_of_at):
                yield text[max(0, match.start() - 64) : match.start()], between.sub(".", match[1])


def _narrowed(text: str) -> str:
    for wide, narrow in _WIDE.items():
        if wide in text:
            text = text.replace(wide, narrow)
    if "@" not in text:
        return text
    if stand_in := _STAND_IN.search(text):
        text = text.replace(stand_in[1], "@")
    return _WIDE_LETTER.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), text)


def _replaced(spellings: dict[str, re.Pattern[str]], sign: str, text: str) -> str:
    """The text with each spelling, and the blanks around it, made the sign."""
    for bracket, spelling in spellings.items():
        if bracket not in text:
            continue
        pieces, done = [], 0
        for match in spelling.finditer(text):
            pieces.append(text[done : match.start()].rstrip())
            done = match.end()
        if pieces:
            text = sign.join([*pieces, text[done:]])
    return text
