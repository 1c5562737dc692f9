"""People, numbers and files of a publication, each a row of its form: their order, and what is refused."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.models import Revision
from publishing.publish import ensured_revision, publish
from resources.models import FilePage, Publication, StoredFile
from tests.drafts import change_url, edit, fields_of, new_row, open_form
from tests.library import draft_work, person, publish_work, row, topic
from tests.resources import pdfs


@pytest.fixture
def work(db):
    return publish_work("Making the Difference")


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


def test_taking_many_topics_away_asks_no_more_than_taking_few(db):
    asked = []
    for number in (2, 12):
        topics = [topic(f"Topic {number} {index}") for index in range(number)]
        work = publish_work(f"Work {number}", topics=topics)
        draft = draft_work(f"Work {number}", work=work, topics=topics[:1])
        with CaptureQueriesContext(connection) as captured:
            publish(draft)
        asked.append(len(captured))
        assert list(work.topics.all()) == topics[:1]
    assert asked[0] == asked[1]


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
    assert ensured_revision(work).data["parts"]["resources.workfile"][0]["file_id"] == stored.pk
    assert client.get(f"{work.get_absolute_url()}files/making-the-difference.pdf").status_code == 404
    assert "0 of 1 pages are read" in staff_client.get(change_url(work)).content.decode()
    publish(ensured_revision(work))
    assert client.get(f"{work.get_absolute_url()}files/making-the-difference.pdf").getvalue() == upload.open().read()


def test_a_file_that_we_do_not_take_is_refused_beside_its_field(staff_client, work):
    before = ensured_revision(work)
    upload = SimpleUploadedFile("report.pdf", pdfs.encrypted(user="secret"))
    response = edit(
        staff_client, work, title="Kept in the form", **new_row("workfile", 0, upload=upload, ordering="10")
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert "it cannot be opened without a password" in html
    assert 'value="Kept in the form"' in html
    assert ensured_revision(work) == before
    assert not StoredFile.objects.exists() and not FilePage.objects.exists()


A_LONG_TAG = {"tags": "a" * 101}  # a fault of another field


def send_with_a_fault(client, work, *uploads):
    """Send the form of a work with new files and a fault elsewhere; give what the form that comes back would send."""
    rows = [new_row("workfile", number, upload=upload, ordering="") for number, upload in enumerate(uploads)]
    fields = {name: value for row in rows for name, value in row.items()}
    response = edit(client, work, **(A_LONG_TAG | fields))
    assert response.status_code == 200
    return response.content.decode()


def names_of_files(work):
    rows = ensured_revision(work).data["parts"]["resources.workfile"]
    return [StoredFile.objects.get(pk=row["file_id"]).name for row in rows]


def test_a_chosen_file_is_not_lost_where_another_field_has_a_fault(staff_client, work):
    html = send_with_a_fault(staff_client, work, SimpleUploadedFile("report.pdf", pdfs.pdf(["Attendance grew."])))
    assert "report.pdf has arrived, and is saved with the form." in html
    again = edit(staff_client, work, data=fields_of(html), **A_LONG_TAG).content.decode()
    assert "report.pdf has arrived, and is saved with the form." in again
    edit(staff_client, work, data=fields_of(again), tags="short")
    assert names_of_files(work) == ["report.pdf"]


def test_a_good_file_is_kept_beside_a_bad_one_in_whose_place_another_is_chosen(staff_client, work):
    good = SimpleUploadedFile("good.pdf", pdfs.pdf(["Attendance grew."]))
    html = send_with_a_fault(staff_client, work, good, SimpleUploadedFile("bad.pdf", pdfs.encrypted(user="secret")))
    assert "good.pdf has arrived" in html and "bad.pdf has arrived" not in html
    better = SimpleUploadedFile("better.pdf", pdfs.pdf(["Attendance grew again."]))
    edit(staff_client, work, data=fields_of(html), tags="short", **{"files-1-upload": better})
    assert names_of_files(work) == ["good.pdf", "better.pdf"]


@pytest.mark.parametrize("is_forged", [True, False])
def test_a_file_that_is_named_by_a_forged_form_or_too_late_has_to_be_chosen_again(staff_client, work, is_forged):
    data = fields_of(send_with_a_fault(staff_client, work, SimpleUploadedFile("report.pdf", pdfs.pdf(["Grew."]))))
    if is_forged:
        data["files-0-upload-taken"] = str(StoredFile.objects.get().pk)
    else:
        StoredFile.objects.update(created_at=timezone.now() - timedelta(days=6, minutes=1))
    response = edit(staff_client, work, data=data, tags="short")
    assert "is not kept any more. Choose it again." in response.content.decode()
    assert "has arrived" not in response.content.decode()


def test_what_was_taken_out_of_a_file_is_said_beside_it(staff_client, work):
    upload = SimpleUploadedFile("report.pdf", pdfs.with_script())
    edit(staff_client, work, **new_row("workfile", 0, upload=upload, label="", language="", name="", ordering="10"))
    sentence = "We took out of this PDF: scripts. The pages look the same."
    assert sentence in staff_client.get(change_url(work)).content.decode()
    stored = StoredFile.objects.get()
    assert stored.removed == ["scripts"]
    assert sentence in staff_client.get(f"/admin/resources/storedfile/{stored.pk}/change/").content.decode()


def test_an_identifier_that_another_work_has_stops_the_publish_and_leads_to_that_work(staff_client, work):
    other = publish_work("Schools & <Homes>", identifiers=[("eric", "ED477535")])
    revision = draft_work(work=work, identifiers=[("eric", "ED477535")])
    response = edit(staff_client, work, button="_publish", follow=True)
    html = response.content.decode()
    link = f'<a href="{change_url(other)}">“Schools &amp; &lt;Homes&gt;”</a>'
    assert f"{link} has this number already." in html  # in the row
    (message,) = response.context["messages"]
    assert "“Schools & <Homes>” has this number already." in str(message)
    assert Revision.objects.get(pk=revision.pk).published_at is None


def test_a_part_of_another_work_cannot_be_taken_by_its_key(staff_client, work):
    other = publish_work("Another", identifiers=[("isbn", "0-937846-11-2")])
    key = other.identifiers.get().pk
    edit(staff_client, work, **new_row("identifier", 0, id=str(key), scheme="eric", value="ED477535", ordering="10"))
    publish(ensured_revision(work))
    assert other.identifiers.get().pk == key
    assert row()["id"] != str(key)
