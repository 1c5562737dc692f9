"""Who is let in where: an address asked by a stranger, a member of each group and a superuser."""

import logging
import re
from contextlib import contextmanager

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth import middleware
from django.contrib.auth.models import AnonymousUser, Group, User
from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import Client

from publishing.roles import LIBRARIANS, MANAGERS, REVIEWERS, WRITERS

STRANGER, SUPERUSER = "stranger", "superuser"
PERSONS = (STRANGER, WRITERS, REVIEWERS, LIBRARIANS, MANAGERS, SUPERUSER)
SIGN_IN = ("/admin/login/?next=", "/accounts/login/?next=")
YES = {"post": "yes"}  # what the form of a deletion sends
CHANGE = re.compile(
    r"\b(?:INSERT INTO|(?<!FOR )(?<!FOR NO KEY )(?<!DO )UPDATE|DELETE FROM|MERGE INTO|TRUNCATE|COPY) \"?(\w*)"
)
# Sessions, what limits count, and who has a form open: they are written by looking at a page too.
BY_LOOKING = {"django_session", "accounts_limits", "publishing_presence"}


def accounts():
    """An account for each who has one, and nobody's for the stranger: name → user."""
    found = {STRANGER: AnonymousUser()}
    for name in (WRITERS, REVIEWERS, LIBRARIANS, MANAGERS):
        found[name] = User.objects.create_user(name, f"{name}@example.org", is_staff=True)
        found[name].groups.add(Group.objects.get(name=name))
    return found | {SUPERUSER: User.objects.create_superuser(SUPERUSER, "superuser@example.org")}


class Asking:
    """Asks addresses as one of several people; whatever that wrote is taken back."""

    def __init__(self, people):
        self.people = people
        self.who = STRANGER
        self.browser = Client(raise_request_exception=False)

    @contextmanager
    def quickly(self, monkeypatch):
        """Whether somebody is let in is decided before a page and the rows in its form are made, and by an account
        that is looked up once.

        There are thousands of answers: making their pages would take minutes.
        """
        listed = AdminSite.get_app_list
        with monkeypatch.context() as patch:
            patch.setattr(Template, "render", lambda self, context=None, request=None: "")
            patch.setattr(AdminSite, "get_app_list", lambda site, request, app=None: app and listed(site, request, app))
            patch.setattr(ModelAdmin, "get_inline_instances", lambda self, request, obj=None: [])
            patch.setattr(middleware, "get_user", lambda request: self.people[self.who])
            logging.disable(logging.CRITICAL)
            try:
                yield
            finally:
                logging.disable(logging.NOTSET)

    def answer(self, who, method, address):
        """What a request brings, as a word of the table."""
        self.who = who
        with transaction.atomic():
            response = getattr(self.browser, method.lower())(address, YES if method == "POST" else None)
            if response.streaming:
                b"".join(response)  # its file is closed at the end
            transaction.set_rollback(True)
        return word_for(response)


def word_for(response):
    """The status; “in” for the way to the sign-in page, “on” for the way anywhere else."""
    if response.status_code in (301, 302):
        return "in" if response.headers["Location"].startswith(SIGN_IN) else "on"
    return str(response.status_code)


@contextmanager
def changes():
    """Gives a list to which every statement is added that changes rows, but for those that looking changes."""
    made = []

    def note(execute, sql, params, many, context):
        if set(CHANGE.findall(str(sql))) - BY_LOOKING:
            made.append(str(sql)[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield made
