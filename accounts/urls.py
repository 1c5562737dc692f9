"""Signing in and out, and one's own account. The names are those that django-allauth looks for.

Its own list of addresses has more: signing up, addresses of mail, codes by mail. None of that is here.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.webauthn import views as passkey
from django.urls import include, path, re_path

from accounts import views
from accounts.typed_text import carrying

urlpatterns = [
    path("", views.AccountView.as_view(), name="mfa_index"),
    path("invitation/<str:key>/", views.invitation, name="accounts_invitation"),
    path("sign-out-elsewhere/", views.sign_out_elsewhere, name="accounts_sign_out_elsewhere"),
    path("login/", carrying(account.login), name="account_login"),
    path("login/second-factor/", carrying(second_factor.authenticate), name="mfa_authenticate"),
    path("login/passkey/", carrying(passkey.login_webauthn), name="mfa_login_webauthn"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("app/replace/", views.ReplaceAppView.as_view(), name="accounts_replace_app"),
    path("app/", include("allauth.mfa.totp.urls")),
    path("recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", views.RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/edit/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
]
