from django.apps import AppConfig


class CoalitionSiteConfig(AppConfig):
    name = "coalition_site"

    def ready(self):
        from coalition_site.views import show_page_or_front
        from pages.models import Page
        from publishing import preview

        preview.register(Page, show_page_or_front)
