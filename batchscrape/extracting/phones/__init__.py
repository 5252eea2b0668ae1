"""The telephone and fax numbers of a page."""

from batchscrape.extracting.phones.finding import phones

__all__ = ["phones"]
