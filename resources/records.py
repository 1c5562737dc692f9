"""A work as plain data: what citations, exports, imports and machine-readable tags read, knowing no table.

`describing.record_of` makes one of a publication; an import makes some from a file. All words are plain text.
"""

import datetime
from dataclasses import dataclass, field

from resources.kinds import ContributorRole, Kind, LinkKind, Scheme


def joined_title(title, subtitle):
    """Title and subtitle, joined by a colon unless the title ends in a mark of its own."""
    if not subtitle:
        return title
    return f"{title}{' ' if title.endswith(('?', '!', ':')) else ': '}{subtitle}"


@dataclass(frozen=True)
class Name:
    """A person (`family` and the rest) or an organization (`literal` alone).

    `particle` is what stands before the family name and is sorted with it or not, as the style says (“van der”).
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def is_organization(self):
        return bool(self.literal)

    @property
    def inverted(self):
        """As libraries sort it: “Blank, Martin J.”, “King, Martin Luther, Jr.”; an organization as it is."""
        if self.literal:
            return self.literal
        family = f"{self.particle} {self.family}".strip()
        return ", ".join(part for part in (family, self.given, self.suffix) if part)

    @property
    def direct(self):
        """As people say it: “Martin J. Blank”, “Martin Luther King Jr.”."""
        if self.literal:
            return self.literal
        return " ".join(part for part in (self.given, self.particle, self.family, self.suffix) if part)


@dataclass(frozen=True)
class Contributor:
    name: Name
    role: ContributorRole = ContributorRole.AUTHOR


@dataclass(frozen=True)
class PartialDate:
    """A day, a month or a year: as much as is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first_day(self):
        """The first day that it may mean, to sort by."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def iso(self):
        """“2011”, “2011-09” or “2011-09-05”."""
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
            if self.day:
                parts.append(f"{self.day:02}")
        return "-".join(parts)


@dataclass(frozen=True)
class Identifier:
    """`value` in the normal form of `resources.identifiers`: “ED477535”, “0937846112”, “10.33682/3csj-b8r7”."""

    scheme: Scheme
    value: str


@dataclass(frozen=True)
class Link:
    """An address on another site, and what stands there."""

    address: str
    kind: LinkKind = LinkKind.RECORD


@dataclass(frozen=True)
class Record:
    """One work. Empty text, an empty tuple or None: not known."""

    title: str
    subtitle: str = ""
    kind: Kind | None = None
    contributors: tuple[Contributor, ...] = ()
    issued: PartialDate | None = None
    language: str = ""  # of the work, ISO 639-1
    page_count: int | None = None
    page_range: str = ""  # “4-9, 43” in an issue or a book
    edition: str = ""  # “2nd ed.”, “Revised edition”
    container: str = ""  # the journal of an article, the book of a chapter
    series: str = ""
    volume: str = ""
    number: str = ""  # the issue of a journal, the number in a series
    identifiers: tuple[Identifier, ...] = ()
    links: tuple[Link, ...] = ()
    summary: str = ""
    abstract: str = ""
    topics: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    rights: str = ""
    license: str = ""
    access: str = ""
    key: str = ""  # lasting and unique on this site: the slug
    url: str = ""  # of the record on this site
    is_held: bool = field(default=False, compare=False)  # whether the work can be read there: its files are here
    source: str = field(default="", compare=False)  # of the bibliographic facts

    @property
    def full_title(self):
        return joined_title(self.title, self.subtitle)

    def names(self, *roles):
        """The names of those who had one of these roles, in their order."""
        return tuple(one.name for one in self.contributors if one.role in roles)

    @property
    def authors(self):
        return self.names(ContributorRole.AUTHOR)

    @property
    def editors(self):
        return self.names(ContributorRole.EDITOR)

    @property
    def publishers(self):
        return self.names(ContributorRole.PUBLISHER)

    def identifier(self, scheme):
        """The first identifier of a scheme; empty where there is none."""
        return next((one.value for one in self.identifiers if one.scheme == scheme), "")

    @property
    def found_at(self):
        """The addresses elsewhere of the work, or of pages about it alone, the best one first."""
        links = [link for link in self.links if link.kind.leads_to_work]
        return tuple(link.address for link in sorted(links, key=lambda link: list(LinkKind).index(link.kind)))

    @property
    def address(self):
        """Where a citation sends its reader: the DOI, the work elsewhere, or the record of a work that we hold.

        Empty for a work that is nowhere on the web, as far as is known: our record is about it and is not the work.
        """
        doi = self.identifier(Scheme.DOI)
        here = self.url if self.is_held else ""
        return Scheme.DOI.address_of(doi) if doi else next(iter(self.found_at), here)
