from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = _("Messages from readers")

    def ready(self):
        from feedback.dashboard import messages_that_wait
        from feedback.retention import delete_old_messages, kept_in_words
        from publishing import dashboard, retention

        dashboard.register(messages_that_wait)
        retention.register(delete_old_messages, kept_in_words)
