"""The groups of the office and what each may do. Migrations apply this table; views ask for the permissions."""

WRITERS, REVIEWERS, LIBRARIANS, MANAGERS = "Writers", "Reviewers", "Librarians", "Managers"

WRITE = ("view", "add", "change")
PUBLISH = (*WRITE, "publish")
ALL = (*PUBLISH, "delete")


def grant(apps, table):
    """Give groups their permissions: `table` is {group: {"app.model": (action, …)}}. For use in migrations.

    Permissions are made by Django after all migrations; those needed here are made at once.
    """
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    groups = apps.get_model("auth", "Group").objects
    for name, rights in table.items():
        group, _made = groups.get_or_create(name=name)
        for label, actions in rights.items():
            app_label, model = label.split(".")
            content_type, _made = content_types.get_or_create(app_label=app_label, model=model)
            for action in actions:
                permission, _made = permissions.get_or_create(
                    content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
                )
                group.permissions.add(permission)
