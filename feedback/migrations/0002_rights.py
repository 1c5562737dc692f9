from django.db import migrations

from publishing.roles import LIBRARIANS, MANAGERS, REVIEWERS, WRITERS, grant

ANSWER = ("view", "change")

# Messages hold names and addresses: writers see them, to mend what is wrong; others answer.
TABLE = {
    WRITERS: {"feedback.message": ("view",)},
    REVIEWERS: {"feedback.message": ANSWER},
    LIBRARIANS: {"feedback.message": ANSWER},
    MANAGERS: {"feedback.message": (*ANSWER, "delete")},
}


def forward(apps, schema_editor):
    grant(apps, TABLE)


class Migration(migrations.Migration):
    # Not on the project's own groups, which stand above this app: `grant` makes a group that is not there yet.
    dependencies = [
        ("feedback", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
