"""Whether a draft can be public as it is, and in words what is in the way."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing import checks, many_to_many, related
from publishing.blocks import Block
from publishing.checks.findings import place_of
from publishing.checks.structure import empty_field
from publishing.markup import as_plain
from publishing.plain_words import in_words, taken, with_name
from publishing.revisions import item_of
from publishing.snapshots import forget_lost_links, materialize

SENTENCES_IN_A_MESSAGE = 3


class NotReady(Exception):
    """A draft that cannot be public as it is.

    `errors` is a dict: "item" → {field: [sentence]}, and label of a kind of part → {key of a row: {field: [sentence]}}.
    A sentence may be marked up, with a link to another item. `model` is the kind of the item, where fields are named.
    """

    def __init__(self, errors, model=None):
        super().__init__(errors)
        self.errors, self.model = errors, model

    def sentences(self):
        """All sentences in one list, each once, without markup and with the names of the fields of the item."""
        found = [self._named(name, one) for name, all_ in self.errors.get("item", {}).items() for one in all_]
        for label, rows in self.errors.items():
            if label != "item":
                found += [s for fields in rows.values() for sentences in fields.values() for s in sentences]
        return list(dict.fromkeys(map(as_plain, found)))

    def _named(self, name, sentence):
        plain = as_plain(sentence)
        return plain if self.model is None or name == NON_FIELD_ERRORS else with_name(self.model, name, plain)

    def in_short(self):
        """The first sentences, and how many more there are, for a message above a form that shows them all."""
        sentences = self.sentences()
        shown, more = sentences[:SENTENCES_IN_A_MESSAGE], len(sentences) - SENTENCES_IN_A_MESSAGE
        if more > 0:
            shown.append(
                ngettext(
                    "One more thing is said beside its field.",
                    "%(count)s more things are said beside their fields.",
                    more,
                )
                % {"count": more}
            )
        return " ".join(shown)


def check(revision, *, live=None, check_links=True, check_constraints=True):
    """Judge a draft as strictly as the live tables do, and its content too; raise NotReady with what is wrong.

    Returns the item in memory with the text of the draft: `live` itself where that is given, with the moments that it
    is to have, or else as if it were published now.
    """
    model = revision.content_type.model_class()
    draft = materialize(model, revision.object_id, revision.data, live=live or _as_if_published(revision, model))
    related.fetch(draft)
    lost = forget_lost_links(draft)
    # First, because they number the blocks, and because they say of a field what to do and where.
    errors = checks.errors_of(draft, check_links=check_links)
    of_item = _errors_of_item(draft, check_constraints)
    gone = _("What was chosen here has been deleted. Choose something else, or leave it empty.")
    of_item |= {name: [gone] for name in lost} | many_to_many.errors_of(draft)
    if of_item:
        errors["item"] = of_item | errors.get("item", {})
    for label, rows in draft.part_rows.items():
        for row in rows:
            try:
                _clean_part(row, check_constraints)
            except ValidationError as error:
                found = errors.setdefault(label, {})
                found[str(row.pk)] = _in_words(row, error) | found.get(str(row.pk), {})
    if errors:
        raise NotReady(errors, model)
    return draft


def _as_if_published(revision, model):
    """The live row of a revision's item, or a new one, with the moments that it had if it were published now."""
    item = item_of(revision) or model()
    item.published_at = item.published_at or timezone.now()
    if item.retired_at and item.retired_at <= timezone.now():
        item.retired_at = None
    return item


def faults_of(revision):
    """What keeps a draft from being public, as sentences."""
    try:
        check(revision)
    except NotReady as error:
        return error.sentences()
    return []


def _errors_of_item(draft, check_constraints):
    """What the fields of an item say against it, as {field: [sentence]}.

    The rules of the database are asked where nothing else is wrong: they name themselves, not what to do.
    """
    try:
        draft.full_clean(exclude=["owner"], validate_unique=check_constraints, validate_constraints=False)
        if check_constraints:
            draft.validate_constraints(exclude=["owner"])
    except ValidationError as error:
        return _in_words(draft, error)
    return {}


def _clean_part(row, check_constraints):
    """Judge one part of a draft; raise ValidationError with what is wrong."""
    links = [field for field in row._meta.concrete_fields if field.is_relation]
    # They were read with the draft.
    there = {field.name for field in links if field.get_cached_value(row, default=None)}
    # A page may have hundreds of blocks, so they ask the database nothing: their `clean` says in words what its
    # constraints say.
    asked = check_constraints and not isinstance(row, Block)
    row.full_clean(exclude={"id", *there}, validate_unique=False, validate_constraints=asked)


def _in_words(row, error):
    """A ValidationError as {field: [sentence]}, in which an empty field is named, and a block by its place."""
    place = f" ({place_of(row)})" if isinstance(row, Block) else ""
    found = {}
    for name, faults in error.error_dict.items():
        for fault in faults:
            field, sentences = _words_of(row, name, fault)
            found.setdefault(field, []).extend(f"{one}{place}" if place else one for one in sentences)
    return found


def _words_of(row, name, fault):
    """The field that a fault is mended in, and what is said there."""
    if fault.code in ("unique", "unique_together") and (found := taken(row, fault.params["unique_check"])):
        return found[0], [found[1]]
    if name == NON_FIELD_ERRORS or not fault.code:
        return name, fault.messages
    column = row._meta.get_field(name)
    return name, [empty_field(column)] if fault.code in ("blank", "null") else in_words(column, fault)
