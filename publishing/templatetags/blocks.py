from django import template

from publishing.blocks import grouped

register = template.Library()


@register.simple_tag
def block_groups(blocks):
    """Blocks as pairs of template and neighbors: {% block_groups blocks as groups %}."""
    return grouped(blocks)
