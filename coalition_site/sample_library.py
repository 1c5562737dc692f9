"""A library of made-up works of any size, for measuring: in the live tables and in the index, as if published.

Everything in it says that it is a sample. It is written in bulk and past the store of drafts, which is why a database
with works of its own is refused. The same numbers and seed give the same works.
"""

import hashlib
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from tempfile import SpooledTemporaryFile

from django.db import connection, transaction
from django.utils.text import slugify

from coalition_site.content_loader import FOLDER
from coalition_site.sample_texts import Text, Vocabulary, read_words
from publishing.models import ContentVersion
from publishing.sorting import sorting_title
from resources.kinds import Access, ContributorRole, Kind, Level, Scheme
from resources.models import Contributor, FilePage, Identifier, Publication, StoredFile, WorkFile
from search import rebuilding, statistics
from search.models import Item, PageText
from vocabulary.models import Organization, Person, Result, Role, Topic

BATCH = 200  # works
PUBLISHED_FROM = datetime(2020, 1, 1, tzinfo=UTC)  # one work a minute from then on
TERMS = {Topic: 40, Role: 8, Result: 12}
WORKS_A_PERSON, WORKS_AN_ORGANIZATION = 4, 50
YEARS = (1990, 2025)
NAMESPACE = uuid.UUID("6c1f1a52-6a0f-4d0e-9d57-2f5c3f0b9a10")
MEMORY = 64 * 1024 * 1024  # bytes of pages that are held before they go to the disk


class Refused(Exception):
    """The database holds works, which samples must not stand between."""


def make(publications, pages_each, seed):
    """Make sample works with one file each and their index, all or none; yields sentences on how far it is."""
    if Publication.objects.exists():
        raise Refused(
            "This database holds publications, and samples must not stand between them. "
            "Name an empty one by DATABASE_URL, and run migrate in it first."
        )
    with transaction.atomic():
        maker = _Maker(publications, pages_each, seed)
        numbers = iter(range(1, publications + 1))
        while batch := list(islice(numbers, BATCH)):
            maker.write(batch)
            yield f"{batch[-1]} of {publications} works written"
        ContentVersion.bump()
        with indexes_made_at_the_end():
            for done in rebuilding.rebuild(Publication):
                yield f"{done} of {publications} works indexed"
        yield "Counting words …"
        statistics.refresh()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def indexes_made_at_the_end():
    """Made once for all rows, the indexes of the search take a fraction of the time."""
    indexes = [(model, index) for model in (Item, PageText) for index in model._meta.indexes]
    with connection.schema_editor() as editor:
        for model, index in indexes:
            editor.remove_index(model, index)
    yield
    connection.check_constraints()  # now, and not at the end: an index cannot be made while they wait
    with connection.schema_editor() as editor:
        for model, index in indexes:
            editor.add_index(model, index)


