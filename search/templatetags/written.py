from django import template
from django.utils.translation import get_language

from search.written import written_in

register = template.Library()


@register.simple_tag
def written_in_this_language():
    """What there is to read in the language of the page: see `search.written`."""
    return written_in(get_language())
