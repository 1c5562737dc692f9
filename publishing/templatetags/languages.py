from django import template

from publishing.languages import in_current_language

register = template.Library()
register.filter(in_current_language)
