"""“Used in …”: nobody takes away what others show or link to without being told."""

import pytest
from django.db.models import ProtectedError

from pages.models import CallOut, LinkBlock, MenuItem, Page, PictureBlock, Redirect, RichText, Statement
from publishing.models import Picture, Revision
from publishing.publish import ensured_revision, publish
from publishing.revisions import add_revision
from publishing.snapshots import part_fields, row_data
from publishing.workflow import approve
from tests.conftest import save_page
from tests.drafts import save_draft
from tests.library import saved
from tests.pictures import stored_picture

LIBRARY = "/admin/publishing/picture/"


@pytest.fixture
def picture(db):
    return stored_picture()


@pytest.fixture(scope="module")
def pages(kept_for_the_module):
    """Two pages, one of them below another, written once for all tests: their keys by their titles."""
    partners = save_page("Partners", parent=save_page("About us", slug="about"))
    return {page.title: page.pk for page in (save_page("Gardens"), partners)}


@pytest.fixture
def garden(pages, db):
    return Page.objects.get(pk=pages["Gardens"])


def show(page, picture):
    return PictureBlock.objects.create(parent=page, region="main", ordering=10, picture=picture, alt_text="A garden")


def draft_with(page, picture, **values):
    row = row_data(
        PictureBlock(region="main", ordering=10, picture=picture, alt_text="A garden"), part_fields(PictureBlock)
    )
    return save_draft(page, lambda data: data["parts"]["pages.pictureblock"].append(row), **values)


def draft_without(page):
    return save_draft(page, lambda data: data["parts"]["pages.pictureblock"].clear())


def labels(thing):
    return [use.label for use in thing.used_in()]


# Pictures


def test_a_picture_knows_the_live_pages_that_show_it(picture, garden, make_page):
    make_page("Other")
    show(garden, picture)
    show(garden, picture)
    assert [use.url for use in picture.used_in()] == [f"/admin/pages/page/{garden.pk}/change/"]
    assert labels(picture) == ["“Gardens” (page, Live)"]


def test_a_picture_knows_the_drafts_that_show_it(picture, garden):
    draft_with(garden, picture, title="New gardens")
    assert labels(picture) == ["“New gardens” (page, draft)"]
    draft_without(garden)
    assert labels(picture) == []


def test_a_page_that_shows_it_in_public_and_in_its_draft_counts_once(picture, garden):
    show(garden, picture)
    ensured_revision(garden)
    assert labels(picture) == ["“Gardens” (page, Live)"]
    draft_without(garden)
    assert labels(picture) == ["“Gardens” (page, Live)"]


def test_another_picture_in_a_draft_does_not_count(picture, garden):
    other = stored_picture(title="Another", color="red")
    draft_with(garden, other)
    assert labels(picture) == []


def test_a_text_kept_beside_the_line_does_not_hide_the_draft(picture, garden):
    newest = draft_with(garden, picture)
    add_revision(Page, garden.pk, newest.data, base=newest, is_parked=True)
    assert labels(picture) == ["“Gardens” (page, draft)"]


def test_a_text_approved_for_a_moment_counts_though_a_later_draft_does_not_show_it(picture, garden, editor):
    from datetime import timedelta

    from django.utils import timezone

    approve(draft_with(garden, picture), at=timezone.now() + timedelta(days=1), by=editor)
    draft_without(garden)
    assert labels(picture) == ["“Gardens” (page, draft)"]


def test_a_deleted_page_that_can_be_brought_back_keeps_its_pictures(picture, garden):
    draft_with(garden, picture)
    garden.delete()
    assert labels(picture) == ["“Gardens” (page, deleted; it can be brought back)"]
    assert picture.used_in()[0].url == ""


def test_the_form_of_a_picture_says_where_it_is_used(staff_client, picture, garden):
    assert "Nothing shows it." in staff_client.get(f"{LIBRARY}{picture.pk}/change/").content.decode()
    show(garden, picture)
    html = staff_client.get(f"{LIBRARY}{picture.pk}/change/").content.decode()
    assert f'<div><a href="/admin/pages/page/{garden.pk}/change/">“Gardens” (page, Live)</a></div>' in html


@pytest.mark.parametrize("use", [show, draft_with])
def test_a_picture_in_use_is_not_deleted_and_it_says_why(staff_client, picture, garden, use):
    use(garden, picture)
    for answer in (
        staff_client.get(f"{LIBRARY}{picture.pk}/delete/"),
        staff_client.post(f"{LIBRARY}{picture.pk}/delete/", {"post": "yes"}),
    ):
        html = answer.content.decode()
        assert "cannot be deleted while something shows it" in html
        assert f'href="/admin/pages/page/{garden.pk}/change/"' in html
    selected = {"action": "delete_selected", "_selected_action": picture.pk, "post": "yes"}
    assert "Gardens" in staff_client.post(LIBRARY, selected).content.decode()
    with pytest.raises(ProtectedError, match="Gardens"):
        picture.delete()
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_picture_that_nothing_shows_can_be_deleted(staff_client, picture, garden):
    assert "Are you sure" in staff_client.get(f"{LIBRARY}{picture.pk}/delete/").content.decode()
    staff_client.post(f"{LIBRARY}{picture.pk}/delete/", {"post": "yes"})
    assert not Picture.objects.exists()


def test_pictures_can_be_deleted_together(staff_client, picture):
    other = stored_picture(title="Another", color="red")
    selected = {"action": "delete_selected", "_selected_action": [picture.pk, other.pk], "post": "yes"}
    assert staff_client.post(LIBRARY, selected).status_code == 302
    assert not Picture.objects.exists()


