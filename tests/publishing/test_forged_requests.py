"""Every address of the admin of what is published, asked with a forged form by people who may not do it."""

import pytest
from django.contrib import admin
from django.urls import reverse

from blog.models import Entry
from faq.models import Question
from pages.models import Page
from publishing.kinds import publishable_models
from publishing.models import Activity, Revision
from publishing.publish import ensured_revision
from tests.articles import draft_of, publish_entry, publish_question
from tests.drafts import live_tables, save_draft
from tests.library import draft_work, publish_work

# Whatever a form of these admins may carry, and what none of them has.
FORGED = {
    "_publish": "1", "_save": "1", "_saveasnew": "1", "_continue": "1", "_popup": "1", "post": "yes", "action":
    "delete_selected", "select_across": "1", "index": "0", "title": "Forged", "slug": "forged", "summary": "Forged.",
    "language": "en", "note": "Forged", "moment": "", "replacement": "/forged/", "published_at": "2020-01-01T10:00",
    "retired_at": "2020-01-01T10:00", "replacement_address": "/forged/", "owner": "1", "path": "/forged/", "publish":
    "on", "position": "0", "parent": "", "_theirs": "1", "choice-0": "mine",
}  # fmt: skip


def addresses(model, item):
    """Every address in the admin of a kind, with the keys of an item and of its newest revision."""
    revision = ensured_revision(item)
    known = {"object_id": item.pk, "revision_id": revision.pk, "old_id": revision.pk, "new_id": revision.pk}
    known["reference"] = "forged"
    found = {}
    for pattern in admin.site.get_model_admin(model).get_urls():
        if pattern.name:
            keys = {name: known[name] for name in pattern.pattern.converters if name in known}
            found[pattern.name] = reverse(f"admin:{pattern.name}", kwargs=keys)
    return found


@pytest.fixture(params=["page", "work", "entry", "question"])
def item(request, make_page):
    """A public item with an open draft on top of it."""
    if request.param == "page":
        page = make_page("Partners")
        save_draft(page, title="Secret draft")
        return page
    if request.param in ("entry", "question"):
        publish, model = (publish_entry, Entry) if request.param == "entry" else (publish_question, Question)
        article = publish("Partners")
        draft_of(model, "Secret draft", item=article)
        return article
    work = publish_work("Making the Difference", work_kind="report")
    draft_work("Secret draft", work=work)
    return work


def forged(item):
    newest = ensured_revision(item).pk
    return FORGED | {"_revision": newest, "_base": newest, "_selected_action": item.pk}


def test_every_kind_of_content_is_tried():
    kinds = {"pages.page", "resources.publication", "blog.entry", "faq.question"}
    assert {model._meta.label_lower for model in publishable_models()} == kinds


def test_a_writer_changes_nothing_that_readers_see_by_any_address(sign_in, client, item):
    writer = sign_in("Writers")
    Activity.objects.all().delete()
    public = client.get(item.get_absolute_url()).content
    tables = live_tables()
    for name, address in addresses(type(item), item).items():
        response = writer.post(address, forged(item), follow=True)
        assert response.status_code in (200, 400, 403, 404, 405), name
        now = live_tables()
        stubs = type(item)._meta.db_table  # a new item is an empty row that nobody sees
        assert {**now, stubs: None} == {**tables, stubs: None}, name
        assert client.get(item.get_absolute_url()).content == public, name
        assert list(type(item).objects.public()) == [item], name
    done = set(Activity.objects.values_list("kind", flat=True))
    assert done <= {"commented", "submitted"}


def test_staff_without_a_group_reach_nothing_of_an_item_by_any_address(sign_in, item):
    nobody, before = sign_in(), Revision.objects.count()
    Activity.objects.all().delete()
    for name, address in addresses(type(item), item).items():
        for response in (nobody.get(address), nobody.post(address, forged(item))):
            assert response.status_code in (403, 404, 405), name
            assert "Secret draft" not in response.content.decode(), name
    assert Revision.objects.count() == before
    assert not Activity.objects.exists()


def test_a_librarian_looks_at_pages_and_leaves_no_trace_on_them(sign_in, make_page):
    page = make_page("Partners")
    save_draft(page, title="Draft")
    librarian, tables = sign_in("Librarians"), live_tables()
    for name, address in addresses(Page, page).items():
        status = librarian.post(address, forged(page)).status_code
        # The list may be looked at, and takes no action; whatever else there is asks for more.
        assert status in (403, 405) or name.endswith("_changelist"), (name, status)
    assert live_tables() == tables
    assert ensured_revision(page).title == "Draft"
    assert Revision.objects.of(page).count() == 2


@pytest.mark.parametrize("group", [None, "Librarians"])
def test_titles_of_drafts_are_not_offered_where_a_page_is_chosen_to_those_who_may_not_choose(sign_in, make_page, group):
    page = make_page("Partners")
    save_draft(page, title="Secret draft")
    query = {"app_label": "pages", "model_name": "page", "field_name": "parent", "term": "secret"}
    response = sign_in(group).get("/admin/autocomplete/", query)
    found = response.status_code == 200 and response.json()["results"]
    assert bool(found) == (group == "Librarians")  # they may look at pages and their drafts
