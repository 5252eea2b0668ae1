import pytest

from batchscrape.extracting import extract, parse
from batchscrape.extracting.charset import decode

TEXTS = {
    "utf-8": "Grüße aus Łódź, 東京",
    "cp1252": "Grüße aus Köln, „schön“, 5 €",
    "cp1251": "Добро пожаловать на наш сайт, мы рады вас видеть",
    "koi8-r": "Добро пожаловать на наш сайт, мы рады вас видеть",
    "cp1250": "Zażółć gęślą jaźń",
    "iso8859-2": "Zażółć gęślą jaźń",
    "shift_jis": "ようこそ、株式会社アクメのホームページへ。お問い合わせはこちら",
    "euc_jp": "ようこそ、株式会社アクメのホームページへ。お問い合わせはこちら",
    "gbk": "欢迎来到我们的网站、请联系我们、公司简介、产品中心",
    "big5": "歡迎光臨我們的網站、請與我們聯絡、公司簡介",
    "euc_kr": "안녕하세요 우리 회사 홈페이지에 오신 것을 환영합니다",
    "cp1253": "Καλώς ήρθατε στην ιστοσελίδα μας",
    "cp1256": "مرحبا بكم في موقعنا",
}
LABELS = {"cp1252": "iso-8859-1", "gbk": "gb2312", "cp1250": "windows-1250", "cp1251": "windows-1251"}


def page(text: str, meta: str = "") -> str:
    return f"<html><head>{meta}<title>{text}</title></head><body><p>{text}</p></body></html>"


def title(body: bytes, content_type: str = "text/html") -> str | None:
    return extract(parse(body, url="https://a.de/", headers={"Content-Type": content_type})).title


@pytest.mark.parametrize(("codec", "text"), TEXTS.items())
def test_the_header_names_the_charset(codec: str, text: str) -> None:
    label = LABELS.get(codec, codec)

    assert title(page(text).encode(codec), f'text/html; charset="{label}"') == text


@pytest.mark.parametrize(("codec", "text"), TEXTS.items())
def test_a_meta_names_the_charset(codec: str, text: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={LABELS.get(codec, codec)}">'

    assert title(page(text, meta).encode(codec)) == text


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "cp1251", "koi8-r", "shift_jis", "euc_jp", "gbk", "euc_kr"])
def test_an_undeclared_charset_is_detected(codec: str) -> None:
    text = TEXTS[codec] if codec != "cp1252" else "Schöne Grüße aus Köln für alle"

    assert title(page(text + " " + text).encode(codec)) == f"{text} {text}"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_byte_order_mark_wins_over_the_header(codec: str) -> None:
    mark = "\ufeff" if codec == "utf-16-be" else ""

    assert title((mark + page("Zażółć")).encode(codec), "text/html; charset=iso-8859-1") == "Zażółć"


@pytest.mark.parametrize(
    "label", ["no-such-charset", "base64", "rot13", "utf-7", "idna", "undefined", "unicode_escape", "'"]
)
def test_a_label_that_is_no_charset_counts_as_none(label: str) -> None:
    body = page("Grüße", f'<meta charset="{label}">').encode()

    assert title(body, f"text/html; charset={label}") == "Grüße"


def test_a_meta_that_says_utf_16_means_utf_8() -> None:
    assert title(page("Grüße", "<meta charset=utf-16>").encode()) == "Grüße"


def test_wrong_bytes_become_replacement_characters() -> None:
    assert title(b"<title>a\xffb</title>", "text/html; charset=utf-8") == "a\ufffdb"


def test_a_body_cut_inside_a_character_is_still_utf_8() -> None:
    assert decode("Grü".encode() + b"\xc3", None) == "Grü\ufffd"