def test_an_old_version_may_show_a_picture_that_is_gone(staff_client, picture, garden):
    old = draft_with(garden, picture)
    draft_without(garden)
    picture.delete()
    assert staff_client.get(f"/admin/pages/page/{garden.pk}/preview/{old.pk}/").status_code == 200


def test_the_use_of_a_picture_costs_no_more_queries_with_more_pages(picture, make_page, django_assert_num_queries):
    for number in range(30):
        draft_with(make_page(f"Page {number}"), picture) if number % 2 else show(make_page(f"Page {number}"), picture)
        if number in (2, 29):
            with django_assert_num_queries(6):  # what is live of each of four kinds, drafts, the pages of the drafts
                assert len(picture.used_in()) == number + 1
    assert Revision.objects.public_next().naming(picture).count() == 15


# Pages


@pytest.fixture
def target(pages, db):
    return Page.objects.get(pk=pages["Partners"])


@pytest.mark.parametrize(
    ("address", "counts"),
    [
        ("/about/partners/", True),
        ("/about/partners", True),
        ("/about/partners/#list", True),
        ("/about/partners/?a=1&b=2", True),
        ("https://www.example.org/about/partners/", True),
        ("/about/partners/more/", False),
        ("/about/partnersXYZ/", False),
        ("/xx/about/partners/", False),
        ("https://other.example/about/partners/", False),
    ],
)
@pytest.mark.parametrize("kind", [RichText, CallOut, Statement, LinkBlock])
def test_a_page_knows_who_links_to_it(target, garden, address, counts, kind):
    words = {
        RichText: {"text": f'<p>See <a href="{address.replace("&", "&amp;")}">them</a></p>'},
        CallOut: {"text": f'<p>See <a href="{address.replace("&", "&amp;")}">them</a></p>'},
        Statement: {"heading": "See", "address": address},
        LinkBlock: {"label": "See", "address": address},
    }[kind]
    kind.objects.create(parent=garden, region="main", ordering=10, **words)
    assert labels(target) == (["“Gardens” (page)"] if counts else [])


def test_words_that_only_look_like_an_address_do_not_count(target, garden):
    RichText.objects.create(parent=garden, region="main", ordering=10, text="<p>Write /about/partners/ here</p>")
    assert labels(target) == []


def test_a_page_that_is_not_public_and_the_page_itself_do_not_count(target, make_page):
    for page in (target, make_page("Hidden", published_at=None)):
        LinkBlock.objects.create(parent=page, region="main", ordering=10, label="See", address="/about/partners/")
    assert labels(target) == []


def test_lines_of_menus_and_redirects_count(target):
    MenuItem.objects.create(menu="footer", label="Our partners", page=target)
    MenuItem.objects.create(menu="footer", label="By address", address="/about/partners/")
    Redirect.objects.create(old_path="/partners.aspx", page=target)
    Redirect.objects.create(old_path="/friends", new_address="/about/partners/#list")
    Redirect.objects.create(old_path="/other", new_address="/about/")
    assert labels(target) == [
        "“Our partners” (menu item)",
        "“By address” (menu item)",
        "“/friends” (redirect)",
        "“/partners.aspx” (redirect)",
    ]


def test_the_front_page_is_linked_by_a_single_slash(home, garden):
    LinkBlock.objects.create(parent=garden, region="main", ordering=10, label="Partners", address="/about/")
    assert labels(home) == []
    LinkBlock.objects.create(parent=garden, region="main", ordering=20, label="Home", address="/")
    assert labels(home) == ["“Gardens” (page)"]


def test_a_new_page_without_an_address_is_used_nowhere(db):
    assert Page.create_stub().used_in() == []


@pytest.mark.parametrize("step", ["retire", "delete"])
def test_before_it_goes_offline_or_away_the_admin_says_who_links_to_it(staff_client, target, garden, step):
    address = f"/admin/pages/page/{target.pk}/{step}/"
    assert "used-in" not in staff_client.get(address).content.decode()
    LinkBlock.objects.create(parent=garden, region="main", ordering=10, label="See", address="/about/partners/")
    html = staff_client.get(address).content.decode()
    assert f'<li><a href="/admin/pages/page/{garden.pk}/change/">“Gardens” (page)</a></li>' in html
    assert "used-in" not in staff_client.get(address.replace(step, "comment")).content.decode()


def test_a_page_with_links_to_it_can_still_be_taken_offline(staff_client, target, garden):
    LinkBlock.objects.create(parent=garden, region="main", ordering=10, label="See", address="/about/partners/")
    staff_client.post(f"/admin/pages/page/{target.pk}/retire/", {"note": ""})
    assert not Page.objects.get(pk=target.pk).is_public


def test_publishing_a_draft_with_a_picture_that_is_gone_is_refused_in_words(picture, garden):
    from publishing.publish import NotReady

    draft = draft_with(garden, picture)
    Picture.objects.all()._raw_delete("default")  # by somebody at the database
    with pytest.raises(NotReady):
        publish(draft)


def test_a_record_of_another_kind_with_the_same_key_is_not_meant(db):
    """Entries and publications both have a field “series”, which leads to different kinds."""
    from blog.models import Entry
    from blog.models import Series as SeriesOfEntries
    from resources.models import Series as SeriesOfWorks
    from tests.articles import draft_of

    of_entries = saved(SeriesOfEntries(pk=9_001, label="Core values"))
    of_works = saved(SeriesOfWorks(pk=9_001, label="Occasional papers"))
    draft = draft_of(Entry, "Partners first", series_id=of_entries.pk)
    assert list(Revision.objects.naming(of_entries)) == [draft]
    assert not Revision.objects.naming(of_works).exists()
