"""The choice of related rows by typing; in the parts of a draft they are read once for a kind, not once a part."""

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

MOST_DIGITS = 18  # of a key: every number of so many fits into a column


def is_key(text):
    """Whether a text can be the key of a row."""
    return text.isdecimal() and len(text) <= MOST_DIGITS


class Choices(AutocompleteJsonView):
    """What Django offers while somebody types. An admin may say how its rows are called there (`label_offered`), and
    in which order they come where it has none (`order_offered`): what comes when one scrolls on would repeat some.
    """

    def get_queryset(self):
        rows = super().get_queryset()
        return rows if rows.ordered else rows.order_by(*getattr(self.model_admin, "order_offered", ["pk"]))

    def serialize_result(self, row, to_field_name):
        label = getattr(self.model_admin, "label_offered", str)
        return super().serialize_result(row, to_field_name) | {"text": label(row)}


class KeysOnly:
    """Mixin of Django's choices by typing, which ask the database for whatever was sent when a form is shown again."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if is_key(str(key))], attr)


class KeySelect(KeysOnly, AutocompleteSelect):
    """Django's choice of one row. What cannot be a key is told as a fault, and not offered again."""


class KeySelectMultiple(KeysOnly, AutocompleteSelectMultiple):
    """The same of several rows."""


class RowChoiceField(forms.ModelChoiceField):
    """A choice whose rows its formset has read: `known` is {key as text: row}."""

    known = {}

    def to_python(self, value):
        return self.known.get(str(value)) or super().to_python(value)


class RowSelect(AutocompleteSelect):
    """Django's choice by typing, for a RowChoiceField. What is no row, such as a forged key, is not offered again."""

    def optgroups(self, name, value, attr=None):
        field = self.choices.field
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for key in (key for key in value if str(key) in field.known):
            label = field.label_from_instance(field.known[str(key)])
            options.append(self.create_option(name, key, label, True, len(options)))
        return [(None, options, 0)]


def chosen_rows(formset, name, field):
    """The rows that the forms of a DraftFormSet choose in the field `name`, as {key as text: row}.

    Pictures came with the snapshot; what else its parts name, and what was sent besides, is one query.
    """
    relation, parts = formset.model._meta.get_field(name), formset.get_queryset()
    unread = [part for part in parts if not relation.is_cached(part)]
    read = [relation.get_cached_value(part, default=None) for part in parts]
    known = {str(row.pk): row for row in read if row is not None}
    keys = {str(getattr(part, relation.attname)) for part in unread}
    if formset.is_bound:
        prefixes = map(formset.add_prefix, range(formset.total_form_count()))
        keys |= {formset.data.get(f"{prefix}-{name}", "") for prefix in prefixes}
    new = [key for key in keys if key not in known and is_key(key)]
    known |= {str(row.pk): row for row in field.queryset.filter(pk__in=new)} if new else {}
    for part in unread:
        if row := known.get(str(getattr(part, relation.attname))):
            relation.set_cached_value(part, row)
    return known
