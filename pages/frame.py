"""What stands around every page and is edited as data: the menus and the contact facts."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publishing.checks.links import fault_of_address
from publishing.models import PublicRecord
from publishing.validators import validate_address, validate_moment


class Menu(models.TextChoices):
    HEADER = "header", _("Header")
    FOOTER = "footer", _("Footer")
    SMALL_PRINT = "small_print", _("Last line of the footer")


class PromotionQuerySet(models.QuerySet):
    def in_force(self, language):
        """Those that readers of a language see at this moment; the clock decides, nothing has to run."""
        now = timezone.now()
        return self.filter(language=language, begins_at__lte=now, ends_at__gt=now).order_by("-begins_at", "-pk")


class Promotion(PublicRecord):
    """What the front page points to for a while, such as the next National Forum. The last one that began is shown."""

    title = models.CharField(
        _("words of the link"), max_length=100, help_text=_("Such as: National Forum, April 6 to 8")
    )
    text = models.CharField(_("one sentence more"), max_length=200, blank=True)
    address = models.CharField(
        _("address"), max_length=500, validators=[validate_address], help_text=_("Such as /forums/ or https://…")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    begins_at = models.DateTimeField(_("shown from"), validators=[validate_moment])
    ends_at = models.DateTimeField(
        _("shown until"), validators=[validate_moment], help_text=_("From this moment on nobody sees it any more.")
    )

    objects = PromotionQuerySet.as_manager()

    class Meta:
        ordering = ["-begins_at"]
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="pages_promotion_ends_after_it_begins",
                violation_error_message=_("It can end only after it has begun."),
            )
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if fault := fault_of_address(self.address):
            raise ValidationError({"address": fault})

    @property
    def answers(self):
        """Whether readers find something where it leads to; other sites are not asked."""
        return not fault_of_address(self.address)


def moments_of_promotions(now):
    """Querysets of the moments after `now` at which a promotion begins or ends."""
    for name in ("begins_at", "ends_at"):
        yield Promotion.objects.filter(**{f"{name}__gt": now}).order_by(name).values_list(name, flat=True)


class MenuItem(PublicRecord):
    """A line of a menu. It leads to a page, and hides while that page is not public, or to another address."""

    menu = models.CharField(_("menu"), max_length=20, choices=Menu.choices)
    label = models.CharField(_("label"), max_length=80)
    label_es = models.CharField(_("label in Spanish"), max_length=80, blank=True)
    page = models.ForeignKey(
        "pages.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="menu_items",
    )
    address = models.CharField(
        _("other address"),
        max_length=500,
        blank=True,
        validators=[validate_address],
        help_text=_("Only where the target is not a page, such as /search/"),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["menu", "position", "pk"]
        verbose_name = _("menu item")
        verbose_name_plural = _("menu items")
        constraints = [
            models.CheckConstraint(
                condition=(Q(page=None) & ~Q(address="")) | (Q(page__isnull=False) & Q(address="")),
                name="pages_menuitem_one_target",
            )
        ]

    def __str__(self):
        return self.label

    def clean(self):
        if bool(self.page) == bool(self.address):
            raise ValidationError(_("Choose a page, or write another address: one of the two."))
        if self._is_newly_addressed() and (fault := fault_of_address(self.address)):
            raise ValidationError({"address": fault})

    def _is_newly_addressed(self):
        """Whether somebody writes its address now. Where readers stopped finding something later, the other fields may
        change all the same: its position does in the list, where nobody sees the address.
        """
        return not MenuItem.objects.filter(pk=self.pk, address=self.address).exists()

    @property
    def text(self):
        return self.label_es if get_language() == "es" and self.label_es else self.label


class ContactFacts(PublicRecord):
    """How to reach the Coalition: one row, shown in the footer and on the contact page."""

    id = models.BooleanField(primary_key=True, default=True, editable=False)
    organization = models.CharField(_("organization"), max_length=120)
    parent_organization = models.CharField(_("at"), max_length=120, blank=True)
    street = models.CharField(_("street"), max_length=120)
    suite = models.CharField(_("suite"), max_length=60, blank=True)
    city = models.CharField(_("city"), max_length=80)
    state = models.CharField(_("state"), max_length=2)
    postal_code = models.CharField(_("ZIP code"), max_length=10)
    telephone = models.CharField(_("telephone"), max_length=30)
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    fax = models.CharField(_("fax"), max_length=30, blank=True)
    email = models.EmailField(_("email"))
    copyright = models.CharField(_("copyright line"), max_length=200)
    confirmed_on = models.DateField(
        _("confirmed on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody checked that all of this is right."),
    )

    class Meta:
        verbose_name = _("contact facts")
        verbose_name_plural = _("contact facts")
        constraints = [models.CheckConstraint(condition=Q(id=True), name="pages_contactfacts_one_row")]

    @property
    def structured(self):
        """The facts that are known, in the words of https://schema.org/Organization."""
        address = {
            "streetAddress": ", ".join(filter(None, (self.street, self.suite))),
            "addressLocality": self.city,
            "addressRegion": self.state,
            "postalCode": self.postal_code,
        }
        address = {name: value for name, value in address.items() if value}
        facts = {
            "name": self.organization,
            "email": self.email,
            "telephone": self.telephone,
            "faxNumber": self.fax,
            "address": address and {"@type": "PostalAddress"} | address,
        }
        return {name: value for name, value in facts.items() if value}

    def __str__(self):
        return self.organization

    @property
    def telephone_link(self):
        """`tel:` with the number in its international form, for the United States."""
        digits = "".join(filter(str.isdigit, self.telephone))
        extension = f";ext={self.extension.lstrip('Xx')}" if self.extension else ""
        return f"tel:+1{digits.removeprefix('1')}{extension}"
