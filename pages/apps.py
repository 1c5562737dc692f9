from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages and menus")

    def ready(self):
        from feedback import register_subject
        from pages.content_checks import links_of_the_frame, lonely
        from pages.dashboard import contact_facts_to_confirm
        from pages.frame import moments_of_promotions
        from pages.models import Page
        from pages.subjects import subject_at
        from publishing import content_checks, content_links, dashboard, moments
        from publishing.checks.links import register_path_check
        from search import register

        moments.register(moments_of_promotions)
        dashboard.register(contact_facts_to_confirm)
        register_subject(subject_at)
        register_path_check(answering_paths, views=["pages:page"])
        register(Page)
        content_links.register(links_of_the_frame)
        content_checks.register("Pages that nothing leads to", lonely)


def answering_paths(paths):
    """Those of some paths at which readers find a page or are sent on, in two queries for all of them."""
    from django.conf import settings

    from pages.models import Page, Redirect
    from pages.redirects import as_compared

    languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    places = {}
    for path in paths:
        prefixed = next((code for code in languages if path.startswith(f"/{code}/")), None)
        place = f"{path.rstrip('/')}/".removeprefix(f"/{prefixed}" if prefixed else "")
        # Behind the prefix of another language an untranslated page answers too.
        places[path] = {(prefixed or settings.LANGUAGE_CODE, place), (settings.LANGUAGE_CODE, place)}
    wanted = {place for pairs in places.values() for _language, place in pairs}
    pages = set(Page.objects.public().filter(path__in=wanted).values_list("language", "path"))
    old_paths = {path: as_compared(path) for path in paths}
    redirects = Redirect.objects.filter(old_path__in=old_paths.values()).select_related("page")
    moved = {redirect.old_path for redirect in redirects if redirect.target}
    return {path for path in paths if places[path] & pages or old_paths[path] in moved}
