"""How a reader gets at a work: its files here, or its places elsewhere."""

from dataclasses import dataclass
from datetime import date

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from links.models import OutwardLink
from resources.identifiers import site_of
from resources.kinds import LinkKind, Scheme


@dataclass(frozen=True)
class Readable:
    """One way to read a work. `kind` is the format of a file here, or the site that has it."""

    words: str
    url: str
    kind: str
    size: str = ""
    page_count: int | None = None
    language: str = ""
    is_tagged: bool | None = None
    seen_on: date | None = None


def files_of(work):
    """The files that we hold, as readers are offered them."""
    return [_file(work, one) for one in work.files.all()]


def _file(work, one):
    stored = one.file
    words = one.label or (_("Read") if stored.extension == "pdf" else _("Download"))
    return Readable(
        words=f"{words} ({stored.format})",
        url=one.get_absolute_url(),
        kind=stored.format,
        size=filesizeformat(stored.size),
        page_count=stored.page_count,
        language=one.get_language_display() or work.get_work_language_display(),
        is_tagged=stored.is_tagged,
    )


def paper_of(work):
    """The file that is the work itself as a PDF, in its own language; None where we hold none."""
    whole = (one for one in work.files.all() if not one.label and one.language in ("", work.work_language))
    return next((one for one in whole if one.file.media_type == "application/pdf"), None)


def sightings_of(work):
    """Address → the `OutwardLink` of it, of all addresses elsewhere that a record leads to; one query at most."""
    addresses = {one.address for one in (*work.links.all(), *work.identifiers.all()) if one.address}
    return {one.address: one for one in OutwardLink.objects.filter(address__in=addresses)} if addresses else {}


def places_of(work, sightings):
    """The best place on another site where a work stands: a list of one, or of none."""
    links = sorted(
        (link for link in work.links.all() if link.leads_to_work),
        key=lambda link: LinkKind.values.index(link.kind),
    )
    dois = [one.address for one in work.identifiers.all() if one.scheme == Scheme.DOI]
    full_texts = [link.address for link in links if link.kind == LinkKind.FULL_TEXT]
    best = next(iter([*full_texts, *dois, *(link.address for link in links)]), None)
    if best is None:
        return []
    words = _("Read at %(site)s") if best in full_texts else _("Find it at %(site)s")
    return [
        Readable(
            words=words % {"site": site_of(best)},
            url=best,
            kind=_("On another site"),
            page_count=work.page_count,
            language=work.get_work_language_display(),
            seen_on=sightings[best].seen_on if best in sightings else None,
        )
    ]
