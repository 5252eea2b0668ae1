"""What all sites of a process share: names, TLS, and the count of connections to each address."""

import ssl
from functools import lru_cache

from batchscrape.fetching.client import SiteClient
from batchscrape.fetching.dialing import Dialer, parse_proxy, tls_context
from batchscrape.fetching.guard import Guard
from batchscrape.fetching.lookups import Lookup, system_lookup
from batchscrape.fetching.resolver import Resolver
from batchscrape.fetching.transport import SiteTransport
from batchscrape.settings import ScrapeSettings


class Fetcher:
    """One per process; hands out a client for each site."""

    def __init__(
        self,
        *,
        proxy: str | None = None,
        tls: ssl.SSLContext | None = None,
        lookup: Lookup = system_lookup,
    ) -> None:
        """`proxy`: URL of an HTTP proxy, else InputError; `tls`, `lookup`: in place of the system's."""
        self._resolver = Resolver(lookup)
        self._dialer = Dialer(self._resolver, tls or tls_context(), parse_proxy(proxy) if proxy else None)
        self.network = self._dialer.network
        self._guard = lru_cache(maxsize=100)(Guard)

    def site(self, settings: ScrapeSettings) -> SiteClient:
        """A client for one site."""
        return SiteClient(SiteTransport(self._dialer, self._guard(settings.allow_network)), settings)

    async def aclose(self) -> None:
        """Let the resolver's threads end; the clients close their own connections."""
        self.network.close()
        self._resolver.close()
