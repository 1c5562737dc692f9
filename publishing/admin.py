"""The base of every admin page of ours, and the library of pictures."""

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django_tasks_db.admin import DBTaskResultAdmin
from django_tasks_db.models import DBTaskResult
from js_asset import Media, Script

from publishing import gone, meanwhile, row_limits, usage
from publishing.choices import KeySelect, KeySelectMultiple
from publishing.content_version import ContentVersion
from publishing.models import Picture
from publishing.picture_forms import PictureForm
from publishing.pictures import PictureField
from publishing.plain_words import messages_of
from publishing.workflow import may_publish


class SiteModelAdmin(admin.ModelAdmin):
    """Stock admin whose scripts carry the request's nonce and whose dates are one labeled field each.

    `handbook_chapter`: the chapter that its forms lead to, a name in docs/staff/ without its ending.
    `saves_drafts`: whether a save leaves what readers see as it is.
    """

    handbook_chapter = ""
    saves_drafts = False
    form = meanwhile.RecordForm

    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        },
        models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
        models.URLField: {"assume_scheme": "https"},
    }

    delete_confirmation_template = "admin/publishing/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/publishing/delete_selected_confirmation.html"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if sentences := messages_of(db_field):
            kwargs["error_messages"] = sentences
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs = {"widget": KeySelect(db_field, self.admin_site)} | kwargs
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs = {"widget": KeySelectMultiple(db_field, self.admin_site)} | kwargs
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_object(self, request, object_id, from_field=None):
        """Django looks for a field without a name where the address ends in `?_to_field=`."""
        return super().get_object(request, object_id, from_field or None)

    def changelist_view(self, request, extra_context=None):
        if refusal := row_limits.refusal_of(request):
            return refusal
        if "_save" not in request.POST:
            return super().changelist_view(request, extra_context)
        with ContentVersion.raised_at_the_end():  # the rows are locked from before they are judged until they are saved
            response = super().changelist_view(request, extra_context)
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist and changelist.formset:
            meanwhile.line_up(changelist)
        return response

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **{"form": meanwhile.ListRowForm} | kwargs)

    def get_changelist_formset(self, request, **kwargs):
        return super().get_changelist_formset(request, **{"formset": meanwhile.ListFormSet} | kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        refusal = row_limits.refusal_of(request)
        return refusal or super().changeform_view(request, object_id, form_url, extra_context)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """What was typed is not lost with a record that somebody has deleted while its form was open."""
        if request.method == "POST" and request.resolver_match.url_name.endswith("_change"):
            return gone.page_for(request, self)
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    def get_deleted_objects(self, objs, request):
        """Django's; what is in the way of several records is named once."""
        deleted, counts, permissions, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, permissions, list(dict.fromkeys(protected))

    def delete_queryset(self, request, queryset):
        """One by one, so that each does what its model does when it goes: readers' pages follow, files go too."""
        with ContentVersion.raised_at_the_end():
            for record in queryset:
                self.delete_model(request, record)

    def view_on_site(self, record):
        return record.get_absolute_url() if hasattr(record, "get_absolute_url") else None

    @property
    def media(self):
        """Django's, without a library of 35 kB that only addresses in letters beyond ASCII need; ours have none."""
        media = super().media
        media._js_lists = [[path for path in paths if "xregexp" not in str(path)] for paths in media._js_lists]
        return media

    def render_change_form(self, request, context, *args, **kwargs):
        context["handbook_chapter"] = self.handbook_chapter
        context["opened_field"] = getattr(context["adminform"].form, "opened_field", "")
        response = super().render_change_form(request, context, *args, **kwargs)
        media = Media.from_media(response.context_data["media"])
        response.context_data["media"] = media.with_nonce(str(request.csp_nonce))
        return response


class ReadOnlyAdmin(SiteModelAdmin):
    """For rows that the site writes by itself: staff look at them."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Picture)
class PictureAdmin(SiteModelAdmin):
    """The library of pictures. Its form takes the focus as numbers, or by a click on the picture.

    Whoever may not publish changes nothing that readers see: what she sends is kept as a picture of its own.
    """

    handbook_chapter = "pictures"
    form = PictureForm
    # The picture itself is shown; the name under which it is stored says nothing to anybody.
    formfield_overrides = SiteModelAdmin.formfield_overrides | {PictureField: {"widget": forms.FileInput}}
    fields = ("rule_shown", "image", "put_back", "title", "credit", "shown", "focus_x", "focus_y", "used_in_shown")
    readonly_fields = ("rule_shown", "shown", "used_in_shown")
    seen_by_readers = frozenset({"image", "credit", "focus_x", "focus_y"})
    list_display = ("thumbnail_shown", "title", "size_shown", "created_at")
    list_display_links = ("title",)
    search_fields = ("title", "credit")
    list_per_page = 50
    # By name: Django would take those of our drafts, which lie in the folder named like this app.
    change_form_template = "admin/change_form.html"
    change_list_template = "admin/change_list.html"

    class Media:
        js = [Script("js/admin_focus.js", type="module")]

    def get_fields(self, request, obj=None):
        left_out = set()
        if obj is None:
            left_out = {*self.readonly_fields, "put_back"}
        elif self._may_change_what_readers_see(request, obj):
            left_out = {"rule_shown"} if obj.earlier_image else {"rule_shown", "put_back"}
        else:
            left_out = {"put_back"}
        return [name for name in super().get_fields(request, obj) if name not in left_out]

    def _may_change_what_readers_see(self, request, picture):
        if not hasattr(request, "may_change_what_readers_see"):  # asked several times for one form
            kinds = usage.kinds_showing(picture)
            request.may_change_what_readers_see = all(may_publish(request.user, kind) for kind in kinds)
        return request.may_change_what_readers_see

    def save_model(self, request, obj, form, change):
        is_free = not change or self._may_change_what_readers_see(request, obj)
        request.is_kept_apart = not is_free and bool(self.seen_by_readers.intersection(form.changed_data))
        if request.is_kept_apart:
            obj.become_another()
        super().save_model(request, obj, form, change)
        if is_free and form.cleaned_data.get("put_back"):
            obj.put_earlier_file_back()

    def response_change(self, request, obj):
        if not request.is_kept_apart:
            return super().response_change(request, obj)
        messages.warning(
            request,
            _(
                "Readers see this picture, so it has stayed as it is. What you sent is kept as a picture of its own: "
                "it is here. Choose it on your page, and send that for review."
            ),
        )
        return HttpResponseRedirect(reverse("admin:publishing_picture_change", args=[obj.pk]))

    @admin.display(description=_("before you change it"))
    def rule_shown(self, picture):
        return _(
            "Readers see this picture, and you may not publish where it is shown. If you change the file, the credit "
            "or the focus, this picture stays as it is, and yours is kept as a picture of its own."
        )

    @admin.display(description=_("picture"))
    def thumbnail_shown(self, picture):
        if not picture.thumbnail:
            return ""
        return format_html('<img src="{}" width="80" height="80" alt="" loading="lazy">', picture.thumbnail_url)

    @admin.display(description=_("size"), ordering="width")
    def size_shown(self, picture):
        return f"{picture.width} × {picture.height}"

    @admin.display(description=_("as readers see it"))
    def shown(self, picture):
        small = picture.smallest
        if small is None:
            return ""
        return format_html(
            '<img src="{}" width="{}" height="{}" alt="{}" data-focus="#id_focus_x #id_focus_y">',
            small["url"],
            small["width"],
            small["height"],
            picture.title,
        )

    @admin.display(description=_("used in"))
    def used_in_shown(self, picture):
        uses = picture.used_in()
        if not uses:
            return _("Nothing shows it.")
        return format_html_join("", "<div>{}</div>", ((use.link,) for use in uses))

    def get_deleted_objects(self, objs, request):
        """What shows a picture, in public or in a draft, keeps it from being deleted."""
        deleted, counts, permissions, _protected = super().get_deleted_objects(objs, request)
        return deleted, counts, permissions, [use.link for picture in objs for use in picture.used_in()]

    def delete_view(self, request, object_id, extra_context=None):
        refusal = _(
            "This picture cannot be deleted while something shows it. Choose another picture there, "
            "or put another file in the place of this one."
        )
        return super().delete_view(request, object_id, {"refusal": refusal} | (extra_context or {}))


admin.site.unregister(DBTaskResult)


@admin.register(DBTaskResult)
class TaskAdmin(SiteModelAdmin, DBTaskResultAdmin):
    """What the worker does, without what it was given: mail holds what readers wrote, and ways to a new password."""

    def get_readonly_fields(self, request, obj=None):
        hidden = {"args_kwargs", "return_value"}
        return [name for name in super().get_readonly_fields(request, obj) if name not in hidden]
