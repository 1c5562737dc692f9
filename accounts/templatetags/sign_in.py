from django import template
from django.forms import CheckboxInput

from publishing.templatetags.qr_code import drawn

register = template.Library()


@register.filter
def in_our_look(form):
    """The visible fields of a form that django-allauth made, as components/field.html wants them."""
    for field in form.visible_fields():
        attributes = field.field.widget.attrs
        attributes.pop("placeholder", None)  # repeats the label, and is gone when one types
        if not isinstance(field.field.widget, CheckboxInput):
            attributes["class"] = "input"
        if attributes.get("autocomplete") == "one-time-code":
            attributes["inputmode"] = "numeric"
    return form.visible_fields()


@register.filter
def in_fours(letters):
    """Letters to type off, in groups of four."""
    return " ".join(letters[place : place + 4] for place in range(0, len(letters), 4))


@register.simple_tag
def secret_qr_path(text):
    """As qr_path, which may remember what it drew; of this nothing stays in memory."""
    return drawn(text)
