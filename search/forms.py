"""The one reader of a search address."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_QUERY = 200  # characters


class SearchForm(forms.Form):
    """`q`: the words; `page`: the page of results. Wrong values are ignored, and `ignored` says so to the reader."""

    q = forms.CharField(label=_("Search the whole site"), required=False, max_length=LONGEST_QUERY)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    @property
    def query(self):
        return self.cleaned_value("q", default="")

    @property
    def page_number(self):
        return self.cleaned_value("page", default=1)

    @property
    def ignored(self):
        """Sentences about the values that were left out."""
        self.full_clean()
        sentences = {
            "q": _("The search was longer than %(limit)s characters and was left out.") % {"limit": LONGEST_QUERY},
            "page": _("The page number was not understood; this is the first page."),
        }
        return [sentences[name] for name in self.errors]

    def cleaned_value(self, name, default):
        self.is_valid()
        return self.cleaned_data.get(name) or default
