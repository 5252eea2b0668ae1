"""What is hardly HTTP: silence, endlessness, rubbish, and connections that break."""

import asyncio

from tests.hostile.behaviour import (
    HTML,
    HTTP,
    HTTPS,
    OK,
    PAGE,
    Behaviour,
    completes,
    fails,
    hangs,
    shows_facts,
    start,
)
from tests.web import Handler, Visit, answer, endless, raw, silent

BODY = PAGE.encode()
CHUNKED = HTML + b"Transfer-Encoding: chunked\r\n\r\n"
CHUNK = b"%x\r\n%b\r\n" % (len(BODY), BODY)
FIELD = b"X-Filler: filler\r\n"


def says(*parts: bytes) -> Handler:
    return raw(*parts)


def length(value: object) -> bytes:
    return HTML + f"Content-Length: {value}\r\n".encode()


def then_reset(sent: bytes) -> Handler:
    """Sends so much of the page's answer, and resets the connection."""

    async def handle(visit: Visit) -> None:
        while (request := await visit.request()) and request.target == "/robots.txt":
            await visit.send(answer(status=404))
        await visit.send(sent)
        await asyncio.sleep(0.1)
        visit.reset()

    return handle


async def reset_at_once(visit: Visit) -> None:
    await visit.reader.read(1)
    visit.reset()


async def close_at_once(visit: Visit) -> None:
    await visit.reader.read(1)


SILENCE = [
    Behaviour("silent", silent, hangs()),
    Behaviour("silent after robots.txt", endless(b"", b"", pause=1), hangs()),
    Behaviour("head by the byte", endless(OK + b"X: ", b"y", pause=0.2), hangs()),
    Behaviour("headers by the second", endless(OK, FIELD, pause=0.5), hangs()),
    Behaviour("body by the byte", endless(HTML + b"\r\n" + BODY, b"y", pause=0.2), hangs(200)),
    Behaviour("chunks by the byte", endless(CHUNKED, b"1\r\ny\r\n", pause=0.2), hangs(200)),
    Behaviour("stops in the body", endless(length(9999) + b"\r\n" + BODY, b"", pause=1), hangs(200)),
    Behaviour("stops in the head", endless(OK + b"X: y", b"", pause=1), hangs()),
]

ENDLESS = [
    Behaviour("endless body", endless(HTML + b"\r\n" + BODY, b"y" * 65536), shows_facts(truncated=1), (HTTP,)),
    Behaviour(
        "endless chunks",
        endless(CHUNKED + CHUNK, b"10000\r\n" + b"y" * 65536 + b"\r\n"),
        shows_facts(truncated=1),
        (HTTPS,),
    ),
    Behaviour("endless headers", endless(OK, FIELD * 10), fails("too_large")),
    Behaviour("20,000 headers", says(HTML + b"X: y\r\n" * 20_000 + b"\r\n" + BODY), fails("too_large")),
    Behaviour("300 headers", says(HTML + b"X: y\r\n" * 300 + b"\r\n" + BODY), fails("too_large")),
    Behaviour("one huge header", says(HTML + b"X: " + b"y" * 70_000 + b"\r\n\r\n" + BODY), fails("too_large")),
    Behaviour("one endless header", endless(OK + b"X: ", b"y" * 1000), fails("too_large")),
    Behaviour("endless status line", endless(b"HTTP/1.1 200 ", b"y" * 1000), fails("too_large")),
    Behaviour("endless 1xx", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), fails("too_large")),
    Behaviour("endless chunk extension", endless(CHUNKED + b"1;x=", b"y" * 1000), fails("too_large", 200)),
    Behaviour("endless trailers", endless(CHUNKED + CHUNK + b"0\r\nX: ", b"y" * 1000), fails("too_large", 200)),
    Behaviour("endless cookies", says(HTML + b"Set-Cookie: a=b\r\n" * 200 + b"\r\n" + BODY), shows_facts()),
]

RUBBISH = [
    Behaviour("SSH banner", says(b"SSH-2.0-OpenSSH_9.2\r\n"), fails("protocol_error")),
    Behaviour("random bytes", says(bytes(range(256)) * 9), fails("protocol_error")),
    Behaviour("HTML without headers", says(b"<html>" + BODY), fails("protocol_error")),
    Behaviour("nothing at all", close_at_once, fails("protocol_error")),
    Behaviour("101", says(b"HTTP/1.1 101 X\r\nUpgrade: h2c\r\n\r\n"), fails("protocol_error")),
    Behaviour("status 2000", says(b"HTTP/1.1 2000 Odd\r\n\r\n"), fails("protocol_error")),
    Behaviour("status 99", says(b"HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n"), fails("protocol_error")),
    Behaviour("head cut off", says(HTML), fails("protocol_error")),
    Behaviour("bad chunk size", says(CHUNKED + CHUNK + b"xyz\r\nhello\r\n"), fails("protocol_error", 200)),
    Behaviour("huge chunk size", says(CHUNKED + CHUNK + b"f" * 20 + b"\r\n"), fails("protocol_error", 200)),
    Behaviour("chunks cut off", says(CHUNKED + CHUNK), fails("protocol_error", 200)),
    Behaviour("body cut off", says(length(9999) + b"\r\n" + BODY), fails("protocol_error", 200)),
]

BROKEN = [
    Behaviour("reset at once", reset_at_once, fails("connect_error")),
    Behaviour("reset in the head", then_reset(OK + b"X: y"), fails("connect_error")),
    Behaviour("reset in the body", then_reset(length(9999) + b"\r\n" + BODY), fails("protocol_error", 200)),
    Behaviour("reset in chunks", then_reset(CHUNKED + CHUNK), fails("protocol_error", 200)),
]

FORGIVEN = [
    Behaviour("Content-Length too short", says(length(len(BODY)) + b"\r\n" + BODY + b"<title>B"), shows_facts()),
    Behaviour("Content-Length negative", says(length(-5) + b"\r\n" + BODY), shows_facts()),
    Behaviour(
        "Content-Length twice", says(length(len(BODY)) + b"Content-Length: 9999\r\n\r\n" + BODY), shows_facts()
    ),
    Behaviour(
        "Content-Length and chunks", says(length(3) + CHUNKED[len(HTML) :] + CHUNK + b"0\r\n\r\n"), shows_facts()
    ),
    Behaviour("204", says(b"HTTP/1.1 204 No Content\r\n\r\n"), completes(status=204, bytes=0)),
    Behaviour("304", says(b"HTTP/1.1 304 X\r\nContent-Length: 99\r\n\r\n"), completes(status=304, bytes=0)),
    Behaviour("1xx first", says(b"HTTP/1.1 103 Early\r\nX: y\r\n\r\n" * 3 + HTML + b"\r\n" + BODY), shows_facts()),
    Behaviour("HTTP/1.0", says(b"HTTP/1.0 200 OK\r\n\r\n" + BODY), shows_facts()),
    Behaviour("trailers", says(CHUNKED + CHUNK + b"0\r\nX-Trailer: y\r\n\r\n"), shows_facts()),
    Behaviour("empty body", start(""), completes(title=None, bytes=0)),
]

BEHAVIOURS = SILENCE + ENDLESS + RUBBISH + BROKEN + FORGIVEN
