"""Signing in, saving and what was saved, for the browser tests of the admin."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from publishing.models import Revision


def listen(page, complaints):
    """Note what the browser complains about, our policy included."""

    def note(message):
        if message.type in ("error", "warning"):
            complaints.append(f"{message.location['url']}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))


def sign_in(context, user, address):
    """Give the session of a signed-in person to a browser, and the browser back."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    return context


def change_address(site, page):
    return f"{site}/admin/pages/page/{page.pk}/change/"


def save(page):
    """Save what is typed as a draft."""
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved at")).to_be_visible()


def data_of(item):
    """What the newest draft of an item says."""
    return Revision.objects.of(item).newest().data
