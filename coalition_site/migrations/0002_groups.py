from django.db import migrations

from publishing.roles import ALL, LIBRARIANS, MANAGERS, PUBLISH, REVIEWERS, WRITE, WRITERS, grant

TABLE = {
    WRITERS: {"pages.page": WRITE, "publishing.picture": WRITE},
    REVIEWERS: {"pages.page": PUBLISH, "publishing.picture": WRITE},
    LIBRARIANS: {"pages.page": ("view",), "publishing.picture": WRITE},
    MANAGERS: {
        "pages.page": ALL,
        "pages.menuitem": ("view", "add", "change", "delete"),
        "pages.redirect": ("view", "add", "change", "delete"),
        "pages.contactfacts": ("view", "add", "change"),
        "publishing.picture": ("view", "add", "change", "delete"),
        "auth.user": ("view", "add", "change"),
        "auth.group": ("view",),
        "django_tasks_database.dbtaskresult": ("view",),
    },
}


def forward(apps, schema_editor):
    grant(apps, TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("coalition_site", "0001_initial"),
        ("pages", "0001_initial"),
        ("publishing", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("django_tasks_database", "0001_initial"),
    ]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
