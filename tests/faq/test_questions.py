"""The questions: all on one page, each on its own, the card; narrowed on the server."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from faq.models import Group, Question
from publishing.checks.links import dead_paths
from publishing.publish import NotReady, publish
from publishing.retiring import retire
from search import statistics
from tests.articles import draft_of, publish_question
from tests.library import publish_work, row, saved
from tests.whole_site.reading import Reading
from vocabulary.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions():
    idea = saved(Group(label="Idea", slug="idea", position=1)).pk
    money = saved(Group(label="Money", slug="money", position=2)).pk
    parents = saved(Role(label="Parents"))
    return [
        publish_question("Who pays?", group_id=money, position=10, text="<p>Grants and districts.</p>"),
        publish_question(
            "Is it public?", group_id=idea, position=20, roles=[parents], text="<p>Zebras may attend.</p>"
        ),
        publish_question("What is it?", group_id=idea, position=10, summary="A place and partners."),
    ]


def shown(client, **values):
    html = client.get("/faq/", values).content.decode()
    return re.findall(r"<summary>.*?<h3>([^<]*)</h3>", html), html


def data_of(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])


def test_all_questions_stand_in_their_order_with_their_answers(client, questions):
    titles, html = shown(client)
    assert titles == ["What is it?", "Is it public?", "Who pays?"]
    index = re.findall(r'</span><a href="#([^"]*)">', html)
    assert index == ["what-is-it", "is-it-public", "who-pays"]
    assert all(f'id="{anchor}"' in html for anchor in index)
    assert "A place and partners." in html and "Zebras may attend." in html
    assert '<h2 id="idea"' in html and '<details class="question" open' not in html


def test_on_paper_a_part_of_the_questions_says_which(client, questions):
    _titles, html = shown(client, role="parents", q="", print="y")
    assert "Printed from https://www.example.org/faq/?role=parents</p>" in html


def test_words_and_roles_narrow_what_is_shown(client, questions):
    titles, html = shown(client, q="zebras")
    assert titles == ["Is it public?"]
    assert "1 of 3 questions." in html
    assert '<details class="question" open>' in html
    assert '<span aria-hidden="true">2</span>' in html, "a question keeps its number"
    assert shown(client, role="parents")[0] == ["Is it public?"]
    assert shown(client, q="zebras grants", role="parents")[0] == ["Is it public?"]


def test_where_nothing_is_found_the_words_can_be_looked_for_elsewhere(client, questions):
    titles, html = shown(client, q="unheard & <b>")
    assert titles == []
    assert "No question here speaks of “unheard &amp; &lt;b&gt;”." in html
    assert '<a href="/search/?q=unheard%20%26%20%3Cb%3E">' in html and '<a href="/feedback/contact/">' in html
    assert "No question here" not in shown(client, q="zebras")[1]


def test_roles_are_offered_in_the_language_of_the_page(client):
    role = saved(Role(label="Principal", label_es="Directora"))
    publish_question("¿Qué es?", slug="que-es", language="es", roles=[role])
    html = client.get("/es/faq/").content.decode()
    assert '<option value="principal">Directora</option>' in html


def test_a_reader_is_told_for_which_words_a_slip_was_taken(client, questions):
    statistics.refresh()  # what the worker does after publishing
    titles, html = shown(client, q="zebrras")
    assert titles == ["Is it public?"]
    assert "Showing results for <strong>zebras</strong>." in html
    assert "Showing results for" not in shown(client, q="zebras")[1]


def test_for_a_right_word_that_no_question_holds_a_near_one_is_offered(client, questions):
    publish_question("Which policy helps?")
    statistics.refresh()
    titles, html = shown(client, q="police", role="parents")
    assert titles == [] and "No question here speaks of “police”." in html
    assert 'Did you mean <a href="?q=policy&amp;role=parents">policy</a>?' in html
    assert shown(client, q="policy")[0] == ["Which policy helps?"]


@pytest.mark.parametrize("values", [{"role": "nobody"}, {"q": "x" * 300}, {"print": "yes"}])
def test_wrong_values_are_ignored(client, questions, values):
    titles, html = shown(client, **values)
    assert len(titles) == 3
    assert ("Note." in html) == bool({"role", "q"} & values.keys())


def test_paper_opens_all_answers(client, questions):
    assert shown(client, print="y")[1].count('<details class="question" open>') == 3
    assert '<link rel="canonical" href="https://www.example.org/faq/">' in shown(client, print="y")[1]


def test_each_question_has_a_page_with_its_neighbors(client, questions):
    html = client.get("/faq/is-it-public/").content.decode()
    assert "Zebras may attend." in html
    assert "The question before</small>What is it?" in html
    assert "The next question</small>Who pays?" in html
    assert 'aria-label="Feedback"' in html and "Was this answer useful?" in html


def test_the_card_holds_the_short_answer_and_the_way_to_the_rest(client, questions):
    html = client.get("/faq/what-is-it/card/").content.decode()
    assert "A place and partners." in html
    assert "https://www.example.org/faq/what-is-it/" in html
    assert '<path d="M' in html and "noindex" in html
    assert 'href="/faq/what-is-it/card/"' in client.get("/faq/what-is-it/").content.decode()


def test_programs_get_the_questions_as_data(client, questions):
    for address, number in (("/faq/", 3), ("/faq/who-pays/", 1)):
        html = client.get(address).content.decode()
        data = data_of(html)
        assert data["@type"] == "FAQPage"
        assert len(data["mainEntity"]) == number
    assert data["mainEntity"][0]["acceptedAnswer"]["text"] == "In short.\n\nGrants and districts."


@pytest.mark.parametrize("address", ["/faq/", "/faq/what-to-read/"])
def test_programs_get_no_numbers_of_links_which_are_for_paper(client, address):
    publish_question("What to read?", text='<p>The <a href="/guide/">guide</a> and more.</p>')
    html = client.get(address).content.decode()
    assert 'guide</a><sup class="print-ref" aria-hidden="true">1</sup> and more.' in html
    assert data_of(html)["mainEntity"][0]["acceptedAnswer"]["text"] == "In short.\n\nThe guide and more."


def test_what_is_not_public_is_nowhere(client, questions):
    draft_of(Question, "Draft question", text="<p>Secret.</p>")
    publish_question("Tomorrow", at=timezone.now() + timedelta(days=1), text="<p>Secret.</p>")
    retire(questions[0])
    html = shown(client)[1]
    assert "Secret" not in html and "Who pays?" not in html
    for slug, status in (("draft-question", 404), ("tomorrow", 404), ("who-pays", 410)):
        assert client.get(f"/faq/{slug}/").status_code == status
        assert client.get(f"/faq/{slug}/card/").status_code == status


def test_languages_stand_apart_and_lead_to_each_other(client, questions):
    original = questions[2]
    publish_question(
        "¿Qué es?", slug="que-es", language="es", translation_of_id=original.pk, group_id=original.group_id
    )
    html = client.get("/es/faq/").content.decode()
    assert "¿Qué es?" in html and "What is it?" not in html
    assert 'href="/faq/what-is-it/"' in client.get("/es/faq/que-es/").content.decode()
    assert client.get("/es/faq/what-is-it/")["Location"] == "/es/faq/que-es/"
    assert client.get("/es/faq/what-is-it/card/")["Location"] == "/es/faq/que-es/card/"
    assert 'href="/faq/what-is-it/card/" lang="en"' in client.get("/es/faq/que-es/card/").content.decode()
    assert 'href="/es/faq/que-es/card/" lang="es"' in client.get("/faq/what-is-it/card/").content.decode()
    assert "noindex" in client.get("/es/faq/who-pays/").content.decode()


def test_an_old_address_leads_on(client, questions):
    publish_question("Who pays for it?", item=questions[0], group_id=questions[0].group_id)
    assert client.get("/faq/who-pays/")["Location"] == "/faq/who-pays-for-it/"
    assert client.get("/faq/who-pays/card/")["Location"] == "/faq/who-pays-for-it/card/"


def test_related_reading_is_shown_by_kind(client):
    work = publish_work("Making the Difference", issued_year=2003)
    other = publish_question("Other?")
    question = publish_question(related=[work.get_absolute_url(), other.get_absolute_url()])
    html = client.get(question.get_absolute_url()).content.decode()
    assert "<dt>Publication</dt>" in html and "<dt>Question</dt>" in html


def publish_with_heading(title, words):
    revision = draft_of(Question, title)
    heading = row(level=2, text=words, short_text="", region="main") | {"ordering": 5}
    revision.data["parts"]["faq.heading"] = [heading]
    revision.save()
    return publish(revision)


def test_headings_of_answers_stand_below_their_questions_with_anchors_of_their_own(client):
    for title in ("First?", "Second?", "First examples?"):
        publish_with_heading(title, "Examples")
    response = client.get("/faq/")
    html = response.content.decode()
    assert '<h4 id="first.examples">Examples</h4>' in html
    assert '<h4 id="second.examples">Examples</h4>' in html
    assert '<h2 id="examples">Examples</h2>' in client.get("/faq/first/").content.decode()
    ids = Reading(response.content).ids
    assert "first-examples" in ids and len(ids) == len(set(ids))


@pytest.mark.parametrize("slug", ["money", "main", "fq"])
def test_a_question_has_an_anchor_of_its_own_on_the_page_of_all(questions, slug):
    with pytest.raises(NotReady, match="already names another place"):
        publish_question("Another?", slug=slug)


@pytest.mark.parametrize("slug", ["who-pays", "site-menu"])
def test_a_group_has_an_anchor_of_its_own_on_the_page_of_all(staff_client, questions, slug):
    html = staff_client.post(
        "/admin/faq/group/add/", {"label": "Group", "slug": slug, "position": "3"}
    ).content.decode()
    assert "already names another place" in html
    assert not Group.objects.filter(slug=slug).exists()


def test_a_question_without_a_group_stands_before_all_groups(client, questions):
    Question.objects.filter(pk=publish_question("Alone?").pk).update(group=None)
    assert shown(client)[0][0] == "Alone?"


def test_a_link_to_a_card_is_a_good_link(questions):
    assert dead_paths({"/faq/what-is-it/card/", "/faq/what-is-it/", "/faq/what-is-it"}) == set()
    assert dead_paths({"/faq/nothing/card/", "/fr/faq/what-is-it/"}) == {"/faq/nothing/card/", "/fr/faq/what-is-it/"}


@pytest.mark.parametrize("slug", ["my question", "qué?"])
def test_a_draft_with_an_address_that_cannot_be_is_previewed(staff_client, slug):
    revision = draft_of(Question, "Draft", slug=slug)
    response = staff_client.get(f"/admin/faq/question/{revision.object_id}/preview/{revision.pk}/")
    assert response.status_code == 200
    assert "about=None" not in response.content.decode()


def test_a_group_that_a_draft_names_is_not_deleted(staff_client):
    group = saved(Group(label="Idea", slug="idea"))
    draft = draft_of(Question, "What is it?", group_id=group.pk)
    for data, address in (
        ({"post": "yes"}, f"{group.pk}/delete/"),
        ({"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"}, ""),
    ):
        html = staff_client.post(f"/admin/faq/group/{address}", data, follow=True).content.decode()
        assert f'href="/admin/faq/question/{draft.object_id}/change/"' in html
        assert Group.objects.exists()
    assert "“What is it?”" in staff_client.get(f"/admin/faq/group/{group.pk}/change/").content.decode()


def test_a_group_that_nothing_names_is_deleted(staff_client):
    group = saved(Group(label="Idea", slug="idea"))
    staff_client.post(f"/admin/faq/group/{group.pk}/delete/", {"post": "yes"})
    assert not Group.objects.exists()
