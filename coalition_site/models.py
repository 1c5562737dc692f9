from django.db import models


class LoadedContent(models.Model):
    """What the loader of the starting content wrote, and how that looked, so that it undoes no editor's work."""

    key = models.CharField(max_length=300, unique=True)
    model = models.CharField(max_length=100)
    object_id = models.CharField(max_length=40)
    source = models.CharField(max_length=64)  # SHA-256 of what the file said
    written = models.CharField(max_length=64)  # SHA-256 of the rows as they were written

    def __str__(self):
        return self.key
