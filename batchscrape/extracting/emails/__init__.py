"""The e-mail addresses of a page."""

from batchscrape.extracting.emails.finding import emails

__all__ = ["emails"]
