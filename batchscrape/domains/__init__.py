"""Read a list of domains, entry after entry, however long the list is.

What is no domain comes out as a `Rejected` line with its reason and ends nothing; only a list that cannot be
read at all raises `InputError`.
"""

from batchscrape.domains.entries import MAX_URL, read_entry
from batchscrape.domains.lists import (
    ListSummary,
    Rejected,
    count_entries,
    list_file,
    nothing_valid,
    read_domains,
    spooled,
)

__all__ = [
    "MAX_URL",
    "ListSummary",
    "Rejected",
    "count_entries",
    "list_file",
    "nothing_valid",
    "read_domains",
    "read_entry",
    "spooled",
]
