"""Helpers for tests of the library: works published through the store, as an editor would."""

import uuid

from django.utils.text import slugify

from publishing.publish import publish
from publishing.revisions import Revision, add_revision
from publishing.snapshots import capture
from resources.models import Contributor, Identifier, Publication, Relation, WorkFile, WorkLink
from vocabulary.models import Organization, Person, Topic


def row(**values):
    """One part of a work, with a key of its own."""
    return {"id": str(uuid.uuid4()), "ordering": 0} | values


def person(family, given="", **values):
    return saved(Person(family=family, given=given, **values))


def organization(label, **values):
    return saved(Organization(label=label, **values))


def topic(label, **values):
    return saved(Topic(label=label, **values))


def saved(record):
    record.full_clean()
    record.save()
    return record


def draft_work(
    title="Making the Difference",
    *,
    work=None,
    tags=(),
    topics=(),
    authors=(),
    editors=(),
    publishers=(),
    identifiers=(),
    links=(),
    relations=(),
    files=(),
    **fields,
):
    """A revision of a work with these words: of a new one, or the next of `work`."""
    work = work or Publication.create_stub()
    newest = Revision.objects.of(work).newest()
    data = newest.data if newest else capture(work)
    data["item"] |= {"title": title, "slug": slugify(title)} | fields
    data["m2m"] |= {"tags": list(tags), "topics": [record.pk for record in topics]}
    by_role = {"author": authors, "editor": editors, "publisher": publishers}
    makers = [(role, record) for role, records in by_role.items() for record in records]
    data["parts"] |= {
        Contributor._meta.label_lower: [
            maker_row(role, record, number) for number, (role, record) in enumerate(makers)
        ],
        Identifier._meta.label_lower: [row(scheme=scheme, value=value) for scheme, value in identifiers],
        WorkLink._meta.label_lower: [row(kind=kind, address=address, label="") for kind, address in links],
        Relation._meta.label_lower: [row(kind=kind, other_id=other.pk) for kind, other in relations],
        WorkFile._meta.label_lower: [row(file_id=file.pk, name="", label="", language="") for file in files],
    }
    return add_revision(Publication, work.pk, data, base=newest)


def maker_row(role, record, number):
    is_person = isinstance(record, Person)
    keys = {"person_id": record.pk if is_person else None, "organization_id": None if is_person else record.pk}
    return row(role=role, **keys) | {"ordering": number}


def publish_work(title="Making the Difference", **values):
    """The smallest public work with these words."""
    revision = draft_work(title, **values)
    publish(revision)
    return Publication.objects.get(pk=revision.object_id)


def publish_a_full_work():
    """A public work with all that a work can have: a file, terms, tags, relations."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from resources import file_store
    from resources.models import Series
    from tests.resources.pdfs import report
    from vocabulary.models import Place, Result, Role

    stored = file_store.take(SimpleUploadedFile("report.pdf", report(3)))
    companion = publish_work("A Companion", issued_year=2004)
    work = publish_work(
        "Everything That a Work Can Have",
        subtitle="A Work for Tests",
        summary="It has a file, terms, tags and relations.",
        abstract="First paragraph.\n\nSecond paragraph.",
        work_kind="report",
        issued_year=2003,
        issued_month=5,
        page_count=3,
        work_language="en",
        levels=["state"],
        series_id=saved(Series(label="Occasional papers")).pk,
        number="2",
        license="CC-BY-4.0",
        access="open",
        rights="Copy freely.",
        facts_source="Its title page.",
        topics=[topic("Everything")],
        tags=["A tag"],
        authors=[person("Doe", "Jane"), organization("An organization")],
        publishers=[organization("A publisher")],
        identifiers=[("eric", "ED999999"), ("doi", "10.5555/everything")],
        links=[("record", "https://eric.ed.gov/?id=ED999999")],
        relations=[("companion", companion)],
        files=[stored],
    )
    work.roles.add(saved(Role(label="Principals of tests")))
    work.results.add(saved(Result(label="A result")))
    work.places.add(saved(Place(label="A place")))
    return work
