"""Addresses made from names."""

from itertools import count

from django.utils.text import slugify

LONGEST_SLUG = 100  # characters


def free_slug(words, taken, otherwise=""):
    """An address made from words that is not in `taken`; words without a Latin letter give `otherwise` and a number.

    Empty where there is neither. Digits alone get a number too: no work may stand at an address like a year.
    """
    start = slugify(words)[: LONGEST_SLUG - 6].strip("-_")
    if start and not start.isdecimal() and start not in taken:
        return start
    start = start or otherwise
    return start and next(slug for number in count(2) if (slug := f"{start}-{number}") not in taken)
