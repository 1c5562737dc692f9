"""The passage of a text that shows best why it was found, with the words that were searched for marked.

Postgres marks the words, as only it knows their stems; the passage is chosen here. Only for rows that are shown.
"""

import json
import re
from itertools import islice, takewhile

from django.db import connection

from search.engine.expressions import any_of
from search.languages import ANY_OTHER, CONFIGURATIONS

PASSAGE = 220  # characters
LONGEST_TEXT = 40_000  # characters of a text in which a passage is looked for
START, END = "\x02", "\x03"
# Angle brackets would be read as markup, and left out. These stand for them on the way, and occur in no text.
BRACKETS, STAND_INS = "<>", "\ue000\ue001"
BACK = str.maketrans(STAND_INS, BRACKETS)

# Where there is nothing to mark, parsing the texts would be in vain.
PLAIN = "translate(left(text, %(longest)s), %(from)s, %(to)s)"
MARKED = f"""ts_headline(
        coalesce(%(configurations)s::jsonb ->> language, %(any_other)s)::regconfig, {PLAIN},
        %(tsquery)s::tsquery, %(options)s
    )"""
STATEMENT = """
    SELECT id, part, {text}
    FROM (
        SELECT id, language, 'title' AS part, title AS text FROM search_item WHERE id = ANY(%(ids)s)
        UNION ALL SELECT id, language, 'summary', summary FROM search_item WHERE id = ANY(%(ids)s)
        UNION ALL SELECT id, language, 'body', body FROM search_item WHERE id = ANY(%(ids)s)
        UNION ALL SELECT page.id, language, 'page', text
        FROM search_pagetext AS page JOIN search_file AS file ON file.id = file_id WHERE page.id = ANY(%(page_ids)s)
    ) AS texts
"""
_WORD_STARTS = re.compile(r"(?<=\s)(?=\S)")


def add_snippets(hits, plan):
    """Mark the titles of hits, and fill in the snippets of them and of their pages, in one statement.

    Give those that are still there: since they were ranked, somebody may have deleted an item, or changed its files.
    """
    pages = [page for hit in hits for page in hit.pages]
    marked = _marked_texts(plan.wishes, hits, pages)
    hits = [hit for hit in hits if (hit.id, "title") in marked]
    for hit in hits:
        hit.marked_title = pieces_of(marked[hit.id, "title"])
        hit.snippet = best_of(marked[hit.id, "summary"], marked[hit.id, "body"])
        hit.pages = _with_passages(hit.pages, marked)
    return hits


def mark_pages(pages, wishes):
    """Fill in the passages of pages alone; give those that are still there."""
    return _with_passages(pages, _marked_texts(wishes, [], pages))


def _with_passages(pages, marked):
    pages = [page for page in pages if (page.id, "page") in marked]
    for page in pages:
        page.pieces = best_of(marked[page.id, "page"])
    return pages


def _marked_texts(wishes, hits, pages):
    parameters = {
        "configurations": json.dumps(CONFIGURATIONS),
        "any_other": ANY_OTHER,
        "longest": LONGEST_TEXT,
        "from": BRACKETS + START + END,
        "to": STAND_INS,  # shorter: the marks of our own are taken out
        "tsquery": any_of(wish.tsquery for wish in wishes),
        "options": f"HighlightAll=true, StartSel={START}, StopSel={END}",
        "ids": [hit.id for hit in hits],
        "page_ids": [page.id for page in pages],
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(text=MARKED if wishes else PLAIN), parameters)
        return {(pk, part): text.translate(BACK) for pk, part, text in cursor.fetchall()}


def best_of(*marked_texts):
    """The best passage of several marked texts, as pieces; of equals the first that says anything."""
    passages = [best_passage(pieces_of(text)) for text in marked_texts if text.strip()]
    return max(passages, key=_worth, default=[])


def pieces_of(marked):
    """“for \\x02families\\x03” → [(False, "for "), (True, "families")]."""
    pieces = []
    for part in marked.split(START):
        inside, end, after = part.partition(END)
        pieces += [(True, inside), (False, after)] if end else [(False, part)]
    return [(is_marked, " ".join(re.split(r"\s", text))) for is_marked, text in pieces if text]


def best_passage(pieces):
    """The part of a text, of about `PASSAGE` characters, with the most different marked words."""
    text = "".join(words for _, words in pieces)
    marks = list(_marks(pieces))
    if len(text) <= PASSAGE:
        return pieces
    best = max(range(len(marks)), key=lambda index: _worth_from(index, marks, text), default=None)
    start = marks[best][0] if marks else 0
    first, last = _widened(start, text, marks)
    cut = _cut(text, marks, first, last)
    return [*([(False, "… ")] if first else []), *cut, *([(False, " …")] if last < len(text) else [])]


def _marks(pieces):
    """Start and end of each marked word in the text."""
    place = 0
    for is_marked, words in pieces:
        if is_marked:
            yield place, place + len(words)
        place += len(words)


def _worth_from(index, marks, text):
    """What a passage is worth that begins with the mark of an index: different words, all words, the earlier one."""
    end = marks[index][0] + PASSAGE * 2 // 3
    inside = [text[a:b] for a, b in takewhile(lambda mark: mark[1] <= end, islice(marks, index, None))]
    return _different(inside), len(inside), -index


def _worth(passage):
    return _different(words for is_marked, words in passage if is_marked)


def _different(marked):
    """How many words differ by more than their endings."""
    return len({word.casefold()[:5] for word in marked})


def _widened(start, text, marks):
    """Where a passage begins and ends: at words, a little before its first mark."""
    earliest = max(0, min(start - PASSAGE // 3, len(text) - PASSAGE))
    after = _WORD_STARTS.search(text, earliest) if earliest else None
    first = after.start() if after and after.start() <= start else earliest
    last = text.rfind(" ", first, first + PASSAGE) if first + PASSAGE < len(text) else len(text)
    return first, last if last > start else min(first + PASSAGE, len(text))


def _cut(text, marks, first, last):
    pieces, place = [], first
    for start, end in marks:
        if start < place or end > last:
            continue
        pieces += [(False, text[place:start]), (True, text[start:end])]
        place = end
    pieces.append((False, text[place:last]))
    return [piece for piece in pieces if piece[1]]
