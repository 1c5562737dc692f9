"""Who else is here: two people with one form open know of each other."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from publishing.models import Presence
from tests.drafts import change_url, edit, live_tables, open_form
from tests.pages_as_sent import StrictClient

NOBODY = "Nobody else has this page open."


@pytest.fixture
def join(db, django_user_model):
    """A function that signs in one more person who may edit pages: join("maria", first_name="Maria")."""

    def sign_in(username, **names):
        person = django_user_model.objects.create_user(username, password="x", is_staff=True, **names)
        person.user_permissions.set(Permission.objects.filter(codename__in=["change_page", "view_page"]))
        client = StrictClient()
        client.force_login(person)
        return client

    return sign_in


def shown(client, page):
    response = client.get(change_url(page))
    assert response.status_code == 200
    return response.content.decode()


def here(client, page):
    return client.post(f"/admin/pages/page/{page.pk}/here/")


def test_alone_a_form_says_that_nobody_else_is_here(staff_client, page):
    assert NOBODY in shown(staff_client, page)
    assert NOBODY in shown(staff_client, page)
    assert here(staff_client, page).json() == {"sentence": NOBODY}


def test_two_people_see_each_other_by_name(staff_client, join, page):
    maria = join("maria", first_name="Maria", last_name="López")
    shown(staff_client, page)
    assert "editor has this page open, too." in shown(maria, page)
    assert here(staff_client, page).json() == {"sentence": "Maria López has this page open, too."}
    here(join("ann"), page)
    assert "ann and Maria López have this page open, too." in shown(staff_client, page)


def test_another_page_is_another_place(staff_client, join, page, make_page):
    shown(join("maria"), make_page("Policy"))
    assert NOBODY in shown(staff_client, page)


def test_after_two_minutes_one_is_gone_and_nothing_is_kept(staff_client, join, page):
    shown(join("maria"), page)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=110))
    assert "maria has" in shown(staff_client, page)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=130))
    assert NOBODY in shown(staff_client, page)
    assert list(Presence.objects.values_list("user__username", flat=True)) == ["editor"]


def test_a_name_is_text_and_not_markup(staff_client, join, page):
    shown(join("maria", first_name="<b>M</b>"), page)
    html = shown(staff_client, page)
    assert "&lt;b&gt;M&lt;/b&gt;" in html and "<b>M</b>" not in html


def test_presence_changes_nothing_that_readers_see(staff_client, page):
    shown(staff_client, page)
    tables = live_tables()
    here(staff_client, page)
    shown(staff_client, page)
    assert live_tables() == tables


def test_whoever_may_not_change_the_page_is_not_here(client, join, page, django_user_model):
    assert here(client, page).status_code == 302
    reader = join("reader")
    django_user_model.objects.get(username="reader").user_permissions.clear()
    assert here(reader, page).status_code == 403
    editor = join("maria")
    assert editor.get(f"/admin/pages/page/{page.pk}/here/").status_code == 405
    assert editor.post("/admin/pages/page/99999/here/").status_code == 404
    assert editor.post("/admin/pages/page/x/here/").status_code == 404
    assert not Presence.objects.exists()


def test_a_heartbeat_asks_the_same_number_of_queries_for_many_people(
    staff_client, join, page, django_assert_max_num_queries
):
    for number in range(12):
        here(join(f"person-{number}"), page)
    with django_assert_max_num_queries(8):
        here(staff_client, page)


COPY = "0b6a2c54-6f0f-4d5c-9a53-0a2f2a1f8e11"


def test_the_browser_is_told_which_of_its_copies_arrived(staff_client, page):
    assert edit(staff_client, page, _kept=COPY).cookies["kept"].value == COPY
    other = COPY.replace("0", "1")
    assert edit(staff_client, page, _kept=other).cookies["kept"].value == f"{COPY}.{other}"


def test_the_copy_of_a_text_that_came_second_arrived_too(staff_client, page):
    data = open_form(staff_client, page)
    edit(staff_client, page, title="First")
    response = edit(staff_client, page, data=data, title="Second", _kept=COPY)
    assert "/conflict/" in response["Location"]
    assert response.cookies["kept"].value == COPY


@pytest.mark.parametrize("forged", ["", "x", "x" * 36, COPY + "\n", COPY + "; Path=/x", "é" * 36])
def test_a_forged_name_of_a_copy_sets_no_cookie(staff_client, page, forged):
    assert "kept" not in edit(staff_client, page, _kept=forged).cookies


def test_a_form_that_the_server_refuses_keeps_its_copy(staff_client, page):
    response = edit(staff_client, page, title="x" * 300, _kept=COPY)
    assert response.status_code == 200
    assert "kept" not in response.cookies
