from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from publishing import daily, dashboard, hooks
        from search.dashboard import hidden_best_results
        from search.indexing import index_item, remove_item
        from search.misses import delete_old_misses

        hooks.on_publish(index_item)
        hooks.on_delete(remove_item)
        dashboard.register(hidden_best_results)
        daily.register(delete_old_misses)
