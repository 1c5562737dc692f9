"""Publications in the admin: drafts with terms, tags, contributors and files, which no reader sees too early."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from publishing.models import Revision
from publishing.publish import NotReady, newest_revision, publish, restore
from resources.models import FilePage, Publication, Series, StoredFile
from tests.drafts import change_url, edit, live_tables, open_form
from tests.library import draft_work, organization, person, publish_work, row, saved, topic
from tests.resources import pdfs


@pytest.fixture
def work(db):
    return publish_work("Making the Difference", topics=[topic("Research")], tags=["Mott"], levels=["state"])


def text_of(work):
    return newest_revision(work).data


def new_row(kind, number, **values):
    """The fields of a row that the browser adds to a form with `number` rows of its kind."""
    prefix = {"contributor": "contributors", "identifier": "identifiers", "workfile": "files"}[kind]
    return {f"{prefix}-{number}-{name}": value for name, value in values.items()} | {
        f"{prefix}-TOTAL_FORMS": str(number + 1)
    }


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


def test_a_tag_of_a_draft_exists_nowhere_until_it_is_published(staff_client, work):
    edit(staff_client, work, tags="secret")
    assert list(Tag.objects.values_list("name", flat=True)) == ["Mott"]
    publish(newest_revision(work))
    assert list(work.tags.names()) == ["secret"]


def test_a_tag_that_exists_in_other_capitals_is_that_tag(staff_client, work):
    edit(staff_client, work, tags="mott")
    publish(newest_revision(work))
    assert [tag.name for tag in Tag.objects.all()] == ["Mott"]


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
    before = live_tables(), newest_revision(work)
    html = staff_client.post(f"/admin/resources/publication/{work.pk}/typed/", typed).content.decode()
    for words in ("Making a Difference", ">new<", "Atelia Melaville", "Not saved yet."):
        assert words in html
    assert (live_tables(), newest_revision(work)) == before


def test_the_form_of_a_work_with_many_people_asks_no_more_than_that_of_a_work_with_few(staff_client):
    asked = []
    for number in (2, 12):
        people = [person(f"Family {number}", f"Given {index}") for index in range(number)]
        work = publish_work(f"By {number}", authors=people)
        open_form(staff_client, work)
        with CaptureQueriesContext(connection) as captured:
            data = open_form(staff_client, work)
        asked.append(len(captured))
        assert [data[f"contributors-{index}-person"] for index in range(number)] == [str(one.pk) for one in people]
    assert asked[0] == asked[1]


def test_what_was_published_can_be_compared_and_brought_back(staff_client, work):
    first = newest_revision(work)
    evaluation = topic("Evaluation")
    publish(draft_work("Making a Difference", work=work, topics=[evaluation], tags=["new"]))
    newest = newest_revision(work)
    address = f"/admin/resources/publication/{work.pk}/compare/{first.pk}/{newest.pk}/"
    html = staff_client.get(address).content.decode()
    assert "Research" in html and "Evaluation" in html and "Mott" in html
    publish(restore(first))
    assert [term.label for term in work.topics.all()] == ["Research"]
    assert list(work.tags.names()) == ["Mott"]


def names_in_order(work):
    return [one.maker.family for one in Publication.objects.get(pk=work.pk).contributors.all()]


def test_authors_without_numbers_stand_as_they_were_added(staff_client, work):
    families = ["Melaville", "Berg", "Blank", "Dryfoos", "Adams", "Zhou"]
    rows = [
        new_row("contributor", number, role="author", person=person(family).pk, organization="", ordering="")
        for number, family in enumerate(families)
    ]
    edit(staff_client, work, button="_publish", **{key: value for row in rows for key, value in row.items()})
    assert names_in_order(work) == families


@pytest.mark.parametrize(
    ("row", "number", "names"),
    [
        (2, "0", ["Blank", "Melaville", "Berg"]),  # up to the number of the first one
        (0, "2", ["Berg", "Blank", "Melaville"]),  # down to the number of the last one
        (1, "", ["Melaville", "Blank", "Berg"]),
        (1, "99", ["Melaville", "Blank", "Berg"]),
    ],
)
def test_a_row_moves_to_the_number_that_it_is_given(staff_client, work, row, number, names):
    publish(draft_work(work=work, authors=[person(family) for family in ("Melaville", "Berg", "Blank")]))
    edit(staff_client, work, button="_publish", **{f"contributors-{row}-ordering": number})
    assert names_in_order(work) == names


def test_a_wrong_number_is_judged_as_what_it_says_it_is(staff_client, work):
    edit(staff_client, work, **new_row("identifier", 0, scheme="eric", value="ISBN 0-937846-11-3", ordering=""))
    response = edit(staff_client, work, button="_publish", follow=True)
    assert "has a wrong check digit: it should end in 2" in response.content.decode()


def test_an_uploaded_file_waits_with_its_draft(staff_client, client, work, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    upload = SimpleUploadedFile("report.pdf", pdfs.pdf(["Attendance grew."]))
    edit(staff_client, work, **new_row("workfile", 0, upload=upload, label="", language="", name="", ordering="10"))
    stored = StoredFile.objects.get()
    assert text_of(work)["parts"]["resources.workfile"][0]["file_id"] == stored.pk
    assert client.get(f"{work.get_absolute_url()}files/making-the-difference.pdf").status_code == 404
    assert "0 of 1 pages are read" in staff_client.get(change_url(work)).content.decode()
    publish(newest_revision(work))
    assert client.get(f"{work.get_absolute_url()}files/making-the-difference.pdf").getvalue() == upload.open().read()


def test_a_file_that_we_do_not_take_is_refused_beside_its_field(staff_client, work):
    before = newest_revision(work)
    upload = SimpleUploadedFile("report.pdf", pdfs.encrypted(user="secret"))
    response = edit(
        staff_client, work, title="Kept in the form", **new_row("workfile", 0, upload=upload, ordering="10")
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert "it cannot be opened without a password" in html
    assert 'value="Kept in the form"' in html
    assert newest_revision(work) == before
    assert not StoredFile.objects.exists() and not FilePage.objects.exists()


def test_what_was_taken_out_of_a_file_is_said_beside_it(staff_client, work):
    upload = SimpleUploadedFile("report.pdf", pdfs.with_script())
    edit(staff_client, work, **new_row("workfile", 0, upload=upload, label="", language="", name="", ordering="10"))
    sentence = "We took out of this PDF: scripts. The pages look the same."
    assert sentence in staff_client.get(change_url(work)).content.decode()
    stored = StoredFile.objects.get()
    assert stored.removed == ["scripts"]
    assert sentence in staff_client.get(f"/admin/resources/storedfile/{stored.pk}/change/").content.decode()


def test_an_identifier_that_another_work_has_stops_the_publish_in_words(staff_client, work):
    publish_work("Another", identifiers=[("eric", "ED477535")])
    revision = draft_work(work=work, identifiers=[("eric", "ED477535")])
    response = edit(staff_client, work, button="_publish", follow=True)
    assert "Another publication has this number already" in response.content.decode()
    assert Revision.objects.get(pk=revision.pk).published_at is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"issued_year": 2003, "issued_month": 2, "issued_day": 30}, "This month has 28 days"),
        ({"issued_month": 2}, "a month its year"),
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
    assert newest_revision(Publication.objects.get()).title == "A title"


@pytest.mark.parametrize(
    ("group", "may"), [("Writers", False), ("Reviewers", True), ("Librarians", True), ("Managers", True)]
)
def test_who_may_publish_a_work(work, sign_in, group, may):
    client = sign_in(group)
    edit(client, work, title="Changed", button="_publish")
    assert (Publication.objects.get().title == "Changed") is may
    assert newest_revision(work).title == "Changed"


def test_a_part_of_another_work_cannot_be_taken_by_its_key(staff_client, work):
    other = publish_work("Another", identifiers=[("isbn", "0-937846-11-2")])
    key = other.identifiers.get().pk
    edit(staff_client, work, **new_row("identifier", 0, id=str(key), scheme="eric", value="ED477535", ordering="10"))
    publish(newest_revision(work))
    assert other.identifiers.get().pk == key
    assert row()["id"] != str(key)


def test_the_form_of_a_series_leads_to_its_shelf(staff_client, db):
    series = saved(Series(label="Occasional papers"))
    html = staff_client.get(change_url(series)).content.decode()
    assert f'href="{series.get_absolute_url()}" class="viewsitelink"' in html


@pytest.mark.parametrize(
    ("tags", "sentence"),
    [("x" * 61, "is longer than 60 characters"), ("after/school", "no slash"), ("🙂", "use letters and digits")],
)
def test_what_cannot_be_a_tag_is_said_beside_the_field(staff_client, work, tags, sentence):
    response = edit(staff_client, work, title="Kept in the form", tags=tags)
    assert sentence in response.content.decode()
    assert 'value="Kept in the form"' in response.content.decode()


@pytest.mark.parametrize("tag", ["x" * 300, "a/b", "🙂"])
def test_a_tag_that_came_another_way_stops_the_publish_in_words(work, tag):
    with pytest.raises(NotReady, match="tag"):
        publish(draft_work(work=work, tags=[tag]))
    assert list(work.tags.names()) == ["Mott"]


@pytest.mark.parametrize(
    ("typed", "names", "shown"),
    [
        ("supper, family night,", ["family night", "supper"], "family night, supper"),
        ('"family night"', ["family night"], "family night"),
        ("family night", ["family night"], "family night"),
        ('the "new" school, "a, b"', ["a, b", 'the "new" school'], '"a, b", the "new" school'),
        (" , ,", [], ""),
    ],
)
def test_tags_come_back_into_the_form_as_they_are_typed(staff_client, work, typed, names, shown):
    edit(staff_client, work, tags=typed)
    assert newest_revision(work).data["m2m"]["tags"] == names
    assert open_form(staff_client, work)["tags"] == shown
    edit(staff_client, work, tags=shown)
    assert newest_revision(work).data["m2m"]["tags"] == names


@pytest.mark.parametrize("typed", ["a\rb", "x" * 140_000])
def test_what_cannot_be_read_as_tags_is_said_and_kept_in_the_form(staff_client, work, typed):
    assert edit(staff_client, work, tags=typed).status_code == 200


def test_tags_in_any_script_have_an_address(client, work):
    publish(draft_work(work=work, tags=["Educación", "学校"]))
    html = client.get(work.get_absolute_url()).content.decode()
    assert "Educación" in html and "学校" in html


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
