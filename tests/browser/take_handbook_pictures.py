"""Takes the pictures of the handbook, docs/staff/pictures/, from the running site: `make handbook`.

Not one of the tests (its name says so), but it stands here because it needs what they have: a database of its own
with the starting content, a server, the browser. It works as a writer and a reviewer would, by the words on the
screen; where a button has another name, it stops.
"""

import copy
import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from blog.models import Entry
from faq.models import Question
from pages.models import MenuItem, Page
from publishing.models import Picture
from publishing.publish import ensured_revision
from publishing.revisions import add_revision
from resources import file_store
from search.documents import SearchDocument
from search.indexing import index
from tests.browser.admin import sign_in
from tests.drafts import block, save_draft
from tests.library import draft_work, topic
from tests.resources import pdfs

WIDTH, HEIGHT = 1100, 2400  # tall, so that the row of buttons lies below the form and over nothing
MOMENT = datetime(2026, 11, 3, 10, 0, tzinfo=ZoneInfo(settings.TIME_ZONE))  # the same in every picture
MARGIN = 6
COLORS = 64


class Studio:
    """Browsers of people of the office, and the camera."""

    def __init__(self, new_context, site):
        self.new_context, self.site = new_context, site

    def browser(self, name):
        context = self.new_context(viewport={"width": WIDTH, "height": HEIGHT}, timezone_id=settings.TIME_ZONE)
        context.clock.set_fixed_time(MOMENT)
        context.add_init_script("localStorage.setItem('django.admin.navSidebarIsOpen', 'false')")
        page = sign_in(context, User.objects.get(username=name), self.site).new_page()
        page.goto(f"{self.site}/admin/")
        return page

    def take(self, name, page, *parts, height=None):
        """Take the parts of a page that belong together, or its upper `height` pixels."""
        page.wait_for_load_state("networkidle")  # editors that load late move what is below them
        boxes = [part.bounding_box() for part in parts]
        if boxes:
            left, top = (min(box[side] for box in boxes) - MARGIN for side in ("x", "y"))
            right = max(box["x"] + box["width"] for box in boxes) + MARGIN
            bottom = max(box["y"] + box["height"] for box in boxes) + MARGIN
            left, top = max(left, 0), top + page.evaluate("scrollY")
            bottom += page.evaluate("scrollY")
            clip = {"x": left, "y": max(top, 0), "width": min(right, WIDTH) - left, "height": bottom - max(top, 0)}
        else:
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": height}
        shot = page.screenshot(clip=clip, full_page=True, animations="disabled")
        picture = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
        picture.save(settings.HANDBOOK / "pictures" / f"{name}.png", optimize=True)


@pytest.fixture(autouse=True)
def _time_stands_still(monkeypatch):
    """From before the content is loaded."""
    monkeypatch.setattr(timezone, "now", lambda: MOMENT)


@pytest.fixture
def studio(site, new_context):
    """An office with one account a group."""
    for name in ("writer", "reviewer", "librarian", "manager"):
        user = User.objects.create_user(name, f"{name}@example.org", "a password for pictures", is_staff=True)
        user.groups.add(Group.objects.get(name=f"{name.capitalize()}s"))
    return Studio(new_context, site)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def link(page, name):
    return page.get_by_role("link", name=name, exact=True)


def panel(page, name):
    """A part of what stands beside the form."""
    return page.locator(".side-panel section").filter(has=page.get_by_role("heading", name=name, exact=True))


def test_take_the_pictures_of_the_handbook(studio):
    take_writing(studio)
    take_publishing(studio)
    take_two_people(studio)
    take_what_goes_with_a_text(studio)
    take_blog_and_questions(studio)
    take_library(studio)
    take_search(studio)
    take_office(studio)


