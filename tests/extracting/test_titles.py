import pytest

from batchscrape import extracting
from batchscrape.extracting.titles import canonical_url, site_name
from batchscrape.models import Facts
from tests.extracting.pages import UTF8, read


def read_source(source: str) -> Facts:
    return extracting.extract(extracting.parse(source.encode(), url="https://acme.de/", headers=UTF8))


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>\n  Acme &amp; Söhne \t GmbH </title>", "", "Acme & Söhne GmbH"),
        ("<title>First</title><title>Second</title>", "", "First"),
        ("<title> </title><title>Second</title>", "", "Second"),
        ("<TITLE lang=de>Acme</TITLE>", "", "Acme"),
        ("<title>A &#8211; B &quot;C&quot; &nbsp; D&eacute;</title>", "", 'A \u2013 B "C" Dé'),
        ("<title>Tom &amp;amp; Jerry</title>", "", "Tom &amp; Jerry"),
        ("<title>How to use <b> in HTML</title>", "", "How to use <b> in HTML"),
        (
            "<title>Größe \U0001f600 \u0645\u06cc\u200c\u062e</title>",
            "",
            "Größe \U0001f600 \u0645\u06cc\u200c\u062e",
        ),
        ("", "<svg><title>Icon</title></svg>", None),
        ("", "<svg><g><title>Icon</title></g></svg><title>Acme</title>", "Acme"),
        ("", "<svg><symbol id=a><title>Icon</title></symbol></svg>", None),
        ("", "<svg><foreignObject><title>HTML again</title></foreignObject></svg>", "HTML again"),
        ("", "<math><title>x</title></math><p>y", None),
        ("<title>Acme</title>", "<svg><title>Icon</title></svg>", "Acme"),
        ("<div>broken head</div><title>Acme</title>", "", "Acme"),
        ("<title></title><meta property='og:title' content='Open Graph'>", "", "Open Graph"),
        ("<meta name='twitter:title' content='Bird'>", "", "Bird"),
        ("<meta name='title' property='og:title' content='Both'>", "", "Both"),
        ("", "<p>x</p><title>Late</title>", "Late"),
        ("", "<div><div><title>Deep</title></div></div>", "Deep"),
        ("<title>a\x1b[31mb\x07\u202ec\x00</title>", "", "abc"),
        ("<template><title>Template</title></template>", "", None),
        ("<!-- <title>Comment</title> --><title>Acme</title>", "", "Acme"),
        ("<script>document.write('<title>Script</title>')</script><title>Acme</title>", "", "Acme"),
        ("<title>Never closed", "", "Never closed</head><body></body></html>"),
    ],
)
def test_the_title_is_what_a_browser_shows(head: str, body: str, title: str | None) -> None:
    assert read(body, head=head).title == title


