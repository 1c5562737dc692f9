"""What the addresses of the library's lists may say."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.citations import STYLES
from resources.models import Publication

MOST_CHOSEN = 200  # works
LONGEST_SLUG = 100  # characters


class PublicationListForm(forms.Form):
    """`order` and `page` of a list. Wrong values are ignored, and `ignored` says so to the reader."""

    ORDERS = [("newest", _("newest")), ("title", _("title"))]

    order = forms.ChoiceField(choices=ORDERS, required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)

    @property
    def order_chosen(self):
        return self._value("order") or self.ORDERS[0][0]

    @property
    def page_number(self):
        return self._value("page") or 1

    @property
    def ignored(self):
        """Sentences about the values that were left out."""
        sentences = {
            "order": _("This order is not known; the newest stand first."),
            "page": _("The page number was not understood; this is the first page."),
        }
        return [sentences[name] for name in self.errors]

    def sorted(self, works):
        return works.by_title() if self.order_chosen == "title" else works.by_date()

    def _value(self, name):
        self.is_valid()
        return self.cleaned_data.get(name)


class ChoiceForm(forms.Form):
    """`work`, many times: the addresses of chosen works; `style`: of their citations. What is no work is left out."""

    style = forms.ChoiceField(
        label=_("Style"), choices=[(style.name, style.label) for style in STYLES], required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )  # fmt: skip

    @property
    def slugs(self):
        return [slug for slug in dict.fromkeys(self.data.getlist("work")) if len(slug) <= LONGEST_SLUG][:MOST_CHOSEN]

    @property
    def works(self):
        return Publication.objects.public().filter(slug__in=self.slugs).by_title()

    @property
    def query_of_works(self):
        return urlencode([("work", slug) for slug in self.slugs])

    @property
    def style_chosen(self):
        self.is_valid()
        return self.cleaned_data.get("style") or STYLES[0].name

    @property
    def ignored(self):
        """Sentences about what was left out."""
        sentences = []
        if "style" in self.errors:
            sentences.append(_("This style is not known; the first one is used."))
        if len(self.data.getlist("work")) > MOST_CHOSEN:
            sentences.append(_("A list holds up to %(most)s works; these are the first.") % {"most": MOST_CHOSEN})
        return sentences
