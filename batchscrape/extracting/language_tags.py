"""Write what authors give as a language in the canonical form of BCP 47 (RFC 5646 §4.5), mended."""

import re
from functools import lru_cache

from batchscrape.extracting.words import words

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<extended>[a-z]{3})(?=-|$))?(?:-(?P<script>[a-z]{4})(?=-|$))?"
    r"(?:-(?P<region>[a-z]{2}|\d{3})(?=-|$))?(?P<rest>(?:-[a-z0-9]{1,8})*)"
)
#: What ends the first of several tags, or a locale's character set.
_END = re.compile(r"[\s,;.@|/:+(]")
_LONGEST = 60

_LANGUAGES = words(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
    "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia "
    "id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo "
    "lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl "
    "ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk "
    "tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_REGIONS = words(
    "AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC "
    "EE EG EH ER ES ET EU FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY "
    "HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ "
    "LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX "
    "MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO "
    "RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL "
    "TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
)
_VARIANTS = words(
    "1606nict 1694acad 1901 1996 abl1943 ao1990 arevela arevmda baku1926 balear bohoric boont "
    "colb1945 cornu dajnko ekavsk fonipa fonupa hepburn ijekavsk kkcor kscor lipaw luna1918 metelko "
    "monoton ndyuka nedis njiva oxendict petr1708 pinyin polyton rozaj scotland scouse solba tarask "
    "uccor ucrcor valencia wadegile"
)
_NONE = words("und zxx mul mis www xxx def")
#: Deprecated codes, codes of countries, and the three letters of languages that have two (RFC 5646 §2.2.1).
_MENDED = dict(
    pair.split(":")
    for pair in words(
        "iw:he in:id ji:yi jw:jv mo:ro jp:ja cz:cs dk:da gr:el se:sv ua:uk kr:ko cn:zh vn:vi rs:sr "
        "al:sq us:en gb:en at:de by:be sp:es ir:fa il:he eng:en deu:de ger:de fra:fr fre:fr esp:es "
        "spa:es ita:it por:pt nld:nl dut:nl pol:pl rus:ru ukr:uk ces:cs cze:cs slk:sk slo:sk slv:sl "
        "hun:hu ron:ro rum:ro bul:bg ell:el gre:el tur:tr ara:ar heb:he fas:fa per:fa hin:hi jpn:ja "
        "jap:ja kor:ko zho:zh chi:zh chn:zh cmn:zh vie:vi tha:th ind:id msa:ms may:ms dan:da swe:sv "
        "nor:no nob:nb nno:nn fin:fi est:et lav:lv lit:lt hrv:hr scr:hr srp:sr scc:sr bos:bs sqi:sq "
        "alb:sq mkd:mk mac:mk isl:is ice:is gle:ga cym:cy wel:cy eus:eu baq:eu cat:ca glg:gl kat:ka "
        "geo:ka hye:hy arm:hy aze:az kaz:kk uzb:uz bel:be ben:bn tam:ta tel:te urd:ur nep:ne khm:km "
        "lao:lo mya:my bur:my mon:mn swa:sw afr:af epo:eo lat:la mlt:mt ltz:lb kir:ky tgk:tg tuk:tk "
        "tat:tt pus:ps kur:ku amh:am som:so zul:zu"
    )
)
_MENDED_REGIONS = {"UK": "GB", "BU": "MM", "DD": "DE", "FX": "FR", "TP": "TL", "ZR": "CD", "YD": "YE", "YU": "RS"}
#: Whole tags that are grandfathered, Microsoft's, or wrong in a way of their own.
_WHOLE = {
    "zh-chs": "zh-Hans",
    "zh-cht": "zh-Hant",
    "sh": "sr-Latn",
    "no-bok": "nb",
    "no-nyn": "nn",
    "zh-min-nan": "nan",
    "zh-guoyu": "zh",
    "zh-xiang": "hsn",
    "i-lux": "lb",
    "i-klingon": "tlh",
    "art-lojban": "jbo",
    "en-gb-oed": "en-GB-oxendict",
    "uk-uk": "uk-UA",
    "iw-il": "he-IL",
    "sr@latin": "sr-Latn",
    "c": None,
    "x-default": None,
}
#: Facebook's locales that are no tags (og:locale).
_FACEBOOK = {"es_la": "es-419", "ar_ar": "ar", "en_pi": None, "en_ud": None, "cx_ph": "ceb-PH", "sv_sv": "sv"}
_NAMES = {
    name: tag
    for tag, names in {
        "en": "english englisch anglais inglés ingles inglese",
        "de": "deutsch german germany deutschland allemand alemán aleman tedesco",
        "fr": "français francais french französisch france francés francese",
        "es": "español espanol spanish castellano spanisch espagnol",
        "it": "italiano italian italienisch italien",
        "pt": "português portugues portuguese",
        "nl": "nederlands dutch niederländisch",
        "pl": "polski polish polnisch",
        "ru": "русский russian russisch",
        "uk": "українська ukrainian",
        "cs": "čeština cestina česky cesky czech",
        "sk": "slovenčina slovencina slovensky slovak",
        "sl": "slovenščina slovenscina slovenian",
        "hr": "hrvatski croatian",
        "hu": "magyar hungarian",
        "ro": "română romana romanian",
        "bg": "български bulgarian",
        "el": "ελληνικά greek",
        "tr": "türkçe turkce turkish",
        "sv": "svenska swedish",
        "da": "dansk danish",
        "no": "norsk norwegian",
        "fi": "suomi finnish",
        "ja": "日本語 japanese",
        "zh": "中文 chinese",
        "ko": "한국어 korean",
        "ar": "العربية arabic",
        "he": "עברית hebrew",
        "fa": "فارسی persian farsi",
        "vi": "vietnamese",
        "th": "ไทย thai",
        "id": "indonesian",
    }.items()
    for name in names.split()
}


def normal_tag(said: str | None) -> str | None:
    """`de-DE` of `DE_de.UTF-8, en`; None of what names no language. Of several tags the first counts."""
    return _normal(said.strip()[:_LONGEST]) if said else None


def facebook_tag(said: str | None) -> str | None:
    """The tag of one of Facebook's locales, which know a Spanish of Laos."""
    code = (said or "").strip().lower().replace("-", "_")
    return _FACEBOOK[code] if code in _FACEBOOK else normal_tag(said)


@lru_cache(maxsize=1_000)
def _normal(said: str) -> str | None:
    said = said.strip("\"'").lower()
    if said in _WHOLE:
        return _WHOLE[said]
    first = _END.split(said, maxsplit=1)[0].replace("_", "-").replace("\u2013", "-").strip("-")
    if first in _WHOLE:
        return _WHOLE[first]
    if first in _NAMES:
        return _NAMES[first]
    match = _TAG.fullmatch(first)
    return _canonical(match) if match else None


def _canonical(match: re.Match[str]) -> str | None:
    """The subtags in their usual case; regions and variants that nobody registered are left out."""
    name = match["extended"] if match["language"] == "zh" and match["extended"] else match["language"]
    name = _MENDED.get(name, name)
    if name in _NONE or (len(name) == 2 and name not in _LANGUAGES):  # noqa: PLR2004 - the short codes are known
        return None
    tag = [name]
    if match["script"]:
        tag.append(match["script"].title())
    region = (match["region"] or "").upper()
    region = _MENDED_REGIONS.get(region, region)
    if region.isdigit() or region in _REGIONS:
        tag.append(region)
    tag += [part for part in match["rest"].split("-") if part in _VARIANTS]
    return "-".join(tag)
