from django.db import models


class LoadedContent(models.Model):
    """What the loader of the starting content wrote, and how that looked, so that it undoes no editor's work."""

    key = models.CharField(max_length=300, unique=True)
    model = models.CharField(max_length=100)
    object_id = models.CharField(max_length=40)
    source = models.CharField(max_length=64)  # SHA-256 of what the file said
    written = models.JSONField()  # the state of the item as it was written, see loading.state_of

    def __str__(self):
        return self.key
