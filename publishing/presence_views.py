"""What an open form asks the server, and hears from it, besides saving: who else is here; which typed text arrived."""

import re

from django.conf import settings
from django.http import HttpResponseNotAllowed, JsonResponse
from django.urls import path

from publishing.presence import Presence, who_else

# Names of copies that static/js/draft_keeper.js keeps in the browser.
KEPT = "kept"
_KEPT_NAME = re.compile(r"[0-9a-f-]{36}")
_KEPT_AT_MOST = 20


class PresenceViews:
    """Mixin of the admin of a kind."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_here"
        here = self.admin_site.admin_view(self.here_view)
        return [path("<path:object_id>/here/", here, name=name), *super().get_urls()]

    def here_view(self, request, object_id):
        """The heartbeat of an open form; answers who else is here."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        item = self._item(request, object_id)
        Presence.note(item, request.user)
        return JsonResponse({"sentence": who_else(item, request.user)})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        response = super().changeform_view(request, object_id, form_url, extra_context)
        # Outside the form's transaction: the text is stored by now, and two people cannot lock each other out.
        panel = (getattr(response, "context_data", None) or {}).get("panel")
        if panel and self.has_change_permission(request, panel["item"]):
            Presence.note(panel["item"], request.user)
        if getattr(request, "saved_revision", None) or getattr(request, "parked_revision", None):
            _say_that_it_arrived(request, response)
        return response


def _say_that_it_arrived(request, response):
    """Tell the browser by a cookie which of its kept copies is in the store now: it forgets that one, no other."""
    name = request.POST.get("_kept", "")
    if not _KEPT_NAME.fullmatch(name):
        return
    names = [known for known in request.COOKIES.get(KEPT, "").split(".") if _KEPT_NAME.fullmatch(known)]
    names = [*names, name][-_KEPT_AT_MOST:]
    # Read by the script on the next form; it says nothing about anybody.
    response.set_cookie(
        KEPT, ".".join(names), max_age=24 * 3600, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )
