from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FaqConfig(AppConfig):
    name = "faq"
    verbose_name = _("Questions")

    def ready(self):
        from faq.addresses import answering_paths, subject_at
        from faq.models import Question
        from faq.views import show_question
        from feedback import register_place, register_subject
        from publishing import preview
        from publishing.checks.links import register_path_check
        from search import register

        preview.register(Question, show_question)
        register_subject(subject_at)
        register_place("faq:question_list", _("Community Schools FAQs"))
        register_path_check(answering_paths, views=["faq:question_detail", "faq:question_card"])
        register(Question)
