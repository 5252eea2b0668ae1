"""From bytes to text, as browsers do it."""

from batchscrape.extracting.charset.decoding import decode

__all__ = ["decode"]
