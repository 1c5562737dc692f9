"""Invitations: from a manager by mail to an account, once."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Invitation
from accounts.retention import forget_invitations
from tests.pages_as_sent import StrictClient

ADD = "/admin/accounts/invitation/add/"
CHOSEN = {"new_password1": "quetzal garden seven", "new_password2": "quetzal garden seven"}


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def office(manager):
    client = StrictClient()
    client.force_login(manager)
    return client


@pytest.fixture
def invite(office):
    """A function that invites somebody: invite("rosa@example.org") → the answer."""

    def send(email="rosa@example.org", group="Writers"):
        group = Group.objects.get(name=group)
        return office.post(ADD, {"email": email, "first_name": "Rosa", "last_name": "Diaz", "group": group.pk})

    return send


def again(office):
    chosen = {"action": "send_again", "_selected_action": list(Invitation.objects.values_list("pk", flat=True))}
    return office.post("/admin/accounts/invitation/", chosen, follow=True)


def test_the_list_of_users_leads_to_the_invitation(office):
    html = words(office.get("/admin/auth/user/"))
    assert f'<a href="{ADD}">Invite</a>' in html
    assert "/admin/auth/user/add/" not in html
    assert office.get("/admin/auth/user/add/").status_code == 403


def test_an_invited_person_chooses_a_password_and_is_in(client, invite, mailoutbox, address_in_mail):
    assert invite().status_code == 302
    assert mailoutbox[-1].to == ["rosa@example.org"]
    assert "Ana invites you" in mailoutbox[-1].body
    assert not User.objects.filter(email="rosa@example.org").exists(), "there is no account before"
    address = address_in_mail()
    assert "You will sign in as <b>rosa@example.org</b>." in words(client.get(address))
    response = client.post(address, CHOSEN)
    assert (response.status_code, response["Location"]) == (302, "/accounts/")
    user = User.objects.get(email="rosa@example.org")
    assert (user.get_full_name(), user.is_staff, user.is_superuser) == ("Rosa Diaz", True, False)
    assert [group.name for group in user.groups.all()] == ["Writers"]
    assert client.get("/admin/pages/page/").status_code == 200
    fresh = StrictClient()
    fresh.post("/accounts/login/", {"login": "rosa@example.org", "password": CHOSEN["new_password1"]})
    assert fresh.get("/accounts/").status_code == 200


def test_where_a_second_factor_is_demanded_it_comes_next(strict, client, db, manager, mailoutbox, address_in_mail):
    from accounts import invitations

    group = Group.objects.get(name="Writers")
    invitations.send(Invitation.objects.create(email="rosa@example.org", group=group, invited_by=manager))
    response = client.post(address_in_mail(), CHOSEN, follow=True)
    assert "One step is missing." in words(response)
    assert client.get("/accounts/app/activate/").status_code == 200, "nobody types the password twice"
    assert client.get("/admin/").status_code == 302


def test_an_invitation_opens_once(client, invite, address_in_mail):
    invite()
    address = address_in_mail()
    client.post(address, CHOSEN)
    for answer in (StrictClient().get(address), StrictClient().post(address, CHOSEN)):
        assert answer.status_code == 410
        assert "You have an account already" in words(answer)
    assert User.objects.filter(email="rosa@example.org").count() == 1


def test_whoever_sends_a_taken_invitation_again_is_told_why_nothing_was_sent(client, office, invite, address_in_mail):
    invite()
    client.post(address_in_mail(), CHOSEN)
    told = words(again(office))
    assert "0 invitations were sent again." in told and "there is an account" in told


@pytest.mark.parametrize("password", [" " * 12, "a" * 20, "abab abab abab abab"])
def test_a_password_of_few_signs_is_refused(client, invite, address_in_mail, password):
    invite()
    answer = client.post(address_in_mail(), {"new_password1": password, "new_password2": password})
    assert "repeats the same few signs" in words(answer)
    assert not User.objects.filter(email="rosa@example.org").exists()


def test_an_invitation_ends_after_three_days(client, invite, address_in_mail, clock):
    invite()
    address = address_in_mail()
    now = timezone.now()
    clock(now + timedelta(days=2, hours=23))
    assert client.get(address).status_code == 200
    clock(now + timedelta(days=3, minutes=1))
    assert "This invitation has ended" in words(client.get(address))
    assert client.post(address, CHOSEN).status_code == 410
    assert not User.objects.filter(email="rosa@example.org").exists()


def test_sending_again_opens_anew_and_ends_the_message_before(client, office, invite, address_in_mail, mailoutbox):
    invite()
    first = address_in_mail()
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=4))
    assert "over: send it again" in words(office.get("/admin/accounts/invitation/"))
    assert "1 invitation was sent again." in words(again(office))
    second = address_in_mail()
    assert first != second
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_deleting_an_invitation_takes_it_back(client, office, invite, address_in_mail):
    invite()
    office.post(f"/admin/accounts/invitation/{Invitation.objects.get().pk}/delete/", {"post": "yes"})
    assert client.get(address_in_mail()).status_code == 410


def test_what_was_taken_is_not_sent_again(client, office, invite, address_in_mail, mailoutbox):
    invite()
    client.post(address_in_mail(), CHOSEN)
    sent = len(mailoutbox)
    assert "0 invitations were sent again." in words(again(office))
    assert len(mailoutbox) == sent


def test_an_address_that_has_an_account_is_refused_with_the_reason(office, invite, maria, mailoutbox):
    assert "There is an account with this address already." in words(invite("Maria@Example.org"))
    maria.is_active = False
    maria.save()
    assert "The account with this address is switched off." in words(invite("maria@example.org"))
    assert not mailoutbox and not Invitation.objects.exists()


def test_an_address_is_invited_once_at_a_time(invite, manager):
    invite()
    assert "This address is invited already." in words(invite("ROSA@example.org"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(email="rosa@example.org", group=Group.objects.first(), invited_by=manager)


def test_an_account_made_meanwhile_is_left_alone(client, invite, address_in_mail):
    invite()
    user = User.objects.create_user("rosa", "Rosa@example.org", "another password")
    assert client.post(address_in_mail(), CHOSEN).status_code == 410
    user.refresh_from_db()
    assert user.check_password("another password") and not user.is_staff


def test_whoever_left_invites_nobody(client, invite, manager, address_in_mail):
    invite()
    manager.is_active = False
    manager.save()
    assert client.get(address_in_mail()).status_code == 410


@pytest.mark.parametrize(
    "chosen",
    [("password12345",) * 2, ("quetzal garden", "another garden"), ("", ""), ("rosa@example.org",) * 2],
)
def test_a_password_that_will_not_do_is_asked_for_again(client, invite, address_in_mail, chosen):
    invite()
    response = client.post(address_in_mail(), {"new_password1": chosen[0], "new_password2": chosen[1]})
    assert response.status_code == 200
    assert "field--wrong" in words(response)
    assert not User.objects.filter(email="rosa@example.org").exists()


@pytest.mark.parametrize("key", ["x", "1.2:x", "1:x", "a.b.c:d", "%20", "1.1:" + "x" * 200])
def test_a_key_that_is_not_ours_opens_nothing(client, db, key):
    assert client.get(f"/accounts/invitation/{key}/").status_code == 410


@pytest.mark.parametrize("group", ["Writers", "Reviewers", "Librarians"])
def test_only_managers_invite(sign_in, group):
    client = sign_in(group)
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"email": "x@example.org"}).status_code == 403


def test_a_manager_makes_nobody_a_superuser(office, invite, client, address_in_mail):
    invite(group="Managers")
    client.post(address_in_mail(), CHOSEN | {"is_superuser": "1"})
    assert not User.objects.get(email="rosa@example.org").is_superuser


def test_invitations_of_long_ago_are_forgotten(client, invite, address_in_mail):
    invite()
    forget_invitations()
    assert Invitation.objects.exists()
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=31))
    forget_invitations()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("address", ["not a mail", ""])
def test_an_address_that_is_none_is_told_so_and_nothing_else(office, invite, address):
    User.objects.create_user("without-an-address")
    html = words(invite(address))
    assert "There is an account" not in html
    assert html.count('class="errorlist"') == 1
