from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django_tasks_db.apps import TasksAppConfig
from taggit.apps import TaggitAppConfig


class TagsConfig(TaggitAppConfig):
    """The tags of django-taggit."""

    default = False
    verbose_name = _("Tags")


class WorkerConfig(TasksAppConfig):
    """The tasks that requests hand over."""

    default = False
    verbose_name = _("Work in the background")


class CoalitionSiteConfig(AppConfig):
    default = True
    name = "coalition_site"

    def ready(self):
        import search
        from coalition_site.health_lines import machine_lines
        from coalition_site.search_words import names_of_vocabularies
        from coalition_site.views import show_page_or_front
        from pages.models import Page
        from publishing import health, preview

        preview.register(Page, show_page_or_front)
        health.register(machine_lines)
        search.register_synonym_source(names_of_vocabularies)
