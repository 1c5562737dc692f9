"""MLA, 9th edition: an entry of the list of works cited.

Source: the MLA Handbook (2021), chapter 5, as shown at https://style.mla.org/works-cited/works-cited-a-quick-guide/
"""

import re

from resources.citations import dates, names, works
from resources.citations.page_ranges import for_mla, is_one_page
from resources.citations.runs import capitalized, ended, italic, joined, plain, upright
from resources.citations.titles import quoted
from resources.citations.works import BOOKS, MEDIA, Form
from resources.kinds import Kind

# Words that MLA leaves out of publishers' names.
BUSINESS = re.compile(r",? (Inc|Ltd|LLC|Co|Corp|Company|Corporation|Limited)\b\.?")


def entry(record, accessed=None):
    """Author. Title. Container, contributors, version, number, publisher, date, place. Series. Medium.

    Organizations that publish their own work are named once, as publishers. (Governments are an exception of the
    handbook that a record cannot tell.)
    """
    form = works.form_of(record)
    is_part = form in {Form.ARTICLE, Form.CHAPTER} or record.kind == Kind.PAGE or bool(record.container)
    title = quoted(record.full_title, ".") if is_part else ended(italic(record.full_title))
    container = joined((italic(record.container), *_elements(record)), ", ")
    extras = [upright(text) for text in (*_series(record), _medium(record), _accessed(record, accessed))]
    container = container if plain(container) == _address(record) else capitalized(container)
    parts = (upright(_authors(record)), title, container, *extras)
    return joined(ended(part) for part in parts)


def _authors(record):
    people, are_editors = works.leading_names(record)
    if people and all(name.is_organization and name in record.publishers for name in people):
        return ""
    text = _few(names.first_inverted([_plain(name) for name in people], _direct))
    return f"{text}, {'editors' if len(people) > 1 else 'editor'}" if are_editors else text


def _few(people):
    """All of one or two; “First, et al.” from three on."""
    return f"{people[0]}, et al." if len(people) > 2 else names.listed(people)


def _direct(name):
    """“Henry Louis Gates, Jr.”: MLA keeps the comma."""
    return re.sub(r" (Jr|Sr)\b", r", \1", name.direct)


def _plain(name):
    """An organization without its first article."""
    return type(name)(literal=_without_article(name.literal)) if name.is_organization else name


def _without_article(text):
    return re.sub(r"^(The|A|An) (?=\S)", "", text)


def _elements(record):
    """Contributors, version, numbers, publisher, date and place, in the handbook's order."""
    form = works.form_of(record)
    in_journal = form is Form.ARTICLE
    yield from map(upright, _contributors(record))
    yield upright(works.edition(record))
    yield upright(f"vol. {record.volume}" if record.volume else "")
    yield upright(f"no. {works.bare_number(record)}" if in_journal and record.number else "")
    yield upright("" if in_journal else _publisher(record))
    yield upright(_date(record))
    yield upright(_pages(record) if form in {Form.ARTICLE, Form.CHAPTER} else "")
    yield upright(_address(record))


def _contributors(record):
    for people, verb in (
        (works.editors_inside(record), "edited"),
        (works.translators(record), "translated"),
        (works.preparers(record), "prepared"),
    ):
        if people:
            text = _few([_direct(name) for name in people])
            yield f"{verb} by {text.replace(', et al.', ' et al.')}"


def _publisher(record):
    """“U of Chicago P”, “Jossey-Bass / Wiley”: university presses short, without “The” and “Inc.”."""
    organizations = [_short(name.direct) for name in record.publishers]
    authors = [_short(name.direct) for name in record.authors] if _authors(record) else []
    site = _without_article(record.container)
    return " / ".join(text for text in organizations if text not in authors and text != site)


def _short(publisher):
    text = BUSINESS.sub("", _without_article(publisher))
    if "University" in text and "Press" in text:
        text = text.replace("University", "U").replace("Press", "P").replace("U P", "UP")
    return text


def _date(record):
    if works.is_undated(record):
        return ""
    return str(record.issued.year) if record.kind in {*BOOKS, Kind.DATA} else dates.day_first(record.issued)


def _pages(record):
    label = "p." if is_one_page(record.page_range) else "pp."
    return f"{label} {for_mla(record.page_range)}" if record.page_range else ""


def _address(record):
    """A DOI whole, other addresses without their protocol."""
    is_doi = record.address.startswith("https://doi.org/")
    return record.address if is_doi else re.sub(r"^https?://", "", record.address)


def _series(record):
    if works.form_of(record) is Form.ARTICLE:
        return ()
    return works.series_and_number(record), works.report_number(record)


def _medium(record):
    """A page, a film or a recording shows what it is; the rest is said."""
    return MEDIA[record.kind] if record.kind in {Kind.DATA, Kind.WEBINAR, Kind.PRESENTATION} else ""


def _accessed(record, accessed):
    """The day of reading, only where no date is known."""
    return f"Accessed {dates.day_first(accessed)}" if accessed and works.is_undated(record) and record.address else ""
