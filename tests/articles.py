"""Helpers for tests of the blog and of the questions: items published through the store, as an editor would."""

import uuid

from django.utils.text import slugify

from blog.models import Byline, Entry, EntryRelation
from blog.models import RichText as EntryText
from faq.models import Group, Question, QuestionRelation
from faq.models import RichText as AnswerText
from publishing.publish import publish
from publishing.revisions import Revision, add_revision
from publishing.snapshots import blank
from tests.library import row
from vocabulary.models import Person


def draft_of(model, title, *, item=None, text="<p>Words.</p>", topics=(), roles=(), related=(), **fields):
    """A revision of an entry or a question with these words: of a new one, or the next of `item`."""
    item = item or model.create_stub(language=fields.get("language", "en"))
    newest = Revision.objects.of(item).newest()
    data = blank(model)
    words, relation = (EntryText, EntryRelation) if model is Entry else (AnswerText, QuestionRelation)
    if model is Question and "group_id" not in fields:
        group, _is_new = Group.objects.get_or_create(slug="questions", defaults={"label": "Questions"})
        fields["group_id"] = group.pk
    tags, writers = fields.pop("tags", ()), fields.pop("writers", ())
    data["item"] |= {"title": title, "slug": slugify(title), "summary": "In short."} | fields
    data["m2m"] |= {"topics": [one.pk for one in topics], "roles": [one.pk for one in roles]}
    data["parts"][words._meta.label_lower] = [row(text=text, region="main", size="")] if text else []
    data["parts"][relation._meta.label_lower] = [row(address=address) for address in related]
    if model is Entry:
        data["m2m"]["tags"] = list(tags)
        data["parts"][Byline._meta.label_lower] = [
            {"id": str(uuid.uuid4()), "ordering": number}
            | {"person_id" if isinstance(one, Person) else "organization_id": one.pk}
            for number, one in enumerate(writers)
        ]
    return add_revision(model, item.pk, data, base=newest)


def publish_entry(title="Partners first", *, at=None, **values):
    return publish(draft_of(Entry, title, **values), at=at, check_links=False)


def publish_question(title="Is it a public school?", *, at=None, **values):
    return publish(draft_of(Question, title, **values), at=at, check_links=False)
