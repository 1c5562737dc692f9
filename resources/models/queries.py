"""What is asked of publications as a whole."""

from django.db import models
from django.db.models import Prefetch

from publishing.models import PublishableQuerySet

NEWEST_FIRST = [models.F(f"issued_{part}").desc(nulls_last=True) for part in ("year", "month", "day")]


class PublicationQuerySet(PublishableQuerySet):
    def at(self, slug):
        """The work at an address, public or not, found by its former addresses too; None where there never was one."""
        return self.standing_at(slug)

    def for_list(self):
        """What one line of a list shows, in a fixed number of queries for any number of works."""
        from resources.models.parts import Contributor

        makers = Contributor.objects.select_related("person", "organization")
        return self.for_page().prefetch_related(Prefetch("contributors", makers), "files__file", "topics")

    def for_page(self):
        """What the page of one work shows of the rows that it names."""
        return self.select_related("series", "picture")

    def for_record(self):
        """Everything that a record, a citation or an export shows, in a fixed number of queries."""
        return self.for_list().prefetch_related(
            "identifiers", "links", "roles", "results", "places", "tags", "relations", "reverse_relations"
        )

    def for_search(self):
        """What a work is found by."""
        return self.for_list().prefetch_related("identifiers", "roles", "results", "places", "tags")

    def with_public_text(self):
        """Without those that were never public: their rows hold no words yet."""
        return self.exclude(title="")

    def by_date(self):
        """The newest works first; those without a year last."""
        return self.order_by(*NEWEST_FIRST, "sort_title", "pk")

    def by_title(self):
        return self.order_by("sort_title", "pk")
