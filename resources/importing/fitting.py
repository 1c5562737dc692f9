"""Whether a text fits the tables: lengths, choices, dates. The same rules as in the form of a publication."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from publishing.checks.passages import has_words
from publishing.checks.structure import empty_field
from publishing.snapshots import blank, materialize
from publishing.tags import fault_of_tag
from resources.formats.reading import Fault
from resources.importing.comparing import COLUMNS, LABELS, records_needed, text_of
from resources.models import Identifier, Publication, WorkLink

LABELS_OF_COLUMNS = {column: LABELS[field] for field, column in COLUMNS.items()}
NOT_JUDGED = ("slug", "series", "picture", "translation_of", "owner")


def faults_of(target, number, current=None):
    """Faults of the text that a target gives, laid over that of a known work or new. Asks nothing of the database."""
    work = materialize(Publication, 0, text_of(target, current.data if current else blank(Publication)))
    work.series = target.home.series
    for row in work.files.all():
        row.file = current.files.get(row.file_id)
    found = [*_judged(lambda: work.clean_fields(exclude=NOT_JUDGED)), *_judged(work.clean)]
    if work.title and not has_words(work.title):
        found.append(("title", empty_field(Publication._meta.get_field("title"))))
    for part in (Identifier, WorkLink):
        for row in work.part_rows[part._meta.label_lower]:
            found += _judged(lambda row=row: row.clean_fields(exclude=("id", "publication")))
    for record in records_needed(target):
        if record.pk is None:
            found += _judged(lambda record=record: record.clean_fields(exclude=("slug",)), of=record)
    found += [("tags", fault) for tag in target.record.tags if (fault := fault_of_tag(tag))]
    return tuple(Fault(sentence, number, str(LABELS_OF_COLUMNS.get(field, field))) for field, sentence in found)


def _judged(rule, of=None):
    """Pairs (name of a field, sentence) of what a rule of Django's has to say."""
    try:
        rule()
    except ValidationError as error:
        for field, sentences in error.message_dict.items():
            for sentence in sentences:
                yield "" if field == NON_FIELD_ERRORS else field, f"{of}: {sentence}" if of else sentence
