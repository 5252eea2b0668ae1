"""Turn pages into the rows that are stored."""

from datetime import UTC, datetime

from batchscrape.crawling.reading import Reading
from batchscrape.errors import FetchError
from batchscrape.extracting import clean
from batchscrape.models import Page

#: Characters of an error's sentence.
MAX_SENTENCE = 500


def page_row(url: str, reading: Reading) -> Page:
    """Make the row of a page that was read."""
    response, facts = reading.response, reading.facts
    return Page(
        url=clean(url),
        final_url=clean(response.final_url),
        http_status=response.http_status,
        content_type=clean(response.content_type) if response.content_type else None,
        title=facts.title,
        description=facts.description,
        language=facts.language,
        emails=facts.emails,
        phones=facts.phones,
        bytes=reading.size,
        truncated=response.truncated,
        fetched_at=response.fetched_at,
        duration=response.duration,
        html=reading.html,
    )


def failed_row(url: str, error: FetchError, *, duration: float) -> Page:
    """Make the row of a page that could not be fetched or read."""
    return Page(
        url=clean(url),
        final_url=clean(error.final_url) if error.final_url else None,
        http_status=error.http_status,
        error_code=error.code,
        error=sentence(error),
        fetched_at=datetime.now(UTC),
        duration=duration,
    )


def sentence(error: Exception) -> str:
    """Give what is wrong in one harmless sentence."""
    return clean(str(error))[:MAX_SENTENCE]
