"""`batchscrape demo`: its example sites, their server, and the whole of it as a user runs it."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from batchscrape.cli._example_server import serve_examples
from tests.command import batchscrape

_SITES = Path(str(files("batchscrape").joinpath("example_sites")))
_NAMES = {folder.name for folder in _SITES.iterdir()}


def _by_site(lines: str) -> dict[str, dict[str, Any]]:
    rows = map(json.loads, lines.splitlines())
    return {row["domain"].partition(".")[0]: row for row in rows}


def test_it_scrapes_every_example_site_and_says_what_to_try_next(dsn: str) -> None:
    result = batchscrape("demo", "--json", dsn=dsn)

    document = json.loads(result.stdout)
    assert result.returncode == 0
    assert document["status"] == "complete"
    assert {domain.partition(".")[0] for domain in document["domain_statuses"]} == _NAMES
    assert "batchscrape status latest" in result.stderr
    assert batchscrape("status", "latest", "--json", dsn=dsn).stdout == result.stdout


def test_it_shows_what_it_found_as_a_table(dsn: str) -> None:
    result = batchscrape("demo", dsn=dsn)

    assert all(name in result.stdout for name in _NAMES)


def test_the_facts_of_every_page_are_found_and_no_other_page_is_asked_for(dsn: str) -> None:
    result = batchscrape("demo", "--quiet", dsn=dsn)

    assert (result.stdout, result.stderr) == ("", "")
    found = _by_site(batchscrape("export", dsn=dsn).stdout)
    pages = [json.loads(line) for line in batchscrape("export", "--pages", dsn=dsn).stdout.splitlines()]

    bakery, dentist, joinery, ryokan = (found[name] for name in ("bakery", "dentist", "joinery", "ryokan"))
    assert bakery["emails"] == ["info@morgenrot-demo.de"]
    assert bakery["phones"] == ["+493023125042", "+493023125043"]
    assert bakery["wordpress_version"] == "6.8.2"
    assert {"name": "nginx", "version": "1.26.2"} in bakery["technologies"]
    assert set(dentist["emails"]) == {"hello@brightwater-demo.com", "billing@brightwater-demo.com"}
    assert joinery["organization"] == "Stolarnia Dąb i Jesion"
    assert joinery["emails"] == ["biuro@dabijesion-demo.pl"]
    assert ryokan["title"].startswith("川蝉荘")
    assert ryokan["phones"] == ["+81558001234", "+81558001235"]
    assert set(found["lawyers"]["social"]) == {"linkedin", "twitter"}
    assert len(pages) == len(list(_SITES.rglob("*.html")))
    assert {page["error_code"] for page in pages} == {None}


@pytest.fixture(scope="module")
def urls() -> Iterator[list[str]]:
    with serve_examples() as urls:
        yield urls


def _get(url: str, host: str, path: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", urlsplit(url).port or 0, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": host})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_the_host_header_chooses_the_site(urls: list[str]) -> None:
    for url in urls:
        host = urlsplit(url).netloc

        response, body = _get(url, host, "/?from=a-test")

        assert body == (_SITES / host.partition(".")[0] / "index.html").read_bytes()
        assert response.getheaders().count(("Content-Length", str(len(body)))) == 1


@pytest.mark.parametrize(
    ("site", "path", "kind"),
    [
        ("ryokan", "/rooms.html", "text/html"),
        ("joinery", "/kontakt", "text/html; charset=iso-8859-2"),
        ("bakery", "/kontakt/", "text/html; charset=utf-8"),
        ("bakery", "/robots.txt", "text/plain"),
        ("bakery", "/wp-content/themes/astra/style.css?ver=4.11.9", "text/css"),
    ],
)
def test_each_file_has_the_type_that_its_site_says(site: str, path: str, kind: str, urls: list[str]) -> None:
    response, _ = _get(urls[0], f"{site}.localhost", path)

    assert response.status == 200
    assert response.getheader("Content-Type") == kind


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("nobody.localhost", "/"),
        ("bakery.localhost", "/nowhere"),
        ("bakery.localhost", "/headers.txt"),
        ("bakery.localhost", "/../boutique/index.html"),
    ],
)
def test_what_no_site_has_is_not_found(host: str, path: str, urls: list[str]) -> None:
    response, _ = _get(urls[0], host, path)

    assert response.status == 404
