"""What the search knows of a publication, and what readers narrow by and take along that only publications have."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from resources import identifiers
from resources.kinds import ContributorRole, Kind, Level
from resources.models import FilePage, StoredFile
from search.documents import SearchDocument, SearchFile, SearchPage
from search.facets import ChoiceFacet

OURS, OF_THE_FIELD = "coalition", "field"
SOURCES = [(OURS, _("The Coalition, alone or with others")), (OF_THE_FIELD, _("The wider field"))]
WRITERS = (ContributorRole.AUTHOR, ContributorRole.EDITOR, ContributorRole.TRANSLATOR, ContributorRole.PREPARER)
WORDS_OF_AN_IDENTIFIER = 3  # “ISBN 0 937846 11 2” is pasted in one piece most of the time


def document_of(work):
    """The `SearchDocument` of a publication that came with `for_search()`."""
    language = work.work_language or work.language
    makers = [one.maker for one in work.contributors.all()]
    records = {"topic": work.topics, "role": work.roles, "result": work.results}
    issued = work.issued
    with override(work.language):
        return SearchDocument.of(
            work,
            language=language,
            title=work.full_title,
            authors=[name for one in work.makers(*WRITERS) for name in one.maker.names[:1]],
            body=work.abstract,
            keywords="\n".join(_keywords(work)),
            year=work.issued_year,
            dated_on=issued.first_day if issued else None,
            facets={name: [str(one.pk) for one in its.all()] for name, its in records.items()}
            | {
                "kind": [work.work_kind] if work.work_kind else [],
                "level": work.levels,
                "source": [OURS if any(getattr(maker, "is_ours", False) for maker in makers) else OF_THE_FIELD],
            },
            identifiers=[_written(one.scheme, one.value) for one in work.identifiers.all()],
            files=[_file(file, language) for file in work.files.all() if file.file.state == StoredFile.State.READY],
        )


def _keywords(work):
    """The words by which a work is found besides its texts: who brought it out, and what it is about."""
    yield from (str(one.maker.name) for one in work.contributors.all() if one.role not in WRITERS)
    yield from filter(None, (work.series and work.series.label, work.book, work.get_work_kind_display()))
    for terms in (work.topics, work.roles, work.results, work.places):
        yield from (term.name for term in terms.all())
    yield from (tag.name for tag in work.tags.all())
    yield from (str(one.value) for one in work.identifiers.all())


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
    pieces = text.split()
    found = {}
    for length in range(min(WORDS_OF_AN_IDENTIFIER, len(pieces)), 0, -1):
        for start in range(len(pieces) - length + 1):
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
