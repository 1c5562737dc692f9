"""The admin of everything that is published: its form shows and saves drafts, never the live rows.

Stock admin, built from a snapshot in memory (`publishing.snapshots`). Its rows stand in
`publishing.draft_inlines`, what comes after saving in `publishing.draft_views` and `publishing.history_views`.
"""

from copy import copy

from content_editor.admin import ContentEditor
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.template.defaultfilters import date as format_date
from django.template.defaultfilters import time as format_time
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import smart_split
from django.utils.translation import gettext_lazy as _

from publishing.admin import SiteModelAdmin
from publishing.choices import is_key
from publishing.draft_filters import DraftFilter, StateFilter
from publishing.draft_forms import LenientForm, data_from_forms
from publishing.draft_panel import panel_of
from publishing.draft_views import DraftViews
from publishing.history_views import HistoryViews
from publishing.models import Activity, Revision
from publishing.presence_views import PresenceViews
from publishing.preview_views import PreviewViews
from publishing.publish import ensured_revision
from publishing.readiness import NotReady, check
from publishing.revisions import Stale, add_revision
from publishing.snapshots import materialize
from publishing.workflow import may_publish, publish_now


def holds_all(field, words):
    """The condition that a column holds all of some words."""
    return Q.create([(f"{field}__icontains", word) for word in words])


