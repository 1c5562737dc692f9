"""What an editor waits for: opening a form, saving a draft, publishing, the list of pages, two hundred saves at once.

Beside each request of ours stands the same of Django's own admin, in the same run and in turns, so that both meet the
same machine. The requests go through Django's test client: the whole application with its middleware, no network.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from django.db import connection, connections

from benchmarks.measuring import Figure, Form, counted, first_view, timed
from benchmarks.sample_pages import make_page
from pages.models import Page
from publishing.models import Revision

SIZES = (10, 40)  # blocks of a page
ROUNDS = 14  # one for each depth of measuring.DEPTHS
ROWS = (20, 100)
SAVES, AT_ONCE = 200, 20
OPEN, SAVE, PUBLISH = "open the form", "save a draft", "publish"
BUTTONS = {SAVE: "_save", PUBLISH: "_publish"}


@dataclass(frozen=True)
class Saves:
    """How two hundred saves of one page from one base ended."""

    applied: int
    parked: int
    failed: int
    seconds: float


def forms_of(user):
    """Pairs of ours and the stock admin's form by number of blocks. Each has a page of its own, with the same text."""
    return {
        size: (
            Form(user, "admin", make_page(f"ours-{size}", size)),
            Form(user, "stock", make_page(f"stock-{size}", size)),
        )
        for size in SIZES
    }


def measure_forms(forms, rounds=ROUNDS):
    """Figures by (blocks, act), ours and the stock admin's. Its one way to save stands beside both of ours."""
    figures = {(size, act): (Figure(), Figure()) for size in forms for act in (OPEN, SAVE, PUBLISH)}
    for number in range(-2, rounds):
        for size, (ours, stock) in forms.items():
            for act in (SAVE, PUBLISH):
                sides = [(ours, BUTTONS[act], 0), (stock, "_save", 1)]
                for form, button, side in sides if number % 2 else reversed(sides):
                    # The first round warms up what is cached, and has words counted by the worker, once for all that
                    # is published until then. The second counts statements: counting would take time.
                    measure = counted if number < 0 else timed
                    form.read(measure(figures[size, OPEN][side], form.get))
                    words = f"Round {number}, to {act}."
                    response = measure(figures[size, act][side], partial(form.send, button, words, words))
                    assert response.status_code == 302, f"{act}: {response.status_code}"
                    _check_title(form.page, words, is_live=(act, form) != (SAVE, ours))
    return figures


def _check_title(page, words, is_live):
    page.refresh_from_db(fields=["title"])
    assert (page.title == words) == is_live, f"“{page.title}” is live after “{words}”"


def measure_first_view(forms):
    """Bytes of ours by number of blocks: the form, and the style sheets, scripts and drawings that it names."""
    return {size: first_view(ours.open()) for size, (ours, _stock) in forms.items()}


def count_list(client):
    """Statements of the list of pages, by its number of rows."""
    found = {}
    for rows in ROWS:
        for number in range(Page.objects.count(), rows):
            make_page(f"row-{number}", 0)
        figure = Figure()
        response = counted(figure, lambda: client.get("/admin/pages/page/?all="))
        assert response.context_data["cl"].result_count == rows
        found[rows] = figure.queries
    return found


def save_at_once(form, saves=SAVES):
    """Send the form that was opened once, many times in parallel, each with words of its own."""
    form.open()
    known = set(Revision.objects.of(form.page).values_list("pk", flat=True))

    def save(number):
        try:
            return form.send("_save", f"Text {number}", f"Words {number}").status_code
        except Exception as error:
            return error
        finally:
            connections.close_all()

    figure = Figure()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        timed(figure, lambda: list(pool.map(save, range(saves))))
    stored = Revision.objects.of(form.page).exclude(pk__in=known)
    whole = [revision for revision in stored if _holds_its_words(revision)]
    parked = sum(revision.is_parked for revision in whole)
    return Saves(len(whole) - parked, parked, saves - len({revision.title for revision in whole}), figure.seconds[0])


def _holds_its_words(revision):
    number = revision.title.removeprefix("Text ")
    return revision.data["parts"]["pages.richtext"][0]["text"] == f"<p>Words {number}</p>"


def server_version():
    """The version of Postgres, in its own words."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return cursor.fetchone()[0].split()[0]
