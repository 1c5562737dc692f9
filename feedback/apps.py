from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = _("Messages from readers")

    def ready(self):
        from feedback.dashboard import messages_that_wait
        from feedback.retention import delete_old_messages
        from publishing import daily, dashboard

        dashboard.register(messages_that_wait)
        daily.register(delete_old_messages)
