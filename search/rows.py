"""The rows of the index: documents as columns and words, and the two statements that write them.

A batch goes to Postgres as one JSON text, and the vectors are made there. (Said with Django's expressions, which are
built and resolved anew for each row, a batch took four times as long as Postgres needs for it.)
"""

import json
from itertools import islice

from django.db import connection

from search.languages import ALL_CONFIGURATIONS, ANY_OTHER, base, configuration_of, plain
from search.models import Item, PageText

# A tsvector holds one megabyte at most; an abnormally long text is found by its beginning.
LONGEST_TEXT = 300_000  # characters
MOST_WORDS = 50_000  # different ones, of an item with all its pages
PAGES_AT_ONCE = 1_000

MADE = {"id", "own", "everything"}  # by Postgres
WEIGHTS = {"title": "A", "authors": "B", "summary": "C", "body": "D"}

VECTOR = "to_tsvector((document ->> 'configuration')::regconfig, document -> 'words' ->> '{0}')"
OWN = " || ".join(f"setweight({VECTOR.format(name)}, '{weight}')" for name, weight in WEIGHTS.items())
EVERYTHING = " || ".join(
    f"coalesce(to_tsvector('{name}', document -> 'everything' ->> '{name}'), '')" for name in ALL_CONFIGURATIONS
)
# A title of small words only, such as “Who we are”, is kept by no stemmer.
SMALL_WORDS = f"""
    CASE WHEN length({VECTOR.format("title")}) = 0 THEN to_tsvector('{ANY_OTHER}', document -> 'words' ->> 'title')
    ELSE '' END
"""
WRITE_ITEMS = """
    INSERT INTO search_item ({columns}, own, everything)
    SELECT {values}, {own}, strip({everything} || {small_words})
    FROM jsonb_array_elements(%s) WITH ORDINALITY AS listed (document, place)
    CROSS JOIN LATERAL jsonb_populate_record(NULL::search_item, document -> 'row') AS stored
    ORDER BY place
    ON CONFLICT (owner_label, owner_key) DO UPDATE SET {changes}, own = excluded.own, everything = excluded.everything
    RETURNING owner_label, owner_key, id
"""
WRITE_PAGES = """
    INSERT INTO search_pagetext ({columns}, own)
    SELECT {values}, {own}
    FROM jsonb_array_elements(%s) AS document
    CROSS JOIN LATERAL jsonb_populate_record(NULL::search_pagetext, document -> 'row') AS stored
"""


def _statement(template, model, **expressions):
    columns = [field.column for field in model._meta.concrete_fields if field.column not in MADE]
    return template.format(
        columns=", ".join(columns),
        values=", ".join(f"stored.{column}" for column in columns),
        changes=", ".join(f"{column} = excluded.{column}" for column in columns),
        **expressions,
    )


ITEMS = _statement(WRITE_ITEMS, Item, own=OWN, everything=EVERYTHING, small_words=SMALL_WORDS)
PAGES = _statement(WRITE_PAGES, PageText, own=VECTOR.format("text"))


def write(documents):
    """Write the rows of published documents, each of another item, in place of those that are there."""
    if not documents:
        return
    pages_of = {}
    prepared = []
    for document in documents:
        pages_of[document.owner] = [_page(page, document.language) for page in document.pages]
        prepared.append(_item(document, pages_of[document.owner]))
    with connection.cursor() as cursor:
        cursor.execute(ITEMS, [_json(prepared)])
        ids = {(label, key): pk for label, key, pk in cursor.fetchall()}
        cursor.execute("DELETE FROM search_pagetext WHERE item_id = ANY(%s)", [list(ids.values())])
        pages = (_of_item(ids[owner], page) for owner, its_pages in pages_of.items() for page in its_pages)
        while batch := list(islice(pages, PAGES_AT_ONCE)):
            cursor.execute(PAGES, [_json(batch)])


def _item(document, pages):
    configuration = configuration_of(document.language)
    language = base(document.language)
    facets = {"kind": [document.kind], "language": [language]} | document.facets
    its_words = {
        "title": _words(document.title),
        "authors": _words("\n".join(map(_both_orders, document.authors))),
        "summary": _words(document.summary),
        "body": _words(document.body),
    }
    return {
        "row": {
            "owner_label": document.owner[0],
            "owner_key": document.owner[1],
            "kind": document.kind,
            "language": language,
            "title": _clean(document.title),
            "authors": _clean("; ".join(document.authors)),
            "summary": _clean(document.summary),
            "body": _clean(document.body),
            "address": document.address,
            "year": document.year,
            "facets": [f"{name}:{value}" for name, values in facets.items() for value in values],
            "identifiers": document.identifiers,
            "published_at": document.published_at,
            "retired_at": document.retired_at,
        },
        "configuration": configuration,
        "words": its_words,
        "everything": _everything(configuration, its_words, pages),
    }


def _page(page, language):
    language = page.language or language
    return {
        "row": {
            "address": page.address,
            "label": page.label,
            "language": base(language),
            "number": page.number,
            "text": _clean(page.text),
        },
        "configuration": configuration_of(language),
        "words": {"text": _words(page.text)},
    }


def _of_item(pk, page):
    return page | {"row": page["row"] | {"item_id": pk}}


def _everything(configuration, its_words, pages):
    """Configuration → the words of an item and all its pages, each once."""
    different = {configuration: dict.fromkeys(" ".join(its_words.values()).split())}
    for page in pages:
        if sum(map(len, different.values())) > MOST_WORDS:
            break
        different.setdefault(page["configuration"], {}).update(dict.fromkeys(page["words"]["text"].split()))
    return {name: " ".join(islice(its_words, MOST_WORDS)) for name, its_words in different.items()}


def _both_orders(name):
    """“Dryfoos, Joy G.” → “Dryfoos Joy G. / Joy G. Dryfoos”: a name in quotes is found in either order."""
    family, comma, given = name.partition(",")
    return f"{family} {given} / {given} {family}" if comma else name


def _words(text):
    return plain(text[:LONGEST_TEXT])


def _clean(text):
    """Without what a text column refuses: NUL, and halves of characters."""
    return text.replace("\0", "").encode(errors="ignore").decode()


def _json(rows):
    return json.dumps(rows, default=str)
