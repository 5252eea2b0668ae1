"""Pages in every character set, pages that are none, and pages that act: on parsers, terminals, databases."""

# ruff: noqa: RUF001 - words of many alphabets

from tests.hostile.behaviour import FACTS, HTTP, HTTPS, PAGE, Behaviour, completes, fails, shows_facts, start
from tests.web import Handler, answer

WORDS = {
    "shift_jis": "日本の会社について",
    "euc_jp": "日本の会社について",
    "gbk": "北京的公司欢迎您",
    "big5": "台北的公司歡迎您",
    "euc_kr": "서울의 회사 안내",
    "cp1250": "Příliš žluťoučký kůň",
    "cp1251": "Добро пожаловать",
    "cp1252": "Grüße – aus Köln",
    "cp1253": "Καλώς ήρθατε",
    "cp1254": "Hoş geldiniz ığşç",
    "cp1255": "ברוכים הבאים",
    "cp1256": "مرحبا بكم في موقعنا",
    "cp1257": "Sveiki atvykę į mūsų",
    "koi8-r": "Добро пожаловать",
}
LABELS = {"cp1250": "windows-1250", "euc_jp": "euc-jp", "euc_kr": "euc-kr"}
#: Long enough for a guess to be a sure one.
UNDECLARED = {
    "cp1251": "Добро пожаловать на сайт нашей компании, мы работаем с девяти до восемнадцати часов. ",
    "shift_jis": "私たちの会社は東京にあります。お問い合わせはこちらからお願いいたします。",
    "gbk": "我们的公司在北京，欢迎您随时与我们联系，我们很高兴为您服务。",
    "euc_kr": "저희 회사는 서울에 있습니다. 언제든지 문의해 주시기 바랍니다. ",
    "utf-8": "Grüße aus Köln, wir freuen uns auf Sie. ",
}


def page(title: str, charset: str = "") -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"{meta}<title>{title}</title><p>info@acme-tools.de</p>"


def typed(body: bytes, content_type: str | None = "text/html") -> Handler:
    return start(answer(body, content_type=content_type))


def shows(title: str | None) -> dict[str, object]:
    return completes(title=title, emails=FACTS["emails"])


CHARSETS = [
    *(
        Behaviour(
            f"{codec} in meta", typed(page(words, LABELS.get(codec, codec)).encode(codec)), shows(words), (HTTP,)
        )
        for codec, words in WORDS.items()
    ),
    *(
        Behaviour(
            f"{codec} undeclared",
            typed(page(words.strip()).encode(codec) + f"<p>{words * 9}".encode(codec)),
            shows(words.strip()),
            (HTTP,),
        )
        for codec, words in UNDECLARED.items()
    ),
    Behaviour("UTF-16 with a mark", typed(page("Größe").encode("utf-16")), shows("Größe")),
    Behaviour(
        "UTF-16 big with a mark, wrong header",
        typed(b"\xfe\xff" + page("Größe").encode("utf-16-be"), "text/html; charset=iso-8859-1"),
        shows("Größe"),
    ),
    Behaviour("UTF-8 with a mark", typed(page("Größe", "latin1").encode("utf-8-sig")), shows("Größe")),
    Behaviour("quoted", typed(page("Größe").encode("latin1"), 'text/html; charset="latin1"'), shows("Größe")),
    Behaviour(
        "unknown charset",
        typed(page("Größe", "no-such").encode(), "text/html; charset=no-such-charset"),
        shows("Größe"),
    ),
    Behaviour("charset base64", typed(page("Größe", "base64").encode(), "text/html; charset=hex"), shows("Größe")),
    Behaviour(
        "wrong charset",
        typed(page("Größe").encode("latin1"), "text/html; charset=utf-8"),
        shows("Größe"),
    ),
    Behaviour("charset of 50,000 letters", typed(page("A", "x" * 50_000).encode()), shows("A")),
]  # fmt: skip

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"
NO_HTML = [
    Behaviour("image", typed(PNG, "image/png"), fails("not_html", 200)),
    Behaviour("image as HTML", typed(PNG), fails("not_html", 200)),
    Behaviour("image as nothing", typed(PNG, None), fails("not_html", 200)),
    Behaviour("JPEG as HTML", typed(b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 99), fails("not_html", 200)),
    Behaviour("PDF as HTML", typed(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), fails("not_html", 200)),
    Behaviour("ZIP as HTML", typed(b"PK\3\4\x14\0\0\0\x08\0"), fails("not_html", 200)),
    Behaviour("binary as HTML", typed(bytes(range(256)) * 99), fails("not_html", 200)),
    Behaviour("JSON", typed(b'{"error": 1}', "application/json"), fails("not_html", 200)),
    Behaviour("text", typed(PAGE.encode(), "text/plain"), fails("not_html", 200)),
    Behaviour("feed as nothing", typed(b"<?xml version='1.0'?><rss>", None), fails("not_html", 200)),
    Behaviour("an evil type", typed(PAGE.encode(), "evil\x1b[31m/[bold]x"), fails("not_html", 200)),
    Behaviour("HTML as nothing", typed(PAGE.encode(), None), shows_facts()),
    Behaviour("HTML with NUL", typed(b"\n<title>Ac\0me</title><p>info@acme-tools.de"), shows("Acme")),
    Behaviour("XHTML", typed(b"<?xml version='1.0'?>" + PAGE.encode(), "application/xhtml+xml"), shows_facts()),
]

