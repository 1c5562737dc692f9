"""Misspelled words, corrected to words of our own public texts.

Only words that no public text holds in any form (`Lexicon.unknown`) are corrected: to one that is one slip away (a
letter too much, missing or other, or two in the wrong order), or, in a longer word, two. Of several, the one with the
fewest slips, then with the same first letter, then the most common. A word of another language than that of the page
has to be nearer, and the typed one longer: “aparta” on a Spanish page is no slip for “apart”. A correction counts only
while a public item holds it, whatever was counted last.

A word that a dictionary holds was not misspelled: the near one is offered, and not searched for.
"""

from django.db import connection

from search.engine.dictionaries import is_right
from search.engine.lexemes import COMMON
from search.languages import configuration_of, folded
from search.languages import words as words_of
from search.models import Item

SHORTEST_WORD = 4  # letters; shorter ones are too near to too many others
LONGEST_WORD = 30
MOST_WORDS = 8  # of one query
TWO_SLIPS_FROM = 8  # letters; in a shorter word two slips leave too little
OTHER_LANGUAGE_FROM = 7  # letters; of a word that may be a slip, one only, for a word of another language
MOST_SIMILAR = 40
MOST_NEAR = 6
LETTERS = "abcdefghijklmnopqrstuvwxyz"

# Each word comes as one text, “word edit edit …”, with all that is one slip away. Two sources, because similarity by
# triples of letters finds longer words with two slips, but not “sahpe” for “shape”.
STATEMENT = """
    SELECT typed.word, candidate.word, max(candidate.items), array_agg(DISTINCT candidate.configuration)
    FROM unnest(%s::text[]) AS edits
    CROSS JOIN split_part(edits, ' ', 1) AS typed (word)
    CROSS JOIN LATERAL (
        (SELECT word, configuration, lexeme, items FROM search_word WHERE word = ANY(string_to_array(edits, ' ')))
        UNION ALL
        (SELECT word, configuration, lexeme, items FROM search_word WHERE word %% typed.word
         ORDER BY similarity(word, typed.word) DESC LIMIT {similar})
    ) AS candidate
    -- A count, where EXISTS would do: for a word that is not there Postgres would read the whole table.
    -- Lexemes of this table are letters only: each is a tsquery as it stands.
    WHERE candidate.items >= {common}
       OR (SELECT count(*) FROM ({public}) AS public WHERE everything @@ candidate.lexeme::tsquery) > 0
    GROUP BY 1, 2
"""


def can_be_corrected(word):
    """Whether a folded word is long enough for a slip to be told from another word, and of letters only."""
    return SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha()


def correct(words, language):
    """Two answers, each typed word → near word, for those of `words` that have one on a page of a language: what the
    misspelled ones are corrected to, and what is offered for the right ones. At most one statement.
    """
    # As the table of words has them.
    plain = {word: folded(word) for word in words}
    asked = [word for word in words if can_be_corrected(plain[word])][:MOST_WORDS]
    best = {}
    for typed, candidate, items, configurations in _candidates([plain[word] for word in asked]) if asked else []:
        distance = slips(typed, candidate)
        if distance <= _most_slips(typed, configuration_of(language) in configurations):
            rank = (distance, typed[0] != candidate[0], -items, candidate)
            best[typed] = min(best.get(typed, rank), rank)
    found = {word: best[plain[word]][-1] for word in asked if plain[word] in best}
    offers = {word: near for word, near in found.items() if is_right(plain[word])}
    return {word: near for word, near in found.items() if word not in offers}, offers


def _most_slips(typed, is_of_the_page):
    if is_of_the_page:
        return 2 if len(typed) >= TWO_SLIPS_FROM else 1
    return 1 if len(typed) >= OTHER_LANGUAGE_FROM else 0


def near(text):
    """Words of public texts that are written like those of a text, the likeliest first; at most one statement."""
    plain = list(dict.fromkeys(folded(word) for word in words_of(text)))
    typed = [word for word in plain if can_be_corrected(word)][:MOST_WORDS]
    found = {}
    for word, candidate, items, _configurations in _candidates(typed) if typed else []:
        rank = (slips(word, candidate), -items, candidate)
        if candidate not in plain and rank[0] <= max(2, len(word) // 2):
            found[candidate] = min(found.get(candidate, rank), rank)
    return sorted(found, key=found.get)[:MOST_NEAR]


def _candidates(words):
    """Tuples: a word, one that is written like it, the most items that hold that, by the rules of which languages."""
    public, parameters = Item.objects.public().values("everything").query.sql_with_params()
    with connection.cursor() as cursor:
        edits = [" ".join([word, *one_slip_away(word)]) for word in words]
        cursor.execute(STATEMENT.format(public=public, similar=MOST_SIMILAR, common=COMMON), [edits, *parameters])
        return cursor.fetchall()


def one_slip_away(word):
    """Everything that is one slip away from a word, each once."""
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    without = {a + b[1:] for a, b in halves if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    other = {a + letter + b[1:] for a, b in halves if b for letter in LETTERS}
    more = {a + letter + b for a, b in halves for letter in LETTERS}
    return (without | swapped | other | more) - {word}


def slips(first, second):
    """How many letters are too much, missing or other, or pairs swapped (optimal string alignment distance)."""
    before, row = [], list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(second, start=1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                row[j] = min(row[j], older[j - 2] + 1)
    return row[-1]
