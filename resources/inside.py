"""What a reader asks inside a work: the pages of its files on which the words stand."""

from dataclasses import dataclass

from django.utils.translation import get_language

from search.documents import owner_of
from search.engine.inside import pages_with

LONGEST_QUERY = 200  # characters
MOST_HITS = 50


@dataclass(frozen=True)
class Inside:
    """What a reader asked inside a work, and what was found. `hits` are in the order of the pages.

    `page_count`: of the file in which all hits lie; None where they lie in several.
    """

    query: str
    hits: list
    page_count: int | None = None
    is_too_long: bool = False

    @property
    def is_cut(self):
        return len(self.hits) == MOST_HITS

    @property
    def strip(self):
        """All pages of the file as a strip with those found; None where the hits lie in several files."""
        return {"count": self.page_count, "numbers": [hit.number for hit in self.hits]} if self.page_count else None


def search(work, query):
    """The pages of a work's files on which all words of a query stand. A work in memory has those of its live files."""
    query = " ".join(query.split())
    if len(query) > LONGEST_QUERY:
        return Inside("", [], is_too_long=True)
    if not query or not work.files.all():
        return Inside(query, [])
    hits = pages_with(owner_of(work), query, get_language(), MOST_HITS)
    return Inside(query, hits, _page_count(work, {hit.address for hit in hits}))


def _page_count(work, addresses):
    if len(addresses) != 1:
        return None
    files = {file.absolute_url_in(work.language): file.file for file in work.files.all()}
    return next((files[address].page_count for address in addresses if address in files), None)
