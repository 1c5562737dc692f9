"""“Used in …”: what would miss a picture, a term or an address if it were gone."""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _

from publishing import many_to_many
from publishing.admin_urls import change_url
from publishing.kinds import publishable_models
from publishing.markup import RichTextField
from publishing.models import Revision, State
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
        return cls(label or f"“{row}” ({row._meta.verbose_name})", change_url(type(row), row.pk))

    @property
    def link(self):
        """For the admin's lists."""
        return format_html('<a href="{}">{}</a>', self.url, self.label) if self.url else self.label


def of_record(record, most=None):
    """The items that show or name a record: in their live text, or in the end of their line of drafts.

    Of very many at least `most`, where that is given.
    """
    uses = {}
    for item in items_naming(record, most):
        label = f"“{item}” ({item._meta.verbose_name}, {item.state.label})"
        uses[type(item), item.pk] = Use.by(item, label)
    drafts = {}
    for revision in Revision.objects.public_next().naming(record).select_related("content_type").defer("data")[:most]:
        drafts.setdefault((revision.content_type.model_class(), revision.object_id), revision)
    return [*uses.values(), *_by_drafts({key: draft for key, draft in drafts.items() if key not in uses})]


def items_naming(record, most=None):
    """The items of all kinds whose live row, or a part or a link of it, shows or names a record; `most` of each."""
    return [item for model in publishable_models() for item in model._base_manager.filter(_names(model, record))[:most]]


def kinds_showing(record):
    """The kinds of content that show or name a record to readers, now or at a moment that is approved."""
    now = {type(item) for item in items_naming(record) if item.state in (State.LIVE, State.SCHEDULED)}
    approved = Revision.objects.approved().naming(record).select_related("content_type").defer("data")
    return now | {revision.content_type.model_class() for revision in approved}


def _names(model, record):
    condition = Q(pk__in=[])
    if record.pk is None:  # a foreign key that is empty names no new record
        return condition
    for field in _fields_to(type(record), model):
        condition |= Q(**{field.attname: record.pk})
    for name in many_to_many.names_to(type(record), model):
        field = model._meta.get_field(name)
        links = field.remote_field.through._base_manager.filter(**{field.m2m_reverse_field_name(): record.pk})
        condition |= Q(pk__in=links.values(field.m2m_field_name()))
    for part in part_models(model):
        for field in _fields_to(type(record), part):
            rows = part._base_manager.filter(**{field.attname: record.pk})
            condition |= Q(pk__in=rows.values(part.parent_field))
    return condition


def traces_of(record_model, pk):
    """What snapshots contain that show or name a record: pairs of their model and JSON for containment.

    Fields of two models may have one name and lead to different kinds of records.
    """
    for model in publishable_models():
        yield from ((model, {"item": {field.attname: pk}}) for field in _fields_to(record_model, model))
        yield from ((model, {"m2m": {name: [pk]}}) for name in many_to_many.names_to(record_model, model))
        for part in part_models(model):
            label = part._meta.label_lower
            for field in _fields_to(record_model, part):
                yield model, {"parts": {label: [{field.attname: pk}]}}


def _fields_to(record_model, model):
    return [field for field in model._meta.concrete_fields if field.related_model is record_model]


def _by_drafts(drafts):
    """The uses by drafts, which are given by model and key of their items; one query for each model."""
    keys = defaultdict(list)
    for model, key in drafts:
        keys[model].append(key)
    rows = {model: model._base_manager.in_bulk(its_keys) for model, its_keys in keys.items()}
    return [_by_draft(rows[model].get(key), model, revision) for (model, key), revision in drafts.items()]


def _by_draft(row, model, revision):
    named = {"title": revision.title or row or revision.name, "kind": model._meta.verbose_name}
    if row is None:
        return Use(_("“%(title)s” (%(kind)s, deleted; it can be brought back)") % named)
    return Use.by(row, _("“%(title)s” (%(kind)s, draft)") % named)


def linking_to(*urls):
    """The public items of all kinds whose text or links lead to one of these addresses of this site."""
    items = []
    for model in publishable_models():
        condition = _links(model, urls)
        for part in part_models(model):
            rows = part._base_manager.filter(_links(part, urls))
            condition |= Q(pk__in=rows.values(part.parent_field))
        items += model.objects.public().filter(condition)
    return items


def leads_to(name, *urls):
    """The condition that a column of addresses leads to one of these of this site, whatever follows “?” or “#”."""
    return Q(**{f"{name}__regex": f"^{_any_of(urls)}([?#].*)?$"})


def _links(model, urls):
    condition = Q(pk__in=[])
    for field in model._meta.concrete_fields:
        if isinstance(field, RichTextField):
            condition |= Q(**{f"{field.name}__regex": f'href="{_any_of(urls)}([?#][^"]*)?"'})
        elif validate_address in field.validators:
            condition |= leads_to(field.name, *urls)
    return condition


def _any_of(urls):
    paths = (url.rstrip("/") for url in urls)
    return f"({re.escape(settings.SITE_URL)})?({'|'.join(f'{re.escape(path)}/?' if path else '/' for path in paths)})"