class PublishableAdmin(DraftViews, HistoryViews, PreviewViews, PresenceViews, SiteModelAdmin):
    """Fields in the order of the work; lists with state and dates.

    Inherit it, and name the fields of the kind in `text_fields` and `place_fields`.
    """

    handbook_chapter = "write-a-page"
    saves_drafts = True
    form = LenientForm
    change_form_template = "admin/publishing/change_form.html"
    change_list_template = "admin/publishing/change_list.html"
    text_fields = ("title", "summary")
    more_fieldsets = ()
    place_fields = ("slug", "language", "translation_of")
    review_fields = ("reviewed_on", "review_by")
    list_display = ("title_shown", "state_shown", "language", "saved_shown")
    list_filter = (StateFilter, DraftFilter, "language")
    search_fields = ("title", "summary", "slug")
    autocomplete_fields = ("translation_of",)
    prepopulated_fields = {"slug": ("title",)}
    list_per_page = 50
    view_on_site = False  # the panel beside the form leads to what is public

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": self.text_fields}),
            *self.more_fieldsets,
            (_("Place"), {"fields": self.place_fields, "classes": ["after-parts"]}),
            (_("Review"), {"fields": self.review_fields, "classes": ["after-parts"]}),
        ]

    def get_queryset(self, request):
        newest = Revision.objects.of_kind(self.model).in_line().filter(object_id=OuterRef("pk")).newest_first()
        return (
            super()
            .get_queryset(request)
            .annotate(
                newest_title=Subquery(newest.values("title")[:1]),
                newest_published_at=Subquery(newest.values("published_at")[:1]),
                newest_state=Subquery(newest.values("state")[:1]),
                newest_saved_at=Coalesce(Subquery(newest.values("created_at")[:1]), "updated_at"),
            )
        )

    def get_search_results(self, request, queryset, search_term):
        """By the words of what is public, or by what `keys_found` names."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        words = [word.strip("\"'") for word in smart_split(search_term)]
        for keys in self.keys_found(words) if words else ():
            found |= queryset.filter(pk__in=keys)
        return found, may_repeat

    def keys_found(self, words):
        """Querysets of the keys of items that hold all of some words elsewhere: in the title of an open draft.

        Asked of few rows once, and not anew for each of very many items.
        """
        drafts = Revision.objects.open_drafts().of_kind(self.model)
        return [drafts.filter(holds_all("title", words)).values("object_id")]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Items that were never public are offered by the title of their draft."""
        related = self.admin_site.get_model_admin(db_field.remote_field.model) if self._is_listed(db_field) else None
        if isinstance(related, PublishableAdmin):
            kwargs |= {"queryset": related.get_queryset(request)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _is_listed(self, db_field):
        return self.admin_site.is_registered(db_field.remote_field.model)

    def changelist_view(self, request, extra_context=None):
        may_recover = self.has_delete_permission(request)
        return super().changelist_view(request, {"may_recover": may_recover} | (extra_context or {}))

    @admin.display(description=_("title"), ordering="title")
    def title_shown(self, item):
        return item.newest_title or str(item)

    @admin.display(description=_("state"), ordering="published_at")
    def state_shown(self, item):
        shown = format_html('<span class="state state--{}">{}</span>', item.state.value, item.state.label)
        if item.newest_state and not item.newest_published_at:
            draft = Revision.State(item.newest_state).label
            shown = format_html('{} <span class="state state--draft">{}</span>', shown, draft)
        return shown

    @admin.display(description=_("last saved"), ordering="newest_saved_at")
    def saved_shown(self, item):
        """The draft counts too: staff look for what was worked on."""
        return format_date(timezone.localtime(item.newest_saved_at), "N j, Y, g:i A")

    # The form: from the newest revision in memory, into the next one.

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.is_editing = True  # get_object also serves deletion, which needs the live row
        response = super().changeform_view(request, object_id, form_url, extra_context)
        saved = getattr(request, "saved_revision", None)
        if saved and "_publish" in request.POST:
            # A transaction of its own: when publishing fails, the text is safe already.
            is_ready = self._publish_saved(request, saved)
            if not is_ready and isinstance(response, HttpResponseRedirect):
                response["Location"] = self.url_for("change", saved.object_id) + "?check"
        return response

    def get_object(self, request, object_id, from_field=None):
        live = super().get_object(request, object_id, from_field)
        if live is None or not getattr(request, "is_editing", False):
            return live
        newest = ensured_revision(live)
        base = newest
        if request.method == "POST":
            base = self._posted_base(request, live, newest)
        stored = copy(live)
        item = materialize(self.model, live.pk, (base or newest).data, live=live)
        item.base, item.newest, item.stored = base, newest, stored
        return item

    def render_change_form(self, request, context, *, obj=None, **kwargs):
        context["may_publish"] = may_publish(request.user, self.model)
        if obj is not None:
            context["panel"] = panel_of(obj, request, may_change=self.has_change_permission(request, obj))
            if request.method == "GET" and "check" in request.GET:
                self._show_faults(obj.newest, context)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def _posted_base(self, request, live, newest):
        """The revision that the form was loaded from; None when it is missing, forged or of another item."""
        key = request.POST.get("_base", "")
        if newest and key == str(newest.pk):
            return newest
        return Revision.objects.of(live).in_line().filter(pk=key).first() if is_key(key) else None

    def _show_faults(self, revision, context):
        """Show beside the fields of the item and of its blocks what keeps a draft from being published."""
        try:
            check(revision)
        except NotReady as error:
            context["adminform"].form.show_errors(error.errors.get("item", {}))
            for inline in context["inline_admin_formsets"]:
                inline.formset.show_errors(error.errors.get(inline.formset.label, {}))

    def save_form(self, request, form, change):
        return form.save(commit=False)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.pk = self.model.create_stub(language=obj.language, owner=request.user).pk
            obj.base = obj.newest = None

    def save_related(self, request, form, formsets, change):
        item = form.instance
        for formset in formsets:
            formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        base = item.base or item.newest
        data = data_from_forms(self.model, form, formsets, base.data if base else None)
        given = {"base": base, "author": request.user}
        is_stale = change and item.base is None
        try:
            if is_stale:
                raise Stale
            request.saved_revision = add_revision(self.model, item.pk, data, **given)
        except Stale:
            request.parked_revision = add_revision(self.model, item.pk, data, is_parked=True, **given)

    def response_add(self, request, obj, post_url_continue=None):
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._response_saved(request, obj)

    def response_change(self, request, obj):
        parked = getattr(request, "parked_revision", None)
        if parked:
            return HttpResponseRedirect(self.url_for("conflict", obj.pk, parked.pk))
        return self._response_saved(request, obj)

    def _response_saved(self, request, obj):
        if "_publish" not in request.POST:
            live = " " + str(_("The public page has not changed.")) if obj.is_public else ""
            now = format_time(timezone.localtime(), "g:i A")
            messages.success(request, _("Draft saved at %(time)s.") % {"time": now} + live)
        if "_preview" in request.POST:
            return HttpResponseRedirect(self.url_for("preview", obj.pk, request.saved_revision.pk))
        return HttpResponseRedirect(self.url_for("change", obj.pk))

    def _publish_saved(self, request, revision):
        """Publish what was just saved, and say what came of it; False where the text has faults."""
        if not may_publish(request.user, self.model):
            messages.warning(request, _("Your draft is saved. To publish it, send it for review."))
            return True
        try:
            publish_now(revision, by=request.user)
        except NotReady as error:
            messages.error(request, _("Your draft is saved, but not published yet: ") + error.in_short())
            return False
        except Stale:
            messages.error(request, _("Your draft is saved. Somebody else published a later one in the meantime."))
        else:
            messages.success(request, _("Published. Readers see it now."))
        return True

    def construct_change_message(self, request, form, formsets, add=False):
        return str(_("Draft saved"))

    # Deletion: the text stays in the store, from where it can be recovered.

    def get_deleted_objects(self, objs, request):
        """What has to stay is not deleted, alone or among others."""
        deleted, counts, permissions, protected = super().get_deleted_objects(objs, request)
        staying = [f"“{item}”: {sentence}" for item in objs if (sentence := item.stays_because())]
        return deleted, counts, permissions, [*staying, *protected]

    def delete_view(self, request, object_id, extra_context=None):
        item = self.get_object(request, unquote(object_id))
        used_in = item.used_in() if item else []
        said = {"used_in": used_in, "may_recover": True}
        return super().delete_view(request, object_id, said | (extra_context or {}))

    def delete_model(self, request, obj):
        ensured_revision(obj)
        Activity.log(obj, Activity.Kind.DELETED, by=request.user)
        super().delete_model(request, obj)

    def url_for(self, name, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)


class BlocksAdmin(PublishableAdmin, ContentEditor):
    """The admin of content that is written in blocks: set `inlines` by `block_inlines(model)`."""
