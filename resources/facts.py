"""The facts of a work as rows for readers: a label, and values that may lead somewhere."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from resources.identifiers import display, site_of
from resources.kinds import ContributorRole, License
from resources.shelves import SHELVES


@dataclass(frozen=True)
class Value:
    text: str
    url: str = ""
    note: str = ""  # what is said behind it
    language: str = ""  # of words that are not the site's own


@dataclass(frozen=True)
class Fact:
    label: str
    values: list
    field: str  # of the publication, for readers who know better
    is_tags: bool = False  # short words in a row, not a sentence


def facts_of(work, sightings):
    """Every fact that is known of a work, in the order in which readers ask for them.

    `sightings`: address → the `OutwardLink` of what it leads to elsewhere.
    """
    links = _links(work, sightings)
    rows = [
        *_makers(work),
        Fact(_("Published"), [Value(work.issued_in_words)], "issued_year"),
        Fact(
            _("Kind"), [_on_shelf("kind", work.work_kind.replace("_", "-"), work.get_work_kind_display())], "work_kind"
        ),
        Fact(_("In"), [_appeared_in(work)], "series"),
        Fact(_("Edition"), [Value(work.edition)], "edition"),
        Fact(_("Length"), [Value(_pages(work.page_count))], "page_count"),
        Fact(_("Language"), [Value(work.get_work_language_display())], "work_language"),
        Fact(_("Identifiers"), [Value(display(one), one.address) for one in work.identifiers.all()], "identifiers"),
        Fact(_("On other sites"), [value for link, value in links if link.leads_to_work], "links"),
        Fact(_("Notices and listings"), [value for link, value in links if not link.leads_to_work], "links"),
        Fact(_("Topics"), _terms("topic", work.topics.all()), "topics", is_tags=True),
        Fact(_("For"), _terms("role", work.roles.all()), "roles", is_tags=True),
        Fact(_("Results"), _terms("result", work.results.all()), "results", is_tags=True),
        Fact(_("Places"), _terms("place", work.places.all()), "places", is_tags=True),
        Fact(
            _("Levels"),
            [_on_shelf("level", level, SHELVES["level"].choices(level).label) for level in work.levels],
            "levels",
        ),
        Fact(_("Tags"), _terms("tag", work.tags.all()), "tags", is_tags=True),
        Fact(_("Access"), [Value(work.get_access_display())], "access"),
        Fact(_("License"), [_license(work.license)], "license"),
        Fact(_("Rights"), [Value(work.rights, language=work.language)], "rights"),
        Fact(_("Where these facts come from"), [Value(work.facts_source, language=work.language)], "facts_source"),
    ]
    known = [replace(row, values=[value for value in row.values if value.text]) for row in rows]
    return [row for row in known if row.values]


def maker_value(contributor):
    """A person or an organization, with the list of what else is by them."""
    if contributor.organization:
        return _on_shelf("organization", contributor.organization.slug, contributor.organization.name)
    return _on_shelf("author", contributor.person.slug, contributor.person.name)


def _makers(work):
    labels = {  # for one and for several
        ContributorRole.AUTHOR: (_("Author"), _("Authors")),
        ContributorRole.EDITOR: (_("Editor"), _("Editors")),
        ContributorRole.TRANSLATOR: (_("Translator"), _("Translators")),
        ContributorRole.PREPARER: (_("Prepared by"), _("Prepared by")),
        ContributorRole.PUBLISHER: (_("Publisher"), _("Publishers")),
        ContributorRole.SPONSOR: (_("Sponsor"), _("Sponsors")),
    }
    by_role = [(work.makers(role), one, several) for role, (one, several) in labels.items()]
    return [
        Fact(several if len(makers) > 1 else one, [maker_value(maker) for maker in makers], "contributors")
        for makers, one, several in by_role
    ]


def _on_shelf(shelf, slug, text):
    is_there = text and slug  # a tag of a draft may have letters of which no address can be made
    return Value(text, reverse("resources:shelf", args=[shelf, slug]) if is_there else "")


def _terms(shelf, records):
    return [_on_shelf(shelf, record.slug, record.name) for record in records]


def _appeared_in(work):
    """“American Educator, volume 39, number 3, pages 4-9, 43”."""
    parts = [
        work.series.name if work.series else work.book,
        _("volume %(volume)s") % {"volume": work.volume} if work.volume else "",
        _("number %(number)s") % {"number": work.number} if work.number else "",
        _("pages %(pages)s") % {"pages": work.page_range} if work.page_range else "",
    ]
    return Value(", ".join(str(part) for part in parts if part), work.series.get_absolute_url() if work.series else "")


def _pages(count):
    return ngettext("%(count)s page", "%(count)s pages", count) % {"count": count} if count else ""


def _license(name):
    return Value(License(name).label, License(name).url) if name else Value("")


def _links(work, sightings):
    """Pairs of a link and what is shown of it, without those to which an identifier leads already."""
    known = {identifier.address for identifier in work.identifiers.all()}
    links = [link for link in work.links.all() if link.address not in known]
    seen = [sightings.get(link.address) for link in links]
    return [
        (link, Value(link_words(link), link.address, sighting.seen_in_words if sighting else ""))
        for link, sighting in zip(links, seen, strict=True)
    ]


def link_words(link):
    """What a link says: its own words, else what it leads to and on which site."""
    return link.label or f"{link.get_kind_display()} ({site_of(link.address)})"
