"""The rules of the domain list."""

import io
import os
import sys
import threading
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from batchscrape.domains import (
    ListSummary,
    Rejected,
    count_entries,
    list_file,
    nothing_valid,
    read_domains,
    read_entry,
    spooled,
)
from batchscrape.errors import InputError
from batchscrape.models import Entry


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "domains.txt"


def read(path: Path, content: str | bytes) -> list[Entry | Rejected]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_domains(path))


def domains(path: Path, content: str | bytes) -> list[str]:
    return [
        item.domain if isinstance(item, Entry) else f"{item.line}: {item.text}" for item in read(path, content)
    ]


@pytest.mark.parametrize(
    ("text", "domain", "start_url"),
    [
        ("example.com", "example.com", "https://example.com/"),
        ("Example.COM.", "example.com", "https://example.com/"),
        ("https://example.com/Start", "example.com", "https://example.com/Start"),
        ("HTTPS://Example.com/Start/", "example.com", "https://example.com/Start/"),
        ("https://example.com/start?a=B#c", "example.com", "https://example.com/start?a=B"),
        ("example.com/start", "example.com", "https://example.com/start"),
        ("example.com?a=ü", "example.com", "https://example.com/?a=%C3%BC"),
        ("//example.com/x", "example.com", "https://example.com/x"),
        ("example.com:8080", "example.com:8080", "https://example.com:8080/"),
        ("127.0.0.1:8001", "127.0.0.1:8001", "https://127.0.0.1:8001/"),
        ("[::1]:8001", "[::1]:8001", "https://[::1]:8001/"),
        ("[0:0::1]", "[::1]", "https://[::1]/"),
        ("localhost:3000", "localhost:3000", "https://localhost:3000/"),
        ("münchen.de", "xn--mnchen-3ya.de", "https://xn--mnchen-3ya.de/"),
        ("MÜNCHEN.de", "xn--mnchen-3ya.de", "https://xn--mnchen-3ya.de/"),
        ("XN--mnchen-3ya.de", "xn--mnchen-3ya.de", "https://xn--mnchen-3ya.de/"),
        ("faß.de", "xn--fa-hia.de", "https://xn--fa-hia.de/"),
        ("例え。jp", "xn--r8jz45g.jp", "https://xn--r8jz45g.jp/"),
        ("نامه\u200cای.com", "xn--mgba3gch31f060k.com", "https://xn--mgba3gch31f060k.com/"),  # noqa: RUF001 - Persian
        ("i❤.ws", "xn--i-7iq.ws", "https://xn--i-7iq.ws/"),
        ("my_shop.example.com", "my_shop.example.com", "https://my_shop.example.com/"),
        ("r3---sn.example.com", "r3---sn.example.com", "https://r3---sn.example.com/"),
        ("host.invalid", "host.invalid", "https://host.invalid/"),
    ],
)
def test_an_entry_has_one_name_and_an_address_to_start_at(text: str, domain: str, start_url: str) -> None:
    entry = read_entry(text)

    assert (entry.domain, entry.start_url, entry.input) == (domain, start_url, text)


