"""What stands at the addresses of kinds whose items have a slug, unique in their language, below one place.

For the checks of links, and for what readers write about a page.
"""

import re

from django.conf import settings

from publishing.models import FormerSlug


class SlugAddresses:
    """The addresses of one kind: `/<place>/<slug>/`, behind the prefix of its language."""

    def __init__(self, model, place, more=""):
        """`more`: a pattern of what may stand behind the slug, such as "card/"."""
        self.model = model
        languages = "|".join(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
        behind = f"(?:{more})?" if more else ""
        self._pattern = re.compile(rf"(?:/(?P<language>{languages}))?/{place}/(?P<slug>[-\w]+)(?:/{behind})?")

    def answering(self, paths):
        """Those of some paths at which readers find an item or are sent on to one, in at most two queries.

        Behind the prefix of another language an untranslated item answers too.
        """
        asked = {path: found for path in paths if (found := self._of(path))}
        if not asked:
            return set()
        slugs = {slug for _, slug in asked.values()}
        former = FormerSlug.objects.filter(kind=self.model._meta.label_lower, slug__in=slugs)
        moved = {(language, slug): pk for language, slug, pk in former.values_list("language", "slug", "object_id")}
        public = self.model.objects.public()
        known = public.filter(slug__in=slugs) | public.filter(pk__in=moved.values())
        rows = list(known.values_list("language", "slug", "pk"))
        now, keys = {(language, slug) for language, slug, _ in rows}, {pk for *_, pk in rows}
        return {
            path
            for path, (language, slug) in asked.items()
            if {(language, slug), (settings.LANGUAGE_CODE, slug)} & now or moved.get((language, slug)) in keys
        }

    def item_at(self, path):
        """The public item that readers find at a path; where it is not translated, the one that is offered."""
        language, slug = self._of(path) or ("", "")
        items = self.model.objects.public().filter(slug=slug, language__in={language, settings.LANGUAGE_CODE})
        return min(items, key=lambda item: item.language != language, default=None) if slug else None

    def _of(self, path):
        found = self._pattern.fullmatch(path)
        return (found["language"] or settings.LANGUAGE_CODE, found["slug"]) if found else None
