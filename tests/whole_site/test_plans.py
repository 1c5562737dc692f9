"""No statement of a reader's page walks through a table that grows with the library: read from Postgres' own plans.

How long the pages take with 100,000 works is measured by `make bench ARGS=large`.
"""

import pytest
from django.db import connection
from django.test import Client

from tests.whole_site.plans import kept, planned_for_many_rows, walks_of

LIST = "/resources/publications/"
ADDRESSES = [
    "/",
    "/about/",
    "/blog/",
    "/blog/partners-first/",
    "/blog/2026/",
    "/blog/tag/grown/",
    "/blog/feed/atom/",
    "/faq/",
    "/faq/is-it-a-public-school/",
    LIST,
    f"{LIST}?order=title",
    f"{LIST}?page=2&size=1",
    f"{LIST}?topic=everything&kind=report&from=1990&to=2010",
    f"{LIST}?q=tests",
    f"{LIST}?q=tests&order=title",
    f"{LIST}everything-that-a-work-can-have/",
    f"{LIST}everything-that-a-work-can-have/?in=page",
    f"{LIST}everything-that-a-work-can-have.json",
    f"{LIST}no-such-work/",
    f"{LIST}chosen/?work=everything-that-a-work-can-have",
    f"{LIST}feed/atom/",
    f"{LIST}topic/everything/feed/rss/",
    f"{LIST}topic/everything/export/csv/",
    f"{LIST}found/export/bibtex/?q=tests",
    f"{LIST}export/csv/",
    "/search/?q=tests",
    "/search/?q=tests+companion",
    "/search/?q=testz",
    '/search/?q="work+for+tests"&topic=everything',
    "/search/?q=tests&content=publication&order=newest",
    "/search/?topic=everything",
    "/search/feed/atom/",
    "/search/feed/atom/?q=tests",
    "/search/suggestions.json?q=ever",
    "/search/suggestions.json?q=a+work+for+te",
    "/resources/publications.json",
    "/resources/publications.json?topic=everything&updated_since=2020-01-01",
    "/oai?verb=Identify",
    "/oai?verb=ListSets",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc&set=topic:everything&from=2020-01-01",
    "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc",
    "/sitemap.xml",
    "/sitemap-publication-1.xml",
    "/no-such-page/",
]
SHELVES = [
    "topic/everything/", "author/jane-doe/", "organization/a-publisher/", "year/2003/", "kind/report/", "level/state/",
    "series/occasional-papers/", "tag/a-tag/", "a-z/e/",
]  # fmt: skip
ADDRESSES += [f"{LIST}{shelf}{order}" for shelf in SHELVES for order in ("", "?order=title")]
INDEXES_OF_SHELVES = [f"{LIST}{shelf.partition('/')[0]}/" for shelf in SHELVES]
# Where every work is looked at: the one table that may be walked, and what bounds it.
ONCE = "counted once a content version"
SITEMAP = "/sitemap-publication-1.xml"
WORKS = "resources_publication"
WALKS = {
    f"{LIST}export/csv/": (WORKS, "every work is what was asked for; it is read as it is sent"),
    "/search/?topic=everything": (
        "search_item",
        "what every other topic would give is counted over all that has no topic chosen",
    ),
    "/resources/publications.json": (WORKS, "how many there are is counted once a content version"),
    "/sitemap.xml": (WORKS, "at most 5,000 addresses; how many there are is counted once a content version"),
    SITEMAP: (WORKS, "at most 5,000 addresses"),
    # The shelves by author, organization and tag name their works by an index.
    f"{LIST}topic/": ("resources_publication_topics", ONCE),
    **{f"{LIST}{shelf}/": (WORKS, ONCE) for shelf in ("year", "kind", "level", "series", "a-z")},
}


@pytest.fixture(scope="module")
def library(kept_for_the_module):
    """One of each that the addresses name, a work that was retired, and the trace of one that was deleted."""
    from publishing.retiring import retire
    from search import statistics
    from tests.articles import publish_entry, publish_question
    from tests.conftest import save_page
    from tests.library import publish_a_full_work, publish_work

    save_page("Coalition for Community Schools", slug="home")
    save_page("About us", slug="about")
    publish_entry(tags=["Grown"])
    publish_question()
    publish_a_full_work()
    publish_work("Deleted").delete()
    retire(publish_work("Retired"))
    statistics.refresh()


def statements_of(address):
    """What a page asks the database for at its first visit."""
    statements = []
    with kept(statements):
        response = Client().get(address)
        b"".join(response if response.streaming else [response.content])
    return statements


def test_what_readers_ask_for_is_found_by_an_index(db, library):
    asked = {address: statements_of(address) for address in [*ADDRESSES, *INDEXES_OF_SHELVES]}
    assert sum(map(len, asked.values())) > 300
    with planned_for_many_rows():
        different = {sql: parameters for statements in asked.values() for sql, parameters in statements}
        walks = {sql: walks_of(sql, parameters) for sql, parameters in different.items()}
    faults = [
        f"{address}: {walk}\n    {sql[:1000]}"
        for address, statements in asked.items()
        for sql, _parameters in statements
        for walk in walks[sql]
        if walk.table != WALKS.get(address, ("", ""))[0]
    ]
    assert not faults, "\n".join(faults)
    needless = {address for address in WALKS if not any(walks[sql] for sql, _ in asked[address])}
    assert needless <= {SITEMAP}, f"These walk no more: {needless}"


@pytest.mark.parametrize(
    ("index", "address"),
    [
        ("search_item_everything", "/search/?q=tests"),
        ("search_item_published", "/search/feed/atom/"),
        ("resources_publication_public", f"{LIST}feed/atom/"),
        ("resources_publication_changed", "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc"),
        ("resources_publication_levels", f"{LIST}level/state/"),
    ],
)
def test_an_index_that_is_missing_is_noticed(db, library, index, address):
    statements = statements_of(address)
    with planned_for_many_rows():
        assert not any(walks_of(*statement) for statement in statements)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {index}")
        assert any(walks_of(*statement) for statement in statements)


def test_a_whole_table_in_the_order_of_an_index_is_a_walk_and_the_first_rows_of_it_are_none(db, library):
    from resources.models import Publication

    works = Publication.objects.public().by_title()
    with planned_for_many_rows():
        assert [str(walk) for walk in walks_of(*works.query.sql_with_params())] == [
            "Index Scan of resources_publication"
        ]
        assert walks_of(*works[:20].query.sql_with_params()) == []
        assert walks_of(*works.filter(slug="everything").query.sql_with_params()) == []
