"""The rows of the index: documents as columns and words, and the statements that write them.

A batch goes to Postgres as one JSON text, and the vectors are made there. (Said with Django's expressions, which are
built and resolved anew for each row, a batch took four times as long as Postgres needs for it.)
"""

import json
import re
from itertools import islice

from django.db import connection

from publishing.sorting import sorting_title
from search.files import Unread, files_of
from search.languages import ALL_CONFIGURATIONS, ANY_OTHER, base, configuration_of
from search.models import File, Item, Meaning, PageText, TitleStart
from search.texts import ROOM, clean, fitting, folded_title, size_of, typed_words

PAGES_AT_ONCE = 1_000
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+|[^\W\d_]")  # “G.”, “J.-P.”, “G”

MADE = {"id", "own", "everything", "words"}  # by Postgres
WEIGHTS = {"title": "A", "authors": "B", "summary": "C", "body": "D"}

VECTOR = "to_tsvector((document ->> 'configuration')::regconfig, document -> 'words' ->> '{0}')"
FILE_WORDS = "strip(to_tsvector((document ->> 'configuration')::regconfig, document ->> 'words'))"
OWN = " || ".join(f"setweight({VECTOR.format(name)}, '{weight}')" for name, weight in WEIGHTS.items())
EVERYTHING = " || ".join(
    f"coalesce(to_tsvector('{name}', document -> 'everything' ->> '{name}'), '')" for name in ALL_CONFIGURATIONS
)
# A title of small words only, such as “Who we are”, is kept by no stemmer.
SMALL_WORDS = f"""
    CASE WHEN length({VECTOR.format("title")}) = 0 THEN to_tsvector('{ANY_OTHER}', document -> 'words' ->> 'title')
    ELSE '' END
"""
KEPT_FILES = """
    coalesce((SELECT search_all_words(words) FROM search_file
              WHERE id IN (SELECT jsonb_array_elements_text(document -> 'kept_files')::bigint)), '')
"""
# With the rows that follow from an item, because each statement more is felt by whoever publishes.
WRITE_ITEMS = """
    WITH listed AS MATERIALIZED (
        SELECT document, place FROM jsonb_array_elements(%s) WITH ORDINALITY AS listed (document, place)
    ), written AS (
        INSERT INTO search_item ({columns}, own, everything)
        SELECT {values}, {own}, strip({everything} || {small_words} || {kept_files})
        FROM listed CROSS JOIN LATERAL jsonb_populate_record(NULL::search_item, document -> 'row') AS stored
        ORDER BY place
        ON CONFLICT (owner_label, owner_key)
        DO UPDATE SET {changes}, own = excluded.own, everything = excluded.everything
        RETURNING owner_label, owner_key, id
    ), known AS (
        SELECT written.*, document FROM written JOIN listed
        ON (owner_label, owner_key) = (document -> 'row' ->> 'owner_label', document -> 'row' ->> 'owner_key')
    ), former_meanings AS (
        DELETE FROM search_meaning USING known WHERE item_id = known.id AND digest <> document ->> 'digest'
    ), former_title_starts AS (
        DELETE FROM search_titlestart USING known WHERE item_id = known.id
    ), title_starts AS (
        INSERT INTO search_titlestart (item_id, language, is_inside, text)
        SELECT known.id, document -> 'row' ->> 'language', place > 1, text FROM known
        CROSS JOIN LATERAL jsonb_array_elements_text(document -> 'title_starts') WITH ORDINALITY AS starts (text, place)
    )
    SELECT owner_label, owner_key, id, ARRAY(SELECT search_file.id FROM search_file WHERE item_id = known.id) FROM known
"""
WRITE_FILES = """
    INSERT INTO search_file ({columns}, words)
    SELECT {values}, {words}
    FROM jsonb_array_elements(%s) AS document
    CROSS JOIN LATERAL jsonb_populate_record(NULL::search_file, document -> 'row') AS stored
    RETURNING item_id, address, id
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


ITEMS = _statement(
    WRITE_ITEMS, Item, own=OWN, everything=EVERYTHING, small_words=SMALL_WORDS, kept_files=KEPT_FILES
)  # fmt: skip
FILES = _statement(WRITE_FILES, File, words=FILE_WORDS)
PAGES = _statement(WRITE_PAGES, PageText, own=VECTOR.format("text"))


def write(documents):
    """Write the rows of published documents, each of another item, in place of those that are there."""
    if not documents:
        return
    files = dict(zip((document.owner for document in documents), files_of(documents), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(ITEMS, [_json(_item(document, files[document.owner]) for document in documents)])
        written = cursor.fetchall()
        items = {(label, key): pk for label, key, pk, _ in written}
        stored = {file for *_, its_files in written for file in its_files}
        _write_files(cursor, [(items[owner], file) for owner, its_files in files.items() for file in its_files], stored)


def _title_starts(document):
    """The folded title from each of its words on."""
    its_words = folded_title(document.title).split()
    return [" ".join(its_words[place:])[: TitleStart.LONGEST] for place in range(len(its_words))]


def _write_files(cursor, files, stored):
    """Write what is new of files, which come with the keys of their items; what is known is left where it is, and
    the rest of the keys that are stored goes.
    """
    known = [file for _, file in files if not isinstance(file, Unread)]
    unread = [(item, file) for item, file in files if isinstance(file, Unread)]
    if gone := stored - {file.pk for file in known}:
        File.objects.filter(pk__in=gone).delete()
    for file in known:
        if file.label != file.file.label:
            File.objects.filter(pk=file.pk).update(label=file.file.label)
    if not unread:
        return
    cursor.execute(FILES, [_json(file.as_data(item) for item, file in unread)])
    keys = {(item, address): pk for item, address, pk in cursor.fetchall()}
    pages = (page for item, file in unread for page in file.pages_as_data(item, keys[item, file.file.address]))
    while batch := list(islice(pages, PAGES_AT_ONCE)):
        cursor.execute(PAGES, [_json(batch)])


def row_of(document):
    """The columns of an item that are not made by Postgres: name → value."""
    language = base(document.language)
    facets = {"content": [document.kind], "language": [language]} | document.facets
    return {
        "owner_label": document.owner[0],
        "owner_key": document.owner[1],
        "kind": document.kind,
        "language": language,
        "title": clean(document.title),
        "sort_title": sorting_title(document.title, language),
        "title_words": folded_title(document.title),
        "authors": clean("; ".join(document.authors)),
        "summary": clean(document.summary),
        "body": clean(document.body),
        "keywords": clean(document.keywords),
        "address": document.address,
        "year": document.year,
        "dated_on": document.dated_on,
        "facets": [f"{name}:{value}" for name, values in facets.items() for value in values],
        "identifiers": document.identifiers,
        "published_at": document.published_at,
        "retired_at": document.retired_at,
    }


def _item(document, files):
    configuration = configuration_of(document.language)
    its_words = {
        "title": typed_words(document.title),
        "authors": typed_words("\n".join(map(_orders_of_a_name, document.authors))),
        "summary": typed_words(document.summary),
        "body": typed_words(f"{document.body}\n{document.keywords}\n{document.year or ''}"),
    }
    words, kept = _everything(configuration, its_words, files)
    return {
        "row": row_of(document),
        "configuration": configuration,
        "words": its_words,
        "everything": words,
        "kept_files": kept,
        "title_starts": _title_starts(document),
        "digest": Meaning.digest_of(*map(clean, (document.title, document.summary, document.body))),
    }


def _everything(configuration, its_words, files):
    """Configuration → the words of an item and its new files, each once; and the keys of the files that it keeps.

    A file whose words find no room any more is found by its title only.
    """
    own = fitting(dict.fromkeys(" ".join(its_words.values()).split()), ROOM // 2)
    different, kept = {configuration: dict.fromkeys(own)}, []
    room = ROOM - size_of(own)
    for file in files:
        if file.size_of_words > room:
            continue
        room -= file.size_of_words
        if isinstance(file, Unread):
            different.setdefault(file.configuration, {}).update(dict.fromkeys(file.different))
        else:
            kept.append(file.pk)
    return {name: " ".join(words) for name, words in different.items()}, kept


def _orders_of_a_name(name):
    """“Dryfoos, Joy G.” → “Dryfoos Joy G. / Joy G. Dryfoos / Dryfoos Joy / Joy Dryfoos”: a name in quotes is found in
    either order, with its initials and without.
    """
    family, comma, given = name.partition(",")
    if not comma:
        return name
    without_initials = " ".join(part for part in given.split() if not _INITIALS.fullmatch(part))
    ways = dict.fromkeys(filter(None, (given.strip(), without_initials)))
    return " / ".join(f"{family} {way} / {way} {family}" for way in ways)


def _json(rows):
    return json.dumps(list(rows), default=str)
