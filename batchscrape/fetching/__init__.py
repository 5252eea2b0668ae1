"""Fetch single URLs. The only home of httpx."""

from batchscrape.fetching.client import SiteClient
from batchscrape.fetching.failures import EndedEarly, NetworkUnreachable, ResolverTrouble
from batchscrape.fetching.fetcher import Fetcher
from batchscrape.fetching.response import Response

__all__ = ["EndedEarly", "Fetcher", "NetworkUnreachable", "ResolverTrouble", "Response", "SiteClient"]
