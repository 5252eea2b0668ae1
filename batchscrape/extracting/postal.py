"""Tell a postal address from other text, and take its lines out of mark-up."""

import re
from html import unescape

_BREAK = re.compile(
    r"<(?:br|/?(?:p|div|li|ul|ol|tr|td|th|table|h[1-6]|section|dt|dd|hr|address|article))\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_HIDDEN = re.compile(r"<(script|style|svg)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(
    r"^(?:(?:postal |post|business |our |firmen|unsere )?(?:address|adresse|anschrift|dirección|"
    r"indirizzo|adres|"
    r"endereço|адрес|adresa|cím|adress|osoite|διεύθυνση|visit us|location|standort|siège social|sede legale|"
    r"sede)\s*:)\s*|^(?:address|adresse|anschrift|kontakt|contact(?: us)?|contacto|contatti|impressum|location|"
    r"adres|住所|所在地|地址)$",
    re.IGNORECASE,
)
#: From here on a line is no part of an address.
_CONTACT = re.compile(
    r"\S{1,100}@\S+|\S{1,100}\s?[\[(](?:at|ät)[\])]\s?\S+|https?://\S+|\bwww\.\S+|(?:\b|^)(?:tele?(?:fon|phone|fono|"
    r"fone|fono|fax)?"
    r"|tél(?:éphone)?|tlf|ph|phone|call|portable|gsm|mobil|cel|fax|e-?mails?|mails?|mobile?|mob|handy|"
    r"cell|móvil|whatsapp|cellulare|"
    r"тел(?:ефон)?|факс|電話|电话|傳真|传真|전화|web|internet)\b\.?\s*[:.]?.*",
    re.IGNORECASE,
)
_ONLY_NUMBER = re.compile(r"[TFMP]?[.:]?\s*[+(]?[\d\s()+./\u2013-]{6,}")
_HOURS = re.compile(r"\b\d{1,2}[:.]\d{2}\s*(?:-|\u2013|bis|to|à|h\b|uhr|am|pm)", re.IGNORECASE)
_COPYRIGHT = re.compile(r"\u00a9|\(c\)|copyright|rights reserved|alle rechte", re.IGNORECASE)
_YEAR = r"(?:19|20)\d\d"
_CODE = (
    rf"(?:\d{{5}}|(?!{_YEAR}\b)\d{{4}}|\d{{3}}\s\d{{2}}|\d{{2}}-\d{{3}}|\d{{4}}-\d{{3}}|\d{{4}}\s?[A-Z]{{2}}|"
    r"\d{6})"
)
_POSTAL = re.compile(
    # before the town
    rf"(?<![\d.,])(?:[A-Z]{{1,2}}-)?{_CODE},?\s+[^\W\d_]{{2}}"
    # behind the town or the state
    r"|[^\W\d_]{2}[,.]?\s+(?:\d{5}(?:-\d{4})?|\d{6}|\d{5}-\d{3})(?![\d.])"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b[A-Z]{2,3}\s+\d{4}\b"
    r"|〒?\d{3}-\d{4}|[省市区區县縣都府]\S{0,20}\d|[시구로길]\s?\d",
)
_STREET = re.compile(
    r"(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|straat|laan|gatan|vägen|vej|gade|veien)\s+\d"
    r"|\d[a-z]?,?\s+(?:[\w.']{1,30}\s+){0,4}(?:street|st|road|rd|avenue|ave|lane|ln|blvd|boulevard|drive|"
    r"dr|court|way|"
    r"square|highway|hwy|rue|place|chemin|impasse|quai|cours|route|allée)\b"
    r"|\b(?:rue|via|viale|piazza|corso|calle|c/|avda|avenida|plaza|paseo|rua|ul|al|pl|os|ulica|aleja|"
    r"улица|ул|просп|пр|"
    r"наб|пер|bd|cad|sok)\.?\s+[^\d\n]{2,50},?\s*\d",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:GmbH|AG|KG|OHG|GbR|UG|e\.\s?K|e\.\s?V|SE|Ltd|Limited|LLC|LLP|Inc|Corp|PLC|Pty|SARL|SAS|SA|"
    r"S\.A|S\.L|SL|"
    r"S\.r\.l|Srl|S\.p\.A|SpA|S\.n\.c|snc|Sp\. z o\.?\s?o|S\.A\.S|B\.V|BV|N\.V|NV|VOF|ApS|A/S|AS|AB|Oy|"
    r"s\.r\.o|a\.s|"
    r"Kft|d\.o\.o|Lda|Ltda|Stiftung|Verein|Inh)\b"
    r"|株式会社|有限会社|有限公司|주식회사"
    r"|\b(?:ООО|ОАО|ЗАО|ИП)\b"  # noqa: RUF001 - Cyrillic
)
_MOST_LINES = 8
_SHORTEST, _LONGEST, _LONGEST_SOURCE = 10, 300, 4_000


def postal_lines(markup: str) -> list[str]:
    """The lines of the postal address in the mark-up, without labels, telephones, e-mails and hours; or none."""
    markup = _HIDDEN.sub("", markup[:_LONGEST_SOURCE])
    broken = _BREAK.sub("\n", " ".join(markup.split()))
    if "\n" not in broken.strip():
        broken = _BREAK.sub("\n", markup)
    lines = [line for each in unescape(_TAG.sub("", broken)).split("\n") if (line := _place(each))]
    text = ", ".join(lines)
    if not (_SHORTEST <= len(text) <= _LONGEST and len(lines) <= _MOST_LINES and any(map(str.isdigit, text))):
        return []
    return lines if _POSTAL.search(text) or _STREET.search(text) else []


def is_company(line: str) -> bool:
    """Whether the line holds a legal form."""
    return _COMPANY.search(line) is not None


def _place(line: str) -> str:
    line = " ".join(line.split())
    line = _CONTACT.sub("", _LABEL.sub("", line)).strip(" ,:;|\u2022\u00b7-")
    if _ONLY_NUMBER.fullmatch(line) or _HOURS.search(line) or _COPYRIGHT.search(line):
        return ""
    return line
