"""The checks at work: what stops a publish, and what the form says beside a draft."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import Page
from publishing.checks import findings_of
from publishing.publish import NotReady, ensured_revision, publish
from tests.drafts import KINDS, block, change_url, edit, form_data, live_tables, save_draft


def with_blocks(*blocks):
    """A change of a snapshot: these blocks and no others."""

    def change(data):
        data["parts"] = {label: [] for label in data["parts"]}
        for number, (kind, values) in enumerate(blocks, start=1):
            data["parts"][f"pages.{kind}"].append(block(kind, **({"ordering": 10 * number} | values)))

    return change


FAULTS = {
    "a dead link": (("richtext", {"text": '<p><a href="/nowhere/">Report</a></p>'}), "leads to /nowhere/"),
    "a smaller heading first": (("heading", {"text": "Part", "level": 3}), "smaller heading comes before"),
    "an empty heading": (("heading", {"text": ""}), "A heading has no words"),
    "an empty text": (("richtext", {"text": ""}), "A text block is empty"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_error_stops_a_publish_in_words(make_page, fault):
    one, words = FAULTS[fault]
    revision = save_draft(make_page(), with_blocks(one))
    tables = live_tables()
    with pytest.raises(NotReady) as refused:
        publish(revision)
    [sentence] = refused.value.sentences()
    assert words in sentence
    assert live_tables() == tables
    label = f"pages.{one[0]}"
    assert list(refused.value.errors) == [label]
    assert list(refused.value.errors[label]) == [revision.data["parts"][label][0]["id"]]


def test_a_message_tells_which_block_it_means(make_page):
    blocks = with_blocks(("richtext", {"text": "<p>Words</p>"}), ("heading", {"text": ""}))
    with pytest.raises(NotReady, match="Heading, block number 2"):
        publish(save_draft(make_page(), blocks))


def test_warnings_stop_nothing(make_page):
    page = make_page()
    revision = save_draft(
        page,
        with_blocks(("richtext", {"text": '<p><a href="https://www.iel.org/">here</a></p>'})),
        title="A TITLE IN CAPITALS",
        summary="x" * 200,
    )
    assert len(findings_of(revision).findings) == 3
    publish(revision)
    page.refresh_from_db()
    assert page.title == "A TITLE IN CAPITALS"


def test_links_can_wait_for_what_comes_with_them(make_page):
    revision = save_draft(make_page(), with_blocks(FAULTS["a dead link"][0]))
    publish(revision, check_links=False)
    assert "leads to /nowhere/" in findings_of(revision).findings[0].sentence


def test_the_form_says_what_is_wrong_and_what_is_well(staff_client, make_page):
    page = make_page()
    save_draft(
        page,
        with_blocks(
            ("heading", {"text": "Part"}),
            ("richtext", {"text": '<p><a href="/nowhere/">Report</a> ' + "long " * 30 + "</p>"}),
            ("richtext", {"text": '<p><a href="/partners/">here</a></p>'}),
        ),
    )
    html = staff_client.get(change_url(page)).content.decode()
    assert '<li class="check check--stop">The link “Report” leads to /nowhere/' in html
    assert '<li class="check check--warn">A link says only “here”' in html
    assert '<li class="check check--ok">Headings are in order.' in html
    assert "All links to this site answer" not in html
    assert "“Report long long long long long…” (31 words)" in html
    assert "too short to tell" in html


def test_words_of_an_editor_are_no_markup_in_the_form(staff_client, make_page):
    page = make_page()
    save_draft(page, with_blocks(("richtext", {"text": '<p><a href="/nowhere/">&lt;b onclick=x()&gt;</a></p>'})))
    assert "<b onclick" not in staff_client.get(change_url(page)).content.decode()


def test_a_draft_whose_parent_or_address_is_odd_still_opens(staff_client, make_page):
    page = make_page()
    for fields in ({"slug": ""}, {"parent_id": 99999}, {"title": "", "summary": "", "language": "es"}):
        assert findings_of(save_draft(page, with_blocks(FAULTS["a dead link"][0]), **fields)).findings


def test_the_form_asks_no_more_for_many_blocks_and_links(staff_client, make_page):
    numbers = []
    page = make_page()
    for many in (2, 40):
        texts = [("richtext", {"text": f'<p><a href="/nowhere/{n}/">Place {n}</a></p>'}) for n in range(many)]
        save_draft(page, with_blocks(*texts))
        staff_client.get(change_url(page))
        with CaptureQueriesContext(connection) as captured:
            assert staff_client.get(change_url(page)).content.decode().count("check--stop") == many
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]


def test_what_a_new_page_lacks_is_said_beside_its_form_before_anybody_sends_it(sign_in):
    writer = sign_in("Writers")
    html = writer.post("/admin/pages/page/add/", form_data(title="Idea") | {"_save": "1"}, follow=True).content.decode()
    assert "“Summary” is empty. Fill it in." in html
    assert "“Address” is empty. Fill it in." in html
    assert "“Title” is empty" not in html


def test_an_empty_page_is_refused_in_words_of_its_form(staff_client):
    blocks = [(kind, {"level": "2"} if kind == "heading" else {}) for kind in KINDS]
    staff_client.post("/admin/pages/page/add/", form_data(title="", blocks=blocks) | {"_save": "1"})
    draft = ensured_revision(Page.objects.get())
    with pytest.raises(NotReady) as refused:
        publish(draft)
    sentences = refused.value.sentences()
    assert "“Title” is empty. Fill it in." in sentences
    assert any(re.fullmatch(r"“Leads to” is empty. Fill it in. \(Link, block number \d+\)", each) for each in sentences)
    assert len(sentences) == len(set(sentences))
    for sentence in sentences:
        assert "Constraint" not in sentence and "This field" not in sentence, sentence


def test_a_message_about_many_faults_names_the_first_and_counts_the_others(staff_client, make_page):
    page = make_page("Idea")
    empty = [("richtext", {"text": ""})] * 5
    save_draft(page, with_blocks(*empty), summary="")
    html = edit(staff_client, page, button="_publish", follow=True).content.decode()
    [message] = re.findall(r'<li class="error">(.*?)</li>', html, re.DOTALL)
    assert message.count("Fill it in.") == 1
    assert message.count("A text block is empty.") == 2
    assert "3 more things are said beside their fields." in message


@pytest.mark.parametrize("step", ["submit", "publish"])
def test_before_a_text_is_sent_or_published_its_faults_are_said(staff_client, make_page, step):
    page = make_page("Idea")
    address = f"/admin/pages/page/{page.pk}/{step}/"
    save_draft(page, title="A better idea")
    assert "efore it can be published" not in (good := staff_client.get(address).content.decode())
    assert "It cannot be published yet" not in good
    save_draft(page, slug="admin")
    html = staff_client.get(address).content.decode()
    assert "belongs to another part of the site" in html
    assert ("It can be sent as it is" in html) == (step == "submit")
