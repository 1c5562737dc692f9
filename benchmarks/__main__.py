"""`python -m benchmarks`: measure, print, write docs/benchmarks/. `make bench` calls it and brings Postgres.

`python -m benchmarks library` measures one of them; without a name, what readers wait for.

Exit status 1: a limit is missed.
"""

import os
import shutil
import sys

import django


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    from django.conf import settings
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        folder = settings.BASE_DIR / "docs" / "benchmarks"
        held = [RUNS[name](folder / f"{name}.md") for name in sys.argv[1:] or ["latest"]]
        return 0 if all(held) else 1
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        shutil.rmtree(settings.MEDIA_ROOT)


def _editing(page):
    from django.contrib.auth import get_user_model

    from benchmarks import editing, report

    load = os.getloadavg()[0]
    user = get_user_model().objects.create_superuser("editor")
    forms = editing.forms_of(user)
    figures = editing.measure_forms(forms)
    first_views = editing.measure_first_view(forms)
    ours, _stock = forms[editing.SIZES[0]]
    saves = editing.save_at_once(ours)
    rows = editing.count_list(ours.client)
    found = report.limits(figures, first_views, saves)
    postgres = editing.server_version()
    text = report.report(figures, first_views, rows, saves, found, postgres=postgres, load=load)
    return _written(page, text, found)


def _library(page):
    from django.contrib.auth import get_user_model

    from benchmarks import editing, library, library_report

    load = os.getloadavg()[0]
    taken, pages = library.measure_files(get_user_model().objects.create_superuser("librarian"))
    readers = library.peak_of_readers()
    found = library_report.limits(taken, pages, readers, library.count_queries())
    text = library_report.report(taken, found, postgres=editing.server_version(), load=load)
    return _written(page, text, found)


def _search(page):
    from benchmarks import editing, searching, searching_report

    load = os.getloadavg()[0]
    libraries = [searching.measure_abstracts(), searching.measure_reports()]
    costs, is_found = searching.write_cost(), searching.is_found_at_once()
    found = searching_report.limits(libraries, costs, is_found)
    text = searching_report.report(libraries, found, postgres=editing.server_version(), load=load)
    return _written(page, text, found)


def _large(page):
    from django.contrib.auth import get_user_model

    from benchmarks import editing, large, large_report

    load = os.getloadavg()[0]
    seconds = large.make()
    measured = large.measure(get_user_model().objects.create_superuser("librarian"))
    limits = large_report.limits(*measured)
    text = large_report.report(measured, limits, seconds, postgres=editing.server_version(), load=load)
    return _written(page, text, limits)


def _serving(page):
    from benchmarks import editing, serving, serving_report

    load = os.getloadavg()[0]
    found = serving.measure()
    limits = serving_report.limits(found)
    text = serving_report.report(found, limits, postgres=editing.server_version(), load=load)
    return _written(page, text, limits)


def _written(page, text, found):
    """Keep and print a report; say whether all limits hold."""
    page.write_text(text, encoding="utf-8")
    print(text)
    return all(limit.holds for limit in found)


RUNS = {"latest": _serving, "editing": _editing, "library": _library, "search": _search, "large": _large}


if __name__ == "__main__":
    sys.exit(main())
