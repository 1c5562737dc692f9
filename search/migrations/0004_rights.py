from django.db import migrations

from publishing.roles import LIBRARIANS, MANAGERS, REVIEWERS, WRITERS, grant

KEPT_BY_STAFF = ("search.synonym", "search.bestresult")
RECORD = ("view", "add", "change", "delete")


def rights(actions):
    return {"search.miss": ("view",)} | dict.fromkeys(KEPT_BY_STAFF, actions)


# What is chosen here readers see at once, without review: so it is for those who may publish. Writers see it, and what
# people search for in vain, because that says what to write.
TABLE = {
    WRITERS: rights(("view",)),
    REVIEWERS: rights(RECORD),
    LIBRARIANS: rights(RECORD),
    MANAGERS: rights(RECORD),
}


def forward(apps, schema_editor):
    grant(apps, TABLE)


class Migration(migrations.Migration):
    # Not on the project's own groups, which stand above this app: `grant` makes a group that is not there yet.
    dependencies = [
        ("search", "0003_staff_side"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
