"""Copies of the sample works, with all that belongs to them, made by the database from what stands there.

A hundred thousand works with a million pages are written in minutes: what takes long is to make texts and to take their
words apart, and a copy has those of the first. Its topics are others, so that filters divide it in other ways.
"""

import json
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from coalition_site.sample_library import TERMS, indexes_made_at_the_end
from publishing.snapshots import capture
from resources.models import Contributor, FilePage, Identifier, Publication, StoredFile, WorkFile
from search.models import File, Item, PageText, TitleStart
from vocabulary.models import Topic

STEP = 10_000_000  # between the keys of a row and those of its copies
COPY = "INSERT INTO {table} ({columns}) SELECT {values} FROM {table}, generate_series(1, %s) AS copy"
# The words of each stand as often as there are copies.
COUNT = """
    UPDATE search_lexeme SET items = items * %(times)s, pages = pages * %(times)s;
    UPDATE search_word SET items = items * %(times)s;
    UPDATE search_statistics SET items = items * %(times)s, pages = pages * %(times)s
"""
FACETS = """(
    SELECT array_agg(CASE WHEN facet LIKE 'topic:%%' THEN 'topic:' || ({}) ELSE facet END) FROM unnest(facets) AS facet
)"""
# One version and one line of the log for each work, as publishing leaves them; the texts are those of one work.
REVISIONS = """
    INSERT INTO publishing_revision (content_type_id, object_id, number, is_parked, title, data, note, created_at,
                                     state, waits_because, published_at, preview_key)
    SELECT %(kind)s, id, 1, false, left(title, 200), jsonb_set(%(data)s, '{item,title}', to_jsonb(title)), '',
           published_at, 'working', '', published_at, 0
    FROM resources_publication
"""
ACTIVITIES = """
    INSERT INTO publishing_activity (content_type_id, object_id, kind, text, created_at)
    SELECT %(kind)s, id, 'published', '', published_at FROM resources_publication
"""


def copy(times):
    """Copy each of the sample works so many times; the database holds nothing else yet, and its role may do all."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # each key is right as it is made
        with indexes_made_at_the_end():
            for table in _tables():
                cursor.execute(*table.statement(times))
        cursor.execute(COUNT, {"times": times + 1})
        kind = ContentType.objects.get_for_model(Publication).pk
        data = json.dumps(capture(Publication.objects.order_by("pk").first()), default=str)
        for statement in (REVISIONS, ACTIVITIES):
            cursor.execute(statement, {"kind": kind, "data": data})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@dataclass(frozen=True)
class Table:
    """`shifted`: columns that hold keys of copied rows; `made`: column → SQL of what is other in a copy."""

    model: type
    shifted: tuple = ()
    made: tuple = ()

    def statement(self, times):
        """The SQL that copies its rows, and its parameters."""
        columns = [field.column for field in self.model._meta.concrete_fields]
        values = dict(zip(columns, columns, strict=True))
        values |= {column: f"{column} + copy * {STEP}::bigint" for column in self.shifted}
        values |= dict(self.made)
        table = self.model._meta.db_table
        sql = COPY.format(table=table, columns=", ".join(columns), values=", ".join(values[name] for name in columns))
        return sql, [times]


def _tables():
    """Every table that holds something of a work, in an order in which each row finds what it names."""
    topics, roles, results = (
        Publication._meta.get_field(name).remote_field.through for name in ("topics", "roles", "results")
    )
    slug = "regexp_replace({0}, '(sample-[0-9]+)', '\\1-' || copy)".format
    key = ("id", "gen_random_uuid()")
    first, number = Topic.objects.order_by("pk").values_list("pk", flat=True)[0], TERMS[Topic]
    other_topic = f"{first} + ({{0}} - {first} + copy) %% {number}".format
    facets = FACETS.format(other_topic("substr(facet, 7)::int"))
    of_work = ("publication_id",)
    return [
        Table(
            Publication, ("id",), (("slug", slug("slug")), ("published_at", "published_at + copy * interval '1 hour'"))
        ),
        Table(StoredFile, ("id",), (("sha256", "encode(sha256((sha256 || copy)::bytea), 'hex')"),)),
        Table(FilePage, ("id", "file_id")),
        Table(WorkFile, ("publication_id", "file_id"), (key,)),
        Table(Contributor, of_work, (key,)),
        Table(Identifier, of_work, (key, ("value", "value || '-' || copy"))),
        Table(topics, ("id", *of_work), (("topic_id", other_topic("topic_id")),)),
        Table(roles, ("id", *of_work)),
        Table(results, ("id", *of_work)),
        Table(
            Item,
            ("id",),
            (
                ("owner_key", f"(owner_key::bigint + copy * {STEP})::text"),
                ("address", slug("address")),
                ("facets", facets),
                ("published_at", "published_at + copy * interval '1 hour'"),
            ),
        ),
        Table(File, ("id", "item_id"), (("address", slug("address")),)),
        Table(PageText, ("id", "item_id", "file_id")),
        Table(TitleStart, ("id", "item_id")),
    ]
