from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinksConfig(AppConfig):
    name = "links"
    verbose_name = _("Links to other sites")

    def ready(self):
        from links.report import links_to_other_sites
        from links.tasks import look_daily
        from publishing import daily, health

        daily.register(look_daily)
        health.register(links_to_other_sites)
