from django import template
from django.conf import settings
from django.utils.translation import get_language

from feedback.subjects import subject_at
from publishing.languages import NAMES, path_in

register = template.Library()


@register.simple_tag(takes_context=True)
def other_language(context):
    """The other language and where this page stands in it: a dict with `code`, `name` and `url`.

    A page that has a public counterpart leads there. Any other leads to its own path in that language, where the
    reader is told that it is not translated; only a page written in Spanish alone leads to the English front page.
    """
    code = next(code for code, _name in settings.LANGUAGES if code != get_language())
    translations = context.get("translations") or {}
    if code in translations:
        url = translations[code].get_absolute_url()
    elif translations and code == settings.LANGUAGE_CODE:
        url = "/"
    else:
        url = path_in(code, context["request"].path)
    return {"code": code, "name": NAMES[code], "url": url}


@register.filter
def title_at(address):
    """The title of what readers find at an address of this site; the address itself where no item is there."""
    subject = subject_at(address)
    return subject.title if subject and subject.title else address
