"""Former addresses of items and records, so that what was printed or linked goes on leading somewhere."""

from django.db import models


class FormerSlugQuerySet(models.QuerySet):
    def keys_at(self, model, slug, language=None):
        """The keys of the rows of a model that once stood at a slug, in one language or in any."""
        found = self.filter(kind=model._meta.label_lower, slug=slug)
        return (found.filter(language=language) if language else found).values_list("object_id", flat=True)

    def now_at(self, model, slug):
        """The key of the row that once stood at a slug, of a model without languages; None where none did."""
        return self.keys_at(model, slug).first()

    def of(self, model, slugs):
        """Pairs of a slug and the key of the row that once stood there, for rows of a kind without a language."""
        former = self.filter(kind=model._meta.label_lower, slug__in=slugs, language="")
        return former.values_list("slug", "object_id")

    def keep(self, row):
        """Before a row is saved: remember the slug that it is about to lose, and free the one that it takes.

        Rows of kinds with a language have their slugs in that language, and lose them with it. An item that was never
        public loses nothing, and takes nothing from the one that had its slug before until its moment comes.
        """
        here = _place_of(row)
        if getattr(row, "was_public", True):
            self.filter(**here).delete()
        before = type(row)._base_manager.filter(pk=row.pk).first()
        was_seen = before is not None and getattr(before, "was_public", True)
        if was_seen and _place_of(before) != here:
            self.update_or_create(**_place_of(before), defaults={"object_id": row.pk})

    def hand_over(self, gone, keep):
        """All addresses of a row that is merged into another lead to that one."""
        here = _place_of(gone)
        self.filter(kind=here["kind"], object_id=gone.pk).update(object_id=keep.pk)
        self.update_or_create(**here, defaults={"object_id": keep.pk})


def _place_of(row):
    return {"kind": row._meta.label_lower, "language": getattr(row, "language", ""), "slug": row.slug}


class FormerSlug(models.Model):
    kind = models.CharField(max_length=100)  # label of the model, “vocabulary.topic”
    language = models.CharField(max_length=2, blank=True)
    slug = models.SlugField(max_length=100)
    object_id = models.PositiveBigIntegerField()

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "slug"], name="publishing_formerslug_one_a_slug")
        ]

    def __str__(self):
        return f"{self.kind} {self.language} {self.slug}"
