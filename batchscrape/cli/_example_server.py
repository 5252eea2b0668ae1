"""Serves the example sites of `demo` on loopback; they share one port, and the Host header chooses the site."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_string
from http.server import BaseHTTPRequestHandler
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from socketserver import ThreadingTCPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".txt": "text/plain"}
_HEADERS = "headers.txt"
_NOT_FOUND = b"<!DOCTYPE html><title>404 Not Found</title><h1>Not Found</h1>"


@contextmanager
def serve_examples() -> Iterator[list[str]]:
    """Serve them until the block ends; gives their URLs."""
    sites = {folder.name: _load(folder) for folder in files("batchscrape").joinpath("example_sites").iterdir()}
    with _Server(sites) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield [f"http://{name}.localhost:{server.server_address[1]}" for name in sorted(sites)]
        finally:
            server.shutdown()


@dataclass(frozen=True, slots=True)
class _Site:
    """What a site answers with."""

    #: Of every response; a Content-Type is that of its pages.
    headers: dict[str, str]
    #: Path → body.
    files: dict[str, bytes]

    def find(self, path: str) -> tuple[int, str, bytes]:
        """Status, content type and body: `/kontakt/` is `kontakt.html`."""
        for name in (path, f"{path}.html", f"{path}/index.html"):
            if name in self.files:
                return 200, self._type(name), self.files[name]
        return 404, "text/html", _NOT_FOUND

    def _type(self, name: str) -> str:
        pages = self.headers.get("Content-Type", "text/html; charset=utf-8")
        return _TYPES.get(PurePosixPath(name).suffix, pages)


def _load(folder: Traversable) -> _Site:
    found = dict(_walk(folder, ""))
    headers = message_from_string(found.pop(f"/{_HEADERS}").decode())
    return _Site(dict(headers.items()), found)


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _walk(item, f"{path}/{item.name}")
        else:
            yield f"{path}/{item.name}", item.read_bytes()


class _Server(ThreadingTCPServer):
    # Not `HTTPServer`: it looks its own name up, which takes seconds where there is no network.
    daemon_threads = True
    request_queue_size = 100

    def __init__(self, sites: dict[str, _Site]) -> None:
        self.sites = sites
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    # Head and body in one packet.
    wbufsize = -1

    def do_GET(self) -> None:
        site = self.server.sites.get(self.headers.get("Host", "").partition(".")[0])
        path = urlsplit(self.path).path.rstrip("/")
        status, kind, body = site.find(path) if site else (404, "text/html", _NOT_FOUND)
        headers = site.headers if site else {}
        self.send_response_only(status)
        for name, value in {**headers, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
        """Say nothing: standard error is for the run."""
