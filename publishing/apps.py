from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Pictures")
    default = True

    def ready(self):
        from publishing import (
            content_checks,
            content_links,
            daily,
            file_checks,
            picture_checks,
            retention,
            sessions,
            stored_files,
            tasks,
        )
        from publishing.pictures import earlier_files_in_words, files_of_pictures, forget_earlier_files
        from publishing.presence import forget_who_is_gone

        retention.register(forget_earlier_files, earlier_files_in_words)
        daily.register(forget_who_is_gone)
        retention.register(sessions.forget_expired, sessions.kept_in_words)
        retention.register(tasks.forget_what_is_done, tasks.kept_in_words)
        stored_files.register(files_of_pictures)
        content_checks.register("Files that are missing", file_checks.missing)
        content_checks.register("Files that nothing names", file_checks.dangling)
        content_checks.register("Links that lead nowhere", content_links.dead)
        content_checks.register("Pictures without words", picture_checks.without_text)
