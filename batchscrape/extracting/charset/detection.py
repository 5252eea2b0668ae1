"""Tell the character set of a page that declares none, by its bytes and by the language that it names."""

import codecs
import re

import cchardet

from batchscrape.extracting.charset.labels import CODECS

#: What browsers take where nothing is declared and nothing can be told.
LAST_RESORT = "cp1252"
_MARKUP = re.compile(rb"<(?:script|style)\b.*?(?:</|\Z)|<[^<>]*+>|&#?\w+;", re.IGNORECASE | re.DOTALL)
_LANGUAGE = re.compile(rb"""<html\b[^>]*?\blang\s*=\s*["']?([a-z]{2})(-(?:tw|hk|hant))?""", re.IGNORECASE)
#: Letters of ISO 8859-2 that are signs in windows-1250, whose own letters stand between 0x80 and 0x9F.
_LATIN_2, _BETWEEN = re.compile(rb"[\xa1\xa6\xac\xb1\xb6\xbc]"), re.compile(rb"[\x80-\x9f]")
_DETECTED_BYTES = 64 * 1024
_BEGINNING = 1024
#: ISO-2022-JP goes to its characters with one of these.
_ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J")
#: A language → its usual character sets.
_USUAL = {
    codec: languages.split()
    for codec, languages in {
        "cp1252": "de fr es pt it nl en sv da no nb fi is ca",
        "cp1250": "pl cs sk hu sl hr ro bs sq",
        "cp1251": "ru uk bg be sr mk",
        "cp1253": "el",
        "cp1254": "tr az",
        "cp1255": "he iw",
        "cp1256": "ar fa ur",
        "cp1257": "lt lv et",
        "cp874": "th",
        "cp1258": "vi",
        "cp932": "ja",
        "gb18030": "zh",
        "cp949": "ko",
    }.items()
}
_OF_LANGUAGE = {language: codec for codec, languages in _USUAL.items() for language in languages}
#: What detection may say of a page whose language has this usual character set.
_KIN = {
    "cp1250": {"cp1250", "iso8859-2", "iso8859-16"},
    "cp1251": {"cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic"},
    "cp1252": {"cp1252", "iso8859-15", "mac-roman"},
    "cp1253": {"cp1253", "iso8859-7"},
    "cp1254": {"cp1254", "iso8859-3"},
    "cp1255": {"cp1255", "iso8859-8"},
    "cp1256": {"cp1256", "iso8859-6"},
    "cp1257": {"cp1257", "iso8859-4", "iso8859-13", "iso8859-10"},
    "cp874": {"cp874"},
    "cp1258": {"cp1258"},
    "cp932": {"cp932", "euc_jp", "iso2022_jp"},
    "gb18030": {"gb18030", "big5hkscs"},
    "cp949": {"cp949"},
}


def detected(body: bytes) -> str:
    """Python's name of the codec that the page is most likely written in."""
    if codec := _by_nul(body[:_BEGINNING]):
        return codec
    try:
        codecs.utf_8_decode(body, "strict", False)  # not final: the body may be cut inside a character
    except UnicodeDecodeError:
        words = _MARKUP.sub(b" ", body[:_DETECTED_BYTES])
        return _by_language(body, _guessed(words))
    return "iso2022_jp" if any(escape in body for escape in _ESCAPES) else "utf-8"


def _by_nul(beginning: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of its mark-up is NUL."""
    if beginning.count(0) * 3 < len(beginning) or not beginning:
        return None
    return "utf-16-be" if beginning[::2].count(0) > beginning[1::2].count(0) else "utf-16-le"


def _guessed(words: bytes) -> str:
    guess = (cchardet.detect(words)["encoding"] or LAST_RESORT).lower()
    codec = CODECS.get(guess, LAST_RESORT)
    return "koi8-u" if codec == "koi8-r" else codec


def _by_language(body: bytes, guess: str) -> str:
    """The guess, where the language that the page names is written so; else its usual character set."""
    match = _LANGUAGE.search(body[:_BEGINNING])
    usual = _OF_LANGUAGE.get(match[1].decode("ascii").lower()) if match else None
    if match is None or usual is None or guess in _KIN[usual]:
        return guess
    if usual == "cp1250" and _LATIN_2.search(body) and not _BETWEEN.search(body):
        return "iso8859-2"
    return "big5hkscs" if match[2] else usual
