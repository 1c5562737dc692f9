"""What is asked and what is answered. Plain values: no rows of the database, no markup."""

from dataclasses import dataclass, field
from enum import StrEnum


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"
    PUBLISHED = "published"  # here, whenever it came out elsewhere


@dataclass(frozen=True)
class Query:
    """One question to the index.

    `text` is anything that somebody typed; empty, it matches every item that passes the filters. `language` is that
    of the page on which it was typed. `filters` gives the values that a reader chose of each facet: an item holds at
    least one of each, {"topic": ["attendance", "health"], "content": ["page"]}. `within` gives those of the page
    itself, which nobody can take off: beyond them nothing is counted. Years are inclusive. `corrects=False` is “search
    instead for what I typed”, without other words for it. `all_words=True` leaves out what lacks a word. `page` counts
    from 1. What is not shown need not be asked for.
    """

    text: str = ""
    language: str = "en"
    filters: dict[str, list[str]] = field(default_factory=dict)
    within: dict[str, list[str]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 10
    corrects: bool = True
    all_words: bool = False
    with_facets: bool = True
    with_snippets: bool = True


# A text in pieces of which some are marked: [(False, "for "), (True, "families"), (False, " & schools")]
Pieces = list[tuple[bool, str]]


@dataclass
class PageHit:
    """A page of a file of a hit: its number as a reader counts, the address of the file, which file it is, and the
    language in which it is read.
    """

    id: int
    number: int
    address: str = ""
    label: str = ""
    language: str = ""
    pieces: Pieces = field(default_factory=list)

    @property
    def url(self):
        """Where browsers open the file at this page."""
        return f"{self.address}#page={self.number}"


@dataclass
class Hit:
    """One item that was found, with the best pages of its files.

    `is_named`: it is called just what was typed. `marked_title` is the title and `snippet` the best passage, with the
    words that were searched for marked.
    """

    id: int
    owner: tuple[str, str]
    kind: str
    language: str
    title: str
    address: str
    year: int | None
    score: float
    is_named: bool = False
    marked_title: Pieces = field(default_factory=list)
    snippet: Pieces = field(default_factory=list)
    pages: list[PageHit] = field(default_factory=list)


@dataclass(frozen=True)
class Correction:
    """A word that no public text holds, and the one that was searched for instead."""

    typed: str
    corrected: str


@dataclass(frozen=True)
class Offer:
    """A word that is spelled right though no public text holds it, and one of ours that is written like it."""

    typed: str
    offered: str


@dataclass(frozen=True)
class SynonymsUsed:
    """Words of the query, and what else was searched for because of them.

    `language` is that of the others where it is not that of the typed words (“also searched in English: …”), else "".
    """

    typed: str
    others: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True)
class FacetCount:
    value: str
    count: int


@dataclass
class Answer:
    """What was found.

    `total`: items that hold any of the words (and meet all conditions); `total_with_all_words` of them hold each word
    somewhere, in their pages too. `reachable`: how many can be paged through; the last of very many are left out. It is
    known where facets were asked for, or the order is that of relevance. `facets`: for each facet its values by count,
    over all items found, each facet as if nothing of itself were chosen. `kept_away`: for each filter how many would be
    found besides if it alone were taken off. `text` is what was searched for: the typed text with its corrections;
    `offered_text` is the same with the `offers`, which were not searched for, and empty without any.
    """

    text: str
    hits: list[Hit] = field(default_factory=list)
    reachable: int = 0
    total: int = 0
    total_with_all_words: int = 0
    facets: dict[str, list[FacetCount]] = field(default_factory=dict)
    kept_away: dict[str, int] = field(default_factory=dict)
    corrections: list[Correction] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    offered_text: str = ""
    synonyms: list[SynonymsUsed] = field(default_factory=list)
