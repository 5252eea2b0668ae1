import pytest

from batchscrape.extracting import extract, parse
from batchscrape.extracting.charset.decoding import decode
from batchscrape.extracting.charset.labels import CODECS

#: Language and codec → a sentence.
TEXTS = {
    ("de", "utf-8"): "Grüße aus Łódź, 東京",
    ("de", "cp1252"): "Grüße aus Köln, \u201eschön\u201c, 5 €",
    ("pl", "cp1250"): "Zażółć gęślą jaźń. Witamy na naszej stronie internetowej, oferujemy usługi księgowe",
    ("pl", "iso8859-2"): "Zażółć gęślą jaźń. Witamy na naszej stronie internetowej, oferujemy usługi księgowe",
    ("cs", "cp1250"): "Příliš žluťoučký kůň úpěl ďábelské ódy. Vítejte na našich stránkách",
    ("ru", "cp1251"): "Добро пожаловать на наш сайт, мы рады вас видеть",
    ("ru", "koi8-r"): "Добро пожаловать на наш сайт, мы рады вас видеть",
    ("uk", "koi8-u"): "Ласкаво просимо на сайт нашої компанії в Києві",
    ("el", "cp1253"): "Καλώς ήρθατε στην ιστοσελίδα μας",
    ("el", "iso8859-7"): "Καλώς ήρθατε στην ιστοσελίδα μας",
    ("tr", "cp1254"): "Hoş geldiniz, şirketimiz yirmi yıldır mobilya üretimi yapmaktadır",  # noqa: RUF001 - Turkish
    ("he", "cp1255"): "ברוכים הבאים לאתר שלנו, צור קשר",
    ("ar", "cp1256"): "مرحبا بكم في موقعنا على الإنترنت، نقدم خدمات المحاسبة",
    ("lt", "cp1257"): "Sveiki atvykę į mūsų svetainę, teikiame buhalterinės apskaitos paslaugas įmonėms",
    ("th", "cp874"): "ยินดีต้อนรับสู่เว็บไซต์ของเรา",
    ("ja", "shift_jis"): "ようこそ、株式会社アクメのホームページへ。お問い合わせはこちら",
    ("ja", "euc_jp"): "ようこそ、株式会社アクメのホームページへ。お問い合わせはこちら",
    ("ja", "iso2022_jp"): "ようこそ、株式会社アクメのホームページへ。お問い合わせはこちら",
    ("zh", "gbk"): "欢迎来到我们的网站、请联系我们、公司简介、产品中心",
    ("zh", "gb18030"): "欢迎来到我们的网站、请联系我们、公司简介、产品中心",
    ("zh-TW", "big5"): "歡迎光臨我們的網站、請與我們聯絡、公司簡介",
    ("ko", "euc_kr"): "안녕하세요 우리 회사 홈페이지에 오신 것을 환영합니다",
}
LABELS = {
    "cp1252": "iso-8859-1", "gbk": "gb2312", "cp874": "tis-620", "cp1254": "iso-8859-9", "iso8859-2": "iso-8859-2",
    "iso8859-7": "iso-8859-7", "iso2022_jp": "iso-2022-jp", "euc_jp": "x-euc-jp", "euc_kr": "ks_c_5601-1987",
}  # fmt: skip
LABELS |= {f"cp125{number}": f"windows-125{number}" for number in (0, 1, 3, 5, 6, 7)}
CODECS_AND_TEXTS = [(codec, text) for (_, codec), text in TEXTS.items()]
LANGUAGES_CODECS_AND_TEXTS = [(language, codec, text) for (language, codec), text in TEXTS.items()]


def page(text: str, head: str = "", language: str = "") -> str:
    return f"<html lang='{language}'><head>{head}<title>{text}</title></head><body><p>{text}</p></body></html>"


def title(body: bytes, content_type: str = "text/html") -> str | None:
    return extract(parse(body, url="https://a.de/", headers={"Content-Type": content_type})).title


@pytest.mark.parametrize(("codec", "text"), CODECS_AND_TEXTS)
def test_the_header_names_the_charset(codec: str, text: str) -> None:
    label = LABELS.get(codec, codec)

    assert title(page(text).encode(codec), f'text/html; charset="{label}"') == text


