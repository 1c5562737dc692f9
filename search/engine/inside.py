"""Words inside the files of one item: the pages on which they all stand, in the order of the files."""

from search.engine import planned_for_search
from search.engine.answers import PageHit
from search.engine.lexemes import look_up
from search.engine.parsing import parse
from search.engine.plan import conditions_on_a_page, terms_of
from search.engine.snippets import mark_pages
from search.models import Item, PageText


def pages_with(owner, text, language, most):
    """The first `most` pages that hold every word of a typed text, as `PageHit`s with their best passages.

    `owner`: label and key of the item, which is public now or has no pages. Quotes, a minus and OR are understood as
    everywhere; misspelled words are not corrected. `language` is that of the page on which the text was typed.
    """
    parsed = parse(text.replace("\0", " "))
    with planned_for_search():
        lexicon = look_up(parsed.words(), (), language)
        conditions = conditions_on_a_page(parsed, lexicon)
        if not conditions:
            return []
        label, key = owner
        pages = PageText.objects.filter(*conditions, item__in=Item.objects.public().of(label, [key]))
        found = pages.order_by("file", "number")[:most]
        of_a_file = ("file__address", "file__label", "file__language")
        hits = [PageHit(*row) for row in found.values_list("id", "number", *of_a_file)]
        return mark_pages(hits, terms_of(parsed, lexicon)) if hits else []
