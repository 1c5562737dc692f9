"""The handbook for editors: it is complete, it is for staff, and it calls every button by the words on it."""

import copy
import re
from datetime import timedelta

import lxml.html
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.utils import timezone
from PIL import Image

from feedback.models import Message
from feedback.responses import show
from links.models import OutwardLink
from pages.models import ContactFacts, MenuItem, Page
from publishing import typed_text
from publishing.activity import Activity
from publishing.draft_steps import STEPS
from publishing.handbook import CONTENTS, Chapter, chapters
from publishing.models import Revision
from publishing.publish import ensured_revision
from publishing.retiring import retire
from publishing.revisions import add_revision
from publishing.workflow import submit
from search.models import BestResult, Miss
from tests.drafts import save_draft
from tests.library import draft_work, topic
from tests.whole_site.reading import Reading

PICTURES = settings.HANDBOOK / "pictures"
FILES = sorted(path.stem for path in settings.HANDBOOK.glob("*.md"))
ALL_PICTURES_AT_MOST = 1_000_000  # bytes
BOLD = re.compile(r"\*\*(.+?)\*\*")
IMAGE = re.compile(r"!\[([^\]]*)\]\(pictures/([\w-]+\.png)\)")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]+)\)")


def sources():
    return {name: (settings.HANDBOOK / f"{name}.md").read_text() for name in FILES}


def test_the_contents_name_every_chapter_once():
    assert sorted(chapter.slug for chapter in chapters()) == sorted(set(FILES) - {CONTENTS})


@pytest.mark.django_db
@pytest.mark.parametrize("slug", FILES)
def test_every_chapter_answers_for_staff_with_its_title_text_and_pictures(staff_client, slug):
    chapter = Chapter(slug)
    response = staff_client.get(chapter.url)
    page = Reading(response.content)
    assert response.status_code == 200
    assert [heading.text for heading in page.all("h1")] == [chapter.title]
    (text,) = page.all("article")
    assert "**" not in page.words() and "](" not in page.words()
    pictures = IMAGE.findall(chapter.source)
    shown = [(image.get("alt"), image.get("src")) for image in text.iter("img")]
    assert shown == [(words, f"/static/handbook/{name}") for words, name in pictures]


@pytest.mark.django_db
def test_every_link_of_the_handbook_leads_to_a_page(staff_client):
    for slug, source in sources().items():
        (text,) = Reading(staff_client.get(Chapter(slug).url).content).all("article")
        links = [link.get("href") for link in text.iter("a")]
        assert len(links) == len(LINK.findall(source))
        for address in links:
            assert staff_client.get(address).status_code == 200, f"{slug}: {address}"


@pytest.mark.django_db
def test_nobody_else_reads_the_handbook(client, django_user_model):
    for who in ("a stranger", "a member"):
        if who == "a member":
            client.force_login(django_user_model.objects.create_user("member", password="a password for tests"))
        for slug in FILES:
            response = client.get(Chapter(slug).url)
            assert (response.status_code, response.url.partition("?")[0]) == (302, "/admin/login/")


def test_a_chapter_that_does_not_exist_is_not_found(staff_client):
    assert staff_client.get("/admin/handbook/no-such-chapter/").status_code == 404


def test_every_picture_is_shown_with_words_and_all_together_are_light():
    shown = [(words, name) for source in sources().values() for words, name in IMAGE.findall(source)]
    assert sorted(name for _words, name in shown) == sorted(path.name for path in PICTURES.iterdir())
    assert all(len(words) > 30 for words, _name in shown)
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < ALL_PICTURES_AT_MOST
    for path in PICTURES.iterdir():
        with Image.open(path) as picture:
            assert picture.width <= 1100


@pytest.mark.django_db
def test_markup_in_a_chapter_stays_words(settings, tmp_path):
    settings.HANDBOOK = tmp_path
    (tmp_path / "odd.md").write_text("# Odd\n\n<script>1</script> [go](javascript:1) <b onclick=1>bold</b>\n")
    html = Chapter("odd").html
    assert "<script" not in html and "<b" not in html
    assert "href" not in html


# Where a writer or a reviewer reads it


def test_every_page_of_the_admin_leads_to_the_handbook(staff_client, make_page):
    page = make_page("Partners")
    for address in ("", "pages/", "pages/page/", f"pages/page/{page.pk}/change/", "auth/user/", "health/"):
        assert '<a href="/admin/handbook/">Handbook</a>' in staff_client.get(f"/admin/{address}").content.decode()


