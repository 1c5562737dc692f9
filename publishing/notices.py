"""Mail to the people whom a step concerns. In English: staff work in English."""

from django.conf import settings
from django.contrib.auth import get_permission_codename, get_user_model
from django.db.models import Q

from publishing.activity import name_of
from publishing.admin_urls import change_url
from publishing.tasks import send_mail


def publishers(model):
    return who_may("publish", model)


def who_may(action, model):
    """Active staff who may do something with items of a kind, such as “delete”, and have an address."""
    permission = Q(
        content_type__app_label=model._meta.app_label,
        codename=get_permission_codename(action, model._meta),
    )
    has_it = Q()
    for prefix in ("user_permissions", "groups__permissions"):
        has_it |= Q(**{f"{prefix}__{name}": value for name, value in permission.children})
    users = get_user_model().objects.filter(has_it | Q(is_superuser=True), is_active=True, is_staff=True)
    return users.exclude(email="").distinct()


def tell(people, revision, by, did, note=""):
    """Send each person one message: who did what with a revision, why, and where to look."""
    path = change_url(revision.content_type.model_class(), revision.object_id)
    sentence = " ".join(f"{name_of(by)} {did}: {revision.name}".split())  # one line, whatever was typed
    text = "\n\n".join(filter(None, [sentence, note, f"{settings.SITE_URL}{path}"]))
    for person in people:
        if person.email and person.is_active:
            send_mail.enqueue(sentence[:150], text, person.email)
