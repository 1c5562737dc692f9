"""All questions on one page, and each on its own."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from faq.forms import QuestionListForm
from faq.models import Question
from faq.structured import faq_page
from publishing import blocks
from publishing.articles import answer
from publishing.blocks import Heading, links_on_paper
from publishing.crumbs import Crumb
from publishing.http import for_everyone
from publishing.markup import script_json
from publishing.remembered import remembered
from search.engine import Query, search
from search.related import related_to

LEVEL_OF_A_QUESTION = 3  # of its heading on the page of all
OPEN_WHERE_FEW = 3  # answers that are open at once where no more are shown


@for_everyone("q", "role")
def question_list(request):
    """All questions as an index, and below it their answers; narrowed by words and by role."""
    language = get_language()
    form = QuestionListForm(request.GET, language=language)
    everything = list(Question.objects.public().in_language(language).for_list().in_order())
    for number, question in enumerate(everything, start=1):
        question.number = number
    found = _found(everything, form, language)
    shown = _narrowed(everything, form, found)
    is_narrowed = bool(form.chosen("q") or form.chosen("role"))
    by_item = blocks.blocks_of(*shown)
    for question in shown:
        question.blocks = by_item[question.pk]
        question.is_open = form.chosen("print") == "y" or (is_narrowed and len(shown) <= OPEN_WHERE_FEW)
        _set_headings_below(question)
    context = {
        "form": form,
        "groups": _grouped(shown),
        "number": len(everything),
        "number_shown": len(shown),
        "is_narrowed": is_narrowed,
        "found": found,
        "structured": script_json(faq_page(shown)) if shown else "",
        "links": links_on_paper([block for question in shown for block in question.blocks]),
    }
    return render(request, "faq/question_list.html", context)


def _set_headings_below(question):
    """On the page of all, headings of an answer stand below that of its question, with anchors of their own.

    These have a dot, which no slug has: “schools.costs” is never the anchor of the question “schools-costs”.
    """
    for block in question.blocks:
        if isinstance(block, Heading):
            block.level += LEVEL_OF_A_QUESTION - 1
            block.anchor = f"{question.slug}.{block.anchor}"


def _found(questions, form, language):
    """What the search answers to the words of a form; None where there are none, or no questions."""
    if not (words := form.chosen("q")) or not questions:
        return None
    filters = {"content": [Question._meta.model_name], "language": [language]}
    return search(Query(words, language, filters, size=len(questions), with_facets=False, with_snippets=False))


def _narrowed(questions, form, found):
    """Those of all questions that a form asks for; `found` is what the search answered to its words."""
    shown = questions
    if found:
        keys = {int(hit.owner[1]) for hit in found.hits}
        shown = [question for question in shown if question.pk in keys]
    if role := form.chosen("role"):
        keys = set(Question.objects.filter(roles=role).values_list("pk", flat=True))
        shown = [question for question in shown if question.pk in keys]
    return shown


def _grouped(questions):
    """Pairs of a group and its questions, in order; questions without a group stand under None."""
    groups = {}
    for question in questions:
        groups.setdefault(question.group, []).append(question)
    return list(groups.items())


@for_everyone()
def question_detail(request, slug):
    return answer(request, Question, slug, show_question)


@for_everyone()
def question_card(request, slug):
    """Half a page to print and pass on: the short answer, and where the rest stands."""
    return answer(request, Question, slug, _show_card, view="faq:question_card")


def _show_card(request, question):
    context = {
        "question": question,
        "ancestors": _ancestors(),
        "translations": {code: _crumb_of_card(one) for code, one in question.public_translations().items()},
    }
    return render(request, "faq/question_card.html", context)


def _crumb_of_card(question):
    with override(question.language):
        return Crumb(question.title, reverse("faq:question_card", args=[question.slug]))


def show_question(request, question):
    """Render a question. Its blocks may come from the database or from memory."""
    everything = _in_order(question.language)
    place = next((place for place, other in enumerate(everything) if other.pk == question.pk), None)
    context = {
        "question": question,
        "number": None if place is None else place + 1,
        "total": len(everything),
        "before": everything[place - 1] if place else None,
        "after": everything[place + 1] if place is not None and place + 1 < len(everything) else None,
        "related": related_to(question.relations.all()),
        "translations": question.public_translations(),
        "links": links_on_paper(question.blocks),
        "structured": script_json(faq_page([question])),
        "ancestors": _ancestors(),
    }
    return render(request, "faq/question_detail.html", context)


@remembered
def _in_order(language):
    """All questions of a language, with no more than the way to each shows."""
    return list(Question.objects.public().in_language(language).in_order().only("title", "slug", "language"))


def _ancestors():
    return [Crumb(_("Community Schools FAQs"), reverse("faq:question_list"))]
