from io import BytesIO, TextIOWrapper

import pytest
from rich.console import Console

from batchscrape.database.checks import Check, Status
from batchscrape.showing.checklist import Checklist, checklist_document, exit_status
from tests.showing.records import HARMLESS, HOSTILE, drawn

FINE = Check(name="round_trip", seen="0.4 ms, the median of 5.", value=0.4)
WARNING = Check(name="tls", status=Status.WARNING, seen="None.", advice="Put sslmode=require into the URL.")
AWAY = Check(name="connections", status=Status.FAILED, seen="Only 1.", advice="Wait.", exit_status=75)
REFUSED = Check(name="rights", status=Status.FAILED, seen="None.", advice="GRANT them.", exit_status=78)


def test_each_check_is_a_line_with_its_advice_below() -> None:
    assert drawn(Checklist([FINE, WARNING, REFUSED]), 80).splitlines() == [
        "✓  Round trip  0.4 ms, the median of 5.",
        "!  TLS         None.",
        "               → Put sslmode=require into the URL.",
        "✗  Rights      None.",
        "               → GRANT them.",
        "",
        "batchscrape cannot work like this: 1 check failed.",
    ]


@pytest.mark.parametrize(
    ("checks", "says"),
    [
        ([FINE], "All is well."),
        ([FINE, WARNING], "batchscrape can use this database; 1 warning."),
        ([AWAY, WARNING, REFUSED], "batchscrape cannot work like this: 2 checks failed."),
    ],
)
def test_the_last_line_says_what_it_comes_to(checks: list[Check], says: str) -> None:
    assert drawn(Checklist(checks), 80).splitlines()[-1] == says


def test_a_long_sentence_goes_on_below_itself() -> None:
    long = Check(name="connect", seen="word " * 30)

    first, second, *_ = drawn(Checklist([long]), 80).splitlines()

    assert first.startswith("✓  Connect  word")
    assert second.startswith("            word")


def test_what_the_database_says_cannot_act_on_the_terminal() -> None:
    hostile = Check(name="connect", status=Status.FAILED, seen=HOSTILE, advice=HOSTILE)

    assert drawn(Checklist([hostile]), 200).count(HARMLESS) == 2


def test_it_can_be_written_in_ascii() -> None:
    file = TextIOWrapper(BytesIO(), encoding="ascii")

    Console(file=file, width=80).print(Checklist([FINE, WARNING, REFUSED]))

    file.seek(0)
    assert [line[0] for line in file.read().splitlines() if line.strip() and line[0] != " "] == [
        "+",
        "!",
        "x",
        "b",
    ]


def test_the_gravest_failure_decides_the_exit_status() -> None:
    assert exit_status([FINE, WARNING]) == 0
    assert exit_status([FINE, AWAY]) == 75
    assert exit_status([REFUSED, AWAY]) == 78


def test_the_document_has_a_record_a_check() -> None:
    assert checklist_document([FINE, REFUSED]) == {
        "exit_status": 78,
        "checks": [
            {
                "name": "round_trip",
                "status": "ok",
                "seen": "0.4 ms, the median of 5.",
                "advice": None,
                "value": 0.4,
            },
            {"name": "rights", "status": "failed", "seen": "None.", "advice": "GRANT them.", "value": None},
        ],
    }
