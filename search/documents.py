"""What a content app hands to the index."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter


@dataclass(frozen=True)
class SearchPage:
    """One page of a file: its number as a reader counts, from 1, and its plain text."""

    number: int
    text: str


@dataclass(frozen=True)
class SearchFile:
    """A file of an item, with its pages.

    `address` leads to it, and `label` says which it is where there are several. Without a language of its own it has
    that of the item. `version` changes with the texts of its pages: where the index has it already, `pages` (a function
    that gives `SearchPage`s) is not called. Without a version it is always read.
    """

    pages: Callable[[], Iterable[SearchPage]]
    address: str = ""
    label: str = ""
    language: str = ""
    version: str = ""


@dataclass
class SearchDocument:
    """One item as the search sees it. All texts are plain: no markup.

    `owner` is the label of the model and the key as text, such as ("pages.page", "12"). `kind` names what it is in
    addresses and facets (“page”). `authors` are names as the record has them, “Dryfoos, Joy G.”. By `keywords` an
    item is found too, but they are no text that is shown. `facets` gives the values of each facet: {"topic":
    ["attendance"]}. `identifiers` are written as the app's identifier reader writes them. `dated_on` is the day that
    “newest first” goes by, and `year` what a reader narrows by or types among the words; items without stand last. The
    item is public from `published_at` to before `retired_at`; without the first it is not indexed.
    """

    owner: tuple[str, str]
    kind: str
    language: str
    title: str
    address: str
    published_at: datetime | None
    retired_at: datetime | None = None
    authors: list[str] = field(default_factory=list)
    summary: str = ""
    body: str = ""
    keywords: str = ""
    year: int | None = None
    dated_on: date | None = None
    facets: dict[str, list[str]] = field(default_factory=dict)
    identifiers: list[str] = field(default_factory=list)
    files: list[SearchFile] = field(default_factory=list)

    @classmethod
    def of(cls, item, **more):
        """The document of a `Publishable`: what all content shares is taken from it, `more` says the rest."""
        return cls(
            **{
                "owner": owner_of(item),
                "kind": item._meta.model_name,
                "language": item.language,
                "title": item.title,
                "summary": item.summary,
                "address": item.get_absolute_url() or "",
                "published_at": item.published_at,
                "retired_at": item.retired_at,
            }
            | more
        )


def owner_of(item):
    """The key of an item in the index: ("pages.page", "12")."""
    return item._meta.label_lower, str(item.pk)


def in_order(links):
    """The rows of a link to many, however they were read: the same document every time."""
    return sorted(links.all(), key=attrgetter("pk"))


def keys_of(rows):
    """The values of a facet that goes by the keys of records."""
    return [str(row.pk) for row in rows]
