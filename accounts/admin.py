"""Accounts: managers look after them without being able to raise themselves above a manager."""

import allauth.account.admin
import allauth.mfa.admin  # noqa: F401  both register what is taken out below
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import ReadOnlyPasswordHashField, ReadOnlyPasswordHashWidget, UserChangeForm
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import invitations, second_factor
from accounts.models import ALREADY_INVITED, Invitation, accounts_at
from accounts.sessions import end_sessions
from publishing.admin import SiteModelAdmin
from publishing.meanwhile import TellsOfOthers
from publishing.tasks import send_mail

for model in (User, Group, EmailAddress, Authenticator):  # the last two are nobody's business
    admin.site.unregister(model)


@admin.register(Group)
class RoleAdmin(SiteModelAdmin, GroupAdmin):
    """Groups, in forms as all others of this site are."""


class PasswordWidget(ReadOnlyPasswordHashWidget):
    """Whether there is a password, and the way to another one. How it is kept says nothing to anybody."""

    def get_context(self, name, value, attrs):
        there = _("There is a password. Nobody can read it, but you can set another one.")
        known = there if value and is_password_usable(value) else _("There is no password yet.")
        return super().get_context(name, value, attrs) | {"summary": [{"label": known}]}


class AccountForm(TellsOfOthers, UserChangeForm):
    """By an address one signs in and is written to: it may stand for one account only, as a name too."""

    password = ReadOnlyPasswordHashField(label=_("Password"), widget=PasswordWidget)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].help_text = ""  # Django's speaks of “password-based authentication”

    def clean(self):
        cleaned = super().clean()
        for name in ("username", "email"):
            said = cleaned.get(name)
            if name in self.changed_data and said and accounts_at(said).exclude(pk=self.instance.pk).exists():
                self.add_error(name, _("Another account has this address or name."))
        return cleaned


@admin.register(User)
class AccountAdmin(SiteModelAdmin, UserAdmin):
    """Django's own, less what would let somebody give herself more rights than she has."""

    handbook_chapter = "accounts"
    form = AccountForm
    change_list_template = "admin/accounts/user_list.html"
    change_form_template = "admin/accounts/user_form.html"

    def get_urls(self):
        lost = self.admin_site.admin_view(self.lost_factor_view)
        return [path("<id>/lost-factor/", lost, name="auth_user_lost_factor"), *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return [
            (None, {"fields": ("username", "password")}),
            (_("Person"), {"fields": ("first_name", "last_name", "email")}),
            (_("Rights"), {"fields": ("is_active", "is_staff", "groups")}),
        ]

    def has_add_permission(self, request):
        """Managers invite: a password that somebody else has written down is none."""
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        own = obj is not None and obj == request.user and not request.user.is_superuser
        return ("is_active", "is_staff", "groups") if own else super().get_readonly_fields(request, obj)

    def changelist_view(self, request, extra_context=None):
        may_invite = request.user.has_perm("accounts.add_invitation")
        return super().changelist_view(request, {"may_invite": may_invite} | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        account = self.get_object(request, object_id)
        may_help = account is not None and account != request.user and self.has_change_permission(request, account)
        shown = {"has_factor": may_help and second_factor.factors_of(account).exists()}
        return super().change_view(request, object_id, form_url, shown | (extra_context or {}))

    def lost_factor_view(self, request, id):
        """Ask (GET), then take the second factors of a colleague away who has lost them (POST)."""
        account = self.get_object(request, id)
        if account is None:
            raise Http404
        if account == request.user or not self.has_change_permission(request, account):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if request.method != "POST":
            shown = {"title": _("Lost second factor"), "account": account, "opts": self.opts}
            return TemplateResponse(
                request, "admin/accounts/lost_factor.html", self.admin_site.each_context(request) | shown
            )
        with transaction.atomic():
            second_factor.take_away(account)
            end_sessions(account)
            self.log_change(request, account, "Second factors taken away.")
            if account.email:
                send_mail.enqueue(
                    str(_("Your second factors were taken away")),
                    str(_("Sign in with your password, and set up a new one. If you did not ask for this, tell us.")),
                    account.email,
                )
        messages.success(request, _("Done. At the next sign-in a new second factor is set up."))
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[account.pk]))


@admin.register(Invitation)
class InvitationAdmin(SiteModelAdmin):
    """Inviting colleagues. Deleting an invitation takes it back."""

    handbook_chapter = "accounts"
    fields = ("email", "first_name", "last_name", "group")
    list_display = ("email", "first_name", "last_name", "group", "invited_by", "sent_at", "state_shown")
    list_select_related = ("group", "invited_by")
    actions = ("send_again",)

    @admin.display(description=_("state"))
    def state_shown(self, invitation):
        if invitation.accepted_at:
            return _("taken")
        return _("waits") if invitation.is_takeable else _("over: send it again")

    def has_change_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        try:
            return super().add_view(request, form_url, extra_context)
        except IntegrityError:  # the button was pressed twice: the first press has invited already
            self.message_user(request, ALREADY_INVITED, messages.WARNING)
            return HttpResponseRedirect(reverse("admin:accounts_invitation_changelist"))

    def save_model(self, request, obj, form, change):
        obj.invited_by = request.user
        super().save_model(request, obj, form, change)
        invitations.send(obj)

    @admin.action(description=_("Send again"), permissions=["add"])
    def send_again(self, request, queryset):
        sent = sum(invitations.send_again(invitation) for invitation in queryset)
        told = ngettext("%(count)d invitation was sent again.", "%(count)d invitations were sent again.", sent)
        self.message_user(request, told % {"count": sent}, messages.SUCCESS if sent else messages.WARNING)
        if sent < len(queryset):
            self.message_user(request, _("Those that were taken already were not sent: there is an account."))


@admin.register(AccessAttempt)
class WrongPasswordAdmin(SiteModelAdmin):
    """Who mistyped a password, from where. Deleting a row ends the waiting."""

    handbook_chapter = "accounts"
    fields = readonly_fields = ("username", "ip_address", "user_agent", "attempt_time", "failures_since_start")
    list_display = ("username", "ip_address", "attempt_time", "failures_since_start")
    search_fields = ("username", "ip_address")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
