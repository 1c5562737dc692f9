"""Two people in one form of a record without drafts, or in one list: no save undoes another in silence."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import ContactFacts, MenuItem, Promotion
from publishing.admin import SiteModelAdmin
from publishing.draft_admin import PublishableAdmin
from publishing.meanwhile import TellsOfOthers
from search.models import BestResult, Item
from tests.drafts import change_url, fields_of
from vocabulary.models import Topic

THEIRS = "Somebody else has changed this meanwhile"


@pytest.fixture
def facts(db):
    return ContactFacts.objects.create(
        organization="Coalition", street="1 Main St", city="Washington", state="DC", postal_code="20008",
        telephone="202.555.0199", email="office@example.org", copyright="© Coalition",
    )  # fmt: skip


@pytest.fixture
def topic(db):
    return Topic.objects.create(label="Gardens", label_es="Huertos", slug="gardens")


@pytest.fixture
def lines(db):
    return [
        MenuItem.objects.create(menu="header", label=label, address="/faq/", position=position)
        for label, position in (("One", 10), ("Two", 20), ("Three", 30))
    ]


def opened(client, address):
    return fields_of(client.get(address).content.decode())


def send(client, record, form, **fields):
    response = client.post(change_url(record), form | fields | {"_save": "1"})
    record.refresh_from_db()
    return response


def errors_of(response):
    return " ".join(re.findall(r'<ul class="errorlist[^>]*>(.*?)</ul>', response.content.decode(), re.DOTALL))


def test_a_save_of_one_field_does_not_undo_what_a_colleague_has_saved_in_another(staff_client, facts):
    hers, theirs = opened(staff_client, change_url(facts)), opened(staff_client, change_url(facts))
    send(staff_client, facts, theirs, telephone="202.555.0100")
    refused = send(staff_client, facts, hers, email="new@example.org")
    assert (facts.telephone, facts.email) == ("202.555.0100", hers["email"]), "nothing is saved yet"
    assert f"{THEIRS}, to: 202.555.0100" in errors_of(refused)
    again = fields_of(refused.content.decode())
    assert again["email"] == "new@example.org", "what she typed stands"
    assert again["telephone"] == "202.555.0100", "what she had not touched is as it stands now"
    assert send(staff_client, facts, again).status_code == 302
    assert (facts.telephone, facts.email) == ("202.555.0100", "new@example.org")


def test_where_both_changed_one_field_hers_stands_in_the_form_and_the_other_is_said(staff_client, topic):
    hers = opened(staff_client, change_url(topic))
    Topic.objects.update(label_es="Jardines")
    refused = send(staff_client, topic, hers, label_es="Huertas")
    assert topic.label_es == "Jardines"
    assert f"{THEIRS}, to: Jardines. Yours is not saved yet" in errors_of(refused)
    again = fields_of(refused.content.decode())
    assert again["label_es"] == "Huertas"
    Topic.objects.update(label="Green places")
    refused = send(staff_client, topic, again)
    assert topic.label_es == "Jardines" and "Green places" in errors_of(refused), "a third save is told of too"
    assert send(staff_client, topic, fields_of(refused.content.decode())).status_code == 302
    assert (topic.label, topic.label_es) == ("Green places", "Huertas")


def test_what_both_typed_alike_and_a_button_pressed_twice_are_no_matter(staff_client, topic):
    form = opened(staff_client, change_url(topic))
    for _press in range(2):
        assert send(staff_client, topic, form, label_es="Jardines").status_code == 302


def test_the_row_is_locked_once_while_it_is_compared_and_saved(staff_client, topic):
    form = opened(staff_client, change_url(topic))
    with CaptureQueriesContext(connection) as seen:
        send(staff_client, topic, form, label_es="Jardines")
    assert sum("FOR NO KEY UPDATE" in query["sql"] for query in seen) == 1


def test_a_save_without_any_change_undoes_nothing(staff_client, topic):
    form = opened(staff_client, change_url(topic))
    Topic.objects.update(label_es="Jardines")
    assert "Jardines" in errors_of(send(staff_client, topic, form))
    assert topic.label_es == "Jardines"


def test_a_fault_in_another_field_does_not_make_her_know_of_the_other_save(staff_client, topic):
    form = opened(staff_client, change_url(topic))
    form = fields_of(send(staff_client, topic, form, label="").content.decode())
    Topic.objects.update(label_es="Jardines")
    assert "Jardines" in errors_of(send(staff_client, topic, form, label="Gardens"))


def test_keys_ticks_and_choices_of_many_are_told_in_words(staff_client, lines, make_page, django_user_model):
    line, page = lines[0], make_page("Partners")
    form = opened(staff_client, change_url(line))
    MenuItem.objects.filter(pk=line.pk).update(page=page, address="", menu="footer")
    refused = send(staff_client, line, form, label="Uno")
    assert f"to: {page}." in errors_of(refused)
    assert f"to: {MenuItem(menu='footer').get_menu_display()}." in errors_of(refused)
    again = fields_of(refused.content.decode())
    assert (again["page"], again["menu"], again["address"]) == (str(page.pk), "footer", "")

    user = django_user_model.objects.create_user("ana", is_staff=True)
    form = opened(staff_client, change_url(user))
    user.groups.set(Group.objects.filter(name__in=["Managers", "Writers"]))
    django_user_model.objects.filter(pk=user.pk).update(is_staff=False)
    refused = send(staff_client, user, form, first_name="Ana")
    assert "to: Managers, Writers." in errors_of(refused) and "to: no." in errors_of(refused)
    assert send(staff_client, user, fields_of(refused.content.decode())).status_code == 302
    assert user.first_name == "Ana" and not user.is_staff and user.groups.count() == 2


def test_moments_are_compared_in_the_hour_that_the_clock_shows_twice_too(staff_client, make_page):
    make_page("Partners")
    twice = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # half past one in the East, before the clock goes back
    end = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
    promotion = Promotion.objects.create(
        title="Now", address="/partners/", begins_at=twice, ends_at=end + timedelta(days=9)
    )
    form = opened(staff_client, change_url(promotion))
    Promotion.objects.update(ends_at=end)
    refused = send(staff_client, promotion, form, begins_at="2026-11-02T09:00")
    assert "to: Dec. 1, 2026, 10 a.m." in errors_of(refused)
    assert send(staff_client, promotion, fields_of(refused.content.decode())).status_code == 302
    assert (promotion.begins_at.day, promotion.ends_at.hour) == (2, 15)


def test_another_file_of_a_picture_is_said(staff_client, make_picture):
    picture, other = make_picture("One"), make_picture("Two", color=(200, 10, 10))
    form = opened(staff_client, change_url(picture))
    type(picture).objects.filter(pk=picture.pk).update(image=other.image.name, credit="Ana")
    refused = send(staff_client, picture, form, title="Uno")
    assert "Somebody else has put another file here meanwhile" in errors_of(refused)
    assert "to: Ana." in errors_of(refused)
    assert send(staff_client, picture, fields_of(refused.content.decode())).status_code == 302
    assert (picture.title, picture.credit, picture.image.name) == ("Uno", "Ana", other.image.name)


def test_what_a_field_shows_of_other_columns_is_compared_too(staff_client, make_page):
    partners, policy = make_page("Partners"), make_page("Policy")
    best = BestResult(queries="friends", language="en", position=1)
    best.choose(Item.objects.get(address=partners.get_absolute_url()))
    best.save()
    form = opened(staff_client, change_url(best))
    best.choose(Item.objects.get(address=policy.get_absolute_url()))
    best.save()
    refused = send(staff_client, best, form, note="Ours")
    assert f"to: {policy.get_absolute_url()}." in errors_of(refused)
    assert send(staff_client, best, fields_of(refused.content.decode())).status_code == 302
    assert best.note == "Ours" and best.last_title == "Policy"


def test_what_was_forged_or_belongs_to_another_record_says_nothing(staff_client, topic, lines):
    strange = opened(staff_client, change_url(lines[0]))["_opened"]
    form = opened(staff_client, change_url(topic))
    for forged in ("", "x", "\x00", strange):
        assert send(staff_client, topic, form | {"_opened": forged}, label_es="Jardines").status_code == 302


def test_every_form_of_a_record_tells_of_others(rf, editor):
    request = rf.get("/")
    request.user = editor
    for model, model_admin in admin.site._registry.items():
        changes = isinstance(model_admin, SiteModelAdmin) and model_admin.has_change_permission(request)
        if not changes or isinstance(model_admin, PublishableAdmin):
            continue
        assert issubclass(model_admin.get_form(request, model(pk=1), change=True), TellsOfOthers), model


# Lists

LIST = "/admin/pages/menuitem/"


def positions(lines):
    return [MenuItem.objects.get(pk=line.pk).position for line in lines]


def save_list(client, form, moved, to):
    """Send the list with another position in the row of one line."""
    row = next(name for name, value in form.items() if name.endswith("-id") and value == str(moved.pk))
    return client.post(LIST, form | {row.replace("-id", "-position"): to, "_save": "Save"})


def opened_list(client):
    html = client.get(LIST).content.decode()
    form = fields_of(html.replace('id="changelist-form"', 'id="list_form"'))
    return {name: value for name, value in form.items() if name != "_selected_action"}


def test_a_row_that_she_did_not_move_is_not_written(staff_client, lines):
    form = opened_list(staff_client)
    MenuItem.objects.filter(pk=lines[0].pk).update(position=99)
    response = save_list(staff_client, form, lines[1], "5")
    assert response.status_code == 302
    assert positions(lines) == [99, 5, 30]
    assert "1 menu item was changed" in staff_client.get(LIST).content.decode()


def test_a_row_that_both_moved_is_refused_in_its_own_line(staff_client, lines):
    form = opened_list(staff_client)
    MenuItem.objects.filter(pk=lines[0].pk).update(position=99)
    refused = save_list(staff_client, form, lines[0], "25")
    assert positions(lines) == [99, 20, 30]
    assert f"{THEIRS}, to: 99. Yours is not saved yet" in errors_of(refused)
    html = refused.content.decode()
    rows = re.findall(r"<tr><td class=\"action-checkbox\">.*?</tr>", html, re.DOTALL)
    row = next(row for row in rows if ">One<" in row)
    assert 'value="25"' in row and "to: 99." in row, "the list stands in another order now, its fields too"
    form = fields_of(html.replace('id="changelist-form"', 'id="list_form"'))
    assert staff_client.post(LIST, form | {"_save": "Save"}).status_code == 302
    assert positions(lines) == [25, 20, 30]


def test_a_row_that_was_deleted_meanwhile_is_told(staff_client, lines):
    form = opened_list(staff_client)
    lines[2].delete()
    refused = save_list(staff_client, form, lines[0], "25")
    assert refused.status_code == 200
    assert "Somebody has deleted what stood in this row." in errors_of(refused)
    assert positions(lines[:2]) == [10, 20]


def test_a_list_is_compared_and_locked_by_one_query_for_all_rows(staff_client, db):
    counts = []
    for number in (3, 43):
        while MenuItem.objects.count() < number:
            MenuItem.objects.create(menu="header", label="A line", address="/faq/", position=1)
        form = opened_list(staff_client)
        with CaptureQueriesContext(connection) as seen:
            assert save_list(staff_client, form, MenuItem.objects.last(), str(number)).status_code == 302
        assert sum("FOR NO KEY UPDATE" in query["sql"] for query in seen) == 1
        counts.append(len(seen))
    assert counts[1] - counts[0] <= 40, "one a row is Django's own, which looks for its key"
