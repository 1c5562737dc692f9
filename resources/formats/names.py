"""Names in a cell: “Blank, Martin J.” is a person, “Child Trends” an organization.

A comma makes a person, in the order family, given, suffix: “King, Martin Luther, Jr.”. Small words in front of the
family name are its particle: “van der Berg, Jan”; where that is wrong, the particle, or nothing, is said in the fourth
place: “de Souza, Ana, ,”. What this rule would misread carries a label: “org: Smith, Jones and
Partners”, “person: Plato”. In columns that hold organizations as a rule (publishers, sponsors) a comma makes no person.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources.formats import lists
from resources.records import Name

ORGANIZATION = "org:"
PERSON = "person:"


def write(name, mostly_organizations=False):
    """The shortest form that `read` turns into the same name."""
    forms = _organization_forms(name) if name.is_organization else _person_forms(name)
    return next((form for form in forms if _reads_as(name, form, mostly_organizations)), name.inverted)


def read(text, mostly_organizations=False):
    """The name that a text stands for. Raises ValidationError."""
    label, colon, rest = text.partition(":")
    if colon and (label := f"{label.strip().lower()}:") in (ORGANIZATION, PERSON):
        text = rest.strip(" ")
        is_organization = label == ORGANIZATION
    else:
        is_organization = mostly_organizations or "," not in text
    return Name(literal=_required(text)) if is_organization else _person(text)


def _person(text):
    parts = lists.split(text, ",", keep_empty=True)
    if len(parts) > 4:
        raise ValidationError(
            _("“%(text)s” has too many commas for one person. Put a semicolon between two people, or “org:” in front.")
            % {"text": text[:80]}
        )
    family, given, suffix, particle = parts + ("",) * (4 - len(parts))
    if len(parts) < 4:
        particle, family = split_particle(family)
    return Name(family=_required(family), given=given, suffix=suffix, particle=particle)


def split_particle(family):
    """“van der Berg” as (“van der”, “Berg”). The last word always belongs to the family name."""
    words = family.split(" ")
    small = 0
    while small < len(words) - 1 and words[small][:1].islower():
        small += 1
    return " ".join(words[:small]), " ".join(words[small:])


def _required(text):
    if not text:
        raise ValidationError(_("A name is missing: there is a comma or a label without one."))
    return text


def _organization_forms(name):
    yield name.literal
    yield f"{ORGANIZATION} {name.literal}"


def _person_forms(name):
    short = [f"{name.particle} {name.family}".strip(" "), name.given, name.suffix]
    while len(short) > 1 and not short[-1]:
        short.pop()
    for parts in (short, [name.family, name.given, name.suffix, name.particle]):
        form = lists.join(parts, ",").strip(" ")
        yield form
        yield f"{PERSON} {form}"


def _reads_as(name, form, mostly_organizations):
    try:
        return read(form, mostly_organizations) == name
    except ValidationError:
        return False
