"""The options that several commands share; each can be given as `BATCHSCRAPE_<OPTION>` too."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from ipaddress import ip_network
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


def _option(name: str, panel: str, text: str, **more: Any) -> Any:
    variable = "BATCHSCRAPE_" + name.strip("-").replace("-", "_").upper()
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
    return seconds


def _check_proxy(proxy: str | None) -> str | None:
    if proxy is not None and not proxy.startswith("http://"):
        raise typer.BadParameter("it must be the URL of an HTTP proxy, like http://proxy.example:3128.")
    return proxy


Domains = Annotated[
    str,
    typer.Argument(metavar="DOMAINS", help="The list: a file, or - for standard input.", show_default=False),
]
BatchName = Annotated[
    str,
    typer.Argument(metavar="[BATCH]", help="A batch id, the beginning of one, a --name, or latest."),
]
AnyBatch = Annotated[
    str | None,
    typer.Argument(metavar="[BATCH]", help="A batch id, the beginning of one, a --name, or latest; else all."),
]

Name = Annotated[str | None, _option("--name", _SCRAPING, "A label for the batch.")]
DatabaseUrl = Annotated[
    str | None,
    _option(
        "--database-url",
        _PROCESS,
        "Your PostgreSQL; also $DATABASE_URL. Without one the embedded PostgreSQL is used.",
        envvar=["BATCHSCRAPE_DATABASE_URL", "DATABASE_URL"],  # the first that is set counts
    ),
]
Json = Annotated[bool, _option("--json", _OUTPUT, "Print one JSON document and nothing else.")]
#: Per cent.
FAIL_AT = 100.0
FailAt = Annotated[
    float,
    _option("--fail-at", _OUTPUT, "Exit 1 when this share of the domains failed, in per cent.", min=0, max=100),
]
AllowNetwork = Annotated[
    list[str],
    _option(
        "--allow-network",
        _SCRAPING,
        "Let one non-public network (CIDR) through; repeatable.",
        callback=_check_networks,
        show_default=False,
    ),
]


@dataclass(frozen=True, kw_only=True)
class Scraping:
    """How to scrape: what is stored with the batch."""

    max_pages: Annotated[int, _option("--max-pages", _SCRAPING, "Pages scraped per domain.", min=1, max=1000)] = (
        _SETTINGS.max_pages
    )
    delay: Annotated[float, _option("--delay", _SCRAPING, "Seconds between two pages of one domain.", min=0)] = (
        _SETTINGS.delay
    )
    timeout: Annotated[
        float,
        _option("--timeout", _SCRAPING, "Seconds for one request, to its last byte.", callback=_check_positive),
    ] = _SETTINGS.timeout
    domain_timeout: Annotated[
        float,
        _option("--domain-timeout", _SCRAPING, "Seconds for everything of one domain.", callback=_check_positive),
    ] = _SETTINGS.domain_timeout
    retries: Annotated[
        int,
        _option("--retries", _SCRAPING, "Further tries of a request that failed for a passing reason.", min=0),
    ] = _SETTINGS.retries
    max_body: Annotated[
        int, _option("--max-body", _SCRAPING, "Bytes of one page, decompressed; more is cut off.", min=1)
    ] = _SETTINGS.max_body
    user_agent: Annotated[
        str,
        _option("--user-agent", _SCRAPING, "The User-Agent header; robots.txt is read for `batchscrape`."),
    ] = _SETTINGS.user_agent
    ignore_robots: Annotated[
        bool, _option("--ignore-robots", _SCRAPING, "Fetch what robots.txt disallows, too.")
    ] = _SETTINGS.ignore_robots
    allow_network: AllowNetwork = ()  # type: ignore[assignment] # Typer makes a list of it
    phone_region: Annotated[
        str | None,
        _option("--phone-region", _SCRAPING, "Country of numbers without a country code.", callback=_check_region),
    ] = _SETTINGS.phone_region
    keep_html: Annotated[bool, _option("--keep-html", _SCRAPING, "Store each page's HTML, compressed.")] = (
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
        _option("--concurrency", _PROCESS, "Domains scraped at the same time in one process.", min=1, max=10_000),
    ] = _LOCAL.concurrency
    processes: Annotated[
        int, _option("--processes", _PROCESS, "Worker processes; 0 is one per core.", min=0, max=256)
    ] = _LOCAL.processes
    proxy: Annotated[
        str | None,
        _option("--proxy", _PROCESS, "Send all requests through this HTTP proxy.", callback=_check_proxy),
    ] = _LOCAL.proxy
    database_timeout: Annotated[
        float,
        _option("--database-timeout", _PROCESS, "Seconds to wait for a database that went away.", min=0),
    ] = _LOCAL.database_timeout
    lease: Annotated[float, _option("--lease", _PROCESS, "", hidden=True, callback=_check_positive)] = _LOCAL.lease

    def settings(self) -> ProcessSettings:
        """The record that the rest of the program speaks in."""
        return ProcessSettings(**asdict(self))


@dataclass(frozen=True, kw_only=True)
class Messages:
    """What is said on standard error."""

    quiet: Annotated[bool, _option("--quiet", _OUTPUT, "Say nothing but warnings and errors.")] = False
    verbose: Annotated[bool, _option("--verbose", _OUTPUT, "Show requests and statements.")] = False
    log_format: Annotated[
        LogFormat, _option("--log-format", _OUTPUT, "How messages look where standard error is no terminal.")
    ] = LogFormat.TEXT

    def configure(self) -> None:
        """Say it so from now on."""
        from batchscrape.showing.logs import configure

        configure(self.log_format.value, quiet=self.quiet, verbose=self.verbose)
