"""The table of technologies, by kind: what of a page tells each."""

from batchscrape.extracting.technologies.rules.analytics import ANALYTICS
from batchscrape.extracting.technologies.rules.frameworks import FRAMEWORKS
from batchscrape.extracting.technologies.rules.marketing import MARKETING
from batchscrape.extracting.technologies.rules.publishing import PUBLISHING
from batchscrape.extracting.technologies.rules.rule import Rule
from batchscrape.extracting.technologies.rules.servers import SERVERS
from batchscrape.extracting.technologies.rules.shops import SHOPS

__all__ = ["RULES", "Rule"]

RULES = (*PUBLISHING, *SHOPS, *FRAMEWORKS, *ANALYTICS, *MARKETING, *SERVERS)
