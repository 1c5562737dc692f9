"""Names of people and organizations as each style writes them.

A particle stays with the family name (“van der Berg, Jan”), as bearers in the United States mostly want it. Where one
does not, it is written behind the given name in the record: “Ludwig van” “Beethoven”.
"""

import re


def initials(given):
    """“Jean-Pierre M.” as “J.-P. M.”, “JP” as “J. P.”; scripts without capitals are not cut."""
    words = re.sub(r"[“\"(‘][^”\")’]*[”\")’]", " ", given).replace(".", ". ").replace(". -", ".-").split()
    return " ".join(part for part in (_initial(word, number > 0) for number, word in enumerate(words)) if part)


def _initial(word, is_later):
    if re.fullmatch(r"[A-Z]{2,3}", word):
        return " ".join(f"{letter}." for letter in word)
    if is_later and word.islower():
        return word
    return "-".join(part for part in map(_cut, re.split(r"[-‐‑]", word)) if part)


def _cut(part):
    letter = next((letter for letter in part if letter.isalpha()), "")
    has_case = letter.lower() != letter.upper()
    return f"{letter}." if has_case else part.strip(".,;:") if letter else ""


def family_and_initials(name):
    """“van der Berg, J.-P.”, “King, M. L., Jr.”; an organization as it is."""
    if name.literal:
        return name.literal
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(part for part in (family, initials(name.given), name.suffix) if part)


def initials_and_family(name):
    """“J.-P. van der Berg”, “M. L. King, Jr.”."""
    if name.literal:
        return name.literal
    person = " ".join(part for part in (initials(name.given), name.particle, name.family) if part)
    return f"{person}, {name.suffix}" if name.suffix else person


def direct(name):
    return name.direct


def listed(names, conjunction="and"):
    """“A”, “A and B”, “A, B, and C”. Two have a comma if the first has one inside: “Blank, Martin J., and …”."""
    *first, last = names or [""]
    if not first:
        return last
    comma = "," if len(first) > 1 or "," in first[0] else ""
    return f"{', '.join(first)}{comma} {conjunction} {last}"


def first_inverted(names, later=direct):
    """The first as in an index, the others as people say them."""
    return [name.inverted if not number else later(name) for number, name in enumerate(names)]
