"""Uploads in an object store, for tests."""

from django.core.files.storage import storages


def keep_uploads_in(options, settings, monkeypatch):
    """This process keeps uploads in a bucket, laid out as the settings do it with these options of an object store."""
    from resources.models import StoredFile

    settings.STORAGES = settings.STORAGES | {
        name: {"BACKEND": "coalition_site.object_store.ObjectStore", "OPTIONS": options | {"location": location}}
        for name, location in (("default", ""), ("private", "private"))
    }
    for name in ("file", "cover"):
        monkeypatch.setattr(StoredFile._meta.get_field(name), "storage", storages["private"])
