"""Publications in the admin: drafts with all that belongs to them, which no reader sees too early."""

import pytest

from publishing.publish import ensured_revision, publish, restore
from resources.models import Publication, Series
from tests.drafts import change_url, edit, live_tables, new_row, open_form
from tests.library import draft_work, organization, person, publish_work, saved, topic


@pytest.fixture
def work(db):
    return publish_work("Making the Difference", topics=[topic("Research")], tags=["Mott"], levels=["state"])


def text_of(work):
    return ensured_revision(work).data


def test_the_form_shows_what_the_draft_says(staff_client, work):
    draft_work("Making a Difference", work=work, topics=[topic("Evaluation")], tags=["new"], levels=["local", "school"])
    data = open_form(staff_client, work)
    assert data["title"] == "Making a Difference"
    assert data["topics"] == [str(record.pk) for record in work.topics.model.objects.filter(label="Evaluation")]
    assert data["tags"] == "new"
    assert data["levels"] == ["local", "school"]


def test_saving_the_form_as_it_is_changes_no_word(staff_client, work):
    before = text_of(work)
    edit(staff_client, work)
    assert text_of(work) == before


def test_a_draft_with_terms_tags_and_people_changes_nothing_in_public(staff_client, client, work):
    evaluation, melaville = topic("Evaluation"), person("Melaville", "Atelia")
    organization("The Coalition")
    before = live_tables()
    edit(
        staff_client,
        work,
        title="Making a Difference",
        tags="secret, another",
        topics=[str(evaluation.pk)],
        levels=["federal"],
        **new_row("contributor", 0, role="author", person=str(melaville.pk), ordering="10"),
        **new_row("identifier", 0, scheme="eric", value="https://eric.ed.gov/?id=ED477535", ordering="10"),
    )
    assert live_tables() == before
    text = text_of(work)
    assert text["m2m"]["tags"] == ["another", "secret"]
    assert text["m2m"]["topics"] == [evaluation.pk]
    assert text["item"]["levels"] == ["federal"]
    assert text["parts"]["resources.contributor"][0]["person_id"] == melaville.pk
    assert text["parts"]["resources.identifier"][0]["value"] == "ED477535"
    assert "secret" not in client.get(work.get_absolute_url()).content.decode()


def test_the_preview_shows_terms_tags_and_people_of_the_draft(staff_client, work):
    revision = draft_work(
        "Making a Difference",
        work=work,
        topics=[topic("Evaluation")],
        tags=["new"],
        authors=[person("Melaville", "Atelia")],
    )
    before = live_tables()
    html = staff_client.get(
        f"/admin/resources/publication/{work.pk}/preview/{revision.pk}/", follow=True
    ).content.decode()
    for words in ("Making a Difference", "Evaluation", ">new<", "Atelia Melaville"):
        assert words in html
    assert "Mott" not in html
    assert live_tables() == before


def test_what_is_typed_is_shown_on_the_real_page_and_stored_nowhere(staff_client, work):
    melaville = person("Melaville", "Atelia")
    typed = open_form(staff_client, work) | {"title": "Making a Difference", "tags": "new"}
    typed |= new_row("contributor", 0, role="author", person=str(melaville.pk), ordering="10")
    before = live_tables(), ensured_revision(work)
    html = staff_client.post(f"/admin/resources/publication/{work.pk}/typed/", typed).content.decode()
    for words in ("Making a Difference", ">new<", "Atelia Melaville", "Not saved yet."):
        assert words in html
    assert (live_tables(), ensured_revision(work)) == before


def test_what_was_published_can_be_compared_and_brought_back(staff_client, work):
    first = ensured_revision(work)
    evaluation = topic("Evaluation")
    publish(draft_work("Making a Difference", work=work, topics=[evaluation], tags=["new"]))
    newest = ensured_revision(work)
    address = f"/admin/resources/publication/{work.pk}/compare/{first.pk}/{newest.pk}/"
    html = staff_client.get(address).content.decode()
    assert "Research" in html and "Evaluation" in html and "Mott" in html
    publish(restore(first))
    assert [term.label for term in work.topics.all()] == ["Research"]
    assert list(work.tags.names()) == ["Mott"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"issued_year": 2003, "issued_month": 2, "issued_day": 30}, "This month has 28 days"),
        ({"issued_month": 2}, "a month its year"),
        ({"issued_year": 20111111111, "issued_month": 2, "issued_day": 5}, "not larger than 2200"),
        ({"page_range": "9-4"}, "Page 4 comes before page 9"),
        ({"slug": "topic"}, "has another meaning here"),
        ({"slug": "2003"}, "has another meaning here"),
        ({"title": ""}, "“Title” is empty"),
    ],
)
def test_what_is_impossible_stops_the_publish_in_words(staff_client, work, fields, sentence):
    draft_work(work=work, **({"title": "Making the Difference"} | fields))
    response = edit(staff_client, work, button="_publish", follow=True)
    assert sentence in response.content.decode()


def test_a_new_work_needs_a_title_only(staff_client):
    data = {"title": "A title", "slug": "", "language": "en"} | {
        f"{prefix}-{name}_FORMS": "0"
        for prefix in ("contributors", "identifiers", "files", "links", "relations", "fact_notes")
        for name in ("TOTAL", "INITIAL")
    }
    response = staff_client.post("/admin/resources/publication/add/", data | {"_save": "1"})
    assert response.status_code == 302
    assert ensured_revision(Publication.objects.get()).title == "A title"


@pytest.mark.parametrize(
    ("group", "may"), [("Writers", False), ("Reviewers", True), ("Librarians", True), ("Managers", True)]
)
def test_who_may_publish_a_work(work, sign_in, group, may):
    client = sign_in(group)
    edit(client, work, title="Changed", button="_publish")
    assert (Publication.objects.get().title == "Changed") is may
    assert ensured_revision(work).title == "Changed"


def test_the_form_of_a_series_leads_to_its_shelf(staff_client, db):
    series = saved(Series(label="Occasional papers"))
    html = staff_client.get(change_url(series)).content.decode()
    assert f'href="{series.get_absolute_url()}" class="viewsitelink"' in html


def test_the_list_is_searched_by_title_by_identifier_and_by_the_title_of_a_draft(staff_client, work):
    publish_work("Growing", identifiers=[("eric", "ED999999"), ("report_number", "R-ED99")])
    draft_work("Making a Change", work=work)

    def found(query):
        listed = staff_client.get("/admin/resources/publication/", {"q": query}).context["cl"]
        assert listed.result_count == len(listed.result_list)
        return [str(item) for item in listed.result_list]

    assert found("ED99") == ["Growing"]
    assert found("making difference") == found("change") == ["Making the Difference"]
    assert found('"making the"') == ["Making the Difference"]
    assert found("growing ED999999") == found("zeppelin") == []