@pytest.mark.parametrize(
    ("text", "domain", "start_url"),
    [
        ("https://example.com:443", "example.com", "https://example.com/"),
        ("http://example.com:80/x", "example.com", "http://example.com/x"),
        ("example.com:443", "example.com", "https://example.com/"),
        ("http://example.com:443", "example.com:443", "http://example.com:443/"),
        ("example.com:80", "example.com:80", "https://example.com:80/"),
        ("example.com:", "example.com", "https://example.com/"),
    ],
)
def test_the_default_port_of_the_scheme_is_no_part_of_the_name(text: str, domain: str, start_url: str) -> None:
    entry = read_entry(text)

    assert (entry.domain, entry.start_url) == (domain, start_url)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("info@example.com", "e-mail address; its domain alone is example.com"),
        ("mailto:info@example.com", "e-mail address"),
        ("https://user:secret@example.com/", "password"),
        ("user:secret@example.com", "password"),
        ("intranet", "no dot"),
        ("http:example.com", "begins with http:"),
        ("javascript:alert(1)", "begins with javascript:"),
        ("ftp://example.com", "begins with ftp:"),
        ("http://[::bad", "brackets"),
        ("::1", "brackets"),
        ("[::bad::1]", "no IP address"),
        ("[fe80::1%eth0]", "zone"),
        ("2130706433", "no IP address"),
        ("0x7f.1", "no IP address"),
        ("0177.0.0.1", "no IP address"),
        ("127.1", "no IP address"),
        ("256.1.1.1", "no IP address"),
        ("example.com:0", "port"),
        ("example.com:65536", "port"),
        ("example.com:eighty", "port"),
        ("a..example.com", "dots"),
        (".example.com", "dots"),
        ("-a.example.com", "hyphen"),
        ("a-.example.com", "hyphen"),
        ("exa mple.com", "white space"),
        ("<b>.example.com", "character"),
        ("example.com,", "character"),
        ("a℀b.example.com", "character"),
        ("٣.example.com", "international"),
        ("xn--99999999.example.com", "xn--"),
        ("example.com/\x1b[2J", "control characters"),
        ("exam\u202eple.com", "control characters"),
        ("???", "no domain"),
        ("http://", "no domain"),
        (f"{'a' * 64}.example.com", "longer than 63"),
        (f"{'a.' * 127}com", "longer than the 253"),
        (f"example.com/{'a' * 2_000}", "longer than the 2,000"),
        (f"example.com/{'ü' * 350}", "longer than the 2,000"),
    ],
)
def test_what_is_no_domain_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason.replace("(", r"\(")):
        read_entry(text)


@given(st.text(max_size=80) | st.from_regex(r"(https?://)?[\w.%@:\[\]-]{1,30}(/.{0,10})?"))
@example("http://[")
@example("xn--\u0130.de")
@example("[" * 50)
def test_any_text_is_an_entry_or_refused(text: str) -> None:
    try:
        entry = read_entry(text)
    except InputError:
        return
    assert read_entry(entry.start_url).domain == entry.domain
    assert entry.start_url.isascii()
    assert entry.input == text


def test_a_number_in_other_digits_is_the_address_that_it_means() -> None:
    assert read_entry("１２７.０.０.１").domain == "127.0.0.1"  # noqa: RUF001 - these are full-width digits


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfone.example\r\ntwo.example\r\n",
        b"one.example\rtwo.example\r",
        b"one.example\n\n  \t\n two.example \n",
        b"# a list\none.example # the first, and best\n  # more\ntwo.example",
        '"one.example"\n\ufefftwo.example\u200b\xa0'.encode(),
        "one.example\ntwo.example\n".encode("utf-16"),
        b"Domain\none.example\ntwo.example\n",
    ],
)
def test_marks_line_ends_blanks_and_comments_are_no_matter(path: Path, content: bytes) -> None:
    assert domains(path, content) == ["one.example", "two.example"]


@pytest.mark.parametrize(
    "content",
    [
        "one.example,One Ltd\ntwo.example,Two Ltd\n",
        "one.example;One, Ltd\ntwo.example;Two, Ltd\n",
        "one.example\tOne Ltd\ntwo.example\tTwo Ltd\n",
        "name,Website\nOne,one.example\nTwo,two.example\n",
        'id;"URL";name\n1;one.example;One\n2;two.example;Two\n',
        'url,domain\nhttps://x.example/,one.example\nhttps://x.example/,"two.example"\n',
        'domain,note\none.example,"two\nlines; ""quoted"""\ntwo.example,\n',
        'one.example,"never closed\ntwo.example,Two\n',
        "# exported, today\n\none.example,One # 1, 2\ntwo.example # best,Two\n",
        "one.example,M\xfcller\ntwo.example,Two\n".encode("latin-1"),
    ],
)
def test_one_column_of_a_csv_holds_the_domains(path: Path, content: str | bytes) -> None:
    assert domains(path, content) == ["one.example", "two.example"]


def test_a_comma_in_a_path_makes_no_csv(path: Path) -> None:
    content = "https://one.example/a,1.html\nhttps://two.example/b,2.html\nthree.example\n"

    assert [item.start_url for item in read(path, content) if isinstance(item, Entry)] == [
        "https://one.example/a,1.html",
        "https://two.example/b,2.html",
        "https://three.example/",
    ]


def test_a_row_without_a_domain_is_rejected_and_shown(path: Path) -> None:
    assert domains(path, "name,domain\nOne,one.example\nTwo,\n,\nThree\n") == [
        "one.example",
        "3: ,Two,",
        "5: ,Three",
    ]


