"""Pages in a journal or a book: “4-9, 43” as “4–9, 43”, and the short second numbers of MLA and Chicago."""

import re

RANGE = re.compile(r"^(\w+)\s*[-–—‐‑]+\s*(\w+)$")


def in_full(text):
    """APA: all digits, “165-76” as “165–176”."""
    return _with_ends(text, lambda first, last: last)


def for_mla(text):
    """The last two digits above 99, or as many as changed: “96–101”, “103–04”, “395–401”, “923–1003”."""
    return _with_ends(text, lambda first, last: last if int(first) < 100 else _changed(first, last, at_least=2))


def for_chicago(text):
    """Section 9.61: all digits up to 100 and after full hundreds; the changed ones after 101 to 109; else two."""
    return _with_ends(text, _chicago_end)


def _chicago_end(first, last):
    if int(first) < 100 or int(first) % 100 == 0:
        return last
    return _changed(first, last, at_least=1 if int(first) % 100 < 10 else 2)


def _changed(first, last, at_least):
    same = next(place for place, (one, other) in enumerate(zip(first, last, strict=True)) if one != other)
    return last[min(same, len(last) - at_least) :]


def _with_ends(text, end):
    return ", ".join(_range(part.strip(), end) for part in text.split(",") if part.strip())


def _range(part, end):
    """One range; letters (“iv–xii”, “S1–S9”) and numbers that do not rise keep all they have."""
    found = RANGE.match(part)
    if not found:
        return part
    first, last = found.groups()
    if first.isdecimal() and last.isdecimal():
        full = first[: max(len(first) - len(last), 0)] + last
        if int(full) > int(first):
            last = end(first, full) if len(full) == len(first) else full
    return f"{first}–{last}"


def is_one_page(text):
    return re.fullmatch(r"\w+", text.strip()) is not None
