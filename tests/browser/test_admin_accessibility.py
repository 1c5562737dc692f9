"""axe-core finds nothing on our pages of the admin, on a phone and on a desk, in light and in dark."""

import copy

import pytest
from django.contrib.sessions.models import Session

from publishing.publish import ensured_revision
from publishing.revisions import add_revision
from search.documents import SearchDocument
from search.indexing import index
from tests.browser.admin import listen, sign_in
from tests.browser.axe import ALL_RULES, RULES_ABOUT_COLOR, SCREENS, run_axe, screens_for
from tests.drafts import save_draft
from tests.library import draft_work, person

# All of one template: with a choice, a field, a list of where the page is used; the others hold no more than these.
STEPS = ("publish", "retire", "replacement", "comment")
OTHER_STEPS = ("keep_online", "submit", "send_back", "withdraw", "undo", "revoke")
GROUPS = {
    "overviews": ["/admin/", "/admin/health/", "/admin/pages/", "/admin/auth/group/", "/admin/auth/group/add/"],
    "lists": [
        "/admin/pages/page/",
        "/admin/pages/menuitem/",
        "/admin/pages/redirect/",
        "/admin/pages/contactfacts/",
        "/admin/publishing/picture/",
        "/admin/auth/user/",
        "/admin/feedback/message/?state=all",
    ],
    "empty forms": [
        "/admin/pages/page/add/",
        "/admin/publishing/picture/add/",
        "/admin/pages/menuitem/add/",
        "/admin/pages/redirect/add/",
        "/admin/auth/user/add/",
        "/admin/accounts/invitation/add/",
    ],
    "filled forms": [
        "/admin/publishing/picture/{picture}/change/",
        "/admin/pages/contactfacts/{facts}/change/",
        "/admin/auth/user/{user}/change/",
        "/admin/feedback/message/{message}/change/",
        "/admin/pages/page/{page}/delete/",
    ],
    "the form of a page with twelve blocks": ["/admin/pages/page/{page}/change/"],
    "blog and questions": [
        "/admin/blog/entry/",
        "/admin/blog/entry/add/",
        "/admin/blog/series/",
        "/admin/faq/question/",
        "/admin/faq/question/add/",
        "/admin/faq/group/",
        "/admin/pages/promotion/add/",
    ],
    "an import": ["/admin/resources/publication/", "/admin/resources/publication/import/"],
    "the form of a publication": ["/admin/resources/publication/add/", "/admin/resources/publication/{work}/change/"],
    "the staff's side of the search": [
        "/admin/search/synonym/",
        "/admin/search/bestresult/",
        "/admin/search/miss/",
        "/admin/search/synonym/{synonym}/change/",
        "/admin/search/bestresult/{best}/change/",
        "/admin/search/bestresult/try/",
        "/admin/search/bestresult/try/?q=partners&language=en",
    ],
    "the handbook": [
        "/admin/handbook/",
        "/admin/handbook/write-a-page/",
        "/admin/handbook/checks/",
        "/admin/handbook/import-and-export/",
    ],
    "steps": [f"/admin/pages/page/{{page}}/{step}/" for step in STEPS],
    "other steps": [f"/admin/pages/page/{{page}}/{step}/" for step in OTHER_STEPS],
    "versions": [
        "/admin/pages/page/{page}/history/",
        "/admin/pages/page/{page}/compare/{first}/{theirs}/",
        "/admin/pages/page/{page}/conflict/{mine}/",
        "/admin/pages/page/{page}/restore/{first}/",
    ],
}


@pytest.fixture
def keys(transactional_db, make_page, add_blocks, editor):
    """One of everything, and a page that two people changed at once; gives what stands for it in addresses."""
    from feedback.models import Message, Reply
    from pages.models import ContactFacts, MenuItem, Redirect
    from publishing.models import Picture
    from search.models import BestResult, Item, Miss, Synonym

    page = make_page("Partners")
    add_blocks(page, times=3)
    MenuItem.objects.create(menu="header", label="Partners", page=page, position=1)
    Redirect.objects.create(old_path="/old/", page=page)
    facts = ContactFacts.objects.first() or ContactFacts.objects.create(organization="Coalition for Community Schools")
    first = ensured_revision(page)
    theirs = save_draft(page, author=editor, title="Partners of schools", summary="Words of somebody else.")
    data = copy.deepcopy(first.data)
    data["item"]["title"] = "All our partners"
    data["parts"]["pages.statement"].pop()
    mine = add_revision(type(page), page.pk, data, base=first, author=editor, is_parked=True)
    message = Message.objects.create(
        kind="wrong", about="/partners/", about_title="Partners", text="A link is dead.", email="a@b.org", language="en"
    )
    Reply.objects.create(message=message, text="It is mended.", author=editor)
    index([SearchDocument.of(page)])
    best = BestResult(queries="partners")
    best.choose(Item.objects.get(owner_label="pages.page", owner_key=str(page.pk)))
    best.save()
    Miss.objects.create(month="2026-11-01", language="en", words="zeppelin", times=5, times_corrected=1)
    return {
        "synonym": Synonym.objects.create(words="partners\nallies").pk,
        "best": best.pk,
        "message": message.pk,
        "page": page.pk,
        "work": draft_work(authors=[person("Family", "Given")], identifiers=[("eric", "ED477535")]).object_id,
        "picture": Picture.objects.first().pk,
        "facts": facts.pk,
        "user": editor.pk,
        "first": first.pk,
        "theirs": theirs.pk,
        "mine": mine.pk,
    }


