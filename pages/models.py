"""The tree of pages and the blocks in them. The frame around every page stands in pages/frame.py."""

from content_editor.models import Region, create_plugin_base
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Concat, Substr
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pages.addresses import HOME_PATH, ancestor_paths, is_taken_by_an_app, path_of
from pages.frame import ContactFacts, MenuItem, Promotion
from pages.front import check_it_stays_in_place, why_it_stays
from pages.places import check_place
from pages.redirects import Redirect, normal_path
from publishing import blocks, hooks, usage
from publishing.languages import in_current_language
from publishing.models import ContentVersion, Publishable, PublishableQuerySet
from search.documents import SearchDocument

__all__ = [
    "CallOut",
    "ContactFacts",
    "Download",
    "Heading",
    "LinkBlock",
    "MenuItem",
    "Page",
    "PictureBlock",
    "Promotion",
    "Quote",
    "Redirect",
    "RichText",
    "Statement",
    "Table",
    "Video",
]


class PageQuerySet(PublishableQuerySet):
    def family_of(self, page):
        """What a page shows of its surroundings: its ancestors, its siblings and its children."""
        near = Q(path__in=ancestor_paths(page.path)) | Q(parent=page)
        if page.parent_id:
            near |= Q(parent=page.parent_id)
        return self.in_language(page.language).filter(near).in_tree_order()

    def below(self, path):
        return self.filter(path__startswith=path).exclude(path=path)

    def in_tree_order(self):
        """Siblings by their position, then by title."""
        return self.order_by("position", "title", "pk")

    def as_site_map(self, language):
        """The top pages of a language, each with the pages `below` it; one without its parent here stands on top."""
        pages = {page.pk: page for page in self.in_language(language).in_tree_order()}
        for page in pages.values():
            page.below = []
        top = []
        for page in pages.values():
            (pages[page.parent_id].below if page.parent_id in pages else top).append(page)
        return top

    def standing_for(self, paths):
        """Pages at English paths, or translations of those pages; `english_path` says which it is."""
        return self.annotate(english_path=Coalesce("translation_of__path", "path")).filter(english_path__in=paths)


