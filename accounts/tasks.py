"""Mail of accounts that the worker makes, so that nobody can tell by the time of an answer whether there is any."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django_tasks import task


@task()
def send_ways_to_new_passwords(pks):
    """Send the address at which a new password is chosen, to each of these accounts; there may be none."""
    for user in get_user_model().objects.filter(pk__in=pks, is_active=True):
        key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        address = settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=key)
        get_adapter().send_mail(
            "account/email/password_reset_key", user.email, {"user": user, "password_reset_url": address}
        )
