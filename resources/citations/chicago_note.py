"""Chicago, 17th edition: a full note, without its number."""

from resources.citations import chicago, dates, works
from resources.citations.page_ranges import for_chicago
from resources.citations.runs import bracketed, ended, italic, joined, upright
from resources.citations.works import Form


def note(record, accessed=None):
    """Names, Title, source (Publisher, Year), address."""
    head = upright(chicago.names_in_note(record))
    source = joined(_SOURCES[works.form_of(record)](record), ", ")
    ending = (chicago.medium(record).lower(), chicago.accessed_on(record, accessed), record.address)
    rest = joined((source, *map(upright, ending)), ", ")
    begins_with_bracket = rest[:1] and rest[0].text.startswith("(")
    title = chicago.title(record, "" if begins_with_bracket else "," if rest else ".")
    return ended(joined((joined((head, title), ", "), rest)))


def _contributors(record):
    for people, words in (
        (works.editors_inside(record), "ed."),
        (works.translators(record), "trans."),
        (works.preparers(record), "prepared by"),
    ):
        if people:
            yield upright(f"{words} {chicago.few(people)}")


def _published(record):
    return bracketed(joined((upright(chicago.publisher(record)), upright(chicago.year(record))), ", "))


def _details(record, *first):
    parts = (
        *first,
        upright(works.edition(record, "rev.")),
        upright(chicago.volume_of_book(record)),
        *map(upright, chicago.series(record)),
    )
    return joined(parts, ", ")


def _whole(record):
    yield joined((_details(record, *_contributors(record)), _published(record)))


def _article(record):
    translators = works.translators(record)
    yield upright(f"trans. {chicago.few(translators)}" if translators else "")
    if record.volume or record.number:
        yield chicago.journal(record, dates.month_and_year(record.issued) or "n.d.")
        return
    has_date = record.issued and record.issued.month
    yield joined((chicago.magazine(record), upright("" if has_date else chicago.year(record))), ", ")


def _chapter(record):
    """The book, its publisher in parentheses, then the pages."""
    book = _details(record, upright("in ") + italic(record.container), *_contributors(record))
    yield joined((book, _published(record)))
    yield upright(for_chicago(record.page_range))


def _posted(record):
    yield _details(record, *_contributors(record))
    yield upright(record.container)
    yield upright(chicago.publisher(record))
    yield upright(dates.month_first(record.issued) if record.issued else "" if record.address else "n.d.")


_SOURCES = {Form.WHOLE: _whole, Form.ARTICLE: _article, Form.CHAPTER: _chapter, Form.POSTED: _posted}
