"""Which country a number without a country code belongs to, where that is certain."""

from batchscrape.extracting.language import language
from batchscrape.extracting.page import ParsedPage
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
    "is": "IS", "ka": "GE", "hy": "AM", "id": "ID",
}  # fmt: skip
#: What site builders write when nobody chose a language.
_DEFAULT_LANGUAGES = frozenset({"en", "en-US"})
_COUNTRY_NAMES = {
    "germany": "DE", "deutschland": "DE", "austria": "AT", "österreich": "AT", "switzerland": "CH",
    "schweiz": "CH", "suisse": "CH", "france": "FR", "spain": "ES", "españa": "ES", "italy": "IT",
    "italia": "IT", "poland": "PL", "polska": "PL", "netherlands": "NL", "nederland": "NL", "belgium": "BE",
    "united kingdom": "GB", "uk": "GB", "great britain": "GB", "ireland": "IE", "united states": "US",
    "united states of america": "US", "usa": "US", "canada": "CA", "australia": "AU", "new zealand": "NZ",
    "india": "IN", "japan": "JP", "brazil": "BR", "brasil": "BR", "mexico": "MX", "méxico": "MX",
    "portugal": "PT", "denmark": "DK", "sweden": "SE", "norway": "NO", "finland": "FI",
    "czech republic": "CZ", "south africa": "ZA", "singapore": "SG",
}  # fmt: skip
_CODE = 2


def region_of(page: ParsedPage) -> str | None:
    """The user's region, else the country domain's, the language tag's, or the address's; ISO 3166."""
    return page.phone_region or _of_domain(page.host) or _of_language(language(page)) or _of_address(page)


def _of_domain(host: str) -> str | None:
    suffix = host.rpartition(".")[2]
    if len(suffix) != _CODE or not suffix.isalpha() or suffix in _WORLDWIDE:
        return None
    return _OTHER_NAMES.get(suffix, suffix.upper())


def _of_language(tag: str | None) -> str | None:
    if tag is None or tag in _DEFAULT_LANGUAGES:
        return None
    region = tag.rpartition("-")[2]
    if "-" in tag and len(region) == _CODE:
        return region
    return _COUNTRY_OF_LANGUAGE.get(tag.partition("-")[0])


def _of_address(page: ParsedPage) -> str | None:
    for thing in page.json_ld:
        country = thing.get("addressCountry")
        if isinstance(country, dict):
            country = country.get("name")
        if isinstance(country, str):
            name = country.strip()
            known = _COUNTRY_NAMES.get(name.lower())
            if known or (len(name) == _CODE and name.isascii() and name.isalpha()):
                return known or name.upper()
    return None
