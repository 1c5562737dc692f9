"""The inbox: what readers sent, what it is about, and what the office did with it."""

from datetime import timedelta
from urllib.parse import quote

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from feedback import inbox
from feedback.inbox_form import InboxForm, MessageSelect
from feedback.models import Kind, Message, Response, State
from feedback.responses import show, take_down
from publishing.admin import SiteModelAdmin
from publishing.choices import is_key

LENGTH_OF_OPENING = 90  # characters


class StateFilter(admin.SimpleListFilter):
    """By state; the list opens with what waits for somebody."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*State.choices, ("all", _("all"))]

    def choices(self, changelist):
        every, *others = super().choices(changelist)
        return [every | {"display": _("waiting: new and in hand")}, *others]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value()) if self.value() else queryset.waiting()


class AgeFilter(admin.SimpleListFilter):
    title = _("age")
    parameter_name = "age"

    def lookups(self, request, model_admin):
        return [("1", _("more than a day")), ("7", _("more than a week")), ("30", _("more than a month"))]

    def queryset(self, request, queryset):
        if self.value() in ("1", "7", "30"):
            return queryset.filter(created_at__lt=timezone.now() - timedelta(days=int(self.value())))
        return queryset


@admin.register(Message)
class MessageAdmin(SiteModelAdmin):
    handbook_chapter = "inbox"
    form = InboxForm
    change_form_template = "admin/feedback/inbox_form.html"
    list_display = ("opening_shown", "kind", "about_listed", "state", "language", "created_at")
    list_filter = (StateFilter, "kind", AgeFilter, "language")
    list_per_page = 50
    search_fields = ("text", "about", "about_title", "name", "email", "note")
    autocomplete_fields = ("merged_into",)
    readonly_fields = (
        "kind", "about_shown", "field_shown", "text", "sender_shown", "language", "created_at", "merged_shown",
        "replies_shown",
    )  # fmt: skip
    actions = ("show_below_the_text", "close", "mark_as_junk")

    def get_fieldsets(self, request, message=None):
        sent = ("text", "sender_shown", "kind", "about_shown", "field_shown", "language", "created_at")
        absent = {"text": not message.text, "about_shown": not message.about, "field_shown": not message.field}
        may_answer = message.email and self.has_change_permission(request, message)
        answer = ("replies_shown", "reply", "last_answer") if may_answer else ("replies_shown",)
        return [
            (_("What the reader sent"), {"fields": [name for name in sent if not absent.get(name)]}),
            (_("Answer by email"), {"fields": answer}),
            (_("In the office"), {"fields": ("state", "note", "merged_into", "merged_shown")}),
        ]

    def has_add_permission(self, request):
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(
            db_field, request, **{"widget": MessageSelect(db_field, self.admin_site)} | kwargs
        )

    def get_search_results(self, request, queryset, search_term):
        """For the list, and for the choice of a message that says the same."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.resolver_match.url_name == "autocomplete":
            left_out = request.GET.get("left_out", "")
            found = found.standing_for_others().exclude(pk=left_out if is_key(left_out) else None)
        return found, may_repeat

    def label_offered(self, message):
        return message.in_short

    @admin.display(description=_("message"), ordering="text")
    def opening_shown(self, message):
        return message.text[:LENGTH_OF_OPENING] + ("…" if len(message.text) > LENGTH_OF_OPENING else "") or "–"

    @admin.display(description=_("about"), ordering="about_title")
    def about_listed(self, message):
        return message.about_title or message.about or "–"

    @admin.display(description=_("about"))
    def about_shown(self, message):
        links = [(quote(message.about), message.about_title or message.about)]
        if message.admin_url:
            links.append((message.admin_url, _("Edit it")))
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    @admin.display(description=_("part"))
    def field_shown(self, message):
        return message.field_label

    @admin.display(description=_("from"))
    def sender_shown(self, message):
        if not message.email:
            return message.name or _("somebody who left no name and no address")
        return format_html('{} <a href="mailto:{}">{}</a>', message.name, message.email, message.email)

    @admin.display(description=_("said the same"))
    def merged_shown(self, message):
        links = ((other.pk, other.in_short) for other in message.merged.all())
        return format_html_join("", '<div><a href="../../{}/change/">{}</a></div>', links) or "–"

    @admin.display(description=_("answers sent"))
    def replies_shown(self, message):
        rows = (
            (_lines(reply.text), reply.author or "–", date_format(localtime(reply.created_at)))
            for reply in message.replies.select_related("author")
        )
        return format_html_join("", "<div>{}<p>{}, {}</p></div>", rows) or "–"

    def save_model(self, request, message, form, change):
        if message.merged_into and "merged_into" in form.changed_data:
            message.state = State.CLOSED
        super().save_model(request, message, form, change)
        if "state" in form.changed_data and message.state == State.JUNK:
            self._take_down_junk(request, [message])
        reply = form.cleaned_data.get("reply")
        if reply and inbox.answer(message, reply, by=request.user):
            sentence = _("The answer is on its way to %(email)s.") % {"email": message.email}
            self.message_user(request, sentence, messages.SUCCESS)

    # A response below its text

    def render_change_form(self, request, context, *, obj=None, **kwargs):
        is_shown = Response.objects.filter(message=obj).exists()
        is_response = obj.kind == Kind.RESPONSE
        context["may_show"] = is_response and not is_shown and self._may_change_and_show(request, obj)
        context["may_take_down"] = is_shown and self._may_change_and_take_down(request, obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def _may_change_and_show(self, request, message):
        return self.has_show_permission(request) and self.has_change_permission(request, message)

    def _may_change_and_take_down(self, request, message):
        may_delete = request.user.has_perm("feedback.delete_response")
        return may_delete and self.has_change_permission(request, message)

    def response_change(self, request, message):
        if "_show" in request.POST and self._may_change_and_show(request, message):
            self._show(request, [message])
        elif "_take_down" in request.POST and self._may_change_and_take_down(request, message):
            self._take_down(request, [message])
        else:
            return super().response_change(request, message)
        return HttpResponseRedirect(request.path)

    def _show(self, request, chosen):
        """Show the responses among some messages, and say what came of it."""
        responses = [message for message in chosen if message.kind == Kind.RESPONSE]
        shown = sum(show(message, by=request.user) for message in responses)
        if shown:
            words = ngettext("%(count)s response is shown now.", "%(count)s responses are shown now.", shown)
            self.message_user(request, words % {"count": shown}, messages.SUCCESS)
        if left := len(responses) - shown:
            words = ngettext(
                "%(count)s response was not shown: it is shown already, or its text is gone.",
                "%(count)s responses were not shown: they are shown already, or their texts are gone.",
                left,
            )
            self.message_user(request, words % {"count": left}, messages.WARNING)
        if len(responses) < len(chosen):
            self.message_user(request, _("Only responses to an entry can be shown."), messages.WARNING)

    def _take_down_junk(self, request, chosen):
        """What turns out to be junk does not stay below a text, unless it is for somebody else to take it away."""
        shown = Response.objects.filter(message__in=chosen).count()
        if not shown or all(self._may_change_and_take_down(request, message) for message in chosen):
            return self._take_down(request, chosen)
        words = ngettext(
            "%(count)s response still stands below its text. Ask a reviewer or a manager to take it down.",
            "%(count)s responses still stand below their texts. Ask a reviewer or a manager to take them down.",
            shown,
        )
        self.message_user(request, words % {"count": shown}, messages.WARNING)

    def _take_down(self, request, chosen):
        """Take the responses among some messages from readers, and say how many."""
        self.log_deletions(request, Response.objects.filter(message__in=chosen))
        if taken := take_down(chosen):
            words = ngettext(
                "%(count)s response is no longer shown to readers.",
                "%(count)s responses are no longer shown to readers.",
                taken,
            )
            self.message_user(request, words % {"count": taken}, messages.SUCCESS)

    @admin.action(description=_("Show below the text"), permissions=["show"])
    def show_below_the_text(self, request, queryset):
        """Of responses only: everything else was written to the office."""
        self._show(request, list(queryset))

    def has_show_permission(self, request):
        return request.user.has_perm("feedback.add_response")

    @admin.action(description=_("Close the chosen messages"), permissions=["change"])
    def close(self, request, queryset):
        self._set_state(request, queryset, State.CLOSED)

    @admin.action(description=_("Mark the chosen messages as junk"), permissions=["change"])
    def mark_as_junk(self, request, queryset):
        chosen = list(queryset)
        self._set_state(request, queryset, State.JUNK)
        self._take_down_junk(request, chosen)

    def _set_state(self, request, queryset, state):
        number = queryset.update(state=state)
        sentence = ngettext("%(number)s message: %(state)s.", "%(number)s messages: %(state)s.", number)
        self.message_user(request, sentence % {"number": number, "state": state.label}, messages.SUCCESS)


def _lines(text):
    return format_html_join("", "{}<br>", ((line,) for line in text.splitlines()))


@admin.register(Response)
class ResponseAdmin(SiteModelAdmin):
    """What stands below texts. It comes here from the inbox; its words are the reader's."""

    handbook_chapter = "inbox"
    list_display = ("__str__", "sent_at", "shown_by")
    list_select_related = ("shown_by",)
    search_fields = ("text", "name", "about_title")
    fields = readonly_fields = ("about_title", "text", "name", "sent_at", "shown_by")

    def has_add_permission(self, request):
        return False
