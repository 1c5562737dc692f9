"""Forms that save drafts: what is unfinished or clashes is kept as it is; publishing is strict instead.

The rows of the formsets are those of a snapshot in memory. Nothing here asks or writes the tables of an item.
"""

import uuid
from math import inf

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db.models import FileField
from django.forms.models import BaseInlineFormSet, construct_instance
from django.forms.utils import ErrorList, flatatt
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from publishing import many_to_many
from publishing.choices import RowChoiceField, chosen_rows
from publishing.markup import RichTextField, holds_other_blocks
from publishing.snapshots import item_fields, part_fields, row_data
from publishing.validators import refuse_program, validate_address

# What a column cannot hold at all. Everything else may wait until somebody publishes.
KEPT_VALIDATORS = (MaxLengthValidator, ProhibitNullCharactersValidator)
TOO_LONG = _("At most %(limit_value)d characters fit here, and these are %(show_value)d. Shorten it, then save again.")


class Errors(ErrorList):
    """Django's, which would render a template for each of the hundreds of fields of a page that have no error."""

    def as_ul(self):
        return super().as_ul() if self else ""


class LenientForm(forms.ModelForm):
    """A form in which nothing is required and nothing has to be unique."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"error_class": Errors} | kwargs)
        self.initial |= many_to_many.for_form(self.instance)
        columns = {column.name: column for column in self._meta.model._meta.concrete_fields}
        for name, field in self.fields.items():
            field.required = False
            field.validators = [check for check in field.validators if isinstance(check, KEPT_VALIDATORS)]
            if isinstance(field, forms.CharField):
                # A browser would cut off what is pasted beyond it, and say nothing.
                field.widget.attrs.pop("maxlength", None)
                field.error_messages["max_length"] = TOO_LONG
            field.validators += _refusals_of(columns.get(name))

    def render(self, template_name=None, context=None, renderer=None):
        """As Django's, but a label is written at once: a page of forty blocks has three hundred."""
        if template_name != self.template_name_label or not context["use_tag"]:
            return super().render(template_name, context, renderer)
        return format_html("<{0}{1}>{2}</{0}>", context["tag"], flatatt(context["attrs"]), context["label"])

    def _post_clean(self):
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)

    def store_uploads(self):
        """Put uploaded files where they stay. Called once the form is valid, before its row becomes data."""
        for field in self._meta.model._meta.concrete_fields:
            if isinstance(field, FileField):
                field.pre_save(self.instance, add=False)

    def show_errors(self, errors):
        """Show sentences beside the fields of a form that was not sent: `errors` is {field: [sentence]}."""
        self._errors, self.cleaned_data = forms.utils.ErrorDict(renderer=self.renderer), {}
        for name, sentences in errors.items():
            self.add_error(name if name in self.fields else None, sentences)


def _refusals_of(column):
    """The validators for what saving would take out of a column without a word: see `publishing.snapshots.clean`."""
    if isinstance(column, RichTextField):
        return [refuse_other_blocks]
    return [refuse_program] if column is not None and validate_address in column.validators else []


def refuse_other_blocks(html):
    if holds_other_blocks(html):
        raise ValidationError(
            _("Tables, pictures and films cannot stand in a text. Take them out here, and add a block for each.")
        )


class DraftFormSet(BaseInlineFormSet):
    """The parts of a draft. A row that the snapshot does not know is a new row, whatever key was sent with it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"error_class": Errors} | kwargs)
        self._rows_chosen = {}

    @property
    def label(self):
        return self.model._meta.label_lower

    def get_queryset(self):
        return getattr(self.instance, "part_rows", {}).get(self.label, [])

    @cached_property
    def _unclaimed(self):
        return {row.pk: row for row in self.get_queryset()}

    def _existing_object(self, pk):
        # A key that is not ours could be that of another item's row; one that was sent twice is two rows.
        return self._unclaimed.pop(pk, None) or self.model(pk=uuid.uuid4())

    def add_fields(self, form, index):
        super().add_fields(form, index)
        # Django's own field asks the table whether the key exists; a draft's row may exist nowhere else.
        name = self.model._meta.pk.name
        form.fields[name] = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=form.instance.pk)
        for name, field in form.fields.items():
            if isinstance(field, RowChoiceField):
                if name not in self._rows_chosen:
                    self._rows_chosen[name] = chosen_rows(self, name, field)
                field.known = self._rows_chosen[name]

    def clean(self):
        """Rows may clash until they are published."""

    def show_errors(self, errors):
        """Show sentences in rows that were not sent: `errors` is {key of a row: {field: [sentence]}}."""
        for form in self.initial_forms:
            form.show_errors(errors.get(str(form.instance.pk), {}))

    def kept_forms(self):
        """The forms of the rows that stay."""
        gone = self.deleted_forms
        return [form for form in self.forms if form not in gone and (form in self.initial_forms or form.has_changed())]


class RowFormSet(DraftFormSet):
    """The same in a table, where no field has a label of its own: each is named after its column.

    The rows stand in the order of their numbers. A new row without one comes last, and one that was given the number
    of another takes its place.
    """

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is None or index >= self.initial_form_count():
            form.initial["ordering"] = None
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)  # itself, without the admin's buttons around it
            widget.attrs.setdefault("aria-label", capfirst(field.label or name))

    def kept_forms(self):
        forms_kept = sorted(super().kept_forms(), key=_place)
        first = min((row.ordering or 0 for row in self.get_queryset()), default=1)
        for number, form in enumerate(forms_kept, start=min(first, 1)):
            form.instance.ordering = number
        return forms_kept


def _place(form):
    """Where a row stands: by its number; before or behind others of that number, as it was moved up or down to it."""
    before, now = form.initial.get("ordering"), form.instance.ordering
    if now is None:
        return (inf, 0)
    return (now, -1 if before is None else (now > before) - (now < before))


def data_from_forms(model, form, formsets, base):
    """The snapshot that valid forms stand for. What they do not show is taken over from `base`, a snapshot or None."""
    base = base or {"item": {}, "parts": {}, "m2m": {}}
    form.store_uploads()
    data = base | {"item": base["item"] | row_data(form.instance, item_fields(model)), "parts": dict(base["parts"])}
    for formset in formsets:
        forms_kept = formset.kept_forms()
        for part_form in forms_kept:
            part_form.store_uploads()
        data["parts"][formset.label] = [row_data(f.instance, part_fields(formset.model)) for f in forms_kept]
    data["m2m"] = base["m2m"] | many_to_many.from_form(model, form.cleaned_data)
    return data
