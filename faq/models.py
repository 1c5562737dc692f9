"""Questions that people ask, each with a short and a full answer, in groups."""

from content_editor.models import Region, create_plugin_base
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from publishing import blocks
from publishing.articles import Article, ArticleQuerySet
from publishing.blocks.loading import FRAME_IDS
from publishing.models import PublicRecord
from search.documents import SearchDocument, in_order, keys_of
from search.related import RelatedItem
from vocabulary.models import Labeled, Role, Topic

# All questions stand on one page, where an address is an anchor.
TAKEN = _("“%(slug)s” already names another place on the page of all questions. Choose another word.")

ROOM = 10  # between the positions of two questions, for one that is put there later


class Group(Labeled, PublicRecord):
    """A group of questions: a heading on the list of all. Live at once, like the words of a vocabulary."""

    slug = models.SlugField(
        _("anchor"),
        max_length=60,
        unique=True,
        help_text=_("What stands behind “#” in links to this group, such as the-idea. Links break if you change it."),
    )
    position = models.PositiveIntegerField(_("position"), default=0, help_text=_("Small numbers come first."))

    class Meta:
        verbose_name = _("group of questions")
        verbose_name_plural = _("groups of questions")
        ordering = ["position", "pk"]

    def clean(self):
        super().clean()
        if self.slug in FRAME_IDS or Question.objects.filter(slug=self.slug).exists():
            raise ValidationError({"slug": TAKEN % {"slug": self.slug}})


class QuestionQuerySet(ArticleQuerySet):
    def in_order(self):
        """Those without a group, then by group, then by place; translations where their originals stand."""
        by_group = [F(name).asc(nulls_first=True) for name in ("group__position", "group_id")]
        return self.order_by(*by_group, Coalesce("translation_of__position", "position"), "pk")

    def next_position(self, group):
        """The place behind all questions of a group, with room for others before it."""
        return (self.filter(group=group).aggregate(last=Max("position"))["last"] or 0) + ROOM

    def for_list(self):
        return self.select_related("group")

    def for_search(self):
        return self.prefetch_related("topics", "roles")


class Question(Article):
    """A question with its answers: `summary` is the short one, plain text; its blocks are the full one."""

    title = models.CharField(
        _("question"), max_length=200, help_text=_("As people ask it: Is a community school a public school?")
    )
    summary = models.CharField(
        _("short answer"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("One or two sentences that stand alone. They open the answer; lists and search results show them."),
    )
    group = models.ForeignKey(  # none in a stub; whoever publishes has to choose one
        Group, verbose_name=_("group"), null=True, on_delete=models.PROTECT, related_name="questions"
    )
    position = models.PositiveIntegerField(
        _("position"), default=0, help_text=_("Questions of a group stand in this order, small numbers first.")
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="questions")
    roles = models.ManyToManyField(Role, verbose_name=_("for whom"), blank=True, related_name="questions")

    objects = QuestionQuerySet.as_manager()

    regions = [Region(key="main", title=_("Full answer"))]
    detail_view = "faq:question_detail"
    list_view = "faq:question_list"
    summary_length = 280

    class Meta(Article.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            *Article.Meta.constraints,
            models.UniqueConstraint(fields=["language", "slug"], name="faq_question_one_a_slug"),
        ]

    def clean(self):
        super().clean()
        if self.slug in FRAME_IDS or Group.objects.filter(slug=self.slug).exists():
            raise ValidationError({"slug": TAKEN % {"slug": self.slug}})

    def search_document(self):
        topics, roles = in_order(self.topics), in_order(self.roles)
        return SearchDocument.of(
            self,
            body="\n".join(block.words() for block in self.blocks),
            keywords="\n".join(term.name for term in topics + roles),
            facets={"topic": keys_of(topics), "role": keys_of(roles)},
        )


class QuestionRelation(RelatedItem):
    parent = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="relations")

    class Meta(RelatedItem.Meta):
        verbose_name = _("related page")
        verbose_name_plural = _("to read next")


QuestionBlock = create_plugin_base(Question)


class RichText(blocks.RichText, QuestionBlock):
    class Meta(blocks.RichText.Meta, QuestionBlock.Meta):
        pass


class Heading(blocks.Heading, QuestionBlock):
    class Meta(blocks.Heading.Meta, QuestionBlock.Meta):
        pass


class PictureBlock(blocks.PictureBlock, QuestionBlock):
    class Meta(blocks.PictureBlock.Meta, QuestionBlock.Meta):
        pass


class Quote(blocks.Quote, QuestionBlock):
    class Meta(blocks.Quote.Meta, QuestionBlock.Meta):
        pass


class CallOut(blocks.CallOut, QuestionBlock):
    class Meta(blocks.CallOut.Meta, QuestionBlock.Meta):
        pass


class LinkBlock(blocks.LinkBlock, QuestionBlock):
    class Meta(blocks.LinkBlock.Meta, QuestionBlock.Meta):
        pass


class Table(blocks.Table, QuestionBlock):
    class Meta(blocks.Table.Meta, QuestionBlock.Meta):
        pass


class Video(blocks.Video, QuestionBlock):
    class Meta(blocks.Video.Meta, QuestionBlock.Meta):
        pass


class Download(blocks.Download, QuestionBlock):
    class Meta(blocks.Download.Meta, QuestionBlock.Meta):
        pass
