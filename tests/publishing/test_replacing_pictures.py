"""Another file in the place of a picture: who may put it there, and the way back."""

import io
from contextlib import closing
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from pages.models import PictureBlock
from publishing import daily
from publishing.models import ContentVersion, Picture
from publishing.publish import ensured_revision
from publishing.workflow import approve
from tests.drafts import fields_of, save_draft
from tests.library import publish_work
from tests.pictures import picture_file, stored_picture


@pytest.fixture
def picture(db):
    return stored_picture()


@pytest.fixture
def page(make_page, picture):
    """A public page that shows the picture."""
    page = make_page("Gardens")
    PictureBlock.objects.create(parent=page, region="main", picture=picture, alt_text="A garden", ordering=10)
    return page


def change(client, picture, follow=True, **fields):
    """Open the form of a picture, change fields, save."""
    address = f"/admin/publishing/picture/{picture.pk}/change/"
    data = fields_of(client.get(address).content.decode())
    return client.post(address, data | fields, follow=follow)


def seen(client, address="/gardens/"):
    """What readers get of a page: its HTML, and the version of the content."""
    return client.get(address).content, ContentVersion.current()


@pytest.mark.parametrize("fields", [{"image": picture_file(color="red")}, {"credit": "Somebody"}, {"focus_x": "10"}])
def test_a_writer_changes_nothing_that_readers_see_and_keeps_what_she_sent(sign_in, client, page, picture, fields):
    writer, before = sign_in("Writers"), picture.image.name
    html = client.get("/gardens/").content
    response = change(writer, picture, title="The same, but better", **fields)
    assert client.get("/gardens/").content == html
    stored = Picture.objects.get(pk=picture.pk)
    assert (stored.image.name, stored.title, stored.credit, stored.focus_x) == (before, "A garden", "", 50)
    kept = Picture.objects.exclude(pk=picture.pk).get()
    assert kept.title == "The same, but better"
    assert (kept.image.name == before) == ("image" not in fields)
    assert [kept.credit, kept.focus_x] == [fields.get("credit", ""), int(fields.get("focus_x", 50))]
    assert response.redirect_chain[-1][0] == f"/admin/publishing/picture/{kept.pk}/change/"
    assert "Readers see this picture, so it has stayed as it is" in response.content.decode()


def test_the_form_says_so_before_she_changes_anything(sign_in, page, picture):
    address = f"/admin/publishing/picture/{picture.pk}/change/"
    sentence = "Readers see this picture, and you may not publish where it is shown."
    assert sentence in sign_in("Writers").get(address).content.decode()
    assert sentence not in sign_in("Reviewers").get(address).content.decode()


def test_the_form_names_no_file_of_ours(staff_client, picture):
    html = staff_client.get(f"/admin/publishing/picture/{picture.pk}/change/").content.decode()
    assert picture.image.name not in html
    assert 'type="file"' in html


def test_the_words_by_which_staff_find_a_picture_are_hers_to_change(sign_in, page, picture):
    change(sign_in("Writers"), picture, title="A school garden")
    assert list(Picture.objects.values_list("title", flat=True)) == ["A school garden"]


@pytest.mark.parametrize("group", ["Reviewers", "Managers"])
def test_whoever_may_publish_the_page_puts_another_file_in_its_place(sign_in, client, page, picture, group):
    before = seen(client)
    change(sign_in(group), picture, image=picture_file(color="red"))
    assert Picture.objects.count() == 1
    assert seen(client) != before


def test_a_librarian_replaces_the_picture_of_a_work_and_not_that_of_a_page(sign_in, page, picture):
    librarian = sign_in("Librarians")
    change(librarian, picture, image=picture_file(color="red"))
    assert Picture.objects.count() == 2
    cover = stored_picture("A cover", color="blue")
    publish_work("Toolkit", picture_id=cover.pk)
    change(librarian, cover, image=picture_file(color="yellow"))
    assert Picture.objects.count() == 3


def test_a_picture_that_only_drafts_show_is_hers(sign_in, make_page, picture):
    PictureBlock.objects.create(
        parent=make_page("Idea", published_at=None), region="main", picture=picture, alt_text="A garden"
    )
    change(sign_in("Writers"), picture, image=picture_file(color="red"))
    assert Picture.objects.count() == 1


@pytest.mark.parametrize("how", ["scheduled", "approved"])
def test_what_is_approved_for_a_moment_stays_as_it_was_approved(sign_in, editor, make_page, page, picture, how):
    PictureBlock.objects.all().delete()
    row = {"id": "7c8e29cf-6a4c-4a5f-93f5-3d0c1a2b4e11", "region": "main", "ordering": 10, "picture_id": picture.pk}
    row |= {"alt_text": "A garden", "is_decorative": False, "caption": ""}
    item = page if how == "approved" else make_page("Idea", published_at=None)
    draft = save_draft(item, lambda data: data["parts"].update({"pages.pictureblock": [row]}), summary="Soon.")
    approve(draft, at=timezone.now() + timedelta(days=1), by=editor)
    change(sign_in("Writers"), picture, image=picture_file(color="red"))
    assert Picture.objects.count() == 2


