from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from publishing import hooks
        from search.indexing import index_item, remove_item

        hooks.on_publish(index_item)
        hooks.on_delete(remove_item)
