"""Every address pattern of the site, read from the URL resolver, nested includes too."""

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern


def patterns(resolver=None, namespaces=(), has_language=False):
    """Triples: name with its namespaces (`search:results`), the pattern, whether it stands under /es/ as well."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from patterns(entry, inner, has_language or isinstance(entry.pattern, LocalePrefixPattern))
        else:
            yield ":".join((*namespaces, entry.name or str(entry.pattern))), entry, has_language
