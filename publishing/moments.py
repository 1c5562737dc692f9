"""When readers will see something else although nobody does anything: the next moment that somebody has set."""

from publishing.kinds import publishable_models

_sources = []


def register(source):
    """Let an app name moments of its own: `source(now)` gives querysets of single columns of moments after `now`."""
    if source not in _sources:
        _sources.append(source)
    return source


@register
def of_items(now):
    """What is scheduled appears, what ends disappears, both by the clock alone."""
    for model in publishable_models():
        for name in ("published_at", "retired_at"):
            yield model._base_manager.filter(**{f"{name}__gt": now}).order_by(name).values_list(name, flat=True)


def first_moments(now):
    """The first moment of each source after `now`, as one query, whatever the number of kinds.

    At the earliest of them some page of the site changes by itself.
    """
    firsts = [moments[:1] for source in _sources for moments in source(now)]
    return firsts[0].union(*firsts[1:], all=True)
