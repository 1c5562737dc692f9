"""One search over everything. A content app registers its models in `AppConfig.ready()`:

    search.register(Page)                            # Page.search_document() gives what is indexed
    search.register_identifier_reader(read_dois)     # what else stands for a work: read_dois("doi:10.1/X") → ["10.1/x"]
    search.register_synonym_source(names_of_topics)  # words in both languages that mean the same, beside the editors'
    search.register_facet(ChoiceFacet("level", …))   # what readers narrow by: see `search.facets`
    search.register_taking_along(Publication, export_links)  # as files: export_links("q=dentist") → links

Publishing then keeps the index, and `search.engine.search(Query(…))` answers.
"""

from search.registry import (
    register,
    register_facet,
    register_identifier_reader,
    register_synonym_source,
    register_taking_along,
)

__all__ = [
    "register",
    "register_facet",
    "register_identifier_reader",
    "register_synonym_source",
    "register_taking_along",
]
