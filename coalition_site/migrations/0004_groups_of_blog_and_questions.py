from django.db import migrations

from publishing.roles import ALL, LIBRARIANS, MANAGERS, PUBLISH, REVIEWERS, WRITE, WRITERS, grant

RECORD = ("view", "add", "change", "delete")


def rights(items, records):
    """Rights on entries and questions, and on the series and groups that they stand in."""
    return {"blog.entry": items, "blog.series": records, "faq.question": items, "faq.group": records}


TABLE = {
    WRITERS: rights(WRITE, ("view",)),
    REVIEWERS: rights(PUBLISH, ("view", "add", "change")),
    LIBRARIANS: rights(("view",), ("view",)),
    MANAGERS: rights(ALL, RECORD),
}


def forward(apps, schema_editor):
    grant(apps, TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("coalition_site", "0003_groups_of_the_library"),
        ("blog", "0001_initial"),
        ("faq", "0001_initial"),
    ]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
