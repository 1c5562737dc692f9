"""Who signs in by a name or an address, without telling strangers whether there is such an account."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import accounts_at


class NameBackend(AuthenticationBackend):
    """Tries a password once, for a name that nobody has too.

    That of django-allauth looks for both names of an account and tries the password with each: whose username is her
    address waited for three computations, a stranger for one. Both methods are private there: should they be called
    otherwise one day, tests/accounts/test_what_strangers_learn.py tells.
    """

    def _authenticate(self, request, username="", email="", password="", **_other):
        name = username or email
        accounts = accounts_at(name) if name else ()  # more than one only where somebody went around the forms
        return next((user for user in accounts if self._check_password(user, password)), None)
