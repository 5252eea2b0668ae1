"""How to scrape: every default and its unit stand here and nowhere else."""

from dataclasses import dataclass

from batchscrape import __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrapeSettings:
    """What is stored with a batch and used by every worker of it."""

    #: Pages scraped per domain, 1 to 1000.
    max_pages: int = 5
    #: Seconds between two pages of one domain; robots.txt may ask for up to 30.
    delay: float = 0.5
    #: Seconds for one request, from connecting to its last byte.
    timeout: float = 15.0
    #: Seconds for everything of one domain.
    domain_timeout: float = 300.0
    #: Further tries of a request that failed for a passing reason.
    retries: int = 2
    #: Bytes of one page after decompression; the rest is cut off.
    max_body: int = 5 * 1024 * 1024
    #: The User-Agent header; robots.txt is read for the product token `batchscrape`.
    user_agent: str = f"batchscrape/{__version__}"
    #: Fetch pages that robots.txt disallows.
    ignore_robots: bool = False
    #: Non-public networks (CIDR) that may be connected to.
    allow_network: tuple[str, ...] = ()
    #: ISO 3166 country of phone numbers written without a country code.
    phone_region: str | None = None
    #: Store each page's HTML, compressed.
    keep_html: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessSettings:
    """What belongs to one command on one machine and is never stored."""

    #: Domains scraped at the same time, in one process.
    concurrency: int = 100
    #: Worker processes.
    processes: int = 1
    #: HTTP proxy for all requests; never an environment proxy.
    proxy: str | None = None
    #: Seconds that a batch under way waits for a database that went away.
    database_timeout: float = 300.0
    #: Seconds that a batch under way waits for the network.
    network_timeout: float = 300.0
    #: Seconds without a beat after which a worker counts as dead.
    lease: float = 60.0
    #: Only one command at a time holds the lock of this name.
    lock: str | None = None
    #: For workers of every batch: the only networks (CIDR) that a stored `allow_network` may open.
    allow_network: tuple[str, ...] = ()
    #: Wait for new batches instead of ending.
    forever: bool = False
