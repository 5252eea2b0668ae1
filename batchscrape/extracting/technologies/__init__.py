"""What a site is built with."""

from batchscrape.extracting.technologies.finding import technologies

__all__ = ["technologies"]
