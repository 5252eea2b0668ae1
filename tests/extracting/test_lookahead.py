"""Pages built to keep a parser busy: each costs a second at most, whatever the machine is doing else."""

import subprocess
import sys

import pytest

from batchscrape.errors import ParseError
from batchscrape.extracting import extract, parse
from batchscrape.extracting.lookahead import bounded
from tests.extracting.pages import UTF8

BOMBS = {
    "nested div": "'<div>' * 200_000",
    "nested div, closed": "'<div>' * 200_000 + '</div>' * 200_000",
    "nested span": "'<span>' * 200_000 + '</i>' * 200_000",
    "nested list": "'<ul><li>' * 100_000",
    "nested table": "'<table><tr><td>' * 100_000",
    "nested svg": "'<svg>' + '<g>' * 200_000 + '</x>' * 100_000",
    "misnested": "'<span><div></span></div>' * 100_000",
    "attributes": "'<p ' + ' '.join(f'a{i}=1' for i in range(200_000)) + '>'",
    "attributes of html": "''.join(f'<html a{i}=1>' for i in range(200_000))",
    "options": "'<select>' + '<option>x' * 200_000",
    "options, closed": "'<select>' + '<option>x</option>' * 200_000 + '</select>'",
    "option groups": "'<select>' + '<optgroup><option>' * 100_000",
    "lexbor issue 340": "''.join(f'<b {i}>' for i in range(4000)) + ''.join(f'<i {i}>' for i in range(4000))"
    " + 'x</b>' * 4000",
    "fonts in paragraphs": "''.join(f'<font a={i}><p>' for i in range(50_000))",
    "fonts before paragraphs": "''.join(f'<font a={i}>' for i in range(1000)) + '<p>x' * 50_000",
    "bold around blocks": "''.join(f'<b a={i}><div>' for i in range(200)) + '</b>' * 50_000",
    "bold in tables": "'<table>' + ''.join(f'<b a={i}><tr>' for i in range(50_000))",
    "links": "'<a href=x>' * 200_000",
    "tag names": "''.join(f'<x{i}></x{i}>' for i in range(300_000))",
    "attribute names": "''.join(f'<p a{i}=1></p>' for i in range(300_000))",
    "comment": "'<!--' + 'x' * 5_000_000",
    "comments": "'<!-->' * 1_000_000",
    "attribute value": "'<p a=\"' + 'x' * 5_000_000",
    "unclosed quotes": "'<p a=\"' * 500_000",
    "entities": "'&amp;' * 1_000_000",
    "lone brackets": "'<' * 5_000_000",
    "nul": "'\\0' * 5_000_000",
    "scripts": "'<script>' * 500_000",
    "scripts in text": "'<script>a</script>x ' * 45_000 + 'x ' * 1_950_000",
    "nested microdata": "'<div itemprop=\"telephone addressCountry\">' * 900 + 'x ' * 2_250_000",
    "nested samples": "'<pre><code>' * 400 + 'x ' * 2_000_000",
    "objects in links": "''.join(f'<a href=/p{i}><object>' for i in range(240)) + 'x ' * 2_250_000",
}
#: Seconds of CPU for one bomb, and for all, after which the kernel ends the process; most would need minutes.
CPU_OF_ONE, CPU_LIMIT = 2, 60
PROGRAM = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({CPU_LIMIT}, {CPU_LIMIT}))
from batchscrape.errors import ParseError
from batchscrape.extracting import extract, parse
last = 0
for source in sys.stdin.read().splitlines():
    try:
        body = ("<title>t</title>" + eval(source)).encode()[:5 << 20]
        extract(parse(body, url="https://a.de/", headers={{"content-type": "text/html; charset=utf-8"}}))
    except ParseError:
        pass
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime - last)
    last = used.ru_utime + used.ru_stime
"""


def test_no_bomb_holds_the_parser_up() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input="\n".join(BOMBS.values()),
        capture_output=True,
        text=True,
        check=False,
    )

    finished = done.stdout.split()
    assert len(finished) == len(BOMBS), f"stopped at {list(BOMBS)[len(finished) :][:1]}: {done.stderr[-300:]}"
    seconds = dict(zip(BOMBS, map(float, finished), strict=True))
    assert {name: taken for name, taken in seconds.items() if taken > CPU_OF_ONE} == {}


def test_nested_samples_are_read_once() -> None:
    page = parse(b"<pre><code>" * 100 + b"a@b.de" * 1_000, url="https://acme.de/", headers=UTF8)

    assert list(map(len, page.samples)) == [6_000]


def test_what_stands_before_the_bomb_is_kept() -> None:
    page = parse(
        b"<title>Acme</title><p>info@acme.de</p>" + b"<div>" * 100_000, url="https://acme.de/", headers=UTF8
    )

    facts = extract(page)

    assert (facts.title, facts.emails) == ("Acme", ("info@acme.de",))


def test_what_follows_a_long_list_of_options_is_kept() -> None:
    options = "".join(f"<option>{n}</option>" for n in range(20_000))

    html = bounded(f"<title>Acme</title><select>{options}</select><p>info@acme.de</p>")

    assert html.endswith("</select><p>info@acme.de</p>")
    assert html.count("<option") == 4_000


def test_too_many_attributes_are_dropped_and_the_rest_is_kept() -> None:
    attributes = " ".join(f"a{n}=1" for n in range(50_000))

    html = bounded(f"<p {attributes}>text</p>" + " " * 100_000)

    assert html.count("=1") == 500
    assert html.rstrip().endswith(">text</p>")


def test_brackets_that_are_no_tags_are_cut_where_they_would_hold_up_the_other_threads() -> None:
    html = bounded("<p>Acme" + "<" * 1_000_000)

    assert html.startswith("<p>Acme<<<")
    assert len(html) < 500_000


def test_a_page_that_is_nothing_but_a_bomb_is_refused() -> None:
    with pytest.raises(ParseError):
        parse(b"<div>" * 100_000, url="https://acme.de/", headers=UTF8)


@pytest.mark.parametrize(
    "piece",
    [
        "<div class='a'><p>One<p>Two<br><img src=x></div>\n",
        "<li>One <b>two</b> <a href=x>three</a>",
        "<p>One <i>two</i> &amp; three",
        "<table><tr><td>1<td>2<tr><td>3</table>",
        "<dt>a<dd>b",
        "<tr><td><font color=red>x</td></tr>",
        "<script>if (a < b) document.write('<div>');</script>",
        "<!-- <div> --><hr>",
        "<svg><g><path d='M0'/><path d='M1'/></g></svg>",
        "<p>a <b>b <i>c</b> d</i></p>",
        "<textarea><div></textarea>",
    ],
)
def test_a_long_page_as_people_write_them_is_left_whole(piece: str) -> None:
    html = "<html><body>" + piece * 5_000

    assert bounded(html) == html