def test_forms_and_steps_lead_to_their_own_chapters(staff_client, make_page, editor):
    page = make_page("Partners")
    message = Message.objects.create(kind="contact", text="A question", language="en")
    for address, slugs in {
        f"pages/page/{page.pk}/change/": {"write-a-page", "send-for-review", "checks"},
        f"pages/page/{page.pk}/retire/": {"at-a-moment"},
        f"pages/page/{page.pk}/history/": {"old-texts"},
        "publishing/picture/add/": {"pictures"},
        "pages/menuitem/add/": {"menus-redirects-contact"},
        "resources/publication/add/": {"publications"},
        "vocabulary/topic/add/": {"publications"},
        "blog/entry/add/": {"blog"},
        "faq/question/add/": {"questions"},
        "pages/promotion/add/": {"promotions"},
        f"feedback/message/{message.pk}/change/": {"inbox"},
        "search/synonym/add/": {"search"},
        "search/bestresult/add/": {"search"},
        "search/bestresult/try/": {"search"},
        f"auth/user/{editor.pk}/change/": {"accounts"},
        "accounts/invitation/add/": {"accounts"},
    }.items():
        links = Reading(staff_client.get(f"/admin/{address}").content).links
        assert {f"/admin/handbook/{slug}/" for slug in slugs} <= set(links), address


def test_every_chapter_that_a_form_or_a_step_leads_to_is_there():
    forms = {getattr(model_admin, "handbook_chapter", "") for model_admin in admin.site._registry.values()}
    named = forms | {step.chapter for step in STEPS}
    assert named - {""} <= {chapter.slug for chapter in chapters()}


