"""The admin site: Django's own, with our policy, our names and nothing else changed."""

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.gzip import gzip_page


class SiteAdmin(admin.AdminSite):
    site_title = _("Coalition for Community Schools, editing")
    site_header = _("Coalition for Community Schools")
    index_title = _("What needs your attention")

    def get_urls(self):
        """Django's own, but for its detour to the site, which fails for what has no address: our admins lead there."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def index(self, request, extra_context=None):
        from publishing.dashboard import waiting_for  # needs all models, which are not there yet when this is read
        from publishing.health import may_see_health

        shown = {"waiting": waiting_for(request.user), "may_see_health": may_see_health(request.user)}
        return super().index(request, shown | (extra_context or {}))

    def get_urls(self):
        from publishing import handbook  # asks for this site, which is not there yet when this is read

        health = path("health/", self.admin_view(self.health), name="health")
        return [health, *handbook.urls(self), *super().get_urls()]

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
        return csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(gzip_page(super().admin_view(view, cacheable)))
