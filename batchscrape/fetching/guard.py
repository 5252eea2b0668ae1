"""Which addresses may be connected to: the publicly routable ones, and what `--allow-network` names.

The guard looks at the very address that is connected to, after resolving, never at the text of a URL.
"""

import socket
from collections.abc import Iterable, Iterator
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

from batchscrape.errors import BlockedAddress

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

#: IANA's special-purpose registry; `ipaddress` of Python 3.11 calls several of these global.
_SPECIAL_IPV4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
#: All that IANA has given out as global unicast; protocol assignments (Teredo), documentation, 6to4 in it.
_GLOBAL_IPV6 = IPv6Network("2000::/3")
_SPECIAL_IPV6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
#: Carry an IPv4 address in their last 32 bits: NAT64 (RFC 6052), the IPv4-compatible and the translated ones.
_NAT64 = IPv6Network("64:ff9b::/96")
_CARRYING = (_NAT64, IPv6Network("::/96"), IPv6Network("::ffff:0:0:0/96"))
#: Carries one wherever its network's operator wants it (RFC 8215).
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")

#: Link-local, and where clouds hand out credentials: open only to a network that lies inside.
_METADATA = tuple(
    map(
        ip_network,
        ("169.254.0.0/16", "fe80::/10", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"),
    )
)
#: Names that only mean something inside a network (RFC 6762, RFC 8375, ICANN's `internal`).
_INSIDE_NAMES = (".internal", ".local", ".localdomain", ".home.arpa")


class Guard:
    """Says which addresses one batch may connect to."""

    def __init__(self, allow_network: Iterable[str] = ()) -> None:
        """`allow_network`: the non-public networks (CIDR) that are open; ValueError if one is none."""
        self._allowed = tuple(ip_network(network, strict=False) for network in allow_network)
        self._known: dict[str, bool] = {}

    def check_name(self, host: str) -> None:
        """Raise BlockedAddress for a name that is not even to be looked up."""
        if not self._allowed and f".{host}".endswith(_INSIDE_NAMES):
            raise BlockedAddress(f"{host} is a name for use inside a network.")

    def permitted(self, host: str, addresses: Iterable[str]) -> tuple[str, ...]:
        """Those of the host's addresses that may be connected to; BlockedAddress if there is none."""
        permitted = tuple(address for address in addresses if self.permits(address))
        if not permitted:
            raise BlockedAddress(f"{host} leads to an address that is not publicly routable.")
        return permitted

    def permits(self, address: str) -> bool:
        """Whether this address may be connected to."""
        known = self._known.get(address)
        if known is None:
            if len(self._known) >= 10_000:  # noqa: PLR2004 - bounds the memory, no figure of meaning
                self._known.clear()
            known = self._known[address] = self._judge(_unmapped(ip_address(address)))
        return known

    def _judge(self, address: Address) -> bool:
        if any(_metadata_network(carried) for carried in _carried_ipv4(address)):
            return False
        within = _metadata_network(address)
        if within is not None:
            return any(address in network and _inside(network, within) for network in self._allowed)
        return _is_public(address) or any(address in network for network in self._allowed)


def literal_address(host: str) -> str | None:
    """The address that a host is by itself, in whatever notation (`::1`, `127.1`, `0x7f000001`), else None."""
    with suppress(ValueError):
        return str(ip_address(host))
    if host.rpartition(".")[2][:1].isdigit():
        with suppress(OSError, ValueError):
            return socket.inet_ntoa(socket.inet_aton(host))
    return None


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_IPV4)
    if address in _NAT64:
        return _is_public(_last_32_bits(address))
    return address in _GLOBAL_IPV6 and not any(address in network for network in _SPECIAL_IPV6)


def _unmapped(address: Address) -> Address:
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _carried_ipv4(address: Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that a translator, 6to4 or Teredo could deliver to."""
    if isinstance(address, IPv4Address):
        return
    if address in _LOCAL_NAT64:
        yield from _at_any_position(address)
    elif any(address in network for network in _CARRYING):
        yield _last_32_bits(address)
    elif address.sixtofour:
        yield address.sixtofour
    elif address.teredo:
        yield address.teredo[1]


def _at_any_position(address: IPv6Address) -> Iterator[IPv4Address]:
    """Behind a prefix of 48, 56, 64 or 96 bits; the ninth byte is left out (RFC 6052 §2.2)."""
    raw = address.packed
    yield _last_32_bits(address)
    without_ninth = raw[:8] + raw[9:]
    for begin in (6, 7, 8):
        yield IPv4Address(without_ninth[begin : begin + 4])


def _last_32_bits(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)


def _metadata_network(address: Address) -> Network | None:
    return next((network for network in _METADATA if address in network), None)


def _inside(network: Network, other: Network) -> bool:
    return network.prefixlen >= other.prefixlen and network.network_address in other
