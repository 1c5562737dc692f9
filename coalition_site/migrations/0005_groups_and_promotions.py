from django.db import migrations

from publishing.roles import MANAGERS, grant


def forward(apps, schema_editor):
    grant(apps, {MANAGERS: {"pages.promotion": ("view", "add", "change", "delete")}})


class Migration(migrations.Migration):
    dependencies = [
        ("coalition_site", "0004_groups_of_blog_and_questions"),
        ("pages", "0003_promotion"),
    ]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
