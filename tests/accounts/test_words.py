"""What django-allauth sends and says is in our words: its own are found by no template that can be reached."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from tests.accounts.conftest import PASSWORD

THEIRS = Path(allauth.__file__).parent / "templates"
OURS = settings.BASE_DIR / "templates"


def has_address(name):
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


# Mail that cannot be sent here → what would have to be on for it.
NEVER_SENT = {
    "account/email/account_already_exists": lambda: has_address("account_signup"),
    "account/email/email_changed": lambda: has_address("account_email"),
    "account/email/email_confirm": lambda: has_address("account_email"),
    "account/email/email_deleted": lambda: has_address("account_email"),
    "account/email/email_confirmation": lambda: app_settings.EMAIL_VERIFICATION != "none",
    "account/email/email_confirmation_signup": lambda: has_address("account_signup"),
    "account/email/login_code": lambda: app_settings.LOGIN_BY_CODE_ENABLED,
    "account/email/password_reset_code": lambda: app_settings.PASSWORD_RESET_BY_CODE_ENABLED,
    "account/email/unknown_account": lambda: app_settings.EMAIL_UNKNOWN_ACCOUNTS or has_address("account_signup"),
}
# Notes on a screen that cannot be come to, because they belong to addresses of mail, or are said by the page.
NEVER_SAID = {
    "cannot_delete_primary_email",
    "email_confirmation_failed",
    "email_confirmation_sent",
    "email_confirmed",
    "email_deleted",
    "logged_in",
    "logged_out",
    "login_code_sent",
    "phone_verification_sent",
    "phone_verified",
    "primary_email_set",
    "unverified_primary_email",
}
APPS = [app.name.rpartition(".")[2] for app in apps.get_app_configs() if app.name.startswith("allauth.")]
MAILS = sorted(
    f"{app}/email/{path.name.removesuffix('_subject.txt')}"
    for app in APPS
    for path in (THEIRS / app / "email").glob("*_subject.txt")
)
NOTES = [
    f"{app}/messages/{path.name}"
    for app in APPS
    for path in sorted((THEIRS / app / "messages").glob("*.txt"))
    if path.stem not in NEVER_SAID
]


def sent():
    """The mails that can be sent with the settings and addresses as they are."""
    return [prefix for prefix in MAILS if prefix not in NEVER_SENT or NEVER_SENT[prefix]()]


def test_the_mail_of_all_apps_of_django_allauth_is_known():
    assert {"account/email/password_changed", "mfa/email/webauthn_added"} <= set(sent())
    assert set(NEVER_SENT) <= set(MAILS)


@pytest.mark.parametrize("part", ["subject", "message"])
def test_every_mail_that_can_be_sent_has_a_template_of_ours(part):
    names = [f"{prefix}_{part}.txt" for prefix in sent()]
    assert [name for name in names if not is_ours(name)] == []


def test_every_note_on_a_screen_has_a_template_of_ours():
    assert [name for name in NOTES if not is_ours(name)] == []


def is_ours(name):
    return Path(get_template(name).origin.name).is_relative_to(OURS)


def test_a_mail_says_which_site_what_when_and_what_to_do(rf, maria, mailoutbox):
    for prefix in sent():
        if prefix == "account/email/password_reset_key":  # tells of nothing that was done
            continue
        mailoutbox.clear()
        with context.request_context(rf.get("/accounts/")):
            get_adapter().send_notification_mail(prefix, maria)
        (message,) = mailoutbox
        assert message.subject.startswith("Coalition for Community Schools: ")
        for words in ("website of the Coalition for Community Schools", "When: ", "If not, change your password now"):
            assert words in message.body, prefix
        # The account, and the site at the end: nothing that signs in.
        assert re.findall(r"https://\S+", message.body) == [
            "https://www.example.org/accounts/",
            "https://www.example.org",
        ]


def test_a_changed_password_is_told_by_mail_and_on_the_screen(enter, maria, mailoutbox):
    client = enter(maria)
    new = "quite another phrase 77"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    page = client.post("/accounts/password/change/", fields, follow=True).content.decode()
    assert "Your password is changed." in page
    assert mailoutbox[-1].subject == "Coalition for Community Schools: your password was changed"
