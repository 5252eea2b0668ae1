"""Whether a page is a site at all."""

from batchscrape.extracting.page_kind.judging import page_kind

__all__ = ["page_kind"]
