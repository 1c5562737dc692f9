"""The way in, in a browser with a passkey, under the strict policy: what it complains about fails the test."""

from itertools import cycle

import pytest

from tests.accounts.codes import code_of
from tests.accounts.conftest import PASSWORD
from tests.accounts.screens import FOR_ANYBODY, FOR_ONESELF, equip, invited
from tests.browser.axe import ALL_RULES, IS_DEEP, run_axe

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def maria(transactional_db, django_user_model):
    return django_user_model.objects.create_user("maria", "maria@example.org", PASSWORD, is_staff=True)


@pytest.fixture
def way_in(settings, live_server, maria, make_page):
    """The address of a site that demands second factors, and has a front page."""
    settings.STRICT_SIGN_IN = True
    make_page("Coalition for Community Schools", slug="home")
    return live_server.url.replace("127.0.0.1", "localhost")  # a passkey is bound to a name


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def type_password(page):
    page.get_by_label("Email address or username").fill("maria")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def plug_in_a_key(page):
    """The page's browser has a passkey device from now on; gives a function that takes it away again."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return lambda: device.send("WebAuthn.removeVirtualAuthenticator", made)


def test_from_the_password_to_a_passkey_that_opens_the_admin(way_in, open_page):
    page = open_page(f"{way_in}/admin/pages/page/")
    unplug = plug_in_a_key(page)
    type_password(page)
    page.get_by_text("One step is missing.").wait_for()
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Authenticator code").fill(code_of(secret))
    press(page, "Set up")
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.get_by_role("link", name="I have kept them: go on").click()
    page.get_by_role("link", name="Your account").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("My laptop")
    press(page, "Add a passkey")
    page.get_by_role("link", name="Rename My laptop").wait_for()
    press(page, "Sign out")
    press(page, "Sign in with a passkey")
    page.wait_for_url(f"{way_in}/admin/")
    page.get_by_role("link", name="Your account").click()
    press(page, "Sign out")
    type_password(page)
    press(page, "Use a passkey")
    page.wait_for_url(f"{way_in}/admin/")
    # With the key gone the page says so, and the other way is still there.
    page.goto(f"{way_in}/accounts/")
    press(page, "Sign out")
    unplug()
    plug_in_a_key(page)
    type_password(page)
    press(page, "Use a passkey")
    page.get_by_text("That did not work. Try again, or use another way.").wait_for()
    page.get_by_label("Code").fill(code_of(secret, steps=1))
    press(page, "Sign in")
    page.wait_for_url(f"{way_in}/admin/")


def test_without_a_script_password_and_code_are_enough(way_in, open_page, maria):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(maria, secret)
    equip(maria)
    page = open_page(f"{way_in}/admin/", java_script_enabled=False)
    assert page.get_by_role("button", name="Sign in with a passkey").count() == 0
    type_password(page)
    assert page.get_by_role("button", name="Use a passkey").count() == 0
    page.get_by_label("Code").fill(code_of(secret))
    press(page, "Sign in")
    page.wait_for_url(f"{way_in}/admin/")


def test_axe_finds_nothing_on_the_screens(way_in, open_page, maria, settings):
    """All are of one frame: one is judged in light, the next in dark, and each in both in `make test-deep`."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    settings.STRICT_SIGN_IN = False
    key = equip(maria)
    page = open_page(f"{way_in}{invited()}", width=390)
    found, turns = [], cycle((["light"], ["dark"]))

    def judge(address):
        page.goto(f"{way_in}{address}")
        for scheme in ("light", "dark") if IS_DEEP else next(turns):
            page.emulate_media(color_scheme=scheme)
            _passed, broken = run_axe(page, ALL_RULES)
            found.extend(f"{address} {scheme}: {line}" for line in broken)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address

    for address in (page.url.removeprefix(way_in), *FOR_ANYBODY.values()):
        judge(address)
    secret = generate_totp_secret()
    TOTP.activate(maria, secret)
    page.goto(f"{way_in}/accounts/login/")
    type_password(page)
    judge("/accounts/login/second-factor/")
    page.get_by_label("Code").fill(code_of(secret))
    press(page, "Sign in")
    page.wait_for_url(f"{way_in}/admin/")
    for address in FOR_ONESELF.values():
        judge(address.format(key=key))
    assert not found, "\n".join(["", *found])
