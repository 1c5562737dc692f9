"""Every screen below /accounts/, and who has to be there to see it."""

import hashlib

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.models import Group
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from accounts.models import Invitation
from tests.accounts.conftest import PASSWORD

FOR_ANYBODY = {
    "account_login": "/accounts/login/",
    "account_inactive": "/accounts/inactive/",
    "account_reset_password": "/accounts/password/reset/",
    "account_reset_password_done": "/accounts/password/reset/sent/",
    "account_reset_password_from_key_done": "/accounts/password/reset/done/",
    "account_reset_password_from_key": "/accounts/password/reset/1-x/",
}
FOR_ONESELF = {
    "mfa_index": "/accounts/",
    "account_logout": "/accounts/logout/",
    "account_reauthenticate": "/accounts/confirm/",
    "mfa_reauthenticate": "/accounts/confirm/code/",
    "mfa_reauthenticate_webauthn": "/accounts/confirm/passkey/",
    "account_change_password": "/accounts/password/change/",
    "mfa_deactivate_totp": "/accounts/app/deactivate/",
    "mfa_view_recovery_codes": "/accounts/recovery-codes/",
    "mfa_generate_recovery_codes": "/accounts/recovery-codes/generate/",
    "mfa_list_webauthn": "/accounts/passkeys/",
    "mfa_add_webauthn": "/accounts/passkeys/add/",
    "mfa_remove_webauthn": "/accounts/passkeys/{key}/remove/",
    "mfa_edit_webauthn": "/accounts/passkeys/{key}/edit/",
}
# Seen in another state than these: without an app, without a password, between password and code.
ELSEWHERE = {
    "mfa_activate_totp",
    "accounts_replace_app",
    "account_set_password",
    "mfa_authenticate",
    "accounts_invitation",
}
NO_PAGES = {"accounts_sign_out_elsewhere", "mfa_login_webauthn", "mfa_download_recovery_codes"}


def invited():
    group = Group.objects.get(name="Writers")
    return Invitation.objects.create(email="rosa@example.org", group=group).get_absolute_url()


def credential():
    """What a browser says for a new passkey, of a key that is thrown away at once."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    made = AttestedCredentialData.create(bytes(16), b"key", public)
    flags = AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
    about = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 0, made)
    client = CollectedClientData.create("webauthn.create", b"challenge", "http://localhost")
    return {
        "id": websafe_encode(b"key"),
        "rawId": websafe_encode(b"key"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", about, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }


def equip(user):
    """Give somebody recovery codes and a passkey that no browser has; gives its key."""
    RecoveryCodes.activate(user)
    data = {"name": "My phone", "credential": credential()}
    return Authenticator.objects.create(user=user, type="webauthn", data=data).pk


def type_password(client, name="maria"):
    client.post("/accounts/login/", {"login": name, "password": PASSWORD})
