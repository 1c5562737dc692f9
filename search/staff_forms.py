"""The forms of the staff: a best result, and the box in which a search is tried."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.meanwhile import RecordForm
from search.forms import LONGEST_QUERY
from search.item_field import ItemField
from search.models import BestResult, Item


class BestResultForm(RecordForm):
    item = ItemField(
        label=_("What stands on top"),
        help_text=_(
            "Paste its address, such as /about/partners/, or write words of its title and choose. "
            "If it moves, this follows."
        ),
    )

    class Meta:
        model = BestResult
        fields = ["queries", "language", "item", "position", "until", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "item" in self.fields:
            present = Item.objects.of(self.instance.owner_label, [self.instance.owner_key]).first()
            self.initial["item"] = self.fields["item"].kept = present.address if present else self.instance.last_title

    def clean(self):
        cleaned = super().clean()
        if item := cleaned.get("item"):
            self.instance.choose(item)
        return cleaned

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and "until" in self.changed_data and BestResult(until=until).is_over:
            raise ValidationError(gettext("This day has passed. Choose a later one, or leave this empty."))
        return until


class TryForm(forms.Form):
    """What to search for, and on the pages of which language."""

    q = forms.CharField(
        label=_("Search for"), max_length=LONGEST_QUERY, widget=forms.TextInput({"autocomplete": "off"})
    )
    language = forms.ChoiceField(label=_("On pages in"), choices=settings.LANGUAGES)
