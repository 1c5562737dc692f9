"""Every address of the site, asked with GET and POST by everybody: who is let in stands in rights.txt, all of it.

No other method has rows there: HEAD is answered as GET, and none changes anything.
"""

import os

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory

from publishing.kinds import publishable_models
from publishing.revisions import Revision, add_revision
from publishing.roles import MANAGERS
from publishing.snapshots import capture
from publishing.workflow import submit
from tests.closed import rights
from tests.closed.asking import PERSONS, STRANGER, SUPERUSER, Asking, accounts, changes
from tests.conftest import save_page, save_picture
from tests.whole_site.addresses import patterns
from tests.whole_site.one_of_each import one_of_each

METHODS = ("GET", "POST")
OTHERS = ("OPTIONS", "PUT", "PATCH", "DELETE")  # beside HEAD; OPTIONS comes through without the token of a form too
TABLE = rights.rows()
DEEP = os.environ.get("TESTS") == "deep"
INBOX = ("show_below_the_text", "close", "mark_as_junk")


@pytest.fixture(scope="module")
def objects(kept_for_the_module):
    """One row of each model, of which each text has a draft that somebody sent for review: model → row."""
    save_page("Coalition for Community Schools", slug="home")
    objects = one_of_each(save_page("Partners"), save_picture())
    author = User.objects.create_user("author", "author@example.org", is_staff=True)
    for model in publishable_models():
        item = objects[model]
        newest = Revision.objects.of(item).newest()
        submit(add_revision(model, item.pk, capture(item), base=newest), by=author)
    return objects


@pytest.fixture(scope="module")
def asking(objects):
    return Asking(accounts())


def differences(asking, addresses, persons):
    """Lines for what is answered otherwise than the table says."""
    found = []
    for name, address in addresses.items():
        for method in METHODS:
            expected = dict(zip(PERSONS, TABLE[name, method], strict=True))
            for who in persons:
                word = asking.answer(who, method, address)
                if word != expected[who]:
                    found.append(f"{who}: {method} {address} ({name}): {word} instead of {expected[who]}")
    return found


def test_every_address_has_its_rows_and_every_row_an_address():
    names = {name for name, _entry, _has_language in patterns() if rights.OLD_ADDRESS not in name}
    assert {(name, method) for name in names for method in METHODS} == TABLE.keys()


def test_the_staffs_pages_let_in_whom_the_table_says(db, asking, objects, monkeypatch):
    """Each address as three of the six, in turns: all of them, which takes twice as long, in `make test-deep`."""
    found = []
    with asking.quickly(monkeypatch):
        for number, (name, address) in enumerate(rights.admin_addresses(objects).items()):
            persons = PERSONS if DEEP else PERSONS[number % 2 :: 2]
            found += differences(asking, {name: address}, persons)
    assert not found, "\n".join(["", *found])


def test_readers_pages_are_the_same_for_everybody(db, asking, objects, monkeypatch):
    addresses = rights.reader_addresses(objects)
    of_readers = {name: address for name, address in addresses.items() if not rights.is_of_accounts(name)}
    assert all(len(set(words)) == 1 for (name, _method), words in TABLE.items() if name in of_readers)
    with asking.quickly(monkeypatch):
        found = differences(asking, of_readers, (STRANGER, SUPERUSER))
    assert not found, "\n".join(["", *found])


def test_the_pages_of_accounts_show_everybody_their_own(db, asking, objects, monkeypatch):
    addresses = rights.reader_addresses(objects)
    of_accounts = {name: address for name, address in addresses.items() if rights.is_of_accounts(name)}
    with asking.quickly(monkeypatch):
        found = differences(asking, of_accounts, PERSONS)
    assert not found, "\n".join(["", *found])


def test_methods_that_no_form_sends_change_nothing_and_head_is_answered_as_get(db, asking, objects, monkeypatch):
    """Asked by a superuser: each address with HEAD and, in turns, one of the others; with all in `make test-deep`."""
    addresses = rights.admin_addresses(objects) | rights.reader_addresses(objects)
    found = []
    with asking.quickly(monkeypatch), changes() as made:
        for number, (name, address) in enumerate(addresses.items()):
            for method in ("HEAD", *(OTHERS if DEEP else OTHERS[number % len(OTHERS) :][:1])):
                word, as_get = asking.answer(SUPERUSER, method, address), TABLE[name, "GET"][-1]
                if method == "HEAD" and word != as_get:
                    found.append(f"HEAD {address} ({name}): {word} instead of {as_get}")
                found += [f"{method} {address} ({name}): {statement}" for statement in made]
                made.clear()
    assert not found, "\n".join(["", *found])


def test_spanish_addresses_are_open_and_closed_as_the_english_ones(db, asking, objects, monkeypatch):
    both = {name for name, _entry, has_language in patterns() if has_language}
    with asking.quickly(monkeypatch):
        for name, address in rights.reader_addresses(objects).items():
            if name in both:
                assert asking.answer(STRANGER, "POST", f"/es{address}") == TABLE[name, "POST"][0], name
                assert asking.answer(STRANGER, "GET", f"/es{address}") in {TABLE[name, "GET"][0], "200", "404"}, name


def test_nobody_below_a_superuser_touches_the_account_of_one(db, asking, monkeypatch):
    account = asking.people[SUPERUSER]
    with asking.quickly(monkeypatch):
        for step in ("change", "delete", "password"):
            assert asking.answer(MANAGERS, "POST", f"/admin/auth/user/{account.pk}/{step}/") == "403"


def test_with_many_rows_at_once_nobody_may_do_more_than_with_one(asking):
    """The actions of a list are offered to those who may do the same on the form."""
    request = RequestFactory().get("/")
    for model, model_admin in admin.site._registry.items():
        prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        for who in PERSONS[1:]:
            request.user = asking.people[who]
            step = {"delete_selected": "delete", "merge_into_one": "delete", "send_again": "add"} | dict.fromkeys(
                INBOX, "change"
            )
            for name in model_admin.get_actions(request):
                method, step_name = ("GET", "changelist") if name.startswith("export_") else ("POST", step[name])
                word = TABLE[f"{prefix}{step_name}", method][PERSONS.index(who)]
                assert word in {"200", "on"}, f"{who} may {name} {model._meta.label}"