class Page(Publishable):
    """A page in the tree. Its `path` follows from the slugs above it; moving it writes redirects."""

    class Addition(models.TextChoices):
        NOTHING = "", _("Nothing")
        SITE_MAP = "site_map", _("All pages of the site")
        CONTACT_FACTS = "contact_facts", _("The contact facts")
        RETENTION = "retention", _("How long the site keeps what")
        ROLE = "role", _("What stands here for the leadership role at this address")

    parent = models.ForeignKey(
        "self",
        verbose_name=_("stands under"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text=_("Empty: at the top. If you move a page, its old address leads to the new one."),
    )
    path = models.CharField(_("path"), max_length=800, null=True, editable=False)
    position = models.PositiveIntegerField(
        _("position"),
        default=0,
        help_text=_("Pages under the same page stand in this order, small numbers first."),
    )
    margin_label = models.CharField(
        _("word in the margin"),
        max_length=30,
        blank=True,
        help_text=_("One word beside this page in the list of its section, such as Guide, Tool or Library."),
    )
    addition = models.CharField(
        _("below the text"),
        max_length=20,
        choices=Addition.choices,
        default=Addition.NOTHING,
        blank=True,
        help_text=_("What the site adds by itself below the text of this page."),
    )

    objects = PageQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(fields=["language", "path"], name="pages_page_one_page_a_path"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(path__isnull=False), name="pages_page_published_has_path"
            ),
        ]

    def get_absolute_url(self):
        """The address of the page in its own language; None until it has a path."""
        if not self.path or self.path == "//":  # of a draft whose address was emptied
            return None
        with override(self.language):
            return reverse("home") if self.is_home else reverse("pages:page", args=[self.path.lstrip("/")])

    def clean(self):
        super().clean()
        check_place(self)
        path = self._path_by_place()
        check_it_stays_in_place(self, path)
        self.path = path
        if is_taken_by_an_app(path):
            raise ValidationError(
                {"slug": _("“%(path)s” belongs to another part of the site. Choose another address.") % {"path": path}}
            )
        if len(path) > self._meta.get_field("path").max_length:
            raise ValidationError({"slug": _("The whole address would be too long. Shorten it, or move the page up.")})
        twin = Page.objects.filter(language=self.language, path=path).exclude(pk=self.pk).first()
        if twin:
            sentence = _("The page “%(title)s” already has the address %(path)s. Choose another one.")
            named = {"title": twin.title, "path": path, "unique_check": ("language", "path")}
            raise ValidationError({"slug": ValidationError(sentence, code="unique_together", params=named)})

    def prepare_preview(self):
        self.path = self._path_by_place()

    def _path_by_place(self):
        return path_of(self.slug, self.parent.path if self.parent else None)

    def save(self, *args, **kwargs):
        """Save the page; where its address changes, move the pages below it and leave redirects, all or nothing."""
        with ContentVersion.raised_at_the_end():
            before = Page.objects.select_for_update().filter(pk=self.pk).first()
            self.path = self._path_by_place()
            super().save(*args, **kwargs)
            if before and before.path and before.get_absolute_url() != self.get_absolute_url():
                self._move_from(before)
            if self.was_public:  # until its moment, what once stood here is still led on
                Redirect.objects.filter(old_path=normal_path(self.get_absolute_url())).delete()

    def _move_from(self, before):
        moved = [before]
        if before.path != self.path:
            below = Page.objects.in_language(before.language).below(before.path).exclude(pk=self.pk)
            moved += below
            below.update(path=Concat(Value(self.path), Substr(F("path"), len(before.path) + 1)))
            hooks.run(*moved[1:])
        Redirect.objects.leave_behind({page.pk: page.get_absolute_url() for page in moved if page.was_public})

    @property
    def regions(self):
        """The parts of the page that hold blocks: several on the home page, one on all others."""
        if self.is_home:
            return [
                Region(key="sentence", title=_("The sentence in two colors")),
                Region(key="opening", title=_("Opening")),
                Region(key="features", title=_("Ways in")),
            ]
        return [Region(key="main", title=_("Text"))]

    @property
    def shows_site_map(self):
        return self.addition == self.Addition.SITE_MAP

    @property
    def shows_contact_facts(self):
        return self.addition == self.Addition.CONTACT_FACTS

    @property
    def shows_retention(self):
        return self.addition == self.Addition.RETENTION

    @property
    def gathers_for_a_role(self):
        return self.addition == self.Addition.ROLE

    @property
    def is_home(self):
        return self.path == HOME_PATH

    @cached_property
    def blocks(self):
        return blocks.blocks_of(self)[self.pk]

    def search_document(self):
        return SearchDocument.of(self, body="\n".join(block.words() for block in self.blocks))

    def used_in(self):
        """The public texts that link here, the lines of menus and the redirects that lead here."""
        urls = self.addresses()
        if not urls:
            return []
        lines = MenuItem.objects.filter(Q(page=self) | usage.leads_to("address", *urls))
        redirects = Redirect.objects.filter(Q(page=self) | usage.leads_to("new_address", *urls))
        return [*super().used_in(), *(usage.Use.by(row) for row in (*lines, *redirects))]

    def stays_because(self):
        return why_it_stays(self)

    def public_below(self):
        pages = Page.objects.public().in_language(self.language).below(self.path)
        return [usage.Use.by(page) for page in pages.order_by("path")]

    @property
    def address_in_current_language(self):
        """Where a reader of the language at hand goes: the page, or the short page that says it is not translated."""
        return in_current_language(self.get_absolute_url())


PageBlock = create_plugin_base(Page)


class RichText(blocks.RichText, PageBlock):
    class Meta(blocks.RichText.Meta, PageBlock.Meta):
        pass


class Heading(blocks.Heading, PageBlock):
    class Meta(blocks.Heading.Meta, PageBlock.Meta):
        pass


class PictureBlock(blocks.PictureBlock, PageBlock):
    class Meta(blocks.PictureBlock.Meta, PageBlock.Meta):
        pass


class Statement(blocks.Statement, PageBlock):
    class Meta(blocks.Statement.Meta, PageBlock.Meta):
        pass


class Quote(blocks.Quote, PageBlock):
    class Meta(blocks.Quote.Meta, PageBlock.Meta):
        pass


class CallOut(blocks.CallOut, PageBlock):
    class Meta(blocks.CallOut.Meta, PageBlock.Meta):
        pass


class LinkBlock(blocks.LinkBlock, PageBlock):
    class Meta(blocks.LinkBlock.Meta, PageBlock.Meta):
        pass


class Table(blocks.Table, PageBlock):
    class Meta(blocks.Table.Meta, PageBlock.Meta):
        pass


class Video(blocks.Video, PageBlock):
    class Meta(blocks.Video.Meta, PageBlock.Meta):
        pass


class Download(blocks.Download, PageBlock):
    class Meta(blocks.Download.Meta, PageBlock.Meta):
        pass
