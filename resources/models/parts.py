"""What belongs to a work and is part of its draft: contributors, identifiers, links, relations, notes on facts."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing.parts import Part
from publishing.usage import Use
from publishing.validators import is_program
from resources import identifiers
from resources.kinds import ContributorRole, LinkKind, RelationKind, Scheme
from resources.models.publication import Publication
from resources.records import Name
from vocabulary.models import Organization, Person


class PublicationPart(Part):
    """One row of a work. `ordering` is its place among its kind."""

    ordering = models.PositiveIntegerField(_("order"), default=0)

    parent_field = "publication"

    # Whether a page can show it. A draft may hold rows that say nothing yet.
    is_finished = True

    class Meta:
        abstract = True
        ordering = ["ordering", "pk"]


class Contributor(PublicationPart):
    """Who did what for a work: a person or an organization, in the order of the title page."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="contributors")
    role = models.CharField(
        _("did what"), max_length=20, choices=ContributorRole.choices, default=ContributorRole.AUTHOR
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("or organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )

    class Meta(PublicationPart.Meta):
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, organization__isnull=False) | Q(person__isnull=False, organization=None),
                name="resources_contributor_person_or_organization",
                violation_error_message=_("Choose a person or an organization, one of the two."),
            )
        ]

    def __str__(self):
        return f"{self.maker or ''} ({self.get_role_display()})"

    @property
    def is_finished(self):
        makers = [self.row_at("person"), self.row_at("organization")]
        return self.role in ContributorRole.values and makers.count(None) == 1

    @property
    def maker(self):
        """The record of the person or the organization; None in a draft that names neither."""
        return self.row_at("person") or self.row_at("organization")

    @property
    def name(self):
        """As plain data, for citations and exports."""
        if self.organization:
            return Name(literal=self.organization.label)
        person = self.person
        return Name(family=person.family, given=person.given, particle=person.particle, suffix=person.suffix)


class Identifier(PublicationPart):
    """A number or an address under which a work is known elsewhere, in the normal form of its scheme."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("kind"), max_length=20, choices=Scheme.choices, default=Scheme.ERIC)
    value = models.CharField(
        _("number"), max_length=500, help_text=_("Such as ED477535, 0-937846-11-2 or 10.33682/3csj-b8r7")
    )

    class Meta(PublicationPart.Meta):
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                condition=Q(scheme__in=[Scheme.DOI, Scheme.ERIC, Scheme.ISBN]),
                name="resources_identifier_one_work",
                violation_error_message=_(
                    "Another publication has this number already. Look for it: it may be the same work."
                ),
            )
        ]

    def __str__(self):
        return f"{self.get_scheme_display()} {self.value}"

    def clean(self):
        try:
            if self.scheme != Scheme.REPORT_NUMBER:
                identifiers.parse(self.value)  # “ISBN 0-937846-11-3” is a wrong ISBN, whatever was chosen beside it
            identifiers.normal(self.scheme, self.value)
        except ValidationError as error:
            raise ValidationError({"value": error.messages}) from error

    def validate_constraints(self, exclude=None):
        """As Django's, but where another work has the number, say which."""
        try:
            super().validate_constraints(exclude)
        except ValidationError as error:
            others = Publication.objects.exclude(pk=self.publication_id)
            other = others.filter(identifiers__scheme=self.scheme, identifiers__value=self.value).first()
            if other is None:
                raise
            sentence = _("{} has this number already. Look at it first: it may be the same work.")
            named = format_html(sentence, Use.by(other, f"“{other}”").link)
            raise ValidationError({"value": named}) from error

    @classmethod
    def tidied(cls, values):
        with suppress(ValidationError, KeyError):  # what is wrong stays as typed; publishing says so
            pasted = identifiers.parse(values["value"])
            if pasted and values["scheme"] != Scheme.REPORT_NUMBER:
                return values | {"scheme": pasted.scheme.value, "value": pasted.value}
            return values | {"value": identifiers.normal(values["scheme"], values["value"])}
        return values

    @property
    def is_finished(self):
        return self.scheme in Scheme.values and bool(self.value) and not is_program(self.address)

    @property
    def address(self):
        """Where it leads; empty for those that lead nowhere by themselves."""
        return Scheme(self.scheme).address_of(self.value) if self.scheme in Scheme.values else ""


class WorkLink(PublicationPart):
    """Where a work stands on other sites, or is spoken of."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(_("leads to"), max_length=20, choices=LinkKind.choices, default=LinkKind.RECORD)
    address = models.CharField(_("web address"), max_length=2000, validators=[URLValidator(schemes=["http", "https"])])
    label = models.CharField(
        _("words"), max_length=200, blank=True, help_text=_("Empty: the name of the site stands there.")
    )

    class Meta(PublicationPart.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return self.label or self.address

    @property
    def is_finished(self):
        return self.kind in LinkKind.values and bool(self.address) and not is_program(self.address)

    @property
    def leads_to_work(self):
        """Whether the work or a page about it alone stands there: not so for notices and listings."""
        return LinkKind(self.kind).leads_to_work


class Relation(PublicationPart):
    """How a work stands to another one. The other one shows it too, from its side."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("is"), max_length=20, choices=RelationKind.choices)
    other = models.ForeignKey(
        Publication, verbose_name=_("publication"), on_delete=models.CASCADE, related_name="reverse_relations"
    )

    class Meta(PublicationPart.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "kind", "other"],
                name="resources_relation_once",
                violation_error_message=_("This relation stands here twice."),
            ),
            models.CheckConstraint(
                condition=~Q(publication=models.F("other")),
                name="resources_relation_to_another",
                violation_error_message=_("A publication cannot stand in a relation to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.row_at('other') or ''}"


class FactNote(PublicationPart):
    """For staff: where one bibliographic fact comes from, and how sure it is. Sources often disagree."""

    class Certainty(models.TextChoices):
        SEEN = "A", _("A primary record was seen")
        CITED = "B", _("From listings, notices or citations")

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="fact_notes")
    fact = models.CharField(_("fact"), max_length=100, help_text=_("Such as number of pages, or all"))
    note = models.CharField(_("note"), max_length=1000, blank=True)
    certainty = models.CharField(_("certainty"), max_length=1, choices=Certainty.choices, blank=True)

    class Meta(PublicationPart.Meta):
        verbose_name = _("note on a fact")
        verbose_name_plural = _("notes on facts (for staff)")

    def __str__(self):
        return f"{self.fact}: {self.note}"
