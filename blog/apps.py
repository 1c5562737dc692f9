from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Blog")

    def ready(self):
        from blog.addresses import VIEWS, answering_paths, subject_at
        from blog.models import Entry
        from blog.views import show_entry
        from feedback import register_place, register_subject
        from publishing import preview
        from publishing.checks.links import register_path_check
        from search import register

        preview.register(Entry, show_entry)
        register_subject(subject_at)
        register_place("blog:entry_list", _("Community Schools Blog"))
        register_path_check(answering_paths, views=VIEWS)
        register(Entry)
