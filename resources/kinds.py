"""The words of the record: kinds of works, roles of contributors, schemes of identifiers, and what others call them."""

from urllib.parse import quote

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a work is. Each member knows its name in the formats of reference managers and search engines."""

    # value, CSL type, RIS type, BibTeX entry, schema.org type, label
    REPORT = "report", "report", "RPRT", "techreport", "Report", _("Report")
    BRIEF = "brief", "report", "RPRT", "techreport", "Report", _("Brief")
    GUIDE = "guide", "report", "RPRT", "techreport", "Report", _("Guide")
    TOOLKIT = "toolkit", "report", "RPRT", "techreport", "Report", _("Toolkit")
    HANDBOOK = "handbook", "book", "BOOK", "book", "Book", _("Handbook")
    CASE_STUDY = "case_study", "report", "RPRT", "techreport", "Report", _("Case study")
    STANDARDS = "standards", "standard", "STAND", "techreport", "Report", _("Standards")
    ARTICLE = "article", "article-journal", "JOUR", "article", "ScholarlyArticle", _("Journal article")
    BOOK = "book", "book", "BOOK", "book", "Book", _("Book")
    CHAPTER = "chapter", "chapter", "CHAP", "incollection", "Chapter", _("Book chapter")
    WORKING_PAPER = "working_paper", "report", "UNPB", "techreport", "Report", _("Working paper")
    PAGE = "page", "webpage", "ELEC", "misc", "WebPage", _("Web page")
    DATA = "data", "dataset", "DATA", "misc", "Dataset", _("Data")
    VIDEO = "video", "motion_picture", "VIDEO", "misc", "VideoObject", _("Video")
    AUDIO = "audio", "broadcast", "SOUND", "misc", "AudioObject", _("Audio")
    WEBINAR = "webinar", "speech", "MULTI", "misc", "VideoObject", _("Webinar")
    PRESENTATION = "presentation", "speech", "SLIDE", "misc", "PresentationDigitalDocument", _("Presentation")

    def __new__(cls, value, csl="", ris="", bibtex="", schema=""):
        member = str.__new__(cls, value)
        member._value_ = value
        member.csl, member.ris, member.bibtex, member.schema = csl, ris, bibtex, schema
        return member


class ContributorRole(models.TextChoices):
    """What a person or an organization did for a work."""

    AUTHOR = "author", _("Author")
    EDITOR = "editor", _("Editor")
    TRANSLATOR = "translator", _("Translator")
    PREPARER = "preparer", _("Prepared by")
    PUBLISHER = "publisher", _("Publisher")
    SPONSOR = "sponsor", _("Sponsor")


class Scheme(models.TextChoices):
    """Who gives out an identifier. The form of each is checked in `resources.identifiers`."""

    DOI = "doi", _("DOI")
    ERIC = "eric", _("ERIC number")
    ISBN = "isbn", _("ISBN")
    ISSN = "issn", _("ISSN")
    REPORT_NUMBER = "report_number", _("Report number")
    URL = "url", _("Web address")

    def address_of(self, value):
        """Where an identifier in its normal form leads; empty for those that lead nowhere by themselves (ISBN, report
        number).
        """
        match self:
            case Scheme.DOI:
                return f"https://doi.org/{quote(value, safe='/:;()._-')}"
            case Scheme.ERIC:
                return f"https://eric.ed.gov/?id={value}"
            case Scheme.ISSN:
                return f"https://portal.issn.org/resource/ISSN/{value}"
            case Scheme.URL:
                return value
        return ""


class LinkKind(models.TextChoices):
    """Where a link of a work leads, in the order in which readers want them."""

    FULL_TEXT = "full_text", _("Full text")
    ARCHIVED = "archived", _("Archived copy")
    RECORD = "record", _("Page about this work")
    NOTICE = "notice", _("Review or notice")
    LISTING = "listing", _("Listing")

    @property
    def leads_to_work(self):
        """Whether a citation may send its reader there: to the work, or to the page that a library has of it."""
        return self not in (LinkKind.NOTICE, LinkKind.LISTING)


class Level(models.TextChoices):
    FEDERAL = "federal", _("Federal")
    STATE = "state", pgettext_lazy("level of government", "State")
    LOCAL = "local", _("Local")
    SCHOOL = "school", _("School")


class Access(models.TextChoices):
    OPEN = "open", _("Free for everyone")
    REGISTRATION = "registration", _("Free after registration")
    PURCHASE = "purchase", _("For sale")
    REQUEST = "request", _("On request")


class License(models.TextChoices):
    """Open licenses by their SPDX names, which `url` turns into the address of the deed."""

    CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    CC_BY_ND = "CC-BY-ND-4.0", _("Creative Commons Attribution-NoDerivatives 4.0")
    CC_BY_NC = "CC-BY-NC-4.0", _("Creative Commons Attribution-NonCommercial 4.0")
    CC_BY_NC_SA = "CC-BY-NC-SA-4.0", _("Creative Commons Attribution-NonCommercial-ShareAlike 4.0")
    CC_BY_NC_ND = "CC-BY-NC-ND-4.0", _("Creative Commons Attribution-NonCommercial-NoDerivatives 4.0")
    CC0 = "CC0-1.0", _("Public domain dedication (CC0 1.0)")
    PUBLIC_DOMAIN = "public-domain", _("Public domain: a work of the United States government")

    @property
    def url(self):
        """The address of the license's deed; empty where there is none."""
        if self is License.PUBLIC_DOMAIN:
            return ""
        name, version = self.value.removeprefix("CC-").rsplit("-", 1)
        if self is License.CC0:
            return "https://creativecommons.org/publicdomain/zero/1.0/"
        return f"https://creativecommons.org/licenses/{name.lower()}/{version}/"


class RelationKind(models.TextChoices):
    """How one work stands to another. Each is said from both sides: “Summary of” here is “Summarized by” there."""

    # value, its name from the other side, label from the other side, label
    SUMMARY_OF = "summary_of", "summarized_by", _("Summarized by"), _("Summary of")
    REPLACES = "replaces", "replaced_by", _("Replaced by"), _("Replaces")
    COMPANION = "companion", "companion", _("Companion to"), _("Companion to")
    PART_OF = "part_of", "has_part", _("Has the part"), _("Part of")
    TRANSLATION_OF = "translation_of", "translated_as", _("Translated as"), _("Translation of")
    DRAWN_FROM = "drawn_from", "source_of", _("Source of"), _("Drawn from")

    def __new__(cls, value, reverse_name="", reverse_label=""):
        member = str.__new__(cls, value)
        member._value_ = value
        member.reverse_name, member.reverse_label = reverse_name, reverse_label
        return member
