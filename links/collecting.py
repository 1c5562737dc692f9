"""Which addresses of other sites stand in what readers see, read from the fields of all models that readers see."""

from urllib.parse import urlsplit

from django.apps import apps
from django.core.validators import URLValidator
from django.db import transaction

from links import sources
from links.models import OutwardLink
from publishing.checks.links import path_of
from publishing.checks.passages import read_html
from publishing.markup import RichTextField
from publishing.models import PublicRecord, Publishable
from publishing.parts import Part
from publishing.validators import validate_address

MOST_USES = 10  # that are kept of one address
LONGEST = 2000  # bytes: what an index of Postgres takes, with room
AT_ONCE = 1_000  # rows


def collect():
    """Bring the table in step: new addresses in, those that nothing leads to any more out."""
    wanted = used_addresses()
    with transaction.atomic():
        known = OutwardLink.objects.in_bulk(field_name="address")
        new = [OutwardLink.to(address, uses) for address, uses in wanted.items() if address not in known]
        OutwardLink.objects.bulk_create(new, AT_ONCE, ignore_conflicts=True)
        changed = [link for address, link in known.items() if address in wanted and link.used_in != wanted[address]]
        for link in changed:
            link.used_in = wanted[link.address]
        OutwardLink.objects.bulk_update(changed, ["used_in"], AT_ONCE)
        gone = [link.pk for address, link in known.items() if address not in wanted]
        OutwardLink.objects.filter(pk__in=gone).delete()


def used_addresses():
    """Address → the first rows that show it, pairs [label of a model, key]."""
    found = {}
    for address, model, key in _written():
        if _is_outward(address):
            uses = found.setdefault(address, {})
            if len(uses) < MOST_USES:
                uses[model._meta.label_lower, key] = None
    return {address: [list(use) for use in uses] for address, uses in found.items()}


def _written():
    """Triples (address, model, key) of everything public: what stands in fields, and what the apps above add."""
    for model in apps.get_models():
        if issubclass(model, PublicRecord):
            yield from _of_model(model)
    for source in sources:
        yield from source()


def _of_model(model):
    owner, key, rows = model, "pk", model._base_manager.all()
    if issubclass(model, Part):
        key = model.parent_field
        owner = model._meta.get_field(key).related_model
        rows = rows.filter(**{f"{key}__in": owner.objects.public()})
    elif issubclass(model, Publishable):
        rows = model.objects.public()
    for field in model._meta.concrete_fields:
        read = _reader(field)
        if read:
            values = rows.exclude(**{field.name: ""}).order_by().values_list(key, field.name)
            for owner_key, value in values.iterator(AT_ONCE):
                for address in read(value):
                    yield address, owner, owner_key


def _reader(field):
    """A function that gives the addresses in a value of a field; None for fields without any."""
    if isinstance(field, RichTextField):
        return lambda html: [address for _words, address in read_html(html).links]
    holds_one = any(check is validate_address or isinstance(check, URLValidator) for check in field.validators)
    return (lambda address: [address]) if holds_one else None


def _is_outward(address):
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return False  # the checks of the text say so
    return scheme in ("http", "https") and path_of(address) is None and len(address.encode()) <= LONGEST
