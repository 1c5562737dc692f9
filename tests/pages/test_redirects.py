import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages.models import Page, Redirect


def make_redirect(old, **target):
    redirect = Redirect(old_path=old, **target)
    redirect.full_clean()
    redirect.save()
    return redirect


@pytest.mark.parametrize("asked", ["/about/mission.aspx", "/About/Mission.ASPX"])
def test_an_old_address_leads_to_its_page_in_any_case(make_page, client, asked):
    make_redirect("/about/Mission.aspx", page=make_page("Vision"))
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, "/vision/")


def test_a_redirect_to_a_page_that_is_not_public_leads_nowhere(make_page, client):
    page = make_page("Vision")
    make_redirect("/old/", page=page)
    Page.objects.filter(pk=page.pk).update(published_at=None)
    assert client.get("/old/").status_code == 404


def test_a_public_page_wins_over_a_redirect(make_page, client):
    make_page("Vision")
    Redirect.objects.create(old_path="/vision/", new_address="/search/")  # the form refuses it
    assert client.get("/vision/").status_code == 200


@pytest.mark.parametrize(
    ("old", "new"), [("/a/", "/a/"), ("/c/", "/a/"), ("/c/", "/A/#top"), ("/c/", "/b/?x=1")]
)  # fmt: skip
def test_a_circle_is_refused(db, old, new):
    make_redirect("/a/", new_address="/b/")
    make_redirect("/b/", new_address="/c/")
    with pytest.raises(ValidationError, match=r"circle|already exists"):
        make_redirect(old, new_address=new)


def test_a_redirect_from_the_address_of_its_own_page_is_refused(make_page):
    with pytest.raises(ValidationError, match="circle"):
        make_redirect("/vision/", page=make_page("Vision"))


@pytest.mark.parametrize("old", ["about", "//evil.example/", "/a b/", "/a/?x=1", "/a/#b", ""])
def test_an_old_address_is_a_plain_path(db, old):
    with pytest.raises(ValidationError):
        make_redirect(old, new_address="/search/")


def test_a_redirect_has_one_target(make_page):
    page = make_page("Vision", published_at=timezone.now())
    for target in ({}, {"page": page, "new_address": "/search/"}):
        with pytest.raises(ValidationError, match="one of the two"):
            make_redirect("/old/", **target)


@pytest.mark.parametrize("old", ["/partners/", "/search/", "/admin/", "/es/socios/", "/resources/publications/"])
def test_a_redirect_where_readers_find_something_is_refused(make_page, old):
    page = make_page("Partners")
    make_page("Socios", language="es", translation_of=page)
    with pytest.raises(ValidationError, match="Readers find something at"):
        Redirect(old_path=old, new_address="/elsewhere/").full_clean()


def test_a_redirect_from_the_address_of_a_page_that_is_not_public_is_taken(make_page):
    make_page("Partners", published_at=None)
    Redirect(old_path="/partners/", new_address="/search/").full_clean()
