"""Python imports this by itself in each process of a watched run: it notes every connect and the memory's peak.

Names are resolved as the test says, and by no resolver. uvloop connects without Python's knowledge (its audit
hook hears nothing of it), so its loop is watched where it is told to connect.
"""

import atexit
import json
import os
import re
import socket
import sys
from pathlib import Path
from typing import Any

import uvloop

_NOTES = os.open(os.environ["WATCHED_NOTES"], os.O_WRONLY | os.O_APPEND)
_NAMES: dict[str, list[str]] = json.loads(os.environ["WATCHED_NAMES"])
_CONNECTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


def _note(*what: object) -> None:
    os.write(_NOTES, json.dumps(what, default=str).encode() + b"\n")


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _CONNECTS and isinstance(arguments[1], tuple):
        _note("connect", *arguments[1][:2])


def _look_up(host: str, port: object, *_: object, **__: object) -> list[tuple[Any, ...]]:
    addresses = _NAMES.get(host, ["EAI_NONAME"])
    if addresses[0].startswith("EAI_"):
        raise socket.gaierror(getattr(socket, addresses[0]), "as the test says")
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]


def _watched(name: str) -> None:
    original = getattr(uvloop.Loop, name)

    def connect(loop: object, factory: object, host: object = None, port: object = None, **rest: Any) -> Any:
        target = (host, port) if host is not None else rest.get("remote_addr")
        if target is not None:
            _note("connect", *target)
        return original(loop, factory, host, port, **rest)

    setattr(uvloop.Loop, name, connect)


@atexit.register
def _remember_memory() -> None:
    peak = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
    _note("peak", "batchscrape.running" in sys.orig_argv, int(peak[1]) // 1024 if peak else 0)


sys.addaudithook(_hear)
socket.getaddrinfo = _look_up  # type: ignore[assignment]
for _name in ("create_connection", "create_datagram_endpoint"):
    _watched(_name)
