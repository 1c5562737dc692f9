"""Makes a reader's template fail where it names a variable that nobody gave it.

Where Django shows nothing, these tests stop. Two things stay as they are: what a template asks for with
`{% if %}` or `{% for %}`, and an optional value, `{{ id|default:"q" }}`. The templates of the admin and of
other people's packages lean on Django's silence, so it stays for them.
"""

import sys
from pathlib import Path

from django.template.defaultfilters import default, default_if_none

PACKAGES = str(Path(default.__code__.co_filename).parents[2])  # the folder in which Django is installed
ADMIN = str(Path(__file__).resolve().parents[2] / "templates" / "admin")


class UndefinedVariableError(AssertionError):
    """A template of ours names something that its view does not give."""


class LoudEmptyString(str):
    """For TEMPLATES["OPTIONS"]["string_if_invalid"]: an empty string that looks who is asking.

    Django asks `if string_if_invalid` when a variable has no value, {% blocktranslate %} asks `"%s" in` it.
    """

    __slots__ = ()

    def __bool__(self):
        _refuse(sys._getframe(1).f_locals)
        return False

    def __contains__(self, words):
        _refuse(sys._getframe(1).f_locals)
        return False


def _refuse(asking):
    context, expression = asking.get("context"), asking.get("self")
    if context is None or _is_optional(expression):
        return
    template = context.render_context.template
    origin = str(template.origin.name)
    if not origin.startswith((PACKAGES, ADMIN)):
        name = getattr(expression, "token", None) or asking.get("key")
        raise UndefinedVariableError(f"{template.name or origin} names “{name}”, which has no value.")


def _is_optional(expression):
    return any(
        function in (default, default_if_none) for function, _arguments in getattr(expression, "filters", [])[:1]
    )
