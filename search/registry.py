"""What other apps have told the search: which models it holds, how identifiers are written, what means the same."""

from django.apps import apps
from django.utils.text import capfirst

_document_functions = {}
_identifier_readers = []
_synonym_sources = []
_facets = {}
_takers_along = {}


def register(model, document_function=None):
    """Keep the items of a model in the index.

    `document_function(item)` gives a `documents.SearchDocument`, or None for an item that nobody should find;
    without it, `item.search_document()` does.
    """
    _document_functions[model] = document_function or model.search_document


def register_identifier_reader(function):
    """`function(text)` gives the identifiers that a typed text holds, written as in `SearchDocument.identifiers`."""
    if function not in _identifier_readers:
        _identifier_readers.append(function)
    return function


def registered_models():
    return list(_document_functions)


def is_registered(model):
    return model in _document_functions


def kind_name(label):
    """What people call the items of a model, in the language at hand: “pages.page” → “Page”."""
    try:
        return capfirst(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):  # rows of a model that is gone stay until the index is rebuilt
        return label


def document_of(item):
    """The document of an item of a registered model, or None."""
    return _document_functions[type(item)](item)


def register_facet(facet):
    """Let readers narrow a search by a `facets.Facet`; documents give its values in `facets`."""
    _facets[facet.name] = facet
    return facet


def registered_facets():
    """All facets, in the order in which they stand on the page."""
    return sorted(_facets.values(), key=lambda facet: facet.position)


def register_taking_along(model, function):
    """`function(query_string)` gives links (with `text` and `url`) to what is found of a kind of content, as files."""
    _takers_along[model._meta.model_name] = function


def ways_to_take_along(query_string):
    """Kind of content, as the facet of that name has it → links, for each that can be taken along."""
    return {kind: links_to(query_string) for kind, links_to in _takers_along.items()}


def identifiers_in(text):
    """All identifiers that a typed text holds, each once."""
    return list(dict.fromkeys(found for read in _identifier_readers for found in read(text)))


def register_synonym_source(function):
    """`function()` gives querysets of rows whose `words`, `words_es` and `names` mean the same, a phrase a line.

    They are those in English, in Spanish, and such as may be in either language. All are read with one statement.
    """
    if function not in _synonym_sources:
        _synonym_sources.append(function)
    return function


def synonym_sources():
    return tuple(_synonym_sources)
