"""The way up from a row that stands under another of its own kind."""


def ancestors(row, name):
    """The rows above a row by its foreign key `name`, the nearest first, each once: the way ends even in a circle."""
    seen, above = set(), getattr(row, name)
    while above and above.pk not in seen:
        yield above
        seen.add(above.pk)
        above = getattr(above, name)


def stands_under(row, other, name):
    """Whether `other` is among the rows above a row."""
    return any(above.pk == other.pk for above in ancestors(row, name))
