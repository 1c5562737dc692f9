"""What stands beside a text to read next: items of any kind, named by their addresses.

A content app gives its texts such rows by a part of its own:

    class QuestionRelation(RelatedItem):
        parent = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="relations")
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.checks.links import path_of
from publishing.parts import Part
from publishing.validators import validate_address
from search.models import Item
from search.registry import kind_name


class RelatedItem(Part):
    """One item to read next. When it is published, the key of what stands at its address is noted: an item that moves
    stays related.
    """

    ordering = models.PositiveIntegerField(_("order"), default=0)
    address = models.CharField(
        _("address"),
        max_length=850,
        validators=[validate_address],
        help_text=_("The address of a page, an entry, a question or a publication of this site."),
    )
    owner_label = models.CharField(max_length=100, blank=True, editable=False)
    owner_key = models.CharField(max_length=64, blank=True, editable=False)

    parent_field = "parent"

    class Meta:
        abstract = True
        ordering = ["ordering", "pk"]

    def __str__(self):
        return self.address

    def clean(self):
        if path_of(self.address) is None:
            raise ValidationError({"address": _("This is no address of this site. Other sites belong into the text.")})
        item = Item.objects.filter(address=self._path).order_by("pk").first()
        if item:
            self.owner_label, self.owner_key = item.owner_label, item.owner_key
        else:
            # What stood there has moved since: the live row knows what it was.
            live = type(self).objects.filter(pk=self.pk, address=self.address).first()
            self.owner_label, self.owner_key = (live.owner_label, live.owner_key) if live else ("", "")

    @property
    def _path(self):
        """The address as the index has it: a decoded path with a slash at its end, empty for other sites."""
        path = path_of(self.address)
        return f"{path.rstrip('/')}/" if path and "\0" not in path else ""

    @property
    def key(self):
        """What the item is looked up by in the index, as a dict of columns."""
        if self.owner_key:
            return {"owner_label": self.owner_label, "owner_key": self.owner_key}
        return {"address": self._path}


@dataclass(frozen=True)
class Related:
    """One line of what to read next: `label` says of what kind it is."""

    label: str
    title: str
    url: str
    year: int | None
    language: str

    @classmethod
    def of(cls, item):
        """The line of an `Item` of the index."""
        return cls(kind_name(item.owner_label), item.title, item.address, item.year, item.language)


def related_to(rows):
    """What readers may see now of some `RelatedItem`s, in their order, as `Related`; one query."""
    rows = list(rows)
    if not rows:
        return []
    wanted = Q(address__in=[row.key["address"] for row in rows if not row.owner_key])
    for label in {row.owner_label for row in rows if row.owner_key}:
        keys = [row.owner_key for row in rows if row.owner_label == label]
        wanted |= Q(owner_label=label, owner_key__in=keys)
    items = Item.objects.public().filter(wanted).only(
        "owner_label", "owner_key", "title", "address", "year", "language"
    )  # fmt: skip
    found = {}
    for item in items:
        found[item.owner_label, item.owner_key] = found[(item.address,)] = item
    its_items = [found.get(tuple(row.key.values())) for row in rows]
    return [Related.of(item) for item in dict.fromkeys(filter(None, its_items))]
