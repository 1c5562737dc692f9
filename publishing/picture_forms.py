"""The form of a picture: a file, or the earlier one back in its place."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.meanwhile import RecordForm
from publishing.models import Picture
from publishing.pictures import KEPT_AFTER_REPLACING


class PictureForm(RecordForm):
    put_back = forms.BooleanField(label=_("put the earlier file back"), required=False)

    class Meta:
        model = Picture
        fields = ("image", "title", "credit", "focus_x", "focus_y")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.earlier_image:
            del self.fields["put_back"]
            return
        moments = {"since": self.instance.replaced_at, "until": self.instance.replaced_at + KEPT_AFTER_REPLACING}
        days = {name: format_date(timezone.localtime(moment), "F j, Y") for name, moment in moments.items()}
        sentence = _("Another file took its place on %(since)s. It is kept until %(until)s, then deleted for good.")
        self.fields["put_back"].help_text = sentence % days

    def full_clean(self):
        super().full_clean()
        if self.files and self.errors and "image" not in self.errors:
            self.add_error("image", _("This file came, but was not kept. Choose it again once the rest is right."))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("put_back") and "image" in self.changed_data:
            raise ValidationError({"put_back": _("Choose one: another file, or the earlier one.")})
        if cleaned.get("put_back") and not default_storage.exists(self.instance.earlier_image):
            raise ValidationError({"put_back": _("The earlier file is not there any more.")})
        return cleaned
