import re
import unicodedata

from django.db import migrations

BATCH = 500
APOSTROPHES = re.compile("['’‘ʼ]")
ARTICLES = {"en": {"a", "an", "the"}, "es": {"el", "la", "los", "las", "un", "una"}}


def sort_anew(apps, schema_editor):
    """Titles lose the articles of their own language only: “Los Angeles Schools” was sorted under A."""
    works = apps.get_model("resources", "Publication").objects
    changed = []
    rows = works.only("pk", "title", "sort_title", "work_language", "language")
    for work in rows.iterator(chunk_size=BATCH):
        wanted = sorted_as(work.title, work.work_language or work.language)
        if work.sort_title != wanted:
            work.sort_title = wanted
            changed.append(work)
    works.bulk_update(changed, ["sort_title"], batch_size=BATCH)


def sorted_as(title, language):
    letters = unicodedata.normalize("NFKD", title.casefold())
    letters = APOSTROPHES.sub("", "".join(one for one in letters if not unicodedata.combining(one)))
    words = "".join(one if one.isalnum() else " " for one in letters).split()
    if len(words) > 1 and words[0] in ARTICLES.get(language, ()):
        del words[0]
    return " ".join(words)[:500]


class Migration(migrations.Migration):

    dependencies = [
        ("resources", "0007_orders_and_shelves"),
    ]

    operations = [migrations.RunPython(sort_anew, migrations.RunPython.noop)]
