"""The site's own profiles in social networks."""

from batchscrape.extracting.social.finding import social

__all__ = ["social"]