LD = '<script type="application/ld+json">{"@type":"Organization","name":"@"}</script>'
ACTING = [
    Behaviour("escapes in the title", start(page("\x1b[31mRed\x1b]0;x\x07\x9b2J")), shows("Red2J")),
    Behaviour("mark-up of rich", start(page("[bold]B[/bold] [link=x]")), shows("[bold]B[/bold] [link=x]")),
    Behaviour("formula", start(page("=cmd|' /C calc'!A0")), shows("=cmd|' /C calc'!A0")),
    Behaviour("NUL in the title", start(page("A\0B&#0;C")), shows("AB\ufffdC")),
    Behaviour("surrogates", start(page("A&#xD800;B") + LD.replace("@", "\\ud800X\\u0000")), shows("A\ufffdB")),
    Behaviour("surrogates as bytes", typed(b"<title>A\xed\xa0\x80B</title>info@acme-tools.de"), completes()),
    Behaviour("a title of 5 MB", start(page("T" * (5 << 20))), completes(truncated=1), (HTTPS,)),
    Behaviour("JSON-LD of 100,000 brackets", start(PAGE + LD.replace('"@"', "[" * 100_000)), shows_facts()),
    Behaviour("JSON-LD of a million digits", start(PAGE + LD.replace('"@"', "9" * 1_000_000)), shows_facts()),
    Behaviour("a@a-a-a", start(PAGE + "a@" + "a-" * 50_000), shows_facts()),
    Behaviour("50,000 dots", start(PAGE + "mail " + "a." * 50_000 + "@" + "a." * 50_000), shows_facts()),
]

#: Of these a parser would build for seconds to minutes; the facts stand before them.
BOMBS = {
    "nested div": "<div>" * 200_000,
    "40,000 nested div": "<div>" * 40_000,
    "nested tables": "<table><tr><td>" * 100_000,
    "nested lists": "<ul><li>" * 100_000,
    "attributes": "<p " + " ".join(f"a{number}=1" for number in range(40_000)) + ">",
    "options": "<select>" + "<option>x" * 32_000,
    "lexbor issue 340": "".join(f"<b {n}>" for n in range(4000)) + "".join(f"<i {n}>" for n in range(4000))
    + "x</b>" * 4000,
    "fonts before paragraphs": "".join(f"<font a={number}>" for number in range(1000)) + "<p>x" * 50_000,
    "misnested": "<span><div></span></div>" * 100_000,
    "a comment": "<!--" + "x" * 4_000_000,
    "an attribute's value": '<p a="' + "x" * 4_000_000,
    "a million entities": "&amp;" * 900_000,
    "lone brackets": "<" * 4_000_000,
    "scripts": "<script>" * 500_000,
}  # fmt: skip
BUILT = [
    *(Behaviour(f"bomb: {name}", start(PAGE + bomb), shows_facts(), (HTTP,)) for name, bomb in BOMBS.items()),
    Behaviour("nothing but a bomb", start("<div>" * 100_000), fails("parse_error", 200)),
]

BEHAVIOURS = CHARSETS + NO_HTML + ACTING + BUILT
