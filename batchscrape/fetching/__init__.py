"""Fetch single URLs. The only home of httpx."""

from batchscrape.fetching.client import SiteClient
from batchscrape.fetching.failures import EndedEarly, NetworkUnreachable, ResolverTrouble
from batchscrape.fetching.fetcher import Fetcher
from batchscrape.fetching.network import Network
from batchscrape.fetching.response import Response

__all__ = ["EndedEarly", "Fetcher", "Network", "NetworkUnreachable", "ResolverTrouble", "Response", "SiteClient"]
