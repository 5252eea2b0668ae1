"""What is built to make patterns look at the same characters again and again."""

import time

import pytest

from tests.extracting.pages import read

#: A page of this takes a fraction of a second; what is quadratic takes minutes.
_SECONDS = 20


@pytest.mark.parametrize(
    "repeated",
    [
        "a@",
        "a@a-a-",
        "a . b@ ",
        "'+'@",
        "='a@",
        'x="a@b',
        "<p data-email=a@b.de",
        '"email":"a@b.de',
        "data-user=a ",
        "<a href=mailto:a@b.de>",
        "<script>'a'+'@'+",
        "addy=''+",
        "a [at] ",
        "a AT b.",
        "a punkt ",
        "\u3000\uff20",
        "#\u3092@",
        "1 ",
        "1      ",
        "1<br>",
        "0 ",
        "0/0 ",
        "+49<b></b>",
        "030 123<br>",
        "030 12345678 ",
        "030 12345678/",
        "Tel. 030 123456, ",
        "030 1234-0 / -20 ",
        "(030) 1234567<br>",
        "12.03.2024 ",
        "1-800-F",
        "212-736-5000 ",
        "<a href=tel:0301234567>",
        "a<i style=display:none>x</i>",
        "a<i style=display:none ",
        "<img alt=at>",
        '<img alt="at">a',
        "<table><tr><th>x<td>030 1234567",
        "<pre><code>a@b.de",
        "AB12 1234 1234 ",
        "030 1234567 (0301234567 ",
        "a @ firma.de ",
        "='tel:",
        "<i class=phone>030 1234567</i>",
        "10115 Berlin, Germany ",
        "-10115 B",
        "\u96fb ",
        "( ",
        "\u0660 ",
    ],
)
def test_no_page_takes_long(repeated: str) -> None:
    started = time.perf_counter()

    read(repeated * 20_000, html="<html lang=de>", url="https://acme.com/")

    assert time.perf_counter() - started < _SECONDS


def test_what_stands_in_for_frames_is_looked_at_before_it_is_parsed() -> None:
    started = time.perf_counter()

    read("<frameset><noframes>" + "<div>" * 200_000)

    assert time.perf_counter() - started < _SECONDS
