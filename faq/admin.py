from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from faq.models import (
    Group,
    Question,
    QuestionRelation,
)
from publishing.draft_admin import BlocksAdmin
from publishing.draft_forms import LenientForm
from publishing.draft_inlines import PartInline, block_inlines
from publishing.used_records import UsedRecordAdmin


class RelationInline(PartInline):
    model = QuestionRelation
    fields = ("ordering", "address")


class QuestionForm(LenientForm):
    """What an editor leaves empty of the place follows from the rest: a translation stands where its original does,
    any other question last in its group.
    """

    class Meta:
        help_texts = {
            "group": _("Empty in a translation: that of the original."),
            "position": _("Questions of a group stand in this order, small numbers first. Empty: the last place."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.group_id and not self.instance.position:
            self.initial["position"] = None  # nobody has chosen one yet

    def _post_clean(self):
        super()._post_clean()
        question, original = self.instance, self.cleaned_data.get("translation_of")
        if original and original.group_id and not question.group_id:
            question.group = original.group
            question.position = original.position if question.position is None else question.position
        if question.position is None:
            others = Question.objects.exclude(pk=question.pk)
            question.position = others.next_position(question.group_id) if question.group_id else 0


@admin.register(Question)
class QuestionAdmin(BlocksAdmin):
    handbook_chapter = "questions"
    form = QuestionForm
    inlines = [*block_inlines(Question), RelationInline]
    more_fieldsets = ((_("Subjects"), {"fields": ("topics", "roles"), "classes": ["after-parts"]}),)
    place_fields = ("group", "position", "slug", "language", "translation_of")
    autocomplete_fields = ("translation_of", "topics", "roles")
    list_display = ("title_shown", "group", "state_shown", "language", "saved_shown")
    list_select_related = ("group",)
    list_filter = (*BlocksAdmin.list_filter, "group")
    ordering = ("group__position", "position")


@admin.register(Group)
class GroupAdmin(UsedRecordAdmin):
    handbook_chapter = "questions"
    fields = ("label", "label_es", "slug", "position", "used_in_shown")
    list_display = ("label", "label_es", "position")
    list_editable = ("position",)
    search_fields = ("label", "label_es")
    prepopulated_fields = {"slug": ("label",)}
