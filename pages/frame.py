"""What stands around every page and is edited as data: the menus and the contact facts."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publishing.models import PublicRecord
from publishing.validators import validate_address


class Menu(models.TextChoices):
    HEADER = "header", _("Header")
    FOOTER = "footer", _("Footer")
    SMALL_PRINT = "small_print", _("Last line of the footer")


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

    def __str__(self):
        return self.organization

    @property
    def telephone_link(self):
        """`tel:` with the number in its international form, for the United States."""
        digits = "".join(filter(str.isdigit, self.telephone))
        extension = f";ext={self.extension.lstrip('Xx')}" if self.extension else ""
        return f"tel:+1{digits.removeprefix('1')}{extension}"
