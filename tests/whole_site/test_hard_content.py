"""What an editor may write without anybody telling her not to. The page stands, valid and whole."""

from collections import Counter

import pytest

from tests.conftest import save_picture
from tests.whole_site.reading import Reading

SIX_HUNDRED = 600


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    page = Reading(response.content)
    assert not page.fault
    twice = [name for name, number in Counter(page.ids).items() if number > 1]
    assert not twice, f"ids that stand twice: {twice}"
    assert len(page.all("h1")) == 1
    return page


@pytest.mark.parametrize("kind", ["Heading", "RichText", "PictureBlock", "Statement"])
@pytest.mark.parametrize("region", ["sentence", "opening", "features"])
def test_any_kind_of_block_may_stand_in_any_part_of_the_front_page(client, home, region, kind):
    from pages import models

    values = {
        "Heading": {"text": "Words"},
        "RichText": {"text": "<p>Words</p>"},
        "PictureBlock": {"alt_text": "Words"},
        "Statement": {"heading": "Words"},
    }[kind]
    if kind == "PictureBlock":
        values["picture"] = save_picture()
    block = getattr(models, kind)(parent=home, region=region, ordering=10, **values)
    block.full_clean()
    block.save()
    page = read(client, "/")
    assert "" not in [link.strip() for link in page.links]


def test_two_headings_with_the_same_words_have_two_addresses(client, make_page):
    from pages.models import Heading

    page = make_page("Partners")
    for number, words in enumerate(["Members", "Members", "Others"]):
        Heading.objects.create(parent=page, region="main", ordering=number, text=words)
    contents = read(client, "/partners/")
    assert len({link for link in contents.links if link.startswith("#members")}) == 2


@pytest.mark.parametrize("words", ["Main", "Section", "Children", "Site menu", "Site q"])
def test_a_heading_may_bear_a_name_that_the_frame_of_the_page_uses(client, make_page, words):
    from pages.models import Heading

    about = make_page("About us", slug="about")
    page = make_page("Partners", parent=about)
    make_page("Below", parent=page)
    Heading.objects.create(parent=page, region="main", ordering=10, text=words)
    read(client, "/about/partners/")


@pytest.mark.parametrize("words", ["New", "What", "Roles", "Five", "Newest"])
def test_a_heading_of_the_mission_page_may_do_so_on_the_front_page(client, home, make_page, words):
    from pages.models import Heading

    about = make_page("About us", slug="about")
    mission = make_page("Vision and mission", slug="vision-and-mission", parent=about)
    Heading.objects.create(parent=mission, region="main", ordering=10, text=words)
    read(client, "/")


def test_the_same_picture_chosen_twice_is_shown_both_times(client, make_page):
    from pages.models import PictureBlock

    page = make_page("Partners")
    for title in ("A garden", "The same garden"):
        PictureBlock.objects.create(
            parent=page, region="main", ordering=10, picture=save_picture(title), is_decorative=True
        )
    pictures = read(client, "/partners/").all("img")
    assert len(pictures) == 2
    for picture in pictures:
        answer = client.get(picture.get("src"))
        assert answer.status_code == 200, picture.get("src")
        assert b"".join(answer).startswith(b"\x89PNG")


def test_markup_in_plain_fields_is_shown_as_it_was_typed(client, home, make_page):
    from pages.models import ContactFacts, Heading, MenuItem, Statement

    words = "<script>alert('1')</script> & \"more\" % x %"
    page = make_page(words, slug="partners", summary=words, margin_label="<b>i</b>")
    Heading.objects.create(parent=page, region="main", ordering=10, text=words)
    Statement.objects.create(parent=page, region="main", ordering=20, heading=words, text=words)
    MenuItem.objects.create(menu="header", label=words, page=page)
    ContactFacts.objects.create(organization=words, email="office@example.org")
    shown = [client.get(address).content.decode() for address in ("/", "/partners/", "/search/?q=alert")]
    for html in shown:
        assert "<script>" not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "text",
    [
        "<p onclick=alert(1)>Words <script>alert(1)</script></p>",
        "<p>Words <a href='javascript:alert(1)'>here</a></p>",
        "<p style='color:red'>Words</p><style>p{}</style>",
        "<p>Words <img src=x onerror=alert(1)></p>",
        "<h1>Words</h1><p>unclosed <em>text",
        "<p>Words</p></main></body><h1>again</h1>",
    ],
)
def test_rich_text_from_anywhere_is_cleaned(client, make_page, text):
    from pages.models import RichText

    page = make_page("Partners")
    RichText.objects.create(parent=page, region="main", ordering=10, text=text)
    answer = read(client, "/partners/")
    (article,) = answer.all("article")
    html = client.get("/partners/").content.decode().partition("<article")[2].partition("</article>")[0]
    assert "Words" in "".join(article.itertext())
    for evil in ("alert(", "onclick", "onerror", "javascript:", "<style", "style=", "<img", "<h1", "<script"):
        assert evil not in html, evil


def test_six_hundred_blocks_make_one_page(client, make_page, django_assert_max_num_queries):
    from pages.models import Heading

    page = make_page("Partners")
    Heading.objects.bulk_create(
        Heading(parent=page, region="main", ordering=number, text=f"Part {number}") for number in range(SIX_HUNDRED)
    )
    with django_assert_max_num_queries(8):
        assert len(read(client, "/partners/").all("h2")) >= SIX_HUNDRED
