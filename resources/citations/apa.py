"""APA, 7th edition: a reference list entry.

Source: the Publication Manual (2020), chapters 9 and 10, as shown at
https://apastyle.apa.org/style-grammar-guidelines/references/examples
"""

from resources.citations import dates, names, works
from resources.citations.page_ranges import in_full, is_one_page
from resources.citations.runs import bracketed, ended, followed, italic, joined, upright
from resources.citations.titles import in_sentence_case
from resources.citations.works import BOOKS, MEDIA, Form
from resources.kinds import Kind

MOST_NAMES = 20


def entry(record, accessed=None):
    """Names. (Date). Title. Source. Address. Without names, the title comes first."""
    title, date = ended(_title(record)), ended(bracketed(upright(_date(record))))
    head = ended(upright(_leading_names(record)))
    parts = (head, date, title) if head else (title, date)
    return joined((*parts, ended(_source(record)), _address(record, accessed)))


def _leading_names(record):
    people, are_editors = works.leading_names(record)
    inverted = [names.family_and_initials(name) for name in people]
    if len(inverted) > MOST_NAMES:
        text = f"{', '.join(inverted[: MOST_NAMES - 1])}, . . . {inverted[-1]}"
    else:
        text = names.listed(inverted, "&")
    return f"{text} {_editors_label(people)}" if are_editors else text


def _editors_label(people):
    return "(Eds.)" if len(people) > 1 else "(Ed.)"


def _date(record):
    """Books, chapters, numbered journals and data have a year; all else the date as far as it is known."""
    if works.is_undated(record):
        return "n.d."
    is_numbered = works.form_of(record) is Form.ARTICLE and (record.volume or record.number)
    has_only_year = record.kind in {*BOOKS, Kind.DATA} or is_numbered
    return str(record.issued.year) if has_only_year else dates.year_first(record.issued)


def _title(record):
    """With numbers in parentheses and the medium in brackets; parts of a journal or book upright, all else italic."""
    form = works.form_of(record)
    stands_alone = form in {Form.WHOLE, Form.POSTED}
    title = (italic if stands_alone else upright)(in_sentence_case(record.full_title, record))
    details = _details(record) if form is not Form.CHAPTER else ""
    medium = MEDIA.get(record.kind, "")
    return joined((title, bracketed(upright(details)), bracketed(upright(medium), "[]")))


def _details(record):
    """“H. Weaver, Trans.; 2nd ed., Vol. 1”, “Occasional Paper No. 2”, “Report No. RR-2100; Rev. ed.”."""
    people = []
    if editors := works.editors_inside(record):
        label = "Eds." if len(editors) > 1 else "Ed."
        people.append(f"{_people(editors)}, {label}")
    if translators := works.translators(record):
        people.append(f"{_people(translators)}, Trans.")
    numbers = []
    if record.kind not in BOOKS and works.form_of(record) is not Form.ARTICLE:
        numbers = [works.series_and_number(record, " No. "), works.report_number(record)]
    version = [works.edition(record, "Rev.")]
    if record.volume and works.form_of(record) is not Form.ARTICLE:
        version.append(f"Vol. {record.volume}")
    return "; ".join(filter(None, (*people, *numbers, ", ".join(filter(None, version)))))


def _people(people):
    return names.listed([names.initials_and_family(name) for name in people], "&")


def _source(record):
    form = works.form_of(record)
    if form is Form.ARTICLE:
        return _journal(record)
    publishers = upright("; ".join(works.other_publishers(record)))
    if form is Form.CHAPTER:
        return joined((ended(_book_around(record)), publishers))
    site_has_author_name = any(name.direct == record.container for name in record.authors)
    site = upright("" if site_has_author_name else record.container)
    return site or publishers


def _journal(record):
    """“*American Educator*, *39*(3), 4–9, 43”."""
    issue = upright(f"({works.bare_number(record)})" if record.number else "")
    volume = italic(record.volume) + issue
    return joined((italic(record.container), volume, upright(in_full(record.page_range))), ", ")


def _book_around(record):
    """“In A. Editor & B. Editor (Eds.), *Book* (2nd ed., pp. 345–359)”."""
    people = works.editors_inside(record)
    editors = followed(upright(f"{_people(people)} {_editors_label(people)}" if people else ""), ",")
    pages = in_full(record.page_range)
    label = "p." if is_one_page(record.page_range) else "pp."
    volume = f"Vol. {record.volume}" if record.volume else ""
    place = ", ".join(filter(None, (works.edition(record, "Rev."), volume, f"{label} {pages}" if pages else "")))
    title = italic(in_sentence_case(record.container, record))
    return joined((upright("In"), editors, title, bracketed(upright(place))))


def _address(record, accessed):
    """The DOI or address, with nothing after it. “Retrieved” only where no date is known and the day of reading is."""
    if works.is_undated(record) and accessed and record.address:
        return upright(f"Retrieved {dates.month_first(accessed)}, from {record.address}")
    return upright(record.address)
