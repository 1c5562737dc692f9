from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeepingConfig(AppConfig):
    name = "keeping"
    verbose_name = _("Backups")

    def ready(self):
        from keeping.health import backups, content
        from keeping.retention import kept_in_words
        from publishing import health, retention

        health.register(backups)
        health.register(content)
        retention.tell(kept_in_words)