@pytest.mark.parametrize(
    ("head", "description"),
    [
        ("<meta name=Description content=' One  two '><meta property=og:description content=no>", "One two"),
        ("<META NAME='DESCRIPTION' CONTENT='Upper'>", "Upper"),
        ("<meta content='Order' name='description'>", "Order"),
        ("<meta name='description' content='It\u2019s &quot;good&quot; &amp; cheap'>", 'It\u2019s "good" & cheap'),
        ('<meta name="description" content="Line one\n\n  line two">', "Line one line two"),
        ("<meta name=description content=''><meta property=og:description content=Graph>", "Graph"),
        ("<meta name=description content=''><meta name=description content=Second>", "Second"),
        ("<meta name=description content=First><meta name=description content=Second>", "First"),
        ("<meta property=og:description content=Graph><meta name=description content=Plain>", "Plain"),
        ("<meta name=twitter:description content=Bird><meta property=og:description content=Graph>", "Graph"),
        ("<meta name=og:description content=Named>", "Named"),
        ("<meta name=twitter:description content=Bird>", "Bird"),
        ("<meta name='twitter:description' property='og:description' content='Both'>", "Both"),
        ("<meta name=description content='<p>Good <b>things</b> for 3 < 5 &lt;br /&gt;people</p>'>",
         "Good things for 3 < 5 people"),
        ("<meta itemprop=description content=Item>", None),
        ("<meta name=description>", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_description_comes_from_the_first_that_has_one(head: str, description: str | None) -> None:
    assert read(head=head).description == description


def test_long_texts_are_cut() -> None:
    facts = read(head=f"<title>{'x' * 5000}</title><meta name=description content={'y' * 5000}>")

    assert (len(facts.title or ""), len(facts.description or "")) == (1000, 2000)


def test_a_head_that_something_broke_still_counts() -> None:
    facts = read_source(
        "<html><head><img src=x><meta name=description content='About us'><title>Acme</title>"
        "<meta property=og:locale content=de_DE></head><body>x</body></html>"
    )

    assert (facts.title, facts.description, facts.language) == ("Acme", "About us", "de-DE")


@pytest.mark.parametrize(
    ("html", "head", "headers", "language"),
    [
        ('<html lang="DE_de">', "", {}, "de-DE"),
        ('<html xml:lang="fr">', "", {}, "fr"),
        ('<html lang="" xml:lang="fr">', "", {}, "fr"),
        ('<html xml:lang="fr" lang="en">', "", {"Content-Language": "de"}, "en"),
        ("<html>", "", {"Content-Language": "es, en"}, "es"),
        ("<html>", '<meta http-equiv="content-language" content="en">', {"Content-Language": "de"}, "de"),
        ("<html>", '<meta http-equiv="Content-Language" content="pl">', {}, "pl"),
        (
            "<html>",
            '<meta property="og:locale" content="ja_JP"><meta http-equiv="Content-Language" content="pl">',
            {},
            "pl",
        ),
        ("<html>", '<meta property="og:locale" content="ja_JP">', {}, "ja-JP"),
        ("<html>", '<meta property="og:locale" content="es_LA">', {}, "es-419"),
        ("<html>", '<meta name="language" content="Deutsch">', {}, "de"),
        ('<html lang="zh-hant-tw">', "", {}, "zh-Hant-TW"),
        ('<html lang="{{ lang }}">', '<meta property="og:locale" content="en_GB">', {}, "en-GB"),
        ("<html>", "", {}, None),
    ],
)
def test_the_language_is_of_the_first_that_names_one(
    html: str, head: str, headers: dict[str, str], language: str | None
) -> None:
    assert read(head=head, html=html, headers=headers).language == language


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("de", "de"), ("DE", "de"), ("de_DE", "de-DE"), ("en-us", "en-US"), ("zh-cn", "zh-CN"), ("pt-br", "pt-BR"),
        ("zh-Hans-CN", "zh-Hans-CN"), ("zh-hant", "zh-Hant"), ("sr-latn-rs", "sr-Latn-RS"), ("es-419", "es-419"),
        ("ca-valencia", "ca-valencia"), ("de-CH-1996", "de-CH-1996"), ("de-DE-formal", "de-DE"), ("gsw", "gsw"),
        ("en-US, de", "en-US"), ("de,en;q=0.5", "de"), ("de/en", "de"), ("en us", "en"), ("de_DE.UTF-8", "de-DE"),
        ("sr_RS@latin", "sr-RS"), ("eng", "en"), ("deu", "de"), ("ger", "de"), ("jp", "ja"), ("cz", "cs"),
        ("dk", "da"), ("gr-GR", "el-GR"), ("ua", "uk"), ("cn", "zh"), ("iw", "he"), ("in", "id"),
        ("sh", "sr-Latn"), ("en-UK", "en-GB"), ("en-EN", "en"), ("ja-JA", "ja"), ("uk-UK", "uk-UA"),
        ("zh-yue-HK", "yue-HK"), ("zh-CHS", "zh-Hans"),
        ("zh-CHT", "zh-Hant"), ("en-GB-oed", "en-GB-oxendict"), ("i-lux", "lb"),
        ("english", "en"), ("Deutsch", "de"), ("English (US)", "en"), ("français", "fr"), ("no", "no"),
        ("nb-NO", "nb-NO"), ("de-", "de"), (" fr ", "fr"), ("'it'", "it"),
        ("", None), ("x-default", None), ("C", None), ("und", None), ("xx", None), ("qq", None), ("www", None),
        ("lang", None), ("<?php", None), ("%lang%", None), ("-", None), ("1", None), ("a" * 5000, None),
    ],
)  # fmt: skip
def test_a_language_is_written_as_bcp_47(said: str, tag: str | None) -> None:
    assert read(html=f'<html lang="{said}">').language == tag


@pytest.mark.parametrize(
    ("head", "headers", "url"),
    [
        ('<link rel="canonical" href="/a?b=1">', {}, "https://acme.de/a?b=1"),
        (
            '<link rel="canonical" href=""><link href="https://www.acme.de/" rel="Canonical">',
            {},
            "https://www.acme.de/",
        ),
        (
            "",
            {"Link": '<https://acme.de/x.css>; rel=preload, <https://acme.de/a>; rel="canonical"'},
            "https://acme.de/a",
        ),
        ("", {"Link": "<https://acme.de/a>; rel=shortlink"}, None),
        ("", {}, None),
    ],
)
def test_a_page_may_give_its_own_address(head: str, headers: dict[str, str], url: str | None) -> None:
    page = extracting.parse(f"<head>{head}".encode(), url="https://acme.de/x", headers={**UTF8, **headers})

    assert canonical_url(page) == url


def test_the_site_is_named_by_open_graph() -> None:
    source = "<meta property='og:site_name' content=' Acme  &amp; Co '>"

    page = extracting.parse(source.encode(), url="https://acme.de/", headers=UTF8)

    assert site_name(page) == "Acme & Co"
