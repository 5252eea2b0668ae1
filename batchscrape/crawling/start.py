"""Find a domain's start page: https, then http, then the same under `www.`."""

from batchscrape.errors import ConnectError, DnsError, FetchError, FetchTimeout, TlsError
from batchscrape.fetching import Response, SiteClient
from batchscrape.models import Job

#: Seconds for the first https connection and its handshake, where nobody said that the site has https.
HTTPS_PATIENCE = 5.0

_NO_HTTPS = (ConnectError, TlsError, FetchTimeout)


async def fetch_start(client: SiteClient, job: Job) -> Response:
    """Fetch the start page. An entry with a scheme is taken at its word.

    Raises the `FetchError` of the first address that was tried and exists.
    """
    if job.has_scheme:
        return await client.get(job.start_url)
    try:
        return await _https_or_http(client, job.start_url)
    except DnsError as error:
        name = job.start_url.removeprefix("https://")
        if name.startswith("www."):
            raise
        try:
            return await _https_or_http(client, f"https://www.{name}")
        except DnsError:
            raise error from None


async def _https_or_http(client: SiteClient, url: str) -> Response:
    try:
        return await client.get(url, retries=0, connect_timeout=HTTPS_PATIENCE)
    except _NO_HTTPS as error:
        try:
            return await client.get(f"http://{url.removeprefix('https://')}")
        except FetchError:
            raise error from None
