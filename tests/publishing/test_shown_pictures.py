"""Pictures where they are shown: on a page, with another file in their place, and in the library of the staff."""

from django.core.files.storage import default_storage

from pages.models import PictureBlock
from publishing import renditions
from publishing.models import ContentVersion, Picture
from tests.pictures import picture_file
from tests.publishing.photographs import corner, halves, images, near, stored
from tests.whole_site.reading import Reading


def show(page, picture, ordering=10, **values):
    values = {"alt_text": "A garden"} | values
    return PictureBlock.objects.create(parent=page, region="main", ordering=ordering, picture=picture, **values)


def test_a_page_offers_the_better_formats_first_and_their_sizes(page, client):
    picture = stored(halves((1000, 600)))
    show(page, picture)
    html = client.get("/partners/").content.decode()
    sources = Reading(html.encode()).all("source")
    assert [source.get("type") for source in sources] == ["image/avif", "image/webp"]
    for source in sources:
        assert source.get("sizes")
        parts = [part.split() for part in source.get("srcset").split(", ")]
        assert [width for _url, width in parts] == ["400w", "800w", "1000w"]
        for url, _width in parts:
            response = client.get(url)
            assert response["Content-Type"] == source.get("type")
            assert b"".join(response)
    assert f'src="{picture.image.url}" width="1000" height="600" alt="A garden"' in html


def test_only_a_picture_near_the_top_is_loaded_at_once(page, client):
    for ordering in (10, 20, 30, 40):
        show(page, stored(halves((40, 20 + ordering))), ordering)
    html = client.get("/partners/").content
    assert [image.get("loading") for image in Reading(html).all("img")] == ["eager", "eager", "lazy", "lazy"]


def test_pictures_side_by_side_make_one_row(page, client):
    show(page, stored(halves((40, 30))), 10)
    assert b"figure-row" not in client.get("/partners/").content
    show(page, stored(halves((40, 31))), 20)
    html = client.get("/partners/").content
    assert html.count(b"figure-row") == 1 and html.count(b"<figure") == 2


def test_a_page_with_pictures_opens_no_file(page, client, monkeypatch):
    show(page, stored(halves()))
    for name in ("_open", "exists", "size", "path"):
        monkeypatch.setattr(default_storage._wrapped, name, None)
    assert b"<picture>" in client.get("/partners/").content


# In place of another


def test_another_file_takes_the_place_of_a_picture_wherever_it_is_shown(
    page, client, staff_client, django_capture_on_commit_callbacks
):
    picture = stored(halves())
    show(page, picture)
    old, version = picture.public_names, ContentVersion.current()
    with django_capture_on_commit_callbacks(execute=True):
        upload = picture_file(kind="JPEG", size=(900, 500), color="yellow")
        fields = {"title": "A garden", "image": upload, "focus_x": 50, "focus_y": 50}
        response = staff_client.post(f"/admin/publishing/picture/{picture.pk}/change/", fields)
    assert response.status_code == 302
    now = Picture.objects.get(pk=picture.pk)
    assert (now.width, now.height) == (900, 500)
    assert not now.public_names & old
    assert now.image.url in client.get("/partners/").content.decode()
    assert ContentVersion.current() > version
    assert all(client.get(f"/media/pictures/{name}").status_code == 404 for name in old)
    assert all(near(corner(image, (2, 2)), (255, 255, 0)) for image in images(client, now))


def test_files_that_another_picture_has_too_stay(db, client, django_capture_on_commit_callbacks):
    picture, twin = stored(halves()), stored(halves())
    assert picture.public_names == twin.public_names
    with django_capture_on_commit_callbacks(execute=True):
        picture.delete()
    assert images(client, twin)
    with twin.image.open() as original:
        assert original.read()
    original, names = twin.image.name, twin.public_names
    with django_capture_on_commit_callbacks(execute=True):
        twin.delete()
    assert not default_storage.exists(original)
    assert all(client.get(f"/media/pictures/{name}").status_code == 404 for name in names)


def test_a_change_of_words_makes_no_new_files(db, monkeypatch):
    picture = stored(halves())
    monkeypatch.setattr(renditions, "open_upright", None)
    picture.title = "Another title"
    picture.save()
    assert Picture.objects.get(pk=picture.pk).title == "Another title"


# The library


def test_the_library_shows_small_squares_and_sizes_and_finds_by_words(staff_client, make_page):
    picture = stored(halves())
    html = staff_client.get("/admin/publishing/picture/?q=garden").content.decode()
    assert f'src="{picture.thumbnail_url}" width="80" height="80"' in html
    assert "1000 × 600" in html
    assert picture.thumbnail_url not in staff_client.get("/admin/publishing/picture/?q=zeppelin").content.decode()


def test_the_form_shows_the_picture_and_takes_the_focus_without_a_script(staff_client):
    picture = stored(halves())
    html = staff_client.get(f"/admin/publishing/picture/{picture.pk}/change/").content.decode()
    assert 'data-focus="#id_focus_x #id_focus_y"' in html
    assert 'name="focus_x" value="50"' in html
    assert "Save draft" not in html and "deletelink" in html  # a picture has no drafts
    assert "js/admin_focus" in html
    assert "data-focus" not in staff_client.get("/admin/publishing/picture/add/").content.decode()


def test_the_focus_is_a_percentage(staff_client):
    picture = stored(halves())
    address = f"/admin/publishing/picture/{picture.pk}/change/"
    wrong = {"title": "A garden", "focus_x": 101, "focus_y": -1}
    assert "not larger than 100" in staff_client.post(address, wrong).content.decode()
    staff_client.post(address, {"title": "A garden", "focus_x": 0, "focus_y": 100})
    assert Picture.objects.get(pk=picture.pk).focus == (0, 100)
