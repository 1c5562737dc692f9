"""The admin for people who have signed in as this site asks for it."""

from allauth.account import views as allauth_views
from allauth.account.utils import get_next_redirect_url
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts import recent, second_factor, typed_text
from publishing.admin_site import SiteAdmin
from publishing.typed_text import opening


class StaffSite(SiteAdmin):
    """Its doors lead to the screens below /accounts/: signing in and out, the password, the second factor."""

    def has_permission(self, request):
        return super().has_permission(request) and not second_factor.is_missing(request)

    def admin_view(self, view, cacheable=False):
        return super().admin_view(recent.demanding(view, self), cacheable)

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """Lead on to whatever is missing: the sign-in, the second factor, or nothing."""
        wanted = get_next_redirect_url(request) or reverse("admin:index")
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")
        if not (request.user.is_staff and request.user.is_active):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("mfa_index") if second_factor.is_missing(request) else wanted)

    def logout(self, request, extra_context=None):
        return allauth_views.logout(request)

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("mfa_index"))

    def sign_in_page(self, request, packed):
        """The sign-in page that carries a form from somebody whose session has ended."""
        request.typed_text = packed
        return typed_text.show(request, reverse("account_login"))

    @method_decorator(never_cache)
    def offer_typed_text(self, request, typed):
        """Give back what was typed when the session ended: `typed` as publishing.typed_text.unpack gives it."""
        shown = {
            "title": _("You are signed in again"),
            "typed": typed,
            "opening": opening(typed),
        }
        return TemplateResponse(request, "admin/publishing/typed_text.html", self.each_context(request) | shown)
