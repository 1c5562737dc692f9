"""The admin site: Django's own, with our policy and our names. accounts.admin_site adds its doors."""

from functools import wraps
from http import HTTPStatus

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.gzip import gzip_page

from publishing import typed_text
from publishing.choices import Choices


class SiteAdmin(admin.AdminSite):
    site_title = _("Coalition for Community Schools, editing")
    site_header = _("Coalition for Community Schools")
    index_title = _("What needs your attention")

    def index(self, request, extra_context=None):
        from publishing.dashboard import waiting_for  # needs all models, which are not there yet when this is read
        from publishing.health import may_see_health

        shown = {"waiting": waiting_for(request.user), "may_see_health": may_see_health(request.user)}
        return super().index(request, shown | (extra_context or {}))

    def get_urls(self):
        """Ours and Django's, but for its detour to the site, which fails for what has no address."""
        from publishing import handbook  # asks for this site, which is not there yet when this is read

        health = path("health/", self.admin_view(self.health), name="health")
        stock = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        return [health, *handbook.urls(self), *stock]

    def autocomplete_view(self, request):
        return Choices.as_view(admin_site=self)(request)

    def health(self, request):
        """What stands still, why, and what to do: for those who may publish."""
        from publishing.health import lines_for, may_see_health

        if not may_see_health(request.user):
            raise PermissionDenied
        lines = lines_for(request.user)
        shown = {
            "title": _("Health of the site"),
            "lines": lines,
            "faults": sum(not line.is_good for line in lines),
        }
        return TemplateResponse(request, "admin/publishing/health.html", self.each_context(request) | shown)

    def admin_view(self, view, cacheable=False):
        """Every page of the admin carries the admin's policy: readers' pages know no nonce and no hash.

        It is compressed, with random padding against guessing at it: the form of a long page has 300 kB.
        """
        guarded = self._keeping_typed_text(super().admin_view(view, cacheable))
        return csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(gzip_page(guarded))

    def _keeping_typed_text(self, guarded):
        """Answer a form from somebody whose session has ended with a sign-in page that carries it."""

        @wraps(guarded)
        def view(request, *args, **kwargs):
            response = guarded(request, *args, **kwargs)
            # A form without its token was refused before: that is a 403 and no redirect.
            is_sent_to_sign_in = response.status_code == HTTPStatus.FOUND and not self.has_permission(request)
            packed = typed_text.pack(request) if is_sent_to_sign_in else ""
            return self.sign_in_page(request, packed) if packed else response

        return view

    def sign_in_page(self, request, packed):
        """The page that asks to sign in and carries what `typed_text.pack` gave. How one signs in, publishing does
        not know: accounts.admin_site does."""
        raise NotImplementedError
