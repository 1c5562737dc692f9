"""Whether a text fits the tables: lengths, choices, dates. The same rules as in the form of a publication."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from publishing.checks.passages import has_words
from publishing.checks.structure import empty_field
from publishing.snapshots import blank, materialize
from publishing.tags import fault_of_tag
from resources.formats.columns import longer_than_fits
from resources.formats.reading import Fault
from resources.importing.comparing import records_needed, text_of
from resources.models import Identifier, Publication, WorkLink

NOT_JUDGED = ("slug", "series", "picture", "translation_of", "owner")


def faults_of(target, number, current=None):
    """Faults of the text that a target gives, laid over that of a known work or new. Asks nothing of the database."""
    work = materialize(Publication, 0, text_of(target, current.data if current else blank(Publication)))
    work.series = target.home.series
    for row in work.files.all():
        row.file = current.files.get(row.file_id)
    found = [*_judged(work, lambda: work.clean_fields(exclude=NOT_JUDGED)), *_judged(work, work.clean)]
    if work.title and not has_words(work.title):
        title = Publication._meta.get_field("title")
        found.append((title.verbose_name, empty_field(title)))
    for part in (Identifier, WorkLink):
        for row in work.part_rows[part._meta.label_lower]:
            found += _judged(row, lambda row=row: row.clean_fields(exclude=("id", "publication")))
    for record in records_needed(target):
        if record.pk is None:
            found += _judged(record, lambda record=record: record.clean_fields(exclude=("slug",)), of=f"{record}: ")
    label = Publication._meta.get_field("tags").verbose_name
    found += [(label, fault) for tag in target.record.tags if (fault := fault_of_tag(tag))]
    return tuple(Fault(sentence, number, str(label)) for label, sentence in found)


def _judged(record, rule, of=""):
    """Pairs (label of a field, sentence) of what a rule of Django's says of a record; `of` leads the sentences."""
    try:
        rule()
    except ValidationError as error:
        for name, faults in error.error_dict.items():
            field = None if name == NON_FIELD_ERRORS else record._meta.get_field(name)
            for fault in faults:
                yield field.verbose_name if field else "", of + _in_words(fault, field)


def _in_words(fault, field):
    """The sentence of a fault. Django’s on limits say “this value”; ours name the field and both of its limits."""
    if fault.code == "max_length":
        return longer_than_fits(field.verbose_name, fault.params["show_value"], fault.params["limit_value"])
    if fault.code in ("min_value", "max_value"):
        limits = {check.code: check.limit_value for check in field.validators if hasattr(check, "limit_value")}
        return _("The field “%(field)s” is %(value)s; it must lie between %(least)s and %(most)s.") % {
            "field": field.verbose_name,
            "value": fault.params["value"],
            "least": limits["min_value"],
            "most": limits["max_value"],
        }
    return " ".join(fault.messages)
