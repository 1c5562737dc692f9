from django import template
from django.utils.translation import get_language

from publishing.languages import path_in

register = template.Library()


@register.filter
def in_current_language(address):
    """An address of this site as the pages of the language at hand write it; others stay as they are."""
    if not address.startswith("/") or address.startswith(f"/{get_language()}/"):
        return address
    return path_in(get_language(), address)
