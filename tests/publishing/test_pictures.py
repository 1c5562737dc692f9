"""Pictures in the library: what is taken, how it is stored, and what is refused in words."""

import hashlib
from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from publishing.models import Picture
from publishing.picture_files import FILE_NAME
from tests.pictures import decompression_bomb, picture_file, stored_picture

ADD = "/admin/publishing/picture/add/"


def test_the_public_gets_files_named_by_the_hash_of_their_content(db, client):
    picture = stored_picture(name="../../evil name.PHP")
    with closing(client.get(picture.image.url)) as response:
        assert response.status_code == 200
        data = b"".join(response.streaming_content)
    assert data.startswith(b"\x89PNG")
    assert picture.image.url == f"/media/pictures/{hashlib.sha256(data).hexdigest()[:32]}.png"
    assert response["Content-Type"] == "image/png"
    assert "immutable" in response["Cache-Control"]
    assert (picture.width, picture.height) == (40, 30)


def test_nginx_keeps_a_picture_for_a_minute_and_browsers_for_good(db, client, settings):
    address = stored_picture().image.url
    with closing(client.get(address)) as response:
        assert "X-Accel-Expires" not in response, "nobody in front would take it away"
    settings.PROXIES = 1
    with closing(client.get(address)) as response:
        assert response["X-Accel-Expires"] == "60"
        assert response["Cache-Control"] == "public, max-age=31536000, immutable, stale-if-error=86400"


def test_the_original_is_kept_as_it_came_and_served_to_nobody(db, client, staff_client):
    upload = picture_file(kind="JPEG")
    picture = Picture(title="A garden", image=upload)
    picture.save()
    upload.seek(0)
    with picture.image.open() as stored:
        assert stored.read() == upload.read()
    name = picture.image.name.removeprefix("originals/")
    assert FILE_NAME.fullmatch(name)
    for somebody in (client, staff_client):
        for path in (f"originals/{name}", f"pictures/{name}", f"pictures/../originals/{name}"):
            assert somebody.get(f"/media/{path}").status_code == 404, path


def test_the_ending_follows_the_content_not_the_name(db):
    assert stored_picture(name="photo.gif", kind="WEBP", color="red").image.name.endswith(".webp")


@pytest.mark.parametrize(
    "name", ["../settings.py", "x.png", "..%2f..%2fmanage.py", "0" * 32 + ".svg", "0" * 32 + ".png"]
)
def test_no_other_file_is_served(db, client, name):
    assert client.get(f"/media/pictures/{name}").status_code == 404


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("a.png", b"no picture at all"), "not a picture that we can show"),
        (SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 500), "damaged or cut off. Copy it again"),
        (SimpleUploadedFile("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'), "not a picture that we can show"),
        (SimpleUploadedFile("a.jpg", picture_file(kind="JPEG").read()[:-200]), "damaged or cut off. Copy it again"),
        (picture_file(kind="BMP", name="a.bmp"), "not a picture that we can show"),
        (decompression_bomb(), "too many points to unpack"),
    ],
    ids=["words", "broken", "svg", "cut off", "bmp", "bomb"],
)
def test_what_is_no_picture_is_refused_in_words_and_the_form_is_kept(staff_client, upload, sentence):
    response = staff_client.post(ADD, {"title": "A school garden", "credit": "Somebody", "image": upload})
    assert response.status_code == 200
    html = response.content.decode()
    assert sentence in html
    assert 'value="A school garden"' in html
    assert not Picture.objects.exists()


def test_a_good_file_that_comes_with_a_fault_elsewhere_has_to_be_chosen_again_and_the_form_says_so(staff_client):
    response = staff_client.post(ADD, {"title": "", "image": picture_file()})
    assert "This file came, but was not kept. Choose it again" in response.content.decode()
    assert "was not kept" not in staff_client.post(ADD, {"title": ""}).content.decode()
    assert not Picture.objects.exists()


def test_a_file_over_the_limit_is_refused_before_it_is_read(staff_client, settings):
    settings.PICTURE_MAX_BYTES = 100
    response = staff_client.post(ADD, {"title": "A school garden", "image": picture_file(size=(400, 400))})
    assert "Save a smaller copy" in response.content.decode()


def test_a_picture_in_use_cannot_be_deleted(staff_client, make_page):
    from pages.models import PictureBlock

    picture = stored_picture()
    PictureBlock.objects.create(parent=make_page("Gardens"), region="main", picture=picture, alt_text="A garden")
    staff_client.post(f"/admin/publishing/picture/{picture.pk}/delete/", {"post": "yes"})
    assert Picture.objects.filter(pk=picture.pk).exists()
