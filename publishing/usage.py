"""“Used in …”: what would miss a picture or an address if it were gone."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from publishing.kinds import publishable_models
from publishing.markup import RichTextField
from publishing.models import Picture, Revision
from publishing.parts import part_models
from publishing.validators import validate_address


@dataclass(frozen=True)
class Use:
    """One place: its name, and where it is edited (empty for what is gone)."""

    label: str
    url: str = ""

    @classmethod
    def by(cls, row, label=None):
        """By a row that has a page in the admin."""
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        return cls(label or f"“{row}” ({row._meta.verbose_name})", reverse(name, args=[row.pk]))

    @property
    def link(self):
        """For the admin's lists."""
        return format_html('<a href="{}">{}</a>', self.url, self.label) if self.url else self.label


def of_picture(picture):
    """The items that show a picture: in their live text, or in the end of their line of drafts."""
    uses = {}
    for model in publishable_models():
        for item in model._base_manager.filter(_shows(model, picture.pk)):
            label = f"“{item}” ({item._meta.verbose_name}, {item.state.label})"
            uses[model._meta.label_lower, item.pk] = Use.by(item, label)
    for revision in Revision.objects.using_picture(picture.pk).select_related("content_type").defer("data"):
        model = revision.content_type.model_class()
        key = model._meta.label_lower, revision.object_id
        if key not in uses:
            uses[key] = _by_draft(model, revision)
    return list(uses.values())


def _shows(model, pk):
    """The condition that a live row of a kind, or one of its parts, shows a picture."""
    condition = Q(pk__in=[])
    for field in _picture_fields(model):
        condition |= Q(**{field.attname: pk})
    for part in part_models(model):
        for field in _picture_fields(part):
            rows = part._base_manager.filter(**{field.attname: pk})
            condition |= Q(pk__in=rows.values(part.parent_field))
    return condition


def traces_of_picture(pk):
    """What a snapshot of any kind contains that shows a picture, as JSON for containment."""
    traces = []
    for model in publishable_models():
        traces += [{"item": {field.attname: pk}} for field in _picture_fields(model)]
        for part in part_models(model):
            label = part._meta.label_lower
            traces += [{"parts": {label: [{field.attname: pk}]}} for field in _picture_fields(part)]
    return traces


def _picture_fields(model):
    return [field for field in model._meta.concrete_fields if field.related_model is Picture]


def _by_draft(model, revision):
    row = model._base_manager.filter(pk=revision.object_id).first()
    named = {"title": revision.title or row or "", "kind": model._meta.verbose_name}
    if row is None:
        return Use(_("“%(title)s” (%(kind)s, deleted; it can be brought back)") % named)
    return Use.by(row, _("“%(title)s” (%(kind)s, draft)") % named)


def linking_to(url):
    """The public items of all kinds whose text or links lead to an address of this site."""
    items = []
    for model in publishable_models():
        condition = _links(model, url)
        for part in part_models(model):
            rows = part._base_manager.filter(_links(part, url))
            condition |= Q(pk__in=rows.values(part.parent_field))
        items += model.objects.public().filter(condition)
    return items


def leads_to(name, url):
    """The condition that a column of addresses leads to an address of this site, whatever stands behind “?” or “#”."""
    return Q(**{f"{name}__regex": f"^{_address(url)}([?#].*)?$"})


def _links(model, url):
    condition = Q(pk__in=[])
    for field in model._meta.concrete_fields:
        if isinstance(field, RichTextField):
            condition |= Q(**{f"{field.name}__regex": f'href="{_address(url)}([?#][^"]*)?"'})
        elif validate_address in field.validators:
            condition |= leads_to(field.name, url)
    return condition


def _address(url):
    path = url.rstrip("/")
    return f"({re.escape(settings.SITE_URL)})?{re.escape(path)}{'/?' if path else '/'}"
