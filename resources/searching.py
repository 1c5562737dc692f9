"""What the search knows of a publication, and what readers narrow by and take along that only publications have."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from resources import identifiers
from resources.kinds import ContributorRole, Kind, Level
from resources.models import FilePage, StoredFile
from search.documents import SearchDocument, SearchFile, SearchPage, in_order, keys_of
from search.facets import ChoiceFacet

OURS, OF_THE_FIELD = "coalition", "field"
SOURCES = [(OURS, _("The Coalition, alone or with others")), (OF_THE_FIELD, _("The wider field"))]
WRITERS = (ContributorRole.AUTHOR, ContributorRole.EDITOR, ContributorRole.TRANSLATOR, ContributorRole.PREPARER)
WORDS_OF_AN_IDENTIFIER, GROUPS_OF_AN_ISBN = 3, 5  # “ERIC number ED477535”, “978 0 937846 11 7”


def document_of(work):
    """The `SearchDocument` of a publication that came with `for_search()`, or of a snapshot."""
    language = work.work_language or work.language
    contributors, identifiers_of_it = work.contributors.all(), work.identifiers.all()
    terms = {name: in_order(getattr(work, name)) for name in ("topics", "roles", "results", "places", "tags")}
    issued = work.issued
    with override(work.language):
        return SearchDocument.of(
            work,
            language=language,
            title=work.full_title,
            authors=[name for one in contributors if one.role in WRITERS for name in one.maker.names[:1]],
            body=work.abstract,
            keywords="\n".join(_keywords(work, contributors, terms, identifiers_of_it)),
            year=work.issued_year,
            dated_on=issued.first_day if issued else None,
            facets={
                "topic": keys_of(terms["topics"]),
                "role": keys_of(terms["roles"]),
                "result": keys_of(terms["results"]),
                "kind": [work.work_kind] if work.work_kind else [],
                "level": work.levels,
                "source": [OURS if any(_is_ours(one.maker) for one in contributors) else OF_THE_FIELD],
            },
            identifiers=[_written(one.scheme, one.value) for one in identifiers_of_it],
            files=[_file(file, language) for file in work.files.all() if _is_read(file.file)],
        )


def _keywords(work, contributors, terms, identifiers_of_it):
    """The words by which a work is found besides its texts: who brought it out, and what it is about.

    Of who wrote it all names but the first, which stands among the authors: “IEL”.
    """
    for one in contributors:
        names = one.maker.names
        yield from names[1:] if one.role in WRITERS else dict.fromkeys([str(one.maker.name), *names])
    yield from filter(None, (work.series and work.series.label, work.book))
    if work.work_kind:
        yield str(Kind(work.work_kind).label)
    yield from (term.name for its_terms in terms.values() for term in its_terms)
    yield from (str(one.value) for one in identifiers_of_it)


def _is_ours(maker):
    return getattr(maker, "is_ours", False)  # of an organization


def _is_read(stored):
    """Whether the pages of a file are there.

    One that waits for the worker is asked anew and held: either it has been read by now, or the worker comes after this
    transaction and finds the work when it tells of the file.
    """
    if stored.state not in (StoredFile.State.WAITING, StoredFile.State.READING):
        return stored.state == StoredFile.State.READY
    now = StoredFile.objects.select_for_update(no_key=True).get(pk=stored.pk)
    return now.state == StoredFile.State.READY


def _file(file, language):
    stored = file.file
    return SearchFile(
        pages=lambda: [
            SearchPage(number, text)
            for number, text in FilePage.objects.filter(file=stored).order_by("number").values_list("number", "text")
        ],
        address=file.get_absolute_url(),
        label=file.label,
        language=file.language or language,
        version=f"{stored.sha256[:32]}-{stored.pages_read}",
    )


def read_identifiers(text):
    """The identifiers that a typed text holds, as documents have them: “ISBN 0-937846-11-2” → ["isbn:0937846112"]."""
    pieces = [piece.rstrip(",;") for piece in text.split()]
    found = {}
    for length in range(min(GROUPS_OF_AN_ISBN, len(pieces)), 0, -1):
        for start in range(len(pieces) - length + 1):
            if length > WORDS_OF_AN_IDENTIFIER and not pieces[start].isdigit():
                continue
            try:
                identifier = identifiers.parse(" ".join(pieces[start : start + length]))
            except ValidationError:
                continue
            if identifier:
                found[_written(identifier.scheme, identifier.value)] = None
    return list(found)


def _written(scheme, value):
    """The one form of an identifier in the index: an ISBN of ten digits is that of thirteen."""
    if scheme == identifiers.Scheme.ISBN:
        value = identifiers.isbn_13(value)
    return f"{scheme}:{value}".casefold()


FACETS = [
    ChoiceFacet("kind", _("Kind of publication"), position=20, choices=Kind.choices),
    ChoiceFacet("level", _("Level"), position=60, choices=Level.choices),
    ChoiceFacet("source", _("Publisher"), position=70, choices=SOURCES),
]
