"""Uploads in an object store that speaks S3, in place of a folder: for a site on more than one machine."""

from django.conf import settings
from storages.backends.s3 import S3Storage
from storages.utils import clean_name


class ObjectStore(S3Storage):
    """Files in a bucket that nobody but the site can read.

    Readers get pictures and files from the site itself, which knows whether they are public, and no page names another
    host.
    """

    def url(self, name, *args, **kwargs):
        if self.location:
            raise ValueError("No address leads to this file.")  # as the folder of files of works has none
        return settings.MEDIA_URL + clean_name(name)
