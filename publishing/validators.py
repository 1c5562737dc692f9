import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

LAST_YEAR = 2200

_OWN_PATH = re.compile(r"/(?!/)[^\s\\<>\"]*")


_PROGRAM = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20]+")


def is_program(address):
    """Whether a browser would run what stands in an address: `javascript:` and the like, in any disguise."""
    return bool(_PROGRAM.match(_IGNORED_BY_BROWSERS.sub("", address)))


def validate_address(value):
    """A path of this site (`/guide/`, `/about/#goals`) or a whole address that begins with https:// or http://."""
    if _OWN_PATH.fullmatch(value):
        return
    try:
        URLValidator(schemes=["https", "http"])(value)
    except ValidationError:
        raise ValidationError(
            _("Write an address of this site that begins with a slash, such as /guide/, or a whole one with https://")
        ) from None


def refuse_program(value):
    """What no draft keeps in a field for an address, where any other text may wait until it is published."""
    if is_program(value):
        raise ValidationError(
            _(
                "This leads to no page: a browser would run it. Write an address of this site that begins with a "
                "slash, such as /guide/, or a whole one with https://"
            )
        )


def validate_moment(value):
    """A moment that every time zone can read: the last of all years becomes another one in the next zone."""
    if value.year > LAST_YEAR:
        raise ValidationError(_("Choose a moment up to the year %(year)s.") % {"year": LAST_YEAR})