def test_the_earlier_file_is_put_back_in_one_step(staff_client, client, page, picture):
    before = client.get("/gardens/").content
    change(staff_client, picture, image=picture_file(color="red"))
    assert client.get("/gardens/").content != before
    change(staff_client, picture, put_back="on")
    assert client.get("/gardens/").content == before
    change(staff_client, picture, put_back="on")  # the one that was put back has an earlier one, too
    assert client.get("/gardens/").content != before
    with closing(client.get(Picture.objects.get().image.url)) as response:
        assert response.status_code == 200


def test_the_choice_is_offered_where_there_is_an_earlier_file_and_forged_nowhere_else(
    staff_client, sign_in, page, picture
):
    address = f"/admin/publishing/picture/{picture.pk}/change/"
    assert "put_back" not in staff_client.get(address).content.decode()
    change(staff_client, picture, put_back="on")
    assert Picture.objects.get().image.name == picture.image.name
    change(staff_client, picture, image=picture_file(color="red"))
    assert "put_back" in staff_client.get(address).content.decode()
    writer = sign_in("Writers")
    assert "put_back" not in writer.get(address).content.decode()
    change(writer, picture, put_back="on")
    assert Picture.objects.get().image.name != picture.image.name


def test_a_new_file_and_the_earlier_one_cannot_be_asked_for_at_once(staff_client, picture):
    change(staff_client, picture, image=picture_file(color="red"))
    response = change(staff_client, picture, put_back="on", image=picture_file(color="blue"))
    assert "Choose one: another file, or the earlier one." in response.content.decode()


def test_an_earlier_file_that_is_gone_is_said_to_be_gone(staff_client, picture):
    change(staff_client, picture, image=picture_file(color="red"))
    default_storage.delete(Picture.objects.get().earlier_image)
    response = change(staff_client, picture, put_back="on")
    assert "The earlier file is not there any more." in response.content.decode()


def test_the_earlier_file_is_served_to_nobody_and_deleted_for_good_after_its_days(
    staff_client, client, picture, django_capture_on_commit_callbacks, clock
):
    first, address = picture.image.name, picture.image.url
    with django_capture_on_commit_callbacks(execute=True):
        change(staff_client, picture, image=picture_file(color="red"))
    assert client.get(address).status_code == 404
    assert default_storage.exists(first)
    with django_capture_on_commit_callbacks(execute=True):
        daily.run()
    assert default_storage.exists(first)
    clock(timezone.now() + timedelta(days=30, minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        daily.run()
    assert not default_storage.exists(first)
    assert "put_back" not in staff_client.get(f"/admin/publishing/picture/{picture.pk}/change/").content.decode()


def test_one_earlier_file_is_kept_and_files_that_another_picture_holds_stay(
    staff_client, picture, django_capture_on_commit_callbacks
):
    first, twin = picture.image.name, stored_picture("The same once more")
    with django_capture_on_commit_callbacks(execute=True):
        change(staff_client, picture, image=picture_file(color="red"))
        second = Picture.objects.get(pk=picture.pk).image.name
        change(staff_client, picture, image=picture_file(color="blue"))
    assert default_storage.exists(first)  # it is the twin's
    with django_capture_on_commit_callbacks(execute=True):
        twin.delete()
    assert not default_storage.exists(first)
    assert default_storage.exists(second)
    with django_capture_on_commit_callbacks(execute=True):
        Picture.objects.get().delete()
    assert not default_storage.exists(second)


def test_a_draft_with_her_picture_shows_it_to_readers_when_somebody_publishes(
    sign_in, staff_client, client, page, picture
):
    change(sign_in("Writers"), picture, image=picture_file(color="red"))
    hers = Picture.objects.exclude(pk=picture.pk).get()

    def show_hers(data):
        data["parts"]["pages.pictureblock"][0]["picture_id"] = hers.pk

    save_draft(page, show_hers)
    before = client.get("/gardens/").content
    revision = ensured_revision(page)
    staff_client.post(f"/admin/pages/page/{page.pk}/publish/", {"_revision": revision.pk})
    after = client.get("/gardens/").content
    assert after != before
    assert hers.image.url.encode() in after


def test_a_file_that_was_replaced_while_old_ones_are_deleted_can_still_be_put_back(
    staff_client, picture, django_capture_on_commit_callbacks
):
    change(staff_client, picture, image=picture_file(color="red"))
    second = Picture.objects.get(pk=picture.pk).image.name
    read_before = list(Picture.objects.replaced_before(timezone.now() + timedelta(days=1)))
    change(staff_client, picture, image=picture_file(color="blue"))
    with (
        patch.object(Picture.objects, "replaced_before", return_value=read_before),
        django_capture_on_commit_callbacks(execute=True),
    ):
        daily.run()
    assert Picture.objects.get(pk=picture.pk).earlier_image == second
    assert default_storage.exists(second)


def test_another_focus_gives_the_copy_a_small_picture_of_its_own(sign_in, page):
    flag = Image.new("RGB", (400, 100), "green")
    flag.paste("red", (200, 0, 400, 100))
    data = io.BytesIO()
    flag.save(data, "PNG")
    wide = Picture.objects.create(title="Wide", image=SimpleUploadedFile("flag.png", data.getvalue()))
    PictureBlock.objects.create(parent=page, region="main", picture=wide, alt_text="A garden", ordering=20)
    change(sign_in("Writers"), wide, focus_x="0")
    kept = Picture.objects.exclude(pk=wide.pk).get(title="Wide")
    assert kept.thumbnail != wide.thumbnail
