"""Which country a number without a country code belongs to, where that is certain."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from batchscrape.extracting.language import language
from batchscrape.extracting.page import SEPARATOR, ParsedPage
from batchscrape.extracting.words import words

#: Country-code domains that the whole world uses, or that are no country's.
_WORLDWIDE = words(
    "ac ai am as bz cc cd cx dj eu fm gg gl gs io la ly me ms mu nu pm pw re sc sh so st su sx tf tk tm to tv vc "
    "vg ws co"
)
_OTHER_NAMES = {"uk": "GB"}
#: Languages that are written in one country only, near enough.
_COUNTRY_OF_LANGUAGE = {
    "ja": "JP", "pl": "PL", "cs": "CZ", "it": "IT", "ko": "KR", "da": "DK", "sv": "SE", "fi": "FI",
    "nb": "NO", "no": "NO", "nn": "NO", "hu": "HU", "bg": "BG", "he": "IL", "tr": "TR", "uk": "UA",
    "th": "TH", "vi": "VN", "sk": "SK", "sl": "SI", "hr": "HR", "lt": "LT", "lv": "LV", "et": "EE",
    "is": "IS", "ka": "GE", "hy": "AM", "id": "ID", "el": "GR", "ro": "RO", "fa": "IR", "hi": "IN",
    "ca": "ES", "eu": "ES", "gl": "ES", "sr": "RS", "mk": "MK", "sq": "AL", "az": "AZ", "kk": "KZ",
    "be": "BY", "mt": "MT", "ga": "IE", "cy": "GB", "lb": "LU", "rm": "CH", "mn": "MN", "km": "KH", "ms": "MY",
}  # fmt: skip
#: Languages of several countries → those; a number is certain where it is valid in one of them only.
_COUNTRIES_OF_LANGUAGE = {
    "de": ("DE", "AT", "CH"),
    "fr": ("FR", "BE", "CH", "CA", "LU"),
    "nl": ("NL", "BE"),
    "es": ("ES", "MX", "AR", "CO", "CL", "PE"),
    "pt": ("PT", "BR"),
    "ru": ("RU", "UA", "BY", "KZ"),
    "zh": ("CN", "TW", "HK", "SG"),
    "ar": ("SA", "AE", "EG", "MA", "JO", "KW", "QA", "LB", "IQ"),
    "en": ("US", "GB", "AU", "NZ", "IE", "IN", "ZA"),
}
#: What site builders write when nobody chose a language.
_DEFAULT_LANGUAGES = frozenset({"en", "en-US"})
_COUNTRY_NAMES = {
    "germany": "DE", "deutschland": "DE", "allemagne": "DE", "austria": "AT", "österreich": "AT",
    "switzerland": "CH", "schweiz": "CH", "suisse": "CH", "svizzera": "CH", "france": "FR", "frankreich": "FR",
    "spain": "ES", "españa": "ES", "espana": "ES", "italy": "IT", "italia": "IT", "poland": "PL", "polska": "PL",
    "netherlands": "NL", "the netherlands": "NL", "nederland": "NL", "belgium": "BE", "belgië": "BE",
    "belgique": "BE", "luxembourg": "LU", "united kingdom": "GB", "uk": "GB", "great britain": "GB",
    "england": "GB", "scotland": "GB", "wales": "GB", "ireland": "IE", "united states": "US",
    "united states of america": "US", "usa": "US", "u.s.a.": "US", "canada": "CA", "australia": "AU",
    "new zealand": "NZ", "india": "IN", "japan": "JP", "日本": "JP", "china": "CN", "中国": "CN", "brazil": "BR",
    "brasil": "BR", "mexico": "MX", "méxico": "MX", "argentina": "AR", "chile": "CL", "colombia": "CO",
    "perú": "PE", "portugal": "PT", "denmark": "DK", "danmark": "DK", "sweden": "SE", "sverige": "SE",
    "norway": "NO", "norge": "NO", "finland": "FI", "suomi": "FI", "czech republic": "CZ", "czechia": "CZ",
    "česká republika": "CZ", "slovakia": "SK", "slovensko": "SK", "hungary": "HU", "magyarország": "HU",
    "romania": "RO", "românia": "RO", "greece": "GR", "ελλάδα": "GR", "turkey": "TR", "türkiye": "TR",
    "russia": "RU", "россия": "RU", "ukraine": "UA", "україна": "UA", "israel": "IL", "ישראל": "IL",
    "south africa": "ZA", "singapore": "SG", "malaysia": "MY", "united arab emirates": "AE", "uae": "AE",
    "saudi arabia": "SA", "egypt": "EG", "south korea": "KR", "대한민국": "KR", "taiwan": "TW", "hong kong": "HK",
    "الإمارات": "AE", "السعودية": "SA", "مصر": "EG", "الكويت": "KW", "قطر": "QA", "الأردن": "JO", "المغرب": "MA",
    "liechtenstein": "LI", "croatia": "HR", "hrvatska": "HR", "slovenia": "SI", "slovenija": "SI",
}  # fmt: skip
_LAST_WORDS = frozenset(name.split()[-1] for name in _COUNTRY_NAMES)
_LONG_CODES = {
    "DEU": "DE",
    "AUT": "AT",
    "CHE": "CH",
    "FRA": "FR",
    "ESP": "ES",
    "ITA": "IT",
    "GBR": "GB",
    "POL": "PL",
    "NLD": "NL",
}
_CODE = 2
#: Of long pages the beginning and the end are read: there stand addresses.
_BEGINNING, _END = 2_000, 6_000
_POST_CODE = re.compile(r"\d{4,6}(?!\d)")
_MOST_CODES = 100
_AFTER_CODE = 56
_PARTS_OF_ADDRESS = re.compile(rf"[,;()/|\n{SEPARATOR}\u2013\u060c]| - ")
_STATES = (
    "A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]"
    "|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
)
#: How addresses are written in one country only: the country (None: the first match says it), a pattern that
#: begins with a sign, so that it is found quickly, and what stands before it.
_WRITTEN = (
    (
        None,
        re.compile(r"-\d{3,5} [^\W\d_]"),
        re.compile(r"\b(DE?|AT?|CH|FR?|IT?|ES|PL|NL|BE?|LU?|DK|SE?|NO?|FIN?|CZ|SK|HU|LI|PT|RO|SI|HR)\Z"),
    ),
    ("GB", re.compile(r" \d[ABD-HJLNP-UW-Z]{2}\b"), re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\Z")),
    ("US", re.compile(rf",\s(?:{_STATES})\s\d{{5}}(?:-\d{{4}})?\b"), re.compile(r"[a-z.]{3}\Z")),
    ("CA", re.compile(r" [A-Z]\d[A-Z] ?\d[A-Z]\d\b"), re.compile(r"\b(?:AB|BC|MB|NB|NL|NS|ON|PE|QC|SK),?\Z")),
    ("AU", re.compile(r" (?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT),? \d{4}\b"), re.compile(r"[a-z],?\Z")),
    ("JP", re.compile(r"〒\s?\d{3}-\d{4}"), re.compile(r"")),
)
_LONGEST_BEFORE = 12
#: Post codes that, in a page of this language, only one country has.
_WRITTEN_IN = {
    "de": ("DE", re.compile(r"(?<![\d.,-])\d{5} [A-ZÄÖÜ][a-zäöüß]{2}")),
    "fr": ("FR", re.compile(r"(?<![\d.,-])\d{5} [A-ZÉÈÎÂ][\w'-]{2}")),
    "nl": ("NL", re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b,? ?[A-Z]")),
    "pt": ("BR", re.compile(r"\b\d{5}-\d{3}\b")),
    "en": ("IE", re.compile(r"\b[A-Z]\d[\dW] [A-Z\d]{4}\b")),
}
_PREFIXES = {"D": "DE", "A": "AT", "F": "FR", "I": "IT", "B": "BE", "L": "LU", "S": "SE", "N": "NO", "FIN": "FI"}


def region_of(page: ParsedPage) -> str | None:
    """The user's region, else the country domain's, the language tag's, or the address's; ISO 3166."""
    return page.phone_region or _of_domain(page.host) or _of_language_or_address(page)


def countries_of_language(page: ParsedPage) -> tuple[str, ...]:
    """The countries where the page's language is spoken, when they are few."""
    return _COUNTRIES_OF_LANGUAGE.get((language(page) or "").partition("-")[0], ())


