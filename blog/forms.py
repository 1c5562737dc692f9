from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Entry


class EntryListForm(forms.Form):
    """`before`: the key of the entry that stood last on the page of a list before this one. A page that begins behind
    an entry shows the same entries however many new ones come. Wrong values are ignored, and `ignored` says so.
    """

    before = forms.ModelChoiceField(queryset=Entry.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["before"].queryset = Entry.objects.ever_public()

    @property
    def last_entry(self):
        self.is_valid()
        return self.cleaned_data.get("before")

    @property
    def ignored(self):
        """Sentences about the values that were left out."""
        return [_("The place in this list was not understood; these are the newest entries.")] if self.errors else []
