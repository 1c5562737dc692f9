from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from publishing import content_checks, daily, dashboard, hooks, retention
        from search import content_checks as checks
        from search.dashboard import hidden_best_results
        from search.facets import ContentFacet, LanguageFacet, RecordFacet
        from search.indexing import index_items, remove_item
        from search.misses import delete_old_misses, kept_in_words
        from search.rebuilding import rebuild_if_outdated
        from search.registry import register_facet
        from vocabulary.models import Result, Role, Topic

        hooks.on_publish(index_items)
        hooks.on_delete(remove_item)
        dashboard.register(hidden_best_results)
        retention.register(delete_old_misses, kept_in_words)
        daily.register(rebuild_if_outdated)
        content_checks.register("Search rows that differ from the content", checks.differing)
        content_checks.register("Search rows of what is gone", checks.orphaned)
        register_facet(ContentFacet("content", _("Kind of content"), position=10))
        register_facet(RecordFacet("topic", _("Topic"), position=30, model=Topic))
        register_facet(RecordFacet("role", _("For whom"), position=40, model=Role))
        register_facet(RecordFacet("result", _("Result"), position=50, model=Result))
        register_facet(LanguageFacet("language", _("Language"), position=80))
