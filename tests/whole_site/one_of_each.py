"""One row of each model that the admin knows, for tests that ask who may see and change it."""

from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django_tasks_db.models import DBTaskResult


def one_of_each(page, picture):
    """One row of each model that the admin knows, the page and the picture among them: model → row."""
    from axes.models import AccessAttempt

    from accounts.models import Invitation
    from feedback.models import Message, Response
    from links.models import OutwardLink
    from pages.models import ContactFacts, MenuItem, Promotion, Redirect
    from search.models import BestResult, Miss, Synonym

    later = timezone.now() + timedelta(days=1)
    kind = ContentType.objects.get_for_model(page)
    rows = [
        page,
        picture,
        MenuItem.objects.create(menu="header", label="Partners", page=page),
        Redirect.objects.create(old_path="/partners.aspx", page=page),
        ContactFacts.objects.create(organization="The Coalition", email="office@example.org"),
        *library(),
        *articles(),
        Message.objects.create(kind="contact", text="A question", language="en"),
        Response.objects.create(content_type=kind, object_id=page.pk, text="A response", sent_at=timezone.now()),
        Promotion.objects.create(title="Forum", address="/forums/", begins_at=timezone.now(), ends_at=later),
        Synonym.objects.create(words="Beacon\nlighthouse"),
        BestResult.objects.create(queries="partners", owner_label="pages.page", owner_key=str(page.pk)),
        OutwardLink.objects.create(address="https://eric.ed.gov/", host="eric.ed.gov"),
        Miss.objects.create(month="2026-11-01", language="en", words="zeppelin", times=5, times_corrected=0),
        Group.objects.create(name="Editors"),
        Invitation.objects.create(email="new@example.org", group=Group.objects.get(name="Writers")),
        AccessAttempt.objects.create(username="somebody", failures_since_start=1),
        User.objects.create_user("somebody", password="a password for tests"),
        DBTaskResult.objects.create(task_path="publishing.tasks.send_mail", args_kwargs={"args": [], "kwargs": {}}),
    ]
    return {type(row): row for row in rows}


def articles():
    """A row of each model of the blog and of the questions."""
    from blog.models import Series
    from faq.models import Group
    from tests.articles import publish_entry, publish_question
    from tests.library import saved

    series = saved(Series(label="Core values"))
    group = saved(Group(label="The idea", slug="the-idea"))
    return [publish_entry(series_id=series.pk), publish_question(), series, group]


def library():
    """A row of each model of the library and its vocabularies."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from taggit.models import Tag

    from resources import file_store
    from resources.models import Series
    from tests.library import publish_work, saved, topic
    from tests.resources.pdfs import pdf
    from vocabulary.models import Organization, Person, Place, Result, Role

    subject = topic("Evaluation")
    stored = file_store.take(SimpleUploadedFile("report.pdf", pdf()))
    return [
        stored,
        publish_work("Making the Difference", files=[stored], topics=[subject]),
        subject,
        saved(Role(label="Superintendents")),
        saved(Result(label="Attendance")),
        saved(Place(label="Oregon")),
        saved(Person(family="Melaville")),
        saved(Organization(label="The Coalition")),
        saved(Series(label="Occasional papers")),
        Tag.objects.create(name="Mott"),
    ]
