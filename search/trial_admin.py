"""The part of an admin form in which a change is tried before it is saved: the ranking as it is and as it would be."""

from django.contrib.admin import helpers
from django.contrib.admin.options import csrf_protect_m
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from publishing.admin import SiteModelAdmin
from search.staff_forms import TryForm

PREFIX = "try"


class TrialAdmin(SiteModelAdmin):
    """A record of the search. `trial(record, text, language)` gives the `trying.Trial` of a record as it was typed."""

    change_form_template = "admin/search/trial_form.html"
    formfield_overrides = SiteModelAdmin.formfield_overrides | {
        models.TextField: {"widget": AdminTextareaWidget({"rows": 5})}
    }
    handbook_chapter = "search"

    def trial(self, record, text, language):
        raise NotImplementedError

    def first_query(self, record):
        """What is tried first: some words that the record is about; "" where a faulty form has taken them away."""
        raise NotImplementedError

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("add/try/", wrap(self.try_view), name=self._name("add_try")),
            path("<path:object_id>/change/try/", wrap(self.try_view), name=self._name("change_try")),
            *super().get_urls(),
        ]

    @csrf_protect_m
    def try_view(self, request, object_id=None):
        """The form again with what was typed, unsaved, and below it what that would change."""
        record = self._record(request, object_id)
        form_url = self._url("change", record.pk) if record else self._url("add")
        if request.method != "POST":
            return HttpResponseRedirect(form_url)
        fieldsets = self.get_fieldsets(request, record)
        form_class = self.get_form(request, record, change=record is not None, fields=flatten_fieldsets(fieldsets))
        form, asked = form_class(request.POST, instance=record), TryForm(request.POST, prefix=PREFIX)
        trial = None
        with transaction.atomic():  # it looks whether somebody else has saved the record meanwhile
            is_valid = form.is_valid() and asked.is_valid()
        if is_valid:
            trial = self.trial(form.instance, asked.cleaned_data["q"], asked.cleaned_data["language"])
        admin_form = helpers.AdminForm(form, list(fieldsets), {}, (), model_admin=self)
        context = self.admin_site.each_context(request) | {
            "title": (_("Change %s") if record else _("Add %s")) % self.opts.verbose_name,
            "subtitle": None,
            "adminform": admin_form,
            "object_id": object_id,
            "original": record,
            "is_popup": False,
            "to_field": None,
            "media": self.media + admin_form.media,
            "inline_admin_formsets": [],
            "errors": helpers.AdminErrorList(form, []),
            "preserved_filters": self.get_preserved_filters(request),
            "asked": asked,
            "trial": trial,
        }
        return self.render_change_form(
            request, context, add=record is None, change=record is not None, obj=record, form_url=form_url
        )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        shown = {"trial": None, "try_url": self._url("change_try", obj.pk) if obj else self._url("add_try")}
        if "asked" not in context:
            shown["asked"] = self._first_asked(request, obj)
        return super().render_change_form(request, shown | context, add, change, form_url, obj)

    def _first_asked(self, request, record):
        """The box before anything was tried in it; None for those who only look."""
        may_try = self.has_change_permission(request, record) if record else self.has_add_permission(request)
        initial = {"q": self.first_query(record)} if record else {}
        return TryForm(prefix=PREFIX, initial=initial) if may_try else None

    def _record(self, request, object_id):
        """The row that is changed, or None for a new one; for those who may save it."""
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        return record

    def _name(self, action):
        return f"{self.opts.app_label}_{self.opts.model_name}_{action}"

    def _url(self, action, *args):
        return reverse(f"admin:{self._name(action)}", args=args)