def show_in(page, color_scheme):
    """The admin's links take a moment to change their color; what is in between is nobody's color."""
    page.emulate_media(color_scheme=color_scheme)
    page.evaluate("Promise.allSettled(document.getAnimations().map(animation => animation.finished)).then(() => null)")


def faults_of(page, address, screens=SCREENS):
    """What axe finds on a page, after what the browser itself says about it."""
    complaints = []
    listen(page, complaints)
    assert page.goto(address).status == 200, address
    page.wait_for_timeout(150)
    found = [f"{address}: {complaint}" for complaint in complaints]  # axe makes styles of its own, which count not
    for width, color_scheme in screens:
        page.set_viewport_size({"width": width, "height": 900})
        # At the end of a page the row of buttons covers nothing; elsewhere axe measures what is left of a button.
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{address}: {wide} pixels wide on {width}")
        show_in(page, color_scheme)
        passed, violations = run_axe(page, ALL_RULES)
        assert "color-contrast" in passed
        found += [f"{address}: {width} px, {color_scheme}: {violation}" for violation in violations]
    return found


# The rest in make test-deep: their parts stand on these pages too.
OFTEN = ("lists", "filled forms", "steps")
EVERY_GROUP = [group if group in OFTEN else pytest.param(group, marks=pytest.mark.deep) for group in GROUPS]


@pytest.mark.parametrize("group", EVERY_GROUP)
def test_axe_finds_nothing_in_the_admin_on(live_server, new_context, keys, editor, group):
    context = sign_in(new_context(), editor, live_server.url)
    found = []
    for number, address in enumerate(GROUPS[group]):
        page = context.new_page()
        found += faults_of(page, live_server.url + address.format(**keys), screens_for(number))
        page.close()
    assert not found, "\n".join(["", *found])


def test_axe_finds_nothing_where_one_signs_in(live_server, new_context, db):
    found = faults_of(new_context().new_page(), f"{live_server.url}/accounts/login/")
    assert not found, "\n".join(["", *found])


def test_axe_finds_nothing_where_a_text_waits_for_its_writer_to_sign_in(live_server, new_context, keys, editor):
    page = sign_in(new_context(), editor, live_server.url).new_page()
    page.goto(f"{live_server.url}/admin/pages/page/{keys['page']}/change/")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save draft").click()
    found = []
    for heading in ("Sign in", "You are signed in again"):
        page.get_by_role("heading", name=heading).wait_for()
        for color_scheme, rules in (("light", ALL_RULES), ("dark", RULES_ABOUT_COLOR)):
            show_in(page, color_scheme)
            _passed, violations = run_axe(page, rules)
            found += [f"{heading}, {color_scheme}: {violation}" for violation in violations]
        if heading == "Sign in":
            page.get_by_label("Email address or username").fill("editor")
            page.get_by_label("Password").fill("a password for tests")
            page.get_by_role("button", name="Sign in", exact=True).click()
    assert not found, "\n".join(["", *found])


def test_axe_finds_nothing_when_a_block_is_added_and_typed_text_is_offered(live_server, new_context, keys, editor):
    page = sign_in(new_context(), editor, live_server.url).new_page()
    page.goto(f"{live_server.url}/admin/pages/page/{keys['page']}/change/")
    page.get_by_role("textbox", name="Title:").fill("Typed and not saved")
    page.reload()
    page.get_by_role("button", name="Throw it away").wait_for()
    page.get_by_role("button", name="Add a block at the end").press("Enter")
    page.get_by_role("group", name="Kinds of blocks").get_by_role("button", name="Text").press("Enter")
    page.get_by_role("button", name="Add a block at the end").press("Enter")
    for color_scheme, rules in (("light", ALL_RULES), ("dark", RULES_ABOUT_COLOR)):
        show_in(page, color_scheme)
        _passed, violations = run_axe(page, rules)
        assert not violations, "\n".join(["", *violations])


def test_a_best_result_is_found_tried_and_saved_by_keyboard_and_axe_finds_nothing_on_the_way(
    live_server, new_context, keys, editor
):
    page = sign_in(new_context(), editor, live_server.url).new_page()
    page.goto(f"{live_server.url}/admin/search/bestresult/add/")
    page.get_by_label("Searches").fill("who helps us")
    page.get_by_label("What stands on top").fill("partners")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.get_by_role("group", name="Which one do you mean?").get_by_role("radio", name="Partners (Page,").press("Space")
    page.get_by_label("Search for").fill("who helps us")
    page.get_by_role("button", name="Show what would change").press("Enter")
    page.get_by_text("Nothing is saved yet.").wait_for()
    assert page.get_by_role("row").filter(has_text="new here").count() == 1
    for width, color_scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        show_in(page, color_scheme)
        _passed, violations = run_axe(page, ALL_RULES)
        assert not violations, "\n".join(["", *violations])
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.get_by_text("was added successfully").wait_for()
