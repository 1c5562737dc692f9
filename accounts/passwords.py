"""What a password must be, beside Django's own rules."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST = 5


class DifferentSignsValidator:
    """Refuses twelve blanks, and one letter twelve times: no list of common passwords holds them all."""

    def validate(self, password, user=None):
        if len(set(password.casefold()) - {" "}) < FEWEST:
            raise ValidationError(_("This password repeats the same few signs. Use %d or more.") % FEWEST)

    def get_help_text(self):
        return _("Your password must have at least %d different signs.") % FEWEST