def _of_domain(host: str) -> str | None:
    suffix = host.rpartition(".")[2]
    if len(suffix) != _CODE or not suffix.isalpha() or suffix in _WORLDWIDE:
        return None
    return _OTHER_NAMES.get(suffix, suffix.upper())


def _of_language_or_address(page: ParsedPage) -> str | None:
    """The tag's, unless a stated address in another country of the same language shows it to be a default."""
    spoken, stated = _of_language(language(page)), _of_stated_address(page)
    if spoken and stated in countries_of_language(page):
        return stated
    return spoken or stated or _of_written_address(page)


def _of_language(tag: str | None) -> str | None:
    if tag is None or tag in _DEFAULT_LANGUAGES:
        return None
    region = tag.rpartition("-")[2]
    if "-" in tag and len(region) == _CODE:
        return region
    return _COUNTRY_OF_LANGUAGE.get(tag.partition("-")[0])


def _of_stated_address(page: ParsedPage) -> str | None:
    """By JSON-LD, microdata, or `<meta>`."""
    for thing in page.json_ld:
        if country := _country(thing.get("addressCountry")):
            return country
    for text in page.stated("addressCountry"):
        if country := _country(text):
            return country
    stated = page.meta.get("business:contact_data:country_name") or page.meta.get("og:country-name")
    return _country(stated) or _country(page.meta.get("geo.region", "")[:_CODE])