@pytest.mark.parametrize(("codec", "text"), CODECS_AND_TEXTS)
def test_a_meta_names_the_charset(codec: str, text: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={LABELS.get(codec, codec)}">'

    assert title(page(text, meta).encode(codec)) == text


@pytest.mark.parametrize(("language", "codec", "text"), LANGUAGES_CODECS_AND_TEXTS)
def test_an_undeclared_charset_is_detected(language: str, codec: str, text: str) -> None:
    assert title(page(text, language=language).encode(codec)) == text


@pytest.mark.parametrize(("codec", "text"), CODECS_AND_TEXTS)
def test_a_longer_text_is_enough_without_its_language(codec: str, text: str) -> None:
    longer = " ".join([text] * 6)

    assert title(page(longer).encode(codec)) == longer


def test_a_short_german_page_without_any_declaration_is_read() -> None:
    assert title(page("Schöne Grüße aus Köln").encode("cp1252")) == "Schöne Grüße aus Köln"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_byte_order_mark_wins_over_the_header(codec: str) -> None:
    mark = "\ufeff" if codec == "utf-16-be" else ""

    assert title((mark + page("Zażółć")).encode(codec), "text/html; charset=iso-8859-1") == "Zażółć"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_seen(codec: str) -> None:
    assert title(page("Zażółć").encode(codec)) == "Zażółć"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/html; charset=no-such-charset",
        "text/html; charset=",
        "text/html; charset=utf-7",
        "text/html; charset=base64",
        "text/html; charset='UTF-8'",
        'text/html; Charset = "utf8"',
        "text/html;charset=utf-8;charset=iso-8859-1",
        "text/html; charset=utf-8, text/html",
        "text/html; charset=utf8mb4",
        "text/html",
    ],
)
def test_a_broken_header_does_no_harm(content_type: str) -> None:
    assert title(page("Zażółć", "<meta charset='utf-8'>").encode(), content_type) == "Zażółć"


def test_the_header_wins_over_the_meta() -> None:
    body = page("Zażółć", "<meta charset=utf-8>").encode("iso8859-2")

    assert title(body, "text/html; charset=iso-8859-2") == "Zażółć"


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET=Windows-1251 />",
        "<meta charset='cp1251'>",
        "<meta http-equiv=content-type content='text/html;charset=\"win-1251\"'>",
        "<meta name=viewport content='width=device-width'><meta charset=windows-1251>",
        "<!-- <meta charset=utf-8> --><meta charset=windows-1251>",
        "<meta charset=no-such><meta charset=windows-1251>",
        f"<script>{'x' * 3000}</script><meta charset=windows-1251>",
    ],
)
def test_a_meta_may_be_written_in_many_ways(head: str) -> None:
    assert title(page("Привет", head).encode("cp1251")) == "Привет"


def test_the_declaration_of_xhtml_counts() -> None:
    body = '<?xml version="1.0" encoding="iso-8859-2"?>\n' + page("Zażółć")

    assert title(body.encode("iso8859-2")) == "Zażółć"


@pytest.mark.parametrize(("label", "encoding"), [("utf-16", "utf-8"), ("x-user-defined", "cp1252")])
def test_a_meta_that_could_be_read_is_no_utf_16(label: str, encoding: str) -> None:
    assert title(page("Größe", f"<meta charset={label}>").encode(encoding)) == "Größe"


def test_utf_8_that_is_plainly_none_is_detected() -> None:
    body = page("Schöne Grüße aus Köln", "<meta charset=utf-8>").encode("cp1252")

    assert title(body) == "Schöne Grüße aus Köln"


def test_a_wrong_byte_in_utf_8_spoils_nothing_else() -> None:
    body = page("Schöne Grüße aus Köln").encode().replace(b" aus", b"\xff aus")

    assert title(body, "text/html; charset=utf-8") == "Schöne Grüße\ufffd aus Köln"


@pytest.mark.parametrize("declared", ["text/html", "text/html; charset=utf-8"])
def test_a_body_cut_inside_a_character_is_still_utf_8(declared: str) -> None:
    body = page("Schöne Grüße").encode() + "Größe".encode()[:3]

    assert title(body, declared) == "Schöne Grüße"


@pytest.mark.timeout(10)
def test_detection_takes_no_longer_for_scripts_that_never_end() -> None:
    assert decode(b"<script>\xe4" * 50_000, None).startswith("<script>")


def test_nul_is_no_character() -> None:
    assert decode(b"a\0b", "text/html; charset=utf-8") == "ab"


@pytest.mark.parametrize("label", ["utf-8", "l2", "koi8-ru", "x-cp1252", "ms_kanji", "iso-8859-8-i", "unicode"])
def test_every_label_of_the_standard_is_known(label: str) -> None:
    assert "a".encode(CODECS[label])


def test_every_codec_is_one_of_python() -> None:
    for codec in CODECS.values():
        assert b"a".decode(codec, "replace")