def take_writing(studio):
    page = studio.browser("writer")
    save_draft(Page.objects.get(path="/about/partners/"), author=User.objects.get(username="writer"))
    page.reload()
    studio.take("first-page", page, height=520)
    link(page, "Pages").first.click()
    link(page, "Add page").first.click()
    button(page, "Add a block at the end").wait_for()
    studio.take("new-page", page, page.locator("#content h1"), page.locator(".order-machine-wrapper"))
    page.get_by_role("textbox", name="Title:", exact=True).fill("Rooms for families")
    page.get_by_role("textbox", name="Summary:", exact=True).fill("How a school gives families a room of their own.")
    button(page, "Add a block at the end").click()
    kinds = page.get_by_role("group", name="Kinds of blocks")
    studio.take("kinds-of-blocks", page, kinds)
    kinds.get_by_role("button", name="Text").click()
    page.locator(".order-machine .tiptap").click()
    page.keyboard.type("In this room families meet, drink coffee and talk with teachers.")
    button(page, "Save draft").click()
    page.get_by_text("Draft saved at").wait_for()
    studio.take("save-row", page, page.locator(".submit-row"))
    studio.take("state", page, panel(page, "State"))
    address = page.url.partition("#")[0]

    link(page, "Preview this draft").evaluate("link => link.removeAttribute('target')")
    link(page, "Preview this draft").click()
    link(page, "Back to editing").wait_for()
    studio.take("preview", page, height=520)

    page.goto(address)
    page.get_by_role("textbox", name="Title:", exact=True).fill("Rooms for families in schools")
    page.wait_for_timeout(1500)  # what is typed is kept a second later
    page.reload()
    button(page, "Throw it away").wait_for()
    studio.take("typed-text", page, page.locator(".typed-text"))
    button(page, "Throw it away").click()

    link(page, "Send for review").click()
    page.get_by_role("textbox", name="Note:").fill("Please look at the first sentence.")
    studio.take("send-for-review", page, page.locator("#content h1"), page.locator("#content form.step"))
    button(page, "Send for review").click()
    page.get_by_text("Waiting for review").wait_for()


def take_publishing(studio):
    page = studio.browser("reviewer")
    studio.take("waiting", page, page.locator("#content h1"), page.locator(".waiting"))
    partners = Page.objects.get(path="/about/partners/")
    live = ensured_revision(partners)
    draft = save_draft(partners, author=User.objects.get(username="writer"), summary="Who works with us, and how.")
    page.goto(f"{studio.site}/admin/pages/page/{partners.pk}/compare/{live.pk}/{draft.pk}/")
    studio.take("compare", page, page.locator("#content h1"), page.locator(".changes"))
    page.goto(f"{studio.site}/admin/pages/page/{partners.pk}/history/")
    studio.take("history", page, page.locator("#content h1"), page.locator("#content .module").last)
    for step, name in (("publish", "publish-at-a-moment"), ("retire", "take-offline")):
        page.goto(f"{studio.site}/admin/pages/page/{partners.pk}/{step}/")
        page.get_by_label("When:").fill("2026-11-09T08:00")
        studio.take(name, page, page.locator("#content h1"), page.locator("#content form.step"))


def take_two_people(studio):
    writer, reviewer = (User.objects.get(username=name) for name in ("writer", "reviewer"))
    item = Page.objects.get(path="/about/networks/")
    first = ensured_revision(item)
    save_draft(item, author=reviewer, title="Networks of community schools")
    data = copy.deepcopy(first.data)
    data["item"]["summary"] = "Where people of community schools learn from each other."
    data["item"]["title"] = "Our networks"
    mine = add_revision(Page, item.pk, data, base=first, author=writer, is_parked=True)
    page = studio.browser("writer")
    page.goto(f"{studio.site}/admin/pages/page/{item.pk}/conflict/{mine.pk}/")
    studio.take("two-texts", page, page.locator("#content h1"), page.locator("#content form[data-kept]"))


def take_what_goes_with_a_text(studio):
    file = io.BytesIO()
    draw_garden().save(file, "PNG")
    upload = SimpleUploadedFile("garden.png", file.getvalue())
    picture = Picture.objects.create(title="A school garden", image=upload, credit="Drawn for this handbook")
    page = studio.browser("manager")
    page.goto(f"{studio.site}/admin/publishing/picture/{picture.pk}/change/")
    studio.take("picture", page, page.locator("#content h1"), page.locator("#content .submit-row"))

    item = Page.objects.get(path="/about/")
    words = '<p>A room for families: <a href="/contact/">click here</a>, or see the <a href="/rooms/">rooms</a>.</p>'
    save_draft(item, lambda data: data["parts"]["pages.richtext"].append(block(text=words, ordering=900)))
    page.goto(f"{studio.site}/admin/pages/page/{item.pk}/change/")
    studio.take("checks", page, panel(page, "Checks"))

    gone = Page.objects.create(title="Summer program", slug="summer", summary="One page.", published_at=MOMENT)
    ensured_revision(gone)
    page.goto(f"{studio.site}/admin/pages/page/{gone.pk}/delete/")
    button(page, "Yes, I’m sure").click()
    page.goto(f"{studio.site}/admin/pages/page/deleted/")
    studio.take("deleted", page, page.locator("#content h1"), page.locator("#content .module"))

    entry = MenuItem.objects.filter(menu="header").first()
    page.goto(f"{studio.site}/admin/pages/menuitem/{entry.pk}/change/")
    studio.take("menu-item", page, page.locator("#content h1"), page.locator("#content .submit-row"))