def _country(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("identifier")
    if not isinstance(value, str):
        return None
    name = value.strip()
    known = _COUNTRY_NAMES.get(name.lower()) or _LONG_CODES.get(name)
    return known or (name.upper() if len(name) == _CODE and name.isascii() and name.isalpha() else None)


def _of_written_address(page: ParsedPage) -> str | None:
    """By a country after a post code, or by how post codes are written; None where several are named."""
    text = page.text
    if len(text) > _BEGINNING + _END:
        text = text[:_BEGINNING] + SEPARATOR + text[-_END:]
    if named := set(_named_countries(text)):
        return named.pop() if len(named) == 1 else None
    found = set(_countries_by_form(text))
    if found:
        return found.pop() if len(found) == 1 else None
    post_code = _WRITTEN_IN.get((language(page) or "").partition("-")[0])
    return post_code[0] if post_code and post_code[1].search(text) else None


def _countries_by_form(text: str) -> Iterator[str]:
    for country, pattern, before in _WRITTEN:
        for match in islice(pattern.finditer(text), _MOST_CODES):
            if lead := before.search(text, max(0, match.start() - _LONGEST_BEFORE), match.start()):
                yield country or _PREFIXES.get(lead[1], lead[1])
                break


def _named_countries(text: str) -> Iterator[str]:
    """The countries that stand behind something like a post code."""
    for code in islice(_POST_CODE.finditer(text), _MOST_CODES):
        for part in _PARTS_OF_ADDRESS.split(text[code.end() : code.end() + _AFTER_CODE])[:4]:
            words = part.lower().split()
            if not words or words[-1] not in _LAST_WORDS:
                continue
            for name in (" ".join(words), *words[-1:], " ".join(words[-2:])):
                if name in _COUNTRY_NAMES:
                    yield _COUNTRY_NAMES[name]
