from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Pictures")
    default = True

    def ready(self):
        from publishing import daily, stored_files
        from publishing.pictures import files_of_pictures, forget_earlier_files
        from publishing.tasks import forget_what_is_done

        daily.register(forget_earlier_files)
        daily.register(forget_what_is_done)
        stored_files.register(files_of_pictures)


class SiteAdminConfig(admin_apps.AdminConfig):
    """The stock admin with our site class: its Content Security Policy, its names."""

    default = False
    default_site = "publishing.admin_site.SiteAdmin"
