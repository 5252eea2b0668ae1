"""Names, and what the resolver says of them."""

from collections.abc import Iterator

from tests.hostile.behaviour import HTTP, HTTPS, PAGE, Behaviour, Door, fails, shows_facts, start
from tests.web import Visit, answer, redirect

#: Names of no host of ours, with their addresses.
NAMES = {
    "private.example": ["10.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"],
    "canary.example": ["127.2.0.1"],
    "twice-private.example": ["192.168.1.1", "fd00::1"],
    "unsure.example": ["EAI_AGAIN"],
    "mapped.example": ["::ffff:127.2.0.1"],
    "nat64.example": ["64:ff9b::7f02:1"],
    "6to4.example": ["2002:7f02:1::"],
    "any.example": ["0.0.0.0", "::"],
}
#: Before the address of the host that is named so.
BEFORE = {"mixed.example": ["127.2.0.1", "10.0.0.1"]}
BLOCKED = [name for name in NAMES if name != "unsure.example"]


async def to_www(visit: Visit) -> None:
    while request := await visit.request():
        host = request.headers["host"]
        if request.target == "/robots.txt":
            await visit.send(answer(status=404))
        elif host.startswith("www."):
            await visit.send(answer(PAGE))
        else:
            await visit.send(redirect(f"//www.{host}/"))


def named(name: str, *doors: Door) -> Behaviour:
    return Behaviour(name, start(PAGE), shows_facts(), doors or (HTTP,), host=name)


HOSTED = [
    Behaviour("to www", to_www, shows_facts(), (HTTP,), host="bare.example"),
    Behaviour("to www over TLS", to_www, shows_facts(), (HTTPS,), host="bare-tls.example"),
    named("mixed.example"),
    named("good.internal"),
    named("only-www.example", Door(None, plain=True)),
    named("dotted.example", Door(None, plain=True, entry="http://{domain_with_dot}")),
    Behaviour(
        "name not in the certificate",
        start(PAGE),
        fails("tls_error"),
        (Door("other-name", plain=False, entry=HTTPS.entry),),
        host="wrong.example",
    ),
]  # fmt: skip


def unhosted(canary_port: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Give lines of the list that no host answers, with what must come of each."""
    for name in BLOCKED:
        yield f"http://{name}:{canary_port}", fails("blocked_address")
    for address in ("10.0.0.1", "192.168.0.1", "169.254.169.254", "[::1]", "127.0.0.1", "localhost", "0.0.0.0"):
        yield f"{address}:{canary_port}", fails("blocked_address")
    yield f"a.localhost:{canary_port}", fails("blocked_address")
    yield "gone.example", fails("dns_error")
    yield "shop.invalid", fails("dns_error")
    yield "x.onion", fails("dns_error")
    yield "unsure.example", fails("dns_error")
    yield "http://127.1.255.254:9", fails("connect_error")
