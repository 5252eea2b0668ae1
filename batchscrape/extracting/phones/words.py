"""What the words round a number say: that it is a telephone number, that it is something else, or nothing."""

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from batchscrape.extracting.phones.numbers import digits_of

_LOOK_BACK = 60
_LOOK_AHEAD = 24
#: A word, a number, or one of the signs that stand for either.
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[☎☏✆📞📱🖷📠🕿🕾📲№〒#$€£¥]")
_MOST_WORDS_BETWEEN = 3
_LONGEST_WORD = 40
_LONG_NUMBER = 3

#: Words that are followed by a telephone number, in the languages of the web; folded.
_LABEL = re.compile(
    r"tel|t[ée]l[ée]?f?|tell|tels|telfs?|telnr|tell?no|tlfn?|tlph|tfno?|tfn|tph|ph|phn"
    r"|\w*tel[eé](?:f|ph)[oó]n\w{0,10}|\w*t[ée]l[ée]phon\w{0,6}|\w*telefoon\w{0,7}|telefax\w*|t[ée]l[ée]copie\w*"
    r"|telp|telpon|telepon|ttel|sími|tālr\w*|тел\w*|τηλ\w*"
    r"|(?:cell|office|work|home|land|mobile|hand|free|body|main)?phones?|phonenumber|cellphone|fones?|fonos?|fon|tlfs?"
    r"|\w*fax(?:nr|nummer|number|e)?|faks\w*|факс\w*|φαξ|faksimil\w*"
    r"|mob|natel|mobil(?:e|n[ií]|ne|tel|nr|nummer|telefon\w*|funk|as)?s?|m[óo]ve(?:l|is)|m[óo]vil(?:es)?|celular(?:es)?|cellulare|cell?"
    r"|handy\w{0,6}|gsm|kom|kom[óo]rk\w+|puh|puhelin\w*|matkapuhelin|vaihde|växel\w*|dect"
    r"|\w*hotline|infolin\w+|helpline|landline|freephone|tollfree|switchboard|centralita|centrale"
    r"|\w*rufnummer|ruf|durchwahl|zentrale|nebenstelle|\w*notruf|fijo|festnetz|sms|whats?app|viber"
    r"|моб\w*|κιν\w*|gsmtel|mobiltel"
)
#: Words that may be followed by one: then it has to be valid.
_HINT = re.compile(
    r"[tfmp]|kontor\w*|sentralbord|app|text|standard|portables?|fixe?|call\w*|ring\w*|dial|rufen|anruf\w*|ruft|contact\w*|kontakt\w*|contatt\w+|appelez|appeler|joindre"
    r"|ll[aá]m[ae]\w*|ligue|chiam\w+|zadzwoń|dzwoń|bel|volejte|volajte|hívj\w+|sunați|звон\w*|позвон\w*|дзвон\w*"
    r"|emergency|notfall\w*|bereitschaft\w*|bestell\w*|r[ée]serv\w+|joignable|composez|num[ée]rotez|direct(?:o|a|e|line)?|diret[oa]|direkt\w*|capitais|localidades|book\w*|prenot\w+|\w*support|\w*service|\w*center|\w*dienst|erreich\w*|unter|atendimento|atenci[oó]n|info|sekretariat|büro"
    r"|office|reception|rezeption|empfang|praxis|filiale|zadzwo\w*|toll|sac|vert|verde|azul|cep|gratuit\w*|gratis|hjelp|sentral"
)
#: The same in scripts whose words run on, or are no words to a pattern.
_EASTERN = re.compile(
    r"(?P<label>電話|でんわ|携帯|電番|番号|代表|ファ[クッ]クス|ファックス|ダイヤル|直通|电话|手机|传真|热线|座机"
    r"|傳真|手機|專線|熱線|致电|致電|拨打|撥打|전화|팩스|휴대|대표|고객센터|연락처|문의|핸드폰|상담"
    r"|هاتف|تلفون|تليفون|جوال|موبايل|محمول|متحرك|فاكس|اتصل|تلفن|موبایل|فکس|نمابر|همراه|تماس|فون|ٹیلی"
    r"|טל|נייד|פקס|חייגו|התקשרו|חיוג|โทร|แฟกซ|มือถือ|สายด่วน|फ़ोन|फोन|मोबाइल|điện thoại|[đs]đt"
    r"|tổng đài|di động|[☎☏✆📞📱🖷📠🕿🕾📲])"
    r"|(?P<other>(?:登録|許可|郵便|口座|法人|会員|注文)(?:番号)?|信用代|备案|许可|사업자|등록|계좌|우편|邮编|郵編|郵遞|帐号|账号|统一|账户"
    r"|บัญชี|ภาษี|ทะเบียน|รหัส|ח\.פ|עוסק|חשבונית|הזמנה|ح\.ت|سجل|س\.ت|ضريب|حساب|ص\.ب|صندوق|[№〒])",
    re.IGNORECASE,
)
_EASTERN_REACH = 24
_FIRST_EASTERN = "\u0590"
_MOST_LETTERS_BETWEEN = 6
#: T: and F:, as they stand at the beginning of a line.
_LETTER = re.compile(r"(?:\A|[\s|,;(•·/])(?:[TFMPDG]|Ph|[tfmp])\s?[:.|)]\s{0,4}\Z")
#: What a label may have in brackets behind it: Telefon (Mo-Fr 9-17 Uhr):
_BRACKETS = re.compile(r"\([^()]{1,40}\)\W{0,4}\Z")
#: Blanks that only set the characters of a word apart: 電　話
_SPREAD = re.compile(r"(?<=[\u2e80-\uffef])[ \xa0\u3000]+(?=[\u2e80-\ufaff])")
#: Words between a label and its number that say nothing.
_FILLER = re.compile(
    r"nr|no|num|n|number|nummer|numer|número|numéro|num[eé]ro|numero|n[ú]m|and|und|et|y|e|i|a|o|the|is|ist|lautet|our"
    r"|der|die|das|de|du|la|le|al|il|en|bei|w|uns|ihr\w*|s|us|ons|at|on|now|today|line|free|only|au|aux|to|til|på|op|na|pod|по|per"
)
#: Words that only say "number": with no word for a telephone before them, it is one of another kind.
_NUMBER_WORD = re.compile(
    r"(?<![^\W\d_])(?<!\w\.)(?:nr|no|n[o°º]|№|#|č|čís|číslo|broj)[\s.:°º]{0,4}\Z", re.IGNORECASE
)
#: Words that are followed by a number of another kind.
_OTHER = re.compile(
    r"isbn|issn|ismn|ean|gtin|upc|asin|iban|bic|swift|konto(?:nr|nummer|inhaber)?|kto|blz|ust\w*|umsatzsteuer\w*|uid|atu|vat|tva|mwst|iva|cif|nif|nie"
    r"|pib|piva|partita|codice|steuer\w*|stnr|st|hrb|hra|hr|fn|handelsregister\w*|register\w*|registr\w*|regnr|nip|regon|krs|pesel|bdo"
    r"|siret|siren|rcs|ape|naf|rna|capital\w*"
    r"|инн|огрн\w*|кпп|бик|окпо|оквэд|р/?с|сч[её]т|єдрпоу|іпн"  # noqa: RUF001
    r"|cnpj|cpf|ie|abn|acn|arbn|gst\w*"
    r"|az|aktenzeichen|vorgang|vorgangsn\w+|matrikel\w*|matricule|dossier|c[oó]d(?:igo|ul)?|k[oó]d\w{0,2}|код\w{0,2}|index|indeks"
    r"|r[ée]f(?:nr|[ée]rence|erencia|erenz|erenznummer)?|produs(?:ul\w{0,2})?|produkt(?:u|nr|nummer)|product|produto|producto"
    r"|produit|prodotto|towaru|товару|товара|артикул|арт|договор\w{0,2}|лицензия|cikksz[áa]m|varenr|varenummer|tuoten\w+|tuotekoodi"
    r"|artnr|artnumm\w*|faktur\w*|fatt?ura|factur[ae]|sipari[şs]|sicil"
    r"|pan|cin|tin|ein|ič|ičo|ico|dič|dic|oib|mb|cui|cif|kvk|btw|cvr|org|orgnr|organisationsnummer|ytunnus|tunnus|rut|ruc|rfc|nit"
    r"|cuit|dni|vkn|mersis|order|orders|bestellnr|bestellnummer|auftrag\w*|auftrags\w*|artikel\w*|art|sku|item|model\w*"
    r"|id|ids|code|kundennr|kundennummer|customer|invoice|rechnung\w*|tracking|parcel|sendung\w*|serial|serien\w*|lot|charge"
    r"|chargen\w*|licen[sc]e|lizenz\w*|version|patent\w*|case|ticket|zip|plz|postcode|cap|cp|psč|postal\w*|box|postfach|doi|pmid|imei|account|acct|routing"
    r"|sort|bank\w*|nummern|company|charity|copyright|gps|lat|lng|lon|ip|port|usd|eur|chf|gbp|rs|inr|sek|nok|dkk|pln|czk"
    r"|[№〒#$€£¥]"
)
#: A word right after the number: 030 123456 (Fax).
_AFTER = re.compile(
    r"\s{0,2}[(\[|,:\u2013-]?\s{0,2}(?:tel(?:efon|ephone|\.|\b)|phone|(?:tele)?fax|mobil|mobile|handy|cell\b|office\b|büro\b)",
    re.IGNORECASE,
)
#: What stands near telephone numbers that have no label.
_PLACE = re.compile(
    r"@|[\[(]at[)\]]|\bkontakt|\bcontact|\bcontatt|\bkapcsolat|\badres|\baddress|\banschrift|\bdirecci[oó]n|\bindirizzo|\bendereço|\btel\b|\bfax"
    r"|\bphone|\bmobil|\b(?:e-?)?mail|\bimpressum|\bcall\b|\bring\b|\btext\b|\bcorreo\b|stra(?:ß|ss)e\b|str\.|\bplatz\b|\bul\.|\bstreet\b|\broad\b|\bavenue\b|\brue\b"
    r"|\bvia\b|\bcalle\b|\bst\.? |住所|〒|地址|주소|адрес|ул\.|τηλ|טל|هاتف|〶|uhr\b|öffnungszeiten"
    r"|opening hours|horaires|orari",
    re.IGNORECASE,
)
_BEFORE_PLACE, _AFTER_PLACE = 160, 120


class Name(Enum):
    """How a number is announced."""

    #: By a word like "Tel" right before it.
    LABEL = 2
    #: By such a word a little further off, or by one that may mean anything.
    HINT = 1
    NONE = 0
    #: As a number of another kind.
    OTHER = -1


def name_of(text: str, start: int, end: int) -> Name:
    """What is said of the number that stands in the text from start to end."""
    before = _name_after(text[max(0, start - _LOOK_BACK) : start])
    if before is Name.NONE and _AFTER.match(text, end, end + _LOOK_AHEAD):
        return Name.HINT
    return before


def is_label(word: str) -> bool:
    """Whether the word, glued to a number, names it: Tel030."""
    return _LABEL.fullmatch(word.casefold()) is not None or word in ("T", "F", "M", "P")


def is_in_contact(text: str, start: int, end: int) -> bool:
    """Whether addresses, e-mails or words of contact stand near."""
    return _PLACE.search(text, max(0, start - _BEFORE_PLACE), end + _AFTER_PLACE) is not None


@lru_cache(maxsize=8192)
def _name_after(before: str) -> Name:
    if _LETTER.search(before):
        return Name.LABEL
    if before.rstrip(" :").endswith(")"):
        before = _BRACKETS.sub("", before)
    if not before.isascii():
        before = unicodedata.normalize("NFKC", _SPREAD.sub("", before))
        if (name := _eastern_name(before)) is not None:
            return name
    tokens = _TOKEN.findall(before)
    unnamed = Name.NONE
    if _NUMBER_WORD.search(before):
        unnamed, tokens = Name.OTHER, tokens[:-1]
    between = 0
    for word in reversed(tokens):
        folded = word.casefold()[-_LONGEST_WORD:]
        name = _name_in(folded)
        if name is Name.LABEL:
            return Name.LABEL if between == 0 else Name.HINT
        if name is not Name.NONE and (between == 0 or name is Name.OTHER):
            return name
        if between >= _MOST_WORDS_BETWEEN or len(digits_of(folded)) >= _LONG_NUMBER:
            return unnamed
        between += not _FILLER.fullmatch(folded)
    return unnamed


def _eastern_name(before: str) -> Name | None:
    if max(before) < _FIRST_EASTERN and "đ" not in before.lower():
        return None
    *_, last = (None, *_EASTERN.finditer(before, max(0, len(before) - _EASTERN_REACH)))
    if last is None:
        return None
    between = before[last.end() :]
    if sum(map(str.isalpha, between)) > _MOST_LETTERS_BETWEEN or len(digits_of(between)) >= _LONG_NUMBER:
        return None
    return Name.OTHER if last["other"] else Name.LABEL


@lru_cache(maxsize=8192)
def _name_in(word: str) -> Name:
    if _LABEL.fullmatch(word):
        return Name.LABEL
    if _OTHER.fullmatch(word):
        return Name.OTHER
    return Name.HINT if _HINT.fullmatch(word) else Name.NONE
