from django.db import migrations

from publishing.roles import MANAGERS, REVIEWERS, WRITERS, grant

# Who may publish may let a reader's words stand below a text, and take them away.
TABLE = {
    WRITERS: {"feedback.response": ("view",)},
    REVIEWERS: {"feedback.response": ("view", "add", "delete")},
    MANAGERS: {"feedback.response": ("view", "add", "delete")},
}


def forward(apps, schema_editor):
    grant(apps, TABLE)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0003_response")]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
