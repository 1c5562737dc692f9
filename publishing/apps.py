from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Pictures")
    default = True

    def ready(self):
        from publishing import daily
        from publishing.pictures import forget_earlier_files
        from publishing.tasks import forget_what_is_done

        daily.register(forget_earlier_files)
        daily.register(forget_what_is_done)
