"""What `doctor` finds out about the network: one name, one https request; both are only ever warnings."""

import asyncio
import ssl
from urllib.parse import urlsplit

from batchscrape.database.checks import Check, Status
from batchscrape.errors import FetchError
from batchscrape.fetching import Fetcher
from batchscrape.fetching.lookups import Lookup, system_lookup
from batchscrape.fetching.resolver import Resolver
from batchscrape.settings import ScrapeSettings

#: Kept for such purposes (RFC 2606 §3).
PUBLIC_URL = "https://example.com/"
#: Seconds for each of the two.
TIMEOUT = 5.0


async def check_network(
    url: str = PUBLIC_URL,
    *,
    lookup: Lookup = system_lookup,
    tls: ssl.SSLContext | None = None,
    allow_network: tuple[str, ...] = (),
) -> list[Check]:
    """Whether the URL's name has an address and, if so, whether the URL can be fetched."""
    host = urlsplit(url).hostname or ""
    name = await _check_name(host, lookup)
    if name.status is not Status.OK:
        return [name]
    settings = ScrapeSettings(timeout=TIMEOUT, retries=0, ignore_robots=True, allow_network=allow_network)
    fetcher = Fetcher(tls=tls, lookup=lookup)
    try:
        return [name, await _check_request(fetcher, settings, url, host)]
    finally:
        await fetcher.aclose()


async def _check_name(host: str, lookup: Lookup) -> Check:
    advice = "Check the resolver of this machine: without it every domain fails with dns_error."
    resolver = Resolver(lookup)
    try:
        async with asyncio.timeout(TIMEOUT):
            address, *_ = await resolver.resolve(host)
    except TimeoutError:
        return _warning("dns", f"The resolver does not answer for {host} within {TIMEOUT:g} s.", advice)
    except FetchError as error:
        return _warning("dns", str(error), advice)
    finally:
        resolver.close()
    return Check(name="dns", seen=f"{host} is {address}.", value=address)


async def _check_request(fetcher: Fetcher, settings: ScrapeSettings, url: str, host: str) -> Check:
    try:
        async with fetcher.site(settings) as site:
            status = (await site.get(url)).http_status
    except FetchError as error:
        if error.http_status is None:
            advice = "Check the firewall; where a proxy is the only way out, give `run` its URL with --proxy."
            return _warning("https", str(error), advice)
        status = error.http_status
    return Check(name="https", seen=f"{host} answers with status {status}.", value=status)


def _warning(name: str, seen: str, advice: str) -> Check:
    return Check(name=name, status=Status.WARNING, seen=seen, advice=advice)
