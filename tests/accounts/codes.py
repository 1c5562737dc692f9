"""What the app on somebody's phone shows."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value


def code_of(secret, steps=0):
    """The code of this half minute, or of one so many later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