def test_a_rejected_line_has_its_number_its_text_and_a_reason(path: Path) -> None:
    items = read(path, "one.example\n\n# rubbish:\nhello world\n\x1b[31mred\n")

    assert items[1:] == [
        Rejected(line=4, text="hello world", reason="holds white space"),
        Rejected(line=5, text="\ufffd[31mred", reason="holds control characters"),
    ]


def test_no_password_is_shown(path: Path) -> None:
    assert domains(path, "https://user:secret@one.example/\n") == ["1: https://user:***@one.example/"]


def test_the_number_of_a_csv_line_is_that_of_its_first_line(path: Path) -> None:
    assert domains(path, 'domain,note\none.example,"a\nb\nc"\nrubbish,\n') == ["one.example", "5: rubbish"]


def test_a_line_in_another_encoding_is_rejected_alone(path: Path) -> None:
    items = read(path, b"one.example\nm\xfcnchen.de\ntwo.example\n" + b"three.example\n" * 3)

    assert isinstance(items[1], Rejected)
    assert items[1].reason == "is not UTF-8"
    assert len(items) == 6


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "binary"),
        (bytes(range(128, 256)) * 4, "binary"),
        ("привет.рф\n" * 9, None),
        ("привет.рф\n".encode("cp1251") * 9, "not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_as_a_whole(path: Path, content: str | bytes, message: str | None) -> None:
    if message is None:
        assert len(read(path, content)) == 9
        return
    with pytest.raises(InputError, match=message):
        read(path, content)


def test_what_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .*missing\.txt\.$"):
        read_domains(tmp_path / "missing.txt")
    with pytest.raises(InputError, match="is a folder, not a list of domains"):
        read_domains(tmp_path)
    with pytest.raises(InputError, match="cannot be read: Not a directory"):
        read_domains(Path(__file__) / "below")


def test_a_list_without_a_domain_is_one_sentence() -> None:
    assert str(nothing_valid(2)) == "The list holds no domain (2 lines rejected; --dry-run shows why)."
    assert "(1 line rejected" in str(nothing_valid(1))


def test_doubles_are_counted_under_whatever_name(path: Path) -> None:
    path.write_text("one.example\nONE.example.\nhttps://one.example:443/x\nrubbish\ntwo.example\n")
    rejected: list[Rejected] = []

    summary = count_entries(path, rejected.append)

    assert summary == ListSummary(valid=2, doubles=2, rejected=1)
    assert [item.line for item in rejected] == [4]


def test_an_endless_line_is_rejected_without_being_held(path: Path) -> None:
    path.write_bytes(b"one.example\n" + b"a" * 10_000_000 + b"\ntwo.example\n")
    tracemalloc.start()

    items = list(read_domains(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [type(item) for item in items] == [Entry, Rejected, Entry]
    assert isinstance(items[1], Rejected)
    assert (items[1].line, len(items[1].text)) == (2, 101)
    assert peak < 5_000_000


def test_memory_does_not_grow_with_the_list(path: Path) -> None:
    def peak(lines: int) -> int:
        path.write_text("".join(f"host-{i}.example\n" for i in range(lines)))
        tracemalloc.start()
        assert sum(1 for _ in read_domains(path)) == lines
        _, high = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return high

    assert peak(100_000) < 1.5 * peak(50_000)


def test_a_list_that_is_left_early_is_closed(path: Path) -> None:
    path.write_text("one.example\n" * 3)

    with closing(read_domains(path)) as items:
        next(items)

    with pytest.raises(StopIteration):
        next(items)


def test_standard_input_is_spooled_to_a_file_that_goes_away() -> None:
    with spooled(io.BytesIO(b"one.example\n")) as path:
        first, second = list(read_domains(path)), list(read_domains(path))

    assert first == second != []
    assert not path.exists()


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"one.example\n")))

    with list_file("-") as path:
        assert len(list(read_domains(path))) == 1


def test_a_named_pipe_can_be_read_twice(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("one.example\n",))
    writer.start()

    with list_file(str(pipe)) as path:
        assert len(list(read_domains(path))) == len(list(read_domains(path))) == 1

    writer.join()


def test_any_other_file_is_read_where_it_is(path: Path) -> None:
    with list_file(str(path)) as same:
        assert same == path
