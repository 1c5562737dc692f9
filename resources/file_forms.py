"""The upload of a file in the form of a publication."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from publishing.draft_forms import LenientForm
from resources import file_store
from resources.files.facts import Refused
from resources.models import StoredFile, WorkFile


class WorkFileForm(LenientForm):
    """One file of a work. The upload is judged at once, stored with the draft, and read later by the worker."""

    upload = forms.FileField(label=_("file"))

    class Meta:
        model = WorkFile
        fields = ("ordering", "label", "language", "name")

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if not upload:
            return None
        try:
            return file_store.take(upload)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused

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
