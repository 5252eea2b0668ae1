"""The options that several commands share; each can be given as `BATCHSCRAPE_<OPTION>` too."""

import sys
from dataclasses import asdict, dataclass
from enum import StrEnum
from ipaddress import ip_network
from math import isfinite
from typing import Annotated, Any

import typer

from batchscrape.settings import ProcessSettings, ScrapeSettings

_SETTINGS, _LOCAL = ScrapeSettings(), ProcessSettings()

_SCRAPING = "Scraping (stored with the batch)"
_PROCESS = "This process"
_OUTPUT = "Output"


class LogFormat(StrEnum):
    """How messages on standard error look."""

    TEXT = "text"
    JSON = "json"


def option(name: str, text: str, *, panel: str | None = None, **more: Any) -> Any:
    """An option that can also be given as an environment variable, BATCHSCRAPE_ and its name."""
    variable = "BATCHSCRAPE_" + name.partition("/")[0].strip("-").replace("-", "_").upper()
    more = {"envvar": variable, "show_envvar": False, **more}
    return typer.Option(name, rich_help_panel=panel, help=text, **more)


def _check_networks(networks: list[str]) -> list[str]:
    for network in networks:
        try:
            ip_network(network, strict=False)
        except ValueError:
            raise typer.BadParameter(f"{network!r} is no network; write it like 10.1.0.0/16.") from None
    return networks


def _check_region(region: str | None) -> str | None:
    if region is not None and not (len(region) == 2 and region.isascii() and region.isalpha()):  # noqa: PLR2004
        raise typer.BadParameter(f"{region!r} is no country; write two letters like DE.")
    return region and region.upper()


def _check_positive(seconds: float) -> float:
    if seconds <= 0:
        raise typer.BadParameter("it must be more than 0 seconds.")
    return _check_finite(seconds)


def _check_finite(number: float) -> float:
    if not isfinite(number):
        raise typer.BadParameter("it must be a number.")
    return number


def _check_proxy(proxy: str | None) -> str | None:
    if proxy is not None and not proxy.startswith("http://"):
        raise typer.BadParameter("it must be the URL of an HTTP proxy, like http://proxy.example:3128.")
    return proxy


def _check_input(domains: str) -> str:
    if domains == "-" and sys.stdin is None:
        raise typer.BadParameter("standard input is closed.")
    return domains


Domains = Annotated[
    str,
    typer.Argument(
        metavar="DOMAINS",
        help="The list: a file, or - for standard input.",
        show_default=False,
        callback=_check_input,
    ),
]
BatchName = Annotated[
    str,
    typer.Argument(metavar="[BATCH]", help="A batch id, the beginning of one, a --name, or latest."),
]
AnyBatch = Annotated[
    str | None,
    typer.Argument(metavar="[BATCH]", help="A batch id, the beginning of one, a --name, or latest; else all."),
]

Name = Annotated[str | None, option("--name", "A label for the batch.", panel=_SCRAPING)]
DatabaseUrl = Annotated[
    str | None,
    option(
        "--database-url",
        "Your PostgreSQL; also $DATABASE_URL. Without one the embedded PostgreSQL is used.",
        panel=_PROCESS,
        envvar=["BATCHSCRAPE_DATABASE_URL", "DATABASE_URL"],  # the first that is set counts
    ),
]
Json = Annotated[bool, option("--json", "Print one JSON document and nothing else.", panel=_OUTPUT)]
#: Per cent.
FAIL_AT = 100.0
FailAt = Annotated[
    float,
    option(
        "--fail-at",
        "Exit 1 when this share of the domains failed, in per cent.",
        panel=_OUTPUT,
        min=0,
        max=100,
        callback=_check_finite,
    ),
]
AllowNetwork = Annotated[
    list[str],
    option(
        "--allow-network",
        "Let one non-public network (CIDR) through; repeatable.",
        panel=_SCRAPING,
        callback=_check_networks,
        show_default=False,
    ),
]


