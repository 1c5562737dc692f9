"""What an editor may write without anybody telling her not to. The page stands, valid and whole."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.text import slugify

from publishing.blocks.loading import FRAME_IDS
from tests.articles import publish_question
from tests.conftest import save_picture
from tests.library import saved
from tests.whole_site.reading import Reading
from vocabulary.models import Role

SIX_HUNDRED = 600
TEMPLATES = Path(settings.BASE_DIR) / "templates"
WITH_TEXTS = [
    "home.html", "pages/page_detail.html", "blog/entry_detail.html", "faq/question_detail.html",
    "faq/question_list.html",
]  # fmt: skip


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


def templates_around(name):
    """The templates that may stand on one page with a template, by their names."""
    found, left = set(), {name, "includes/footer.html"}  # which every page shows, rendered on its own
    while left:
        found |= left
        words = " ".join((TEMPLATES / each).read_text() for each in left)
        left = set(re.findall(r"""{% (?:include|extends) "([^"]+)\"""", words)) - found
    return found


def ids_around(name):
    """The ids that these templates give: whole ones, and ones made with a number or of a record (“shelf.{{ … }}”)."""
    words = " ".join((TEMPLATES / each).read_text() for each in templates_around(name))
    return set(re.findall(r'\bid="([^"]+)"', words))


@pytest.mark.parametrize("name", WITH_TEXTS)
def test_every_id_around_a_text_is_known(name):
    ids = ids_around(name)
    assert {"main", "site-menu"} <= ids
    assert {one for one in ids if "{" not in one} <= FRAME_IDS
    made = [re.sub("{{.*}}", "1", one) for one in ids if "{" in one and not one.startswith("{")]
    assert not [one for one in made if slugify(one) == one], "a heading may have the same"


def test_a_heading_may_bear_any_name_that_the_frame_of_the_page_uses(client, make_page):
    from pages.models import Heading

    about, role = make_page("About us", slug="about"), saved(Role(label="Principal"))
    page = make_page("Principal", parent=about, addition="role")
    make_page("Below", parent=page)
    publish_question(roles=[role])
    names = sorted(re.sub("{{.*}}", "1", name) for name in ids_around("pages/page_detail.html"))
    for number, words in enumerate([*names, "Shelf 1", "Site menu"]):
        Heading.objects.create(parent=page, region="main", ordering=number, text=words)
    ids = read(client, "/about/principal/").ids
    assert {"main", "section", "children", "shelf.1", "shelf-1"} <= set(ids)


def test_a_heading_of_the_mission_page_may_do_so_on_the_front_page(client, home, make_page):
    from pages.models import Heading

    about = make_page("About us", slug="about")
    mission = make_page("Vision and mission", slug="vision-and-mission", parent=about)
    names = sorted(re.sub("{{.*}}", "1", name) for name in ids_around("home.html"))
    for number, words in enumerate([*names, "Newest"]):
        Heading.objects.create(parent=mission, region="main", ordering=number, text=words)
    assert {"what", "new", "main", "main-2"} <= set(read(client, "/").ids)


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
