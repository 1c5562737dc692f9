"""Words inside the files of one work: the pages on which they stand."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchVector

from resources.models import FilePage, WorkFile

LONGEST_QUERY = 200  # characters
MOST_PAGES = 50
CONFIGURATIONS = {"en": "english", "es": "spanish", "fr": "french", "pt": "portuguese"}
# Characters that no text has: they mark the words until everything else is escaped.
START, END = "\ue000", "\ue001"


@dataclass(frozen=True)
class PageHit:
    """A page of a file with the words: `pieces` are pairs (is marked, text) of the best passage."""

    file: WorkFile
    number: int
    pieces: list

    @property
    def url(self):
        return f"{self.file.get_absolute_url()}#page={self.number}"

    @property
    def label(self):
        """What the file is, where it is not the whole work."""
        return self.file.label


@dataclass(frozen=True)
class Inside:
    """What a reader asked inside a work, and what was found. `hits` are in the order of the pages."""

    query: str
    hits: list
    is_too_long: bool = False

    @property
    def is_cut(self):
        return len(self.hits) == MOST_PAGES

    @property
    def strip(self):
        """All pages of the file as a strip with those found; None where the hits lie in several files."""
        files = {hit.file for hit in self.hits}
        count = next(iter(files)).file.page_count if len(files) == 1 else None
        return {"count": count, "numbers": [hit.number for hit in self.hits]} if count else None


def search(work, query):
    """The pages of a work's files on which all words of a query stand, in one query of the database."""
    query = " ".join(query.split())
    if len(query) > LONGEST_QUERY:
        return Inside("", [], is_too_long=True)
    files = {file.file_id: file for file in work.files.all()}
    if not query or not files:
        return Inside(query, [])
    configuration = CONFIGURATIONS.get(work.work_language, "simple")
    wanted = SearchQuery(query, config=configuration, search_type="websearch")
    pages = (
        FilePage.objects.filter(file__in=files)
        .annotate(words=SearchVector("text", config=configuration))
        .filter(words=wanted)
        .order_by("file", "number")[:MOST_PAGES]
    )
    passage = SearchHeadline(
        "text",
        wanted,
        config=configuration,
        start_sel=START,
        stop_sel=END,
        max_words=28,
        min_words=16,
        max_fragments=2,
        fragment_delimiter=" … ",
    )
    found = pages.annotate(passage=passage).values_list("file", "number", "passage")
    return Inside(query, [PageHit(files[file], number, pieces_of(text)) for file, number, text in found])


def pieces_of(passage):
    """A marked passage as pairs (is marked, text)."""
    pieces = re.split(f"[{START}{END}]", passage)
    return [(place % 2 == 1, text) for place, text in enumerate(pieces) if text]