@dataclass(frozen=True, kw_only=True)
class Scraping:
    """How to scrape: what is stored with the batch."""

    max_pages: Annotated[
        int, option("--max-pages", "Pages scraped per domain.", panel=_SCRAPING, min=1, max=1000)
    ] = _SETTINGS.max_pages
    delay: Annotated[
        float,
        option(
            "--delay", "Seconds between two pages of one domain.", panel=_SCRAPING, min=0, callback=_check_finite
        ),
    ] = _SETTINGS.delay
    timeout: Annotated[
        float,
        option(
            "--timeout", "Seconds for one request, to its last byte.", panel=_SCRAPING, callback=_check_positive
        ),
    ] = _SETTINGS.timeout
    domain_timeout: Annotated[
        float,
        option(
            "--domain-timeout", "Seconds for everything of one domain.", panel=_SCRAPING, callback=_check_positive
        ),
    ] = _SETTINGS.domain_timeout
    retries: Annotated[
        int,
        option(
            "--retries", "Further tries of a request that failed for a passing reason.", panel=_SCRAPING, min=0
        ),
    ] = _SETTINGS.retries
    max_body: Annotated[
        int, option("--max-body", "Bytes of one page, decompressed; more is cut off.", panel=_SCRAPING, min=1)
    ] = _SETTINGS.max_body
    user_agent: Annotated[
        str,
        option("--user-agent", "The User-Agent header; robots.txt is read for `batchscrape`.", panel=_SCRAPING),
    ] = _SETTINGS.user_agent
    ignore_robots: Annotated[
        bool, option("--ignore-robots", "Fetch what robots.txt disallows, too.", panel=_SCRAPING)
    ] = _SETTINGS.ignore_robots
    allow_network: AllowNetwork = ()  # type: ignore[assignment] # Typer makes a list of it
    phone_region: Annotated[
        str | None,
        option(
            "--phone-region", "Country of numbers without a country code.", panel=_SCRAPING, callback=_check_region
        ),
    ] = _SETTINGS.phone_region
    keep_html: Annotated[bool, option("--keep-html", "Store each page's HTML, compressed.", panel=_SCRAPING)] = (
        _SETTINGS.keep_html
    )

    def settings(self) -> ScrapeSettings:
        """The record that the rest of the program speaks in."""
        return ScrapeSettings(**asdict(self) | {"allow_network": tuple(self.allow_network)})


@dataclass(frozen=True, kw_only=True)
class Process:
    """What belongs to this command on this machine."""

    concurrency: Annotated[
        int,
        option(
            "--concurrency", "Domains scraped at the same time in one process.", panel=_PROCESS, min=1, max=10_000
        ),
    ] = _LOCAL.concurrency
    processes: Annotated[
        int, option("--processes", "Worker processes; 0 is one per core.", panel=_PROCESS, min=0, max=256)
    ] = _LOCAL.processes
    proxy: Annotated[
        str | None,
        option("--proxy", "Send all requests through this HTTP proxy.", panel=_PROCESS, callback=_check_proxy),
    ] = _LOCAL.proxy
    lock: Annotated[
        str | None,
        option("--lock", "Exit 75 at once when another command holds the lock of this name.", panel=_PROCESS),
    ] = _LOCAL.lock
    database_timeout: Annotated[
        float,
        option(
            "--database-timeout",
            "Seconds to wait for a database that went away.",
            panel=_PROCESS,
            min=0,
            callback=_check_finite,
        ),
    ] = _LOCAL.database_timeout
    network_timeout: Annotated[
        float, option("--network-timeout", "", panel=_PROCESS, hidden=True, callback=_check_positive)
    ] = _LOCAL.network_timeout
    lease: Annotated[float, option("--lease", "", panel=_PROCESS, hidden=True, callback=_check_positive)] = (
        _LOCAL.lease
    )

    def settings(self) -> ProcessSettings:
        """The record that the rest of the program speaks in."""
        return ProcessSettings(**asdict(self))


@dataclass(frozen=True, kw_only=True)
class Messages:
    """What is said on standard error."""

    quiet: Annotated[bool, option("--quiet", "Say nothing but warnings and errors.", panel=_OUTPUT)] = False
    verbose: Annotated[bool, option("--verbose", "Show requests and statements.", panel=_OUTPUT)] = False
    log_format: Annotated[
        LogFormat, option("--log-format", "How messages look where standard error is no terminal.", panel=_OUTPUT)
    ] = LogFormat.TEXT

    def configure(self) -> None:
        """Say it so from now on."""
        from batchscrape.showing.logs import configure

        configure(self.log_format.value, quiet=self.quiet, verbose=self.verbose)
