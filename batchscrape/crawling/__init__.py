"""Crawl one site: which page next, until it is enough."""

from batchscrape.crawling.reading import ParserWatch, unwatched
from batchscrape.crawling.site import crawl_site

__all__ = ["ParserWatch", "crawl_site", "unwatched"]
