from django.db import migrations

from publishing.roles import MANAGERS, grant


def forward(apps, schema_editor):
    rights = {"accounts.invitation": ("view", "add", "delete"), "axes.accessattempt": ("view", "delete")}
    grant(apps, {MANAGERS: rights})


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("axes", "0010_accessattemptexpiration"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
