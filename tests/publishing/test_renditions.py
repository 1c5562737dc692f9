"""What the public gets of a picture: several sizes, upright, in true colors, without what a camera wrote into it."""

import io

import pytest
from PIL import ExifTags, Image, ImageCms

from publishing import renditions
from publishing.models import Picture
from tests.publishing.photographs import BLUE, RED, corner, halves, images, near, served, stored

SECRET = b"Zanzibarnik"


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((3000, 2000), [400, 800, 1200, 1600]),
        ((1000, 600), [400, 800, 1000]),
        ((400, 300), [400]),
        ((401, 300), [400, 401]),
        ((1, 1), [1]),
        ((5, 4000), [5]),
    ],
)
def test_there_are_the_usual_widths_and_none_above_its_own(db, client, size, widths):
    picture = stored(halves(size))
    assert (picture.width, picture.height) == size
    for ending in ("avif", "webp", "jpg"):
        assert [r["width"] for r in picture.renditions if r["format"] == ending] == widths
    for rendition, data in served(client, picture):
        assert Image.open(io.BytesIO(data)).size == (rendition["width"], rendition["height"])


def test_a_picture_as_high_as_a_tower_gets_no_file_that_programs_refuse(db, client):
    picture = stored(Image.new("L", (60, 40_000)), "PNG")
    assert max(image.height for image in images(client, picture)) <= renditions.TALLEST
    assert (picture.width, picture.height) == (60, 40_000)


def notes_of_a_camera(orientation=1):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (38.0, 54.0, 12.0), 29: SECRET.decode()}
    )
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_file_that_is_served_says_where_or_by_whom_it_was_taken(db, client, kind):
    options = {"exif": notes_of_a_camera()}
    if kind == "JPEG":
        options |= {"comment": SECRET, "xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"}
    picture = stored(halves(), kind, **options)
    with picture.image.open() as original:
        data = original.read()
        assert SECRET in data
        assert Image.open(io.BytesIO(data)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    for rendition, data in served(client, picture):
        shown = Image.open(io.BytesIO(data))
        assert SECRET not in data and b"xmpmeta" not in data and b"Exif" not in data, rendition
        assert not dict(shown.getexif()), rendition
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(shown.info), rendition


@pytest.mark.parametrize(("orientation", "red_at"), [(1, (5, 5)), (3, (-5, 5)), (6, (5, 5)), (8, (5, -5))])
def test_it_stands_upright_as_the_camera_was_held(db, client, orientation, red_at):
    picture = stored(halves((1000, 600)), exif=notes_of_a_camera(orientation))
    assert (picture.width, picture.height) == ((600, 1000) if orientation > 4 else (1000, 600))
    for image in images(client, picture)[:-1]:
        assert (image.width < image.height) == (orientation > 4)
        x, y = (place % size for place, size in zip(red_at, image.size, strict=True))
        assert near(corner(image, (x, y)), RED)
        assert near(corner(image, (image.width - 1 - x, image.height - 1 - y)), BLUE)


def test_broken_notes_of_a_camera_do_not_matter(db, client):
    picture = stored(halves(), exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff\x01\x12broken")
    assert all(near(corner(image, (2, 2)), RED) for image in images(client, picture))


def test_what_shines_through_still_does(db, client):
    image = halves((500, 300), "RGBA", ((230, 20, 20, 255), (0, 0, 0, 0)))
    picture = stored(image, "PNG")
    assert {r["format"] for r in picture.renditions} == {"avif", "webp", "png"}
    for image in images(client, picture):
        assert image.mode in ("RGBA", "P")
        assert corner(image, (image.width - 2, 2))[3] == 0
        assert corner(image, (2, 2))[3] == 255


def test_a_channel_that_hides_nothing_is_left_out(db, client):
    picture = stored(halves((500, 300), "RGBA", ((*RED, 255), (*BLUE, 255))), "PNG")
    assert {image.mode for image in images(client, picture)} == {"RGB"}


def test_a_printers_jpeg_keeps_its_colors(db, client):
    picture = stored(halves(mode="CMYK", colors=((0, 255, 255, 0), (255, 255, 0, 0))))
    for image in images(client, picture):
        assert image.mode == "RGB"
        assert near(corner(image, (2, 2)), (255, 0, 0)), corner(image, (2, 2))


def test_a_deep_gray_picture_stays_gray(db, client):
    image = Image.new("I;16", (500, 300), 32768)
    image.paste(65535, (250, 0, 500, 300))
    picture = stored(image, "PNG")
    for image in images(client, picture):
        assert near(corner(image, (2, 2)), (128, 128, 128), 4)
        assert near(corner(image, (image.width - 2, 2)), (255, 255, 255), 4)


def test_a_moving_picture_stands_still_in_its_first_frame(db, client):
    frames = [halves((300, 200)).quantize(), Image.new("RGB", (300, 200), BLUE).quantize()]
    picture = stored(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100, loop=0)
    for image in images(client, picture):
        assert getattr(image, "n_frames", 1) == 1
        assert near(corner(image, (2, 2)), RED)


def test_a_palette_with_a_clear_color_stays_clear(db, client):
    image = Image.new("P", (300, 200), 0)
    image.putpalette([255, 255, 255, *RED])
    image.paste(1, (0, 0, 150, 200))
    picture = stored(image, "GIF", transparency=0)
    for image in images(client, picture):
        assert corner(image, (image.width - 2, 2))[3] == 0
        assert near(corner(image, (2, 2)), RED)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_that_a_png_knows_becomes_a_picture(db, client, mode):
    assert images(client, stored(Image.new(mode, (30, 20)), "PNG"))


def test_colors_follow_the_profile_of_the_picture(db, client):
    """A phone's wide colors differ by shades. Here red and blue mean each other: who passes over that shows red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"none").replace(b"bXYZ", b"rXYZ").replace(b"none", b"bXYZ")
    picture = stored(halves(), icc_profile=swapped)
    assert all(near(corner(image, (2, 2)), BLUE) for image in images(client, picture))
    broken = stored(halves(size=(40, 20)), icc_profile=b"broken" * 30)
    assert all(near(corner(image, (2, 2)), RED) for image in images(client, broken))


def test_the_several_pictures_of_a_phone_count_as_one_jpeg(db, client):
    picture = stored(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (100, 60), BLUE)])
    assert picture.image.name.endswith(".jpg")
    assert all(near(corner(image, (2, 2)), RED) for image in images(client, picture))


@pytest.mark.parametrize(("focus", "color"), [((0, 50), RED), ((100, 50), BLUE)])
def test_the_small_square_keeps_the_focus(db, client, focus, color):
    picture = stored(halves((1000, 300)))
    before = picture.renditions
    picture.focus_x, picture.focus_y = focus
    picture.save()
    thumbnail = images(client, Picture.objects.get(pk=picture.pk))[-1]
    assert thumbnail.size == (160, 160)
    assert all(near(corner(thumbnail, place), color) for place in ((3, 3), (150, 150)))
    assert picture.renditions == before
