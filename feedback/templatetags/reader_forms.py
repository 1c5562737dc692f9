from django import template

from feedback import guards

register = template.Library()


@register.simple_tag
def form_day():
    """The beginning of this day, signed, for the form that stands below the text of a page."""
    return guards.moment(is_whole_day=True)
