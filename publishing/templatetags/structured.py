from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from publishing.markup import script_json

register = template.Library()


@register.simple_tag
def breadcrumb_list(ancestors, home):
    """The way to a page as https://schema.org/BreadcrumbList has it, for a script element; `home` is the path of the
    front page.
    """
    steps = [(_("Home"), home), *((str(item.title), item.get_absolute_url()) for item in ancestors or ())]
    elements = [
        {
            "@type": "ListItem",
            "position": position,
            "name": name,
            "item": f"{settings.SITE_URL}{address}",
        }
        for position, (name, address) in enumerate(steps, start=1)
    ]
    return script_json({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": elements})
