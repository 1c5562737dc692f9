"""The forms of an import in the admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resources.formats import FORMATS
from resources.formats.reading import FILE_BYTES_MAX
from resources.importing.guessing import format_of
from resources.importing.planning import NEW, SKIP, update_of

FIELD_OF_ROW = "choice-"


class UploadForm(forms.Form):
    """A file and its format; where that is left out, it is found out."""

    file = forms.FileField(label=_("File"), help_text=_("CSV, XLSX, RIS, BibTeX or CSL-JSON, at most 20 megabytes."))
    format = forms.ChoiceField(
        label=_("Format"),
        choices=[("", _("Found out from the file")), *((form.name, form.label) for form in FORMATS.values())],
        required=False,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES_MAX:
            sentence = gettext("The file has %(size)s. At most %(most)s can be imported at once: split it.")
            sizes = {"size": filesizeformat(file.size), "most": filesizeformat(FILE_BYTES_MAX)}
            raise ValidationError(sentence % sizes)
        return file

    def clean(self):
        file = self.cleaned_data.get("file")
        if file and not self.cleaned_data.get("format"):
            self.cleaned_data["format"] = format_of(file.name, file)


def choices_in(posted):
    """Number of a row → the choice that was posted for it. A plan takes only those that it offers."""
    return {
        int(number): choice
        for name, choice in posted.items()
        if (number := name.removeprefix(FIELD_OF_ROW)) != name and number.isdecimal() and len(number) < 9
    }


def choices_for(row):
    """What a person chooses among for a row: triples of value, words, and whether it is chosen."""
    told = {update_of(match.pk): gettext("Update “%(title)s”") % {"title": match.title} for match in row.matches}
    told |= {NEW: gettext("Add it as a new work"), SKIP: gettext("Skip this row")}
    return [(option, told[option], option == row.choice) for option in row.options]
