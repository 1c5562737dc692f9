"""The field of a form by which the staff choose an item of the index: by its address, or by words.

Words are looked up when the form is sent, and the form comes back with what fits them to choose from; so it works
without a script.
"""

from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.checks.links import path_of
from search.engine import Query, search
from search.models import Item
from search.registry import kind_name

LONGEST = 500  # characters
OFFERED = 8


class Typed(NamedTuple):
    """What was sent: the line, the item that was chosen below it, and the line for which that was offered."""

    text: str
    choice: str = ""
    offered_for: str = ""


class ItemWidget(forms.TextInput):
    """A line; below it, where there are any, the `offers` to choose from: pairs of a value and words."""

    offers = ()

    def value_from_datadict(self, data, files, name):
        return Typed(*(data.get(f"{name}{end}", "") for end in ("", "_choice", "_for")))

    def render(self, name, value, attrs=None, renderer=None):
        typed = value if isinstance(value, Typed) else Typed(value or "")
        line = super().render(name, typed.text, attrs, renderer)
        if not self.offers:
            return line
        radios = forms.RadioSelect(choices=self.offers)
        return format_html(
            '<div>{}<fieldset class="offers"><legend>{}</legend>{}{}</fieldset></div>',
            line,
            _("Which one do you mean?"),
            radios.render(f"{name}_choice", typed.choice, {"id": f"id_{name}_choice"}, renderer),
            forms.HiddenInput().render(f"{name}_for", typed.text.strip(), {"id": f"id_{name}_for"}, renderer),
        )


class ItemField(forms.CharField):
    """Gives a public `Item`; None where the line was left as it was found (`kept`), whatever became of its item."""

    widget = ItemWidget
    default_error_messages = {"required": gettext_lazy("Paste the address of a page, or write words of its title.")}
    kept = ""

    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST, **kwargs)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"class": "vTextField", "autocomplete": "off"}

    def has_changed(self, initial, data):
        return data.text.strip() != (initial or "")

    def clean(self, typed):
        text = super().clean(typed.text)
        if text == self.kept:
            return None
        if typed.choice and typed.offered_for == text:
            return self._chosen(typed.choice)
        return self._at_address(text) if text.startswith("/") or "://" in text else self._by_words(text)

    def _chosen(self, choice):
        label, _colon, key = choice.replace("\0", "").partition(":")
        item = Item.objects.public().of(label, [key]).first()
        if item is None:
            raise ValidationError(_("What you chose is not public any more. Choose another."))
        self.widget.offers = [_offer(item.owner_label, item.owner_key, item.title, item.address)]
        return item

    def _at_address(self, text):
        path = path_of(text)
        if path is None:
            raise ValidationError(_("This is the address of another site. Paste one of this site."))
        addresses = {path, f"{path.rstrip('/')}/"} if "\0" not in path else ()  # no column holds a NUL
        item = Item.objects.public().filter(address__in=addresses).order_by("pk").first()
        if item is None:
            sentence = _("Nothing that readers can search for stands at %(path)s. Publish it first, or choose another.")
            raise ValidationError(sentence % {"path": path.replace("\0", "%00")})
        return item

    def _by_words(self, text):
        hits = search(Query(text, size=OFFERED, with_facets=False, with_snippets=False)).hits
        if not hits:
            raise ValidationError(_("Nothing that readers see fits these words. Paste its address."))
        self.widget.offers = [_offer(*hit.owner, hit.title, hit.address) for hit in hits]
        raise ValidationError(_("Choose below which one you mean."))


def _offer(label, key, title, address):
    """A value and the words for it: “Our partners (Page, /about/partners/)”."""
    return f"{label}:{key}", f"{title} ({kind_name(label)}, {address})"