def draw_garden():
    """A picture that needs nobody's consent."""
    picture = Image.new("RGB", (960, 630), (191, 219, 232))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 380, 960, 630), fill=(122, 150, 84))
    draw.rectangle((90, 200, 420, 400), fill=(164, 92, 64))
    draw.polygon(((70, 200), (255, 90), (440, 200)), fill=(92, 60, 48))
    for left in (500, 700):
        draw.rectangle((left, 430, left + 160, 500), fill=(110, 78, 50))
        for number in range(4):
            draw.ellipse((left + 40 * number, 395, left + 40 * number + 40, 440), fill=(46, 110, 60))
    return picture


def take_blog_and_questions(studio):
    page = studio.browser("writer")
    page.set_viewport_size({"width": WIDTH, "height": 3 * HEIGHT})  # these forms are taller, with all their blocks
    entry = Entry.objects.filter(series__isnull=False).first()
    page.goto(f"{studio.site}/admin/blog/entry/{entry.pk}/change/")
    studio.take("entry-writers", page, fields(page, "By whom"))
    studio.take("entry-series", page, fields(page, "Series and dates"))
    question = Question.objects.filter(language="en", group__isnull=False).first()
    page.goto(f"{studio.site}/admin/faq/question/{question.pk}/change/")
    studio.take("question-place", page, fields(page, "Place"))
    studio.take("read-next", page, fields(page, "To read next"))


def fields(page, name):
    """The fields of a form below a heading."""
    return page.locator("fieldset").filter(has=page.get_by_role("heading", name=name, exact=True))


def take_library(studio):
    """A made-up report, in the place of a real one."""
    file = file_store.take(SimpleUploadedFile("rooms-for-families.pdf", pdfs.pdf(["A sample page."])))
    report = draft_work("Rooms for families, a sample report", topics=[topic("Families at school")], files=[file])
    draft_work("Coffee in the school, a sample guide", topics=[topic("Families in schools")])
    page = studio.browser("librarian")
    page.goto(f"{studio.site}/admin/resources/publication/{report.object_id}/change/")
    button(page, "Add another File").click()
    studio.take("files", page, page.locator("#files-group"))

    page.goto(f"{studio.site}/admin/vocabulary/topic/?q=families")
    for label in ("Families at school", "Families in schools"):
        page.get_by_role("row").filter(has=link(page, label)).get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option(label="Merge into one")
    button(page, "Go").click()
    button(page, "Merge").wait_for()
    studio.take("merge", page, page.locator("#content h1"), page.locator("#content form"))


def take_search(studio):
    """On texts that are made up."""
    for key, title in (("1", "Our Beacon schools"), ("2", "A lighted schoolhouse"), ("3", "Schools in the evening")):
        index([SearchDocument(("pages.page", key), "page", "en", title, f"/{key}/", MOMENT, body="schools")])
    page = studio.browser("manager")
    page.goto(f"{studio.site}/admin/search/synonym/add/")
    page.get_by_label("Words in English").fill("Beacon school\nlighted schoolhouse")
    page.get_by_label("Search for").fill("Beacon schools")
    button(page, "Show what would change").click()
    page.get_by_text("Nothing is saved yet.").wait_for()
    studio.take("synonyms", page, page.locator("#content h1"), page.locator("#trial"))


def take_office(studio):
    page = studio.browser("manager")
    page.goto(f"{studio.site}/admin/auth/user/{User.objects.get(username='writer').pk}/change/")
    studio.take("account", page, fields(page, "Rights"))