def colleague():
    """Somebody with a second factor, and an invitation that waits."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import Group, User

    from accounts.models import Invitation

    user = User.objects.create_user("maria", "maria@example.org", is_staff=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    Invitation.objects.create(email="rosa@example.org", group=Group.objects.get(name="Writers"))
    return user


@pytest.fixture
def everything(make_page, make_picture, add_blocks, editor):
    """Addresses of the admin on which every word that a chapter may name can be read."""
    live = make_page("Partners")
    add_blocks(live)
    first = ensured_revision(live)
    submit(save_draft(live, author=editor, summary="Other words."), by=editor, note="Please look")
    kept = add_revision(Page, live.pk, copy.deepcopy(first.data), base=first, author=editor, is_parked=True)
    late = make_page("Late")
    approved = save_draft(late, author=editor, title="Later")
    moment = timezone.now() - timedelta(hours=1)
    Revision.objects.filter(pk=approved.pk).update(state=Revision.State.APPROVED, publish_at=moment)
    twice = make_page("Twice")
    again = save_draft(twice, title="Once more")
    Revision.objects.filter(pk=again.pk).update(published_at=timezone.now())
    Page.objects.filter(pk=twice.pk).update(title="Once more")
    fresh = Page.create_stub(title="Fresh")
    ensured_revision(fresh)
    gone = make_page("Gone")
    Activity.log(gone, Activity.Kind.DELETED, by=editor)
    ensured_revision(gone)
    gone.delete()
    ending = make_page("Ending")
    retire(ending, at=timezone.now() + timedelta(days=1))
    replaced = make_picture()
    replaced.image = make_picture("Another", color=(200, 0, 0)).image.name
    replaced.save()
    facts = ContactFacts.objects.create(organization="The Coalition", email="office@example.org")
    item = MenuItem.objects.create(menu="header", label="Partners", page=live)
    BestResult.objects.create(queries="partners", owner_label="pages.page", owner_key="0")
    Miss.objects.create(month=timezone.localdate(), language="en", words="zeppelin", times=5, times_corrected=0)
    OutwardLink.to("https://www.example.com/", [["pages.page", live.pk]]).save()
    about = {"content_type": ContentType.objects.get_for_model(live), "object_id": live.pk}
    waits, shown = (
        Message.objects.create(
            kind="response",
            text="We do it like this.",
            about=live.get_absolute_url(),
            fingerprint=number,
            email="ana@example.org",
            **about,
        )
        for number in "12"
    )
    show(shown, by=editor)
    steps = ("publish", "retire", "submit", "send_back", "withdraw", "undo", "revoke", "comment", "history")
    return [
        "/admin/",
        "/admin/pages/page/",
        "/admin/pages/page/add/",
        *(f"/admin/pages/page/{page.pk}/change/" for page in (live, late, twice, fresh, ending)),
        *(f"/admin/pages/page/{live.pk}/{step}/" for step in steps),
        f"/admin/pages/page/{live.pk}/conflict/{kept.pk}/",
        f"/admin/pages/page/{live.pk}/restore/{first.pk}/",
        f"/admin/pages/page/{live.pk}/preview/{first.pk}/",
        "/admin/pages/page/deleted/",
        "/admin/publishing/picture/",
        f"/admin/publishing/picture/{replaced.pk}/change/",
        "/admin/pages/menuitem/",
        f"/admin/pages/menuitem/{item.pk}/change/",
        "/admin/pages/redirect/",
        "/admin/pages/redirect/add/",
        f"/admin/pages/contactfacts/{facts.pk}/change/",
        "/admin/auth/user/",
        f"/admin/auth/user/{editor.pk}/change/",
        "/admin/auth/group/",
        f"/admin/auth/user/{(maria := colleague()).pk}/change/",
        f"/admin/auth/user/{maria.pk}/lost-factor/",
        "/admin/accounts/invitation/",
        "/admin/accounts/invitation/add/",
        "/accounts/",
        "/admin/links/outwardlink/",
        "/admin/search/synonym/",
        "/admin/search/synonym/add/",
        "/admin/search/bestresult/",
        "/admin/search/bestresult/add/",
        "/admin/search/bestresult/try/",
        "/admin/search/miss/",
        "/admin/blog/entry/",
        "/admin/blog/entry/add/",
        "/admin/feedback/message/",
        *(f"/admin/feedback/message/{message.pk}/change/" for message in (waits, shown)),
        "/admin/feedback/response/",
        "/admin/pages/promotion/",
        "/admin/pages/promotion/add/",
        "/admin/faq/question/",
        "/admin/faq/question/add/",
        "/admin/resources/publication/",
        f"/admin/resources/publication/{draft_work().object_id}/change/",
    ]


def words_on(html):
    """What a person can read on a page as one thing: a link, a button, a label, a heading, a choice."""
    for element in lxml.html.fromstring(html).iter():  # quicker than the strict parser, which other tests read with
        if isinstance(element.tag, str) and element.tag not in ("script", "style"):
            yield from (element.get(name) for name in ("value", "aria-label", "data-add-last", "data-close"))
            yield from ("".join(element.itertext()), element.text, element.tail)


def plain(words):
    return " ".join((words or "").split()).rstrip(":").casefold()


# Django's script writes these: the button of a block that was never saved, that of one more row.
BY_SCRIPT = {"remove", "add another file"}


@pytest.fixture
def merging(staff_client):
    """The page on which two topics become one."""
    chosen = {"action": "merge_into_one", "_selected_action": [topic("Research").pk, topic("Evaluation").pk]}
    return staff_client.post("/admin/vocabulary/topic/", chosen)


@pytest.fixture
def offered(client, editor):
    """The page that gives back what was typed into a form without drafts before the session ended."""
    typed = {"path": "/admin/vocabulary/topic/add/", "fields": [], "had_files": False, "is_draft": False}
    packed = signing.dumps(typed, salt=typed_text.SALT, compress=True)
    who = {"login": "editor", "password": "a password for tests"}
    return client.post("/accounts/login/", who | {typed_text.FIELD: packed})


def test_every_word_in_bold_can_be_read_on_the_screen(staff_client, editor, everything, merging, offered):
    """Rename a button, and the chapter that names it has to follow."""
    seen = set(BY_SCRIPT)
    pages = [staff_client.get(address) for address in (*everything, "/admin/vocabulary/topic/")]
    TOTP.activate(editor, generate_totp_secret())
    for response in (*pages, staff_client.get("/accounts/"), merging, offered):
        assert response.status_code == 200, response.request["PATH_INFO"]
        seen |= {plain(words) for words in words_on(response.content.decode())}
    missing = {
        f"{slug}.md: {words}"
        for slug, source in sources().items()
        for words in BOLD.findall(source)
        if plain(words) not in seen
    }
    assert not missing, "\n".join(["", *sorted(missing)])
