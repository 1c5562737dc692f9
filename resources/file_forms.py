"""The upload of a file in the form of a publication."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from publishing.draft_forms import LenientForm
from resources import file_store
from resources.files.facts import Refused
from resources.models import StoredFile, WorkFile


class UploadInput(forms.FileInput):
    """The choice of a file. In a form that comes back with faults it names the file that was taken, and carries it."""

    taken = None  # the StoredFile, once the field is clean

    def value_from_datadict(self, data, files, name):
        """An uploaded file, else the reference to one that came with this form before; None for neither."""
        return super().value_from_datadict(data, files, name) or data.get(self._name_of_reference(name)) or None

    def render(self, name, value, attrs=None, renderer=None):
        choice = super().render(name, value, attrs, renderer)
        if self.taken is None:
            return choice
        return format_html(
            '{}<input type="hidden" name="{}" value="{}"><p>{}</p>',
            choice,
            self._name_of_reference(name),
            file_store.reference_to(self.taken),
            _("%(name)s has arrived, and is saved with the form.") % {"name": self.taken.name},
        )

    def _name_of_reference(self, name):
        return f"{name}-taken"


class UploadField(forms.FileField):
    """A file for the library. Its value is a StoredFile: judged and stored at once, to be sent only once."""

    widget = UploadInput

    def clean(self, data, initial=None):
        if not data:
            return None
        try:
            if isinstance(data, str):
                taken = file_store.taken_before(data)
            else:
                taken = file_store.take(super().clean(data, initial))
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
        self.widget.taken = taken
        return taken


class WorkFileForm(LenientForm):
    """One file of a work. The upload is judged at once, stored with the draft, and read later by the worker."""

    upload = UploadField(label=_("file"))

    class Meta:
        model = WorkFile
        fields = ("ordering", "label", "language", "name")

    def store_uploads(self):
        if stored := self.cleaned_data.get("upload"):
            self.instance.file = stored


def state_in_words(stored):
    """“report.pdf: PDF, 1.2 MB, 153 pages. 40 of 153 pages are read for search so far …”"""
    facts = [stored.format, filesizeformat(stored.size)]
    if stored.page_count:
        facts.append(ngettext("%(n)s page", "%(n)s pages", stored.page_count) % {"n": stored.page_count})
    words = f"{stored.name}: {', '.join(facts)}. {stored.cleaning}".rstrip()
    if stored.state in (StoredFile.State.WAITING, StoredFile.State.READING):
        counts = {"read": stored.pages_read, "all": stored.page_count}
        progress = gettext("%(read)s of %(all)s pages are read for search so far; the rest follows by itself.")
        words += f" {progress % counts}"
    elif stored.state == StoredFile.State.FAILED:
        words += " " + gettext("Its pages could not be read for search: %(fault)s") % {"fault": stored.fault}
    return words
