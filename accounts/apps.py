from allauth.account.apps import AccountConfig
from axes.apps import AppConfig as AxesConfig
from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.auth.apps import AuthConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"
    verbose_name = _("Invitations")

    def ready(self):
        from accounts.retention import (
            forget_invitations,
            forget_tries,
            forget_wrong_passwords,
            invitations_in_words,
            tries_in_words,
            wrong_passwords_in_words,
        )
        from publishing import retention

        retention.register(forget_wrong_passwords, wrong_passwords_in_words)
        retention.register(forget_tries, tries_in_words)
        retention.register(forget_invitations, invitations_in_words)


class SiteAdminConfig(admin_apps.AdminConfig):
    """The stock admin with our site class."""

    default = False
    default_site = "accounts.admin_site.StaffSite"


class UsersConfig(AuthConfig):
    """Django's accounts, under a name that an office uses."""

    default = False
    verbose_name = _("Accounts and groups")


class SignInConfig(AccountConfig):
    """Signing in, by django-allauth.

    It wants its middleware around every request. Ours is around the staff's addresses (accounts/middleware.py), so
    what it looks for at the start is not there.
    """

    default = False

    def ready(self):
        from allauth.account import checks  # noqa: F401


class LockOutConfig(AxesConfig):
    """The wrong passwords that django-axes counts."""

    default = False
    verbose_name = _("Wrong passwords")
