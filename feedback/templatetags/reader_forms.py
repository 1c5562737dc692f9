from django import template

from feedback import guards

register = template.Library()


@register.simple_tag
def form_moment():
    """This moment, signed: every form of a reader carries the moment at which its page was made."""
    return guards.moment()
