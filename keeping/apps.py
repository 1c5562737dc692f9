from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeepingConfig(AppConfig):
    name = "keeping"
    verbose_name = _("Backups")

    def ready(self):
        from keeping.health import backups, content
        from publishing import health

        health.register(backups)
        health.register(content)
