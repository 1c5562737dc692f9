"""Two people in one form of a record without drafts: who saves second hears of the first, and nothing is undone unsaid.

A form carries, signed, the values that it was opened with. When it is sent, the row is locked and compared: what
somebody else has changed since is said beside its field, and nothing is saved. What she typed stands; what she had not
touched is shown as it stands now. The next save knows of it.
"""

import json
from functools import cached_property

from django import forms
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.choices import flatten_choices
from django.utils.formats import localize
from django.utils.translation import gettext as _

NAME = "_opened"


class TellsOfOthers:
    """Mixin of a ModelForm. What has no such values with it, as a form of a program, is saved as it is."""

    @cached_property
    def opened(self):
        """The values that a sent form was opened with, as `values_of` gives them; {} where none of ours came."""
        try:
            return signing.loads(self.data.get(self.add_prefix(NAME), ""), salt=self._salt)
        except signing.BadSignature:
            return {}

    @property
    def opened_field(self):
        """The hidden field that carries them; "" for a new record."""
        if not self.instance.pk:
            return ""
        value = signing.dumps(self.opened or values_of(self), salt=self._salt, compress=True)
        return forms.HiddenInput().render(self.add_prefix(NAME), value)

    @property
    def _salt(self):
        return f"publishing.meanwhile:{self.instance._meta.label}:{self.instance.pk}"

    def get_initial_for_field(self, field, field_name):
        """Changed means: changed in this form, whatever others have saved since."""
        if field_name not in self.opened or isinstance(field, forms.FileField):
            return super().get_initial_for_field(field, field_name)
        value = self.opened[field_name]
        is_written = isinstance(value, str) and not isinstance(field, forms.ModelChoiceField)
        return field.to_python(value) if is_written else value

    def clean(self):
        cleaned = super().clean()
        if self.opened:
            self._tell_of_others()
        return cleaned

    def _lock(self):
        """Read the row anew; whoever saves it at this moment has done so, or waits.

        Not against new links to it: who publishes a text that names it has locked the text, for which a save waits.
        """
        rows = type(self.instance)._base_manager.select_for_update(of=("self",), no_key=True)
        try:
            self.instance.refresh_from_db(from_queryset=rows)
        except ObjectDoesNotExist:
            raise ValidationError(_("Somebody has deleted this meanwhile.")) from None

    def _tell_of_others(self):
        self._lock()
        fresh = type(self)(instance=self.instance, prefix=self.prefix)
        now = values_of(fresh)
        told = [name for name in self.opened if name in now and self._differs(name, now, fresh)]
        for name in told:
            self.add_error(name, self._sentence(name, fresh))
        if told:
            self.opened = now
            sentence = _("Nothing is saved yet: somebody else was quicker. Look at what is marked, then save again.")
            self.add_error(None, sentence)

    def _differs(self, name, now, fresh):
        """Whether somebody else has saved something that is not what this form says too."""
        if now[name] == self.opened[name]:
            return False
        field = self.fields[name]
        is_file = isinstance(field, forms.FileField)
        return is_file or field.has_changed(fresh.get_initial_for_field(field, name), self[name].data)

    def _sentence(self, name, fresh):
        if isinstance(self.fields[name], forms.FileField):
            return _("Somebody else has put another file here meanwhile. If you chose one too, choose it again.")
        if name in self.changed_data:
            sentence = _(
                "Somebody else has changed this meanwhile, to: %(now)s. Yours is not saved yet. "
                "Put both into one, or save again to put yours in its place."
            )
        else:
            self._take_over(name, fresh)
            sentence = _("Somebody else has changed this meanwhile, to: %(now)s. Save again, and it stays so.")
        return sentence % {"now": in_words(fresh[name])}

    def _take_over(self, name, fresh):
        """Let the sent form say of a field what one that is opened now says."""
        widget, value = fresh.fields[name].widget, fresh[name].value()
        widget = getattr(widget, "widget", widget)  # itself, without the admin's buttons around it
        if isinstance(widget, forms.CheckboxInput):
            sent = ["on"] if value else []
        else:
            shown = widget.format_value(value)
            sent = shown if isinstance(shown, list) else [shown or ""]
        self.data = self.data.copy()
        self.data.setlist(self.add_prefix(name), sent)


def values_of(form):
    """What the fields of a form start with, a dict as JSON knows it."""
    values = {}
    for name, field in form.fields.items():
        if name not in form.initial or field.disabled:
            continue
        value = form.initial[name]
        if isinstance(field, forms.ModelChoiceField):
            value = field.prepare_value(value)  # keys of rows
        elif isinstance(field, forms.FileField):
            value = str(value or "")
        values[name] = sorted(value, key=str) if isinstance(value, list) else value
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def in_words(bound):
    """What a field of a form shows, in words."""
    field, value = bound.field, bound.value()
    keys = value if isinstance(value, list) else [value]
    if isinstance(field, forms.ModelChoiceField):
        rows = field.queryset.filter(pk__in=[key for key in keys if key not in (None, "")])
        words = ", ".join(str(field.label_from_instance(row)) for row in rows)
    elif isinstance(field, forms.BooleanField):
        words = _("yes") if value else _("no")
    elif isinstance(field, forms.ChoiceField):
        named = {str(key): str(label) for key, label in flatten_choices(field.choices)}
        words = ", ".join(named.get(str(key), str(key)) for key in keys)
    else:
        words = str(localize(value)) if value not in (None, "") else ""
    return words or "–"


class RecordForm(TellsOfOthers, forms.ModelForm):
    """The form of a record without drafts."""


class ListRowForm(RecordForm):
    """A row of a list that is edited. Where she changed nothing of it, nothing of it is judged and written."""

    def clean(self):
        if not self.instance.pk:
            sentence = _(
                "Somebody has deleted what stood in this row. Nothing is saved: note what you changed, "
                "and open the list anew."
            )
            raise ValidationError(sentence)
        return super().clean() if self.has_changed() else self.cleaned_data

    def _post_clean(self):
        if self.has_changed():
            super()._post_clean()

    def _lock(self):
        """ListFormSet has done so for all rows."""


class ListFormSet(forms.BaseModelFormSet):
    """The rows of a list that is edited, as they stand once they are locked: by one query for all."""

    def get_queryset(self):
        if self.is_bound and not hasattr(self, "_queryset"):
            self._queryset = self.queryset.select_for_update(of=("self",), no_key=True).order_by("pk")
        return super().get_queryset()


def line_up(changelist):
    """Let the rows of a list that came back stand in the order in which it was sent, each beside its own fields."""
    rows = {row.pk: row for row in changelist.result_list}
    instances = [form.instance for form in changelist.formset.initial_forms]
    changelist.result_list = [rows.get(instance.pk, instance) for instance in instances]
