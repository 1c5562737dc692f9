"""Uploads in an object store that speaks S3, in place of a folder: for a site on more than one machine."""

from botocore.exceptions import ClientError
from django.conf import settings
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

MOST_IN_MEMORY = 5_000_000  # bytes of a file that is read; a larger one lies in the folder for temporary files


class ObjectStore(S3Storage):
    """Files in a bucket that nobody but the site can read.

    Readers get pictures and files from the site itself, which knows whether they are public, and no page names another
    host.
    """

    def get_default_settings(self):
        return super().get_default_settings() | {"max_memory_size": MOST_IN_MEMORY}

    def url(self, name, *args, **kwargs):
        if self.location:
            raise ValueError("No address leads to this file.")  # as the folder of files of works has none
        return settings.MEDIA_URL + clean_name(name)

    def get_modified_time(self, name):
        """Raises FileNotFoundError, as size() and open() do."""
        try:
            return super().get_modified_time(name)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(f"File does not exist: {name}") from error
            raise
