"""A record as cells of text, the common ground of all formats.

Each format maps its own fields to these columns; what they may hold is checked here, once for all of them.
The columns are described for librarians in docs/staff/import-and-export.md.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from resources import identifiers
from resources.formats import lists, names
from resources.formats.text import without_strange
from resources.kinds import ContributorRole, LinkKind

LIST_MAX = 100  # entries of one list


@dataclass(frozen=True)
class Column:
    """`longest` is the number of characters that a cell, or each entry of a list, may have."""

    key: str
    label: str  # the heading in files, in English whatever the reader’s language, so that files stay exchangeable
    longest: int
    is_list: bool = False
    is_long: bool = False  # of several paragraphs


COLUMNS = {
    column.key: column
    for column in (
        Column("title", "title", 500),
        Column("subtitle", "subtitle", 500),
        Column("kind", "kind", 50),
        Column("author", "authors", 300, is_list=True),
        Column("editor", "editors", 300, is_list=True),
        Column("translator", "translators", 300, is_list=True),
        Column("preparer", "prepared by", 300, is_list=True),
        Column("publisher", "publishers", 300, is_list=True),
        Column("sponsor", "sponsors", 300, is_list=True),
        Column("contributor_order", "order of contributors", 20, is_list=True),
        Column("year", "year", 50),
        Column("month", "month", 20),
        Column("day", "day", 20),
        Column("language", "language", 20),
        Column("page_count", "pages", 20),
        Column("page_range", "page range", 100),
        Column("edition", "edition", 200),
        Column("container", "journal or book", 500),
        Column("series", "series", 300),
        Column("volume", "volume", 50),
        Column("number", "number", 50),
        Column("identifiers", "identifiers", 2020, is_list=True),
        Column("links", "links", 2020, is_list=True),
        Column("summary", "summary", 5_000, is_long=True),
        Column("abstract", "abstract", 20_000, is_long=True),
        Column("topics", "topics", 200, is_list=True),
        Column("roles", "audience roles", 200, is_list=True),
        Column("results", "results", 200, is_list=True),
        Column("places", "places", 200, is_list=True),
        Column("levels", "levels", 50, is_list=True),
        Column("tags", "tags", 200, is_list=True),
        Column("rights", "rights", 1_000),
        Column("license", "license", 50),
        Column("access", "access", 50),
        Column("key", "key", 200),
        Column("url", "address on this site", 2_000),
        Column("source", "source", 1_000),
    )
}
# Columns of names, in the order in which contributors stand unless “order of contributors” says otherwise.
NAME_COLUMNS = {role: COLUMNS[role.value] for role in ContributorRole}
MOSTLY_ORGANIZATIONS = {ContributorRole.PUBLISHER, ContributorRole.SPONSOR}
PLAIN = (
    "title", "subtitle", "language", "page_range", "edition", "container", "series", "volume", "number", "summary",
    "abstract", "rights", "license", "access", "key", "url", "source",
)  # fmt: skip
WORD_LISTS = ("topics", "roles", "results", "places", "levels", "tags")


def cells(record):
    """The text of every column of a Record, by the column’s key; empty where nothing is known."""
    texts = {key: getattr(record, key) for key in PLAIN}
    texts |= {key: lists.join(getattr(record, key)) for key in WORD_LISTS}
    texts |= {column.key: _names(record, role) for role, column in NAME_COLUMNS.items()}
    texts["contributor_order"] = _order(record)
    texts["kind"] = kind_in_words(record.kind)
    texts["page_count"] = _digits(record.page_count)
    texts["identifiers"] = lists.join(identifiers.written(one) for one in record.identifiers)
    texts["links"] = lists.join(_link(link) for link in record.links)
    issued = record.issued
    texts["year"] = f"{issued.year:04}" if issued else ""
    texts["month"] = _digits(issued and issued.month)
    texts["day"] = _digits(issued and issued.day)
    return {key: without_strange(texts[key]) for key in COLUMNS}


def kind_in_words(kind):
    """“case study”, in English whatever the reader’s language; empty for none."""
    return kind.value.replace("_", " ") if kind else ""


def _link(link):
    """“full text: https://www.example.org/”; a page about the work, which most links lead to, is an address alone."""
    words = link.kind.value.replace("_", " ")
    return link.address if link.kind is LinkKind.RECORD else f"{words}: {link.address}"


def label(key):
    """The heading of a column, for sentences; the key itself for what is no column."""
    return COLUMNS[key].label if key in COLUMNS else key


def too_long(column, length):
    return longer_than_fits(column.label, length, column.longest)


def longer_than_fits(field, length, most):
    return _("The field “%(field)s” has %(length)s characters; at most %(most)s fit. Shorten it.") % {
        "field": field,
        "length": f"{length:,}",
        "most": f"{most:,}",
    }


def _names(record, role):
    return lists.join(names.write(name, role in MOSTLY_ORGANIZATIONS) for name in record.names(role))


def _order(record):
    """The roles of the contributors one by one, where people and organizations of several roles are mixed."""
    roles = [one.role for one in record.contributors]
    usual = sorted(roles, key=list(ContributorRole).index)
    return "" if roles == usual else lists.join(role.value for role in roles)


def _digits(number):
    return "" if number is None else str(number)