class _Maker:
    def __init__(self, publications, pages_each, seed):
        self.pages_each, self.seed = pages_each, seed
        self.vocabulary = Vocabulary(read_words(FOLDER))
        self.terms = {model: _terms(model, number) for model, number in TERMS.items()}
        people, organizations = publications // WORKS_A_PERSON + 1, publications // WORKS_AN_ORGANIZATION + 1
        self.people = _records(Person, people, lambda number: {"family": f"Author {number}", "given": "Sample"})
        self.organizations = _records(
            Organization, organizations, lambda number: {"label": f"Sample Organization {number}"}
        )

    def write(self, numbers):
        """Write the works with these numbers and all that belongs to them."""
        texts = [Text(self.vocabulary, self.seed, number) for number in numbers]
        works = Publication.objects.bulk_create(map(self._work, numbers, texts))
        files = StoredFile.objects.bulk_create(map(self._file, numbers))
        made = list(zip(numbers, texts, works, files, strict=True))
        Contributor.objects.bulk_create(one for row in made for one in self._contributors(*row))
        Identifier.objects.bulk_create(self._identifier(*row) for row in made)
        WorkFile.objects.bulk_create(self._work_file(*row) for row in made)
        for model, field in ((Topic, "topics"), (Role, "roles"), (Result, "results")):
            through = Publication._meta.get_field(field).remote_field.through
            key = f"{model._meta.model_name}_id"
            through.objects.bulk_create(
                through(publication_id=work.pk, **{key: term})
                for _, text, work, _ in made
                for term in self._some(text, model)
            )
        self._copy_pages(made)

    def _work(self, number, text):
        random, title = text.random, f"Sample {number}: {text.title()}"
        return Publication(
            title=title,
            sort_title=sorting_title(title, "en"),
            slug=f"sample-{number}",
            summary=text.sentences(25),
            abstract=text.sentences(150),
            work_kind=random.choices(list(Kind), weights=range(len(Kind), 0, -1))[0],
            issued_year=random.randint(*YEARS),
            work_language="en",
            page_count=self.pages_each,
            levels=random.sample(list(Level), random.randint(0, 2)),
            access=Access.OPEN,
            facts_source="A made-up work, for measuring.",
            published_at=PUBLISHED_FROM + timedelta(minutes=number),
        )

    def _file(self, number):
        name = f"sample-{number}.pdf"
        sha256 = hashlib.sha256(f"{self.seed}/{number}".encode()).hexdigest()
        return StoredFile(
            sha256=sha256, file=f"works/{sha256[:2]}/{sha256}", name=name, size=0, media_type="application/pdf",
            extension="pdf", page_count=self.pages_each, state=StoredFile.State.READY, pages_read=self.pages_each,
        )  # fmt: skip

    def _contributors(self, number, text, work, _file):
        authors = text.random.sample(self.people, min(len(self.people), text.random.randint(1, 3)))
        for place, author in enumerate(authors):
            yield Contributor(id=_key(number, f"author {place}"), publication=work, ordering=place, person_id=author)
        yield Contributor(
            id=_key(number, "publisher"),
            publication=work,
            role=ContributorRole.PUBLISHER,
            ordering=len(authors),
            organization_id=text.random.choice(self.organizations),
        )

    def _identifier(self, number, _text, work, _file):
        scheme, value = Scheme.REPORT_NUMBER, f"SAMPLE-{number}"
        return Identifier(id=_key(number, "identifier"), publication=work, scheme=scheme, value=value)

    def _work_file(self, number, _text, work, file):
        return WorkFile(id=_key(number, "file"), publication=work, file=file)

    def _some(self, text, model):
        """The keys of one to three terms, the first ones of the list more often than the last."""
        terms = self.terms[model]
        return set(text.random.choices(terms, weights=range(len(terms), 0, -1), k=text.random.randint(1, 3)))

    def _copy_pages(self, made):
        """The pages go by COPY: there may be a million. Their words hold nothing that it would read as a sign."""
        with SpooledTemporaryFile(MEMORY, "w+", encoding="utf-8") as lines:
            for _, text, _, file in made:
                lines.writelines(f"{file.pk}\t{page}\t{text.page()}\n" for page in range(1, self.pages_each + 1))
            lines.seek(0)
            with connection.cursor() as cursor:
                table = FilePage._meta.db_table
                cursor.copy_expert(f"COPY {table} (file_id, number, text) FROM STDIN", lines)


def _key(number, name):
    return uuid.uuid5(NAMESPACE, f"{number} {name}")


def _terms(model, number):
    kind = model._meta.verbose_name
    return _records(model, number, lambda place: {"label": f"Sample {kind} {place}", "position": place})


def _records(model, number, values_of):
    """The keys of as many sample records of a vocabulary, in order; those that are there already stay."""
    rows = [model(slug=slugify(f"sample {model._meta.model_name} {place}"), **values_of(place))
            for place in islice(count(1), number)]  # fmt: skip
    model.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    keys = dict(model.objects.filter(slug__in=[row.slug for row in rows]).values_list("slug", "pk"))
    return [keys[row.slug] for row in rows]
