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


def test_an_old_address_leads_readers_of_spanish_to_its_page_in_their_language(make_page, client):
    make_redirect("/about/mission.aspx", page=make_page("Vision"))
    make_redirect("/elsewhere.aspx", new_address="https://elsewhere.example/")
    for asked, location in (
        ("/es/about/mission.aspx", "/es/vision/"),
        ("/es/elsewhere.aspx", "https://elsewhere.example/"),
    ):
        response = client.get(asked)
        assert (response.status_code, response["Location"]) == (301, location)
    assert client.get("/es/nowhere.aspx").status_code == 404


def test_an_old_address_of_a_spanish_page_that_has_gone_leads_not_to_itself(make_page, client):
    make_redirect("/x/", new_address="/es/")
    Redirect.objects.update(new_address="/es/x/")  # as of a page that was deleted later
    assert client.get("/es/x/").status_code == 404


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
    Redirect.objects.create(old_path="/a/", new_address="/b/")
    Redirect.objects.create(old_path="/b/", new_address="/c/")
    with pytest.raises(ValidationError, match=r"circle|already exists"):
        make_redirect(old, new_address=new)


def test_a_redirect_from_the_address_of_its_own_page_is_refused(make_page):
    with pytest.raises(ValidationError, match="circle"):
        make_redirect("/vision/", page=make_page("Vision"))


@pytest.mark.parametrize("old", ["about", "//evil.example/", "/a/?x=1", "/a/#b", ""])
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


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/about/#goals", "/about/?a=1#goals"),
        ("/about/", "/about/?a=1"),
        ("/about/?b=2#goals", "/about/?b=2#goals"),
        ("https://www.example.org/x#y", "https://www.example.org/x?a=1#y"),
    ],
)
@pytest.mark.parametrize("old", ["/old.aspx", "/blog/2001/old.aspx"])
def test_the_query_stands_before_the_fragment(client, db, old, target, location):
    Redirect.objects.create(old_path=old, new_address=target)
    assert client.get(f"{old}?a=1")["Location"] == location


@pytest.mark.parametrize("typed", ["/About Us/La misión.aspx", "/about%20us/la%20misi%C3%B3n.aspx"])
@pytest.mark.parametrize(
    "asked", ["/About%20Us/La%20misi%C3%B3n.aspx", "/about us/la misión.aspx", "/about%20us/la%20misio%CC%81n.aspx"]
)
def test_an_old_address_may_hold_any_letters_and_be_typed_either_way(client, db, typed, asked):
    redirect = make_redirect(typed, new_address="/search/")
    assert redirect.old_path == "/about us/la misión.aspx"
    assert client.get(asked)["Location"] == "/search/"


@pytest.mark.parametrize("old", ["/a%0Ab", "/a%00", "/%ff", "/%2Fevil.example/", "/a\tb", "/" + "İ" * 700])
def test_what_no_address_can_hold_is_refused_as_an_old_one(db, old):
    with pytest.raises(ValidationError):
        make_redirect(old, new_address="/search/")


@pytest.mark.parametrize("target", ["/a%00", "/%ff", "/a%20b/"])
def test_a_target_may_be_written_in_any_way(db, client, target):
    Redirect.objects.create(old_path="/old/", new_address=target)
    assert client.get("/old/")["Location"] == target
