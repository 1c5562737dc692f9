"""The links in what is public now, kind by kind, as a stream: a query for each table that can hold some."""

from dataclasses import dataclass
from itertools import chain, islice

from publishing.admin_urls import change_url
from publishing.checks.links import dead_paths, path_of
from publishing.checks.passages import read_html
from publishing.content_checks import Trouble
from publishing.kinds import publishable_models
from publishing.markup import RichTextField
from publishing.models import State
from publishing.parts import part_models
from publishing.validators import validate_address

AT_ONCE = 1_000  # links whose addresses are asked about together

_sources = []


@dataclass(frozen=True)
class ContentLink:
    """A link: the address that it leads to, and the row that holds it: in words, its model, its key."""

    address: str
    label: str
    model: type
    key: int

    @property
    def path(self):
        """The path of this site that it leads to; None for other sites."""
        return path_of(self.address)

    @property
    def url(self):
        """Where it is edited."""
        return change_url(self.model, self.key)


def register(function):
    """Let an app name links that stand in no item, such as those of menus: `function()` gives ContentLinks."""
    if function not in _sources:
        _sources.append(function)
    return function


def public_links():
    """All links that readers find."""
    for model in publishable_models():
        public = model.objects.public().order_by()
        yield from _links_in(model, public, "pk", "title", model)
        for part in part_models(model):
            rows = part._base_manager.order_by().filter(**{f"{part.parent_field}__in": public.values("pk")})
            yield from _links_in(part, rows, f"{part.parent_field}_id", f"{part.parent_field}__title", model)
    for source in _sources:
        yield from source()


def replacements():
    """Where readers of what was taken offline are led."""
    for model in publishable_models():
        gone = model.objects.in_state(State.RETIRED).exclude(replacement_address="").order_by()
        for pk, title, address in gone.values_list("pk", "title", "replacement_address").iterator():
            yield ContentLink(address, title, model, pk)


def dead(mend):
    """Links to paths of this site at which nothing answers. Which address was meant only a person knows."""
    links = (link for link in chain(public_links(), replacements()) if link.path is not None)
    while batch := list(islice(links, AT_ONCE)):
        gone = dead_paths({link.path for link in batch})
        for link in batch:
            if link.path in gone:
                yield Trouble(f"“{link.label}” links to {link.address}, where nothing answers.", link.url)


def _links_in(table, rows, key, label, model):
    """The links in the columns of a table that hold rich text or an address."""
    fields = [field for field in table._meta.concrete_fields if _holds_links(field)]
    if not fields:
        return
    columns = [field.attname for field in fields]
    for pk, title, *values in rows.values_list(key, label, *columns).iterator():
        for field, value in zip(fields, values, strict=True):
            for address in _addresses(field, value):
                yield ContentLink(address, title, model, pk)


def _holds_links(field):
    return isinstance(field, RichTextField) or validate_address in field.validators


def _addresses(field, value):
    if not isinstance(field, RichTextField):
        return [value] if value else []
    return [address for _words, address in read_html(value).links] if value and "href" in value else []
