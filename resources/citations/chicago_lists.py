"""Chicago, 17th edition: entries of a bibliography, and of a reference list, which has the year after the names."""

from resources.citations import chicago, dates, works
from resources.citations.page_ranges import for_chicago
from resources.citations.runs import capitalized, ended, italic, joined, upright
from resources.citations.works import Form


def bibliography_entry(record, accessed=None):
    """Names. Title. Source, Year. Address."""
    return _entry(record, accessed)


def reference(record, accessed=None):
    """Names. Year. Title. Source. Address. Without names, the title comes first."""
    return _entry(record, accessed, has_year_first=True)


def _entry(record, accessed, has_year_first=False):
    head = upright(chicago.names_in_list(record))
    title = chicago.title(record, ".")
    start = (head, title)
    if has_year_first:
        year = upright(chicago.year(record))
        start = (head, year, title) if head else (title, year)
    body = _SOURCES[works.form_of(record)](record, has_year_first)
    end = (upright(chicago.medium(record)), upright(chicago.accessed_on(record, accessed)), upright(record.address))
    return joined(ended(capitalized(part) if part in end[:2] else part) for part in (*start, *body, *end))


def _contributors(record):
    for people, words in (
        (works.editors_inside(record), "Edited by"),
        (works.translators(record), "Translated by"),
        (works.preparers(record), "Prepared by"),
    ):
        if people:
            yield upright(f"{words} {chicago.all_of(people)}")


def _whole(record, has_year_first):
    yield from _contributors(record)
    yield capitalized(upright(works.edition(record, "rev.")))
    yield capitalized(upright(chicago.volume_of_book(record)))
    yield from map(upright, chicago.series(record))
    yield _published(record, has_year_first)


def _published(record, has_year_first):
    year = "" if has_year_first else chicago.year(record)
    return joined((upright(chicago.publisher(record)), upright(year)), ", ")


def _article(record, has_year_first):
    translators = works.translators(record)
    yield upright(f"Translated by {chicago.all_of(translators)}" if translators else "")
    if not record.volume and not record.number:
        has_date = record.issued and record.issued.month
        year = upright("" if has_year_first or has_date else chicago.year(record))
        yield joined((chicago.magazine(record), year), ", ")
    elif has_year_first:
        yield chicago.journal(record, dates.month_only(record.issued), number_in_parentheses=True)
    else:
        yield chicago.journal(record, dates.month_and_year(record.issued) or "n.d.")


def _chapter(record, has_year_first):
    editors, translators = works.editors_inside(record), works.translators(record)
    details = (
        italic(record.container),
        upright(f"edited by {chicago.all_of(editors)}" if editors else ""),
        upright(f"translated by {chicago.all_of(translators)}" if translators else ""),
        upright(works.edition(record, "rev.")),
        upright(chicago.volume_of_book(record)),
        upright(for_chicago(record.page_range)),
    )
    yield upright("In ") + joined(details, ", ")
    yield from map(upright, chicago.series(record))
    yield _published(record, has_year_first)


def _posted(record, has_year_first):
    yield from _contributors(record)
    yield capitalized(upright(works.edition(record, "rev.")))
    yield capitalized(upright(chicago.volume_of_book(record)))
    yield from map(upright, chicago.series(record))
    yield upright(record.container)
    yield upright(chicago.publisher(record))
    yield upright(_posted_date(record, has_year_first))


def _posted_date(record, has_year_first):
    """The day, also where the year stands in front; “n.d.” is said there only."""
    if works.is_undated(record) or (has_year_first and not record.issued.month):
        return "" if has_year_first or record.address else chicago.year(record)
    return dates.month_first(record.issued)


_SOURCES = {Form.WHOLE: _whole, Form.ARTICLE: _article, Form.CHAPTER: _chapter, Form.POSTED: _posted}
