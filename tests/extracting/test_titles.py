import pytest

from tests.extracting.pages import read


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>\n  Acme &amp; Söhne \t GmbH </title>", "", "Acme & Söhne GmbH"),
        ("<title>First</title><title>Second</title>", "", "First"),
        ("", "<svg><title>Icon</title></svg>", None),
        ("<title></title><meta property='og:title' content='Open Graph'>", "", "Open Graph"),
        ("", "<p>x</p><title>Late</title>", "Late"),
        ("<title>a\x1b[31mb\x07\u202ec\x00</title>", "", "abc"),
    ],
)
def test_the_title_is_what_a_browser_shows(head: str, body: str, title: str | None) -> None:
    assert read(body, head=head).title == title


@pytest.mark.parametrize(
    ("head", "description"),
    [
        ("<meta name=Description content=' One  two '><meta property=og:description content=no>", "One two"),
        ("<meta name=description content=''><meta property=og:description content=Graph>", "Graph"),
        ("<meta name=twitter:description content=Bird>", "Bird"),
        ("", None),
    ],
)
def test_the_description_comes_from_the_first_that_has_one(head: str, description: str | None) -> None:
    assert read(head=head).description == description


def test_long_texts_are_cut() -> None:
    facts = read(head=f"<title>{'x' * 5000}</title><meta name=description content={'y' * 5000}>")

    assert (len(facts.title or ""), len(facts.description or "")) == (1000, 2000)


@pytest.mark.parametrize(
    ("html", "head", "headers", "language"),
    [
        ('<html lang="DE_de">', "", {}, "de-DE"),
        ('<html xml:lang="fr">', "", {}, "fr"),
        ("<html>", "", {"Content-Language": "es, en"}, "es"),
        ("<html>", '<meta http-equiv="Content-Language" content="pl">', {}, "pl"),
        ("<html>", '<meta property="og:locale" content="ja_JP">', {}, "ja-JP"),
        ('<html lang="zh-hant-tw">', "", {}, "zh-Hant-TW"),
        ('<html lang="{{ lang }}">', '<meta property="og:locale" content="en_GB">', {}, "en-GB"),
        ("<html>", "", {}, None),
    ],
)
def test_the_language_is_a_tag_of_bcp_47(
    html: str, head: str, headers: dict[str, str], language: str | None
) -> None:
    assert read(head=head, html=html, headers=headers).language == language
