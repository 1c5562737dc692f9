"""DOCX, XLSX and PPTX: no programs, nothing that is fetched from elsewhere, and XML as Office programs write it."""

import re
from urllib.parse import unquote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.files.facts import Refused, too_large
from resources.files.xml_parts import Declares, Malformed, check_head, elements

TYPES = "[content_types].xml"
MACROS = ("vbaproject.bin", "vbadata.xml")
XML = (".xml", ".rels", ".vml")
# A file beside this one or on the same machine, as Word names the template of its author; or a part of a message (cid).
NEAR = re.compile(
    r"$|cid:|macintosh hd:|file://[a-z]:|(?:file:(?://(?:localhost)?/|/)?|/)?(?:[a-z]:|[^/:?]+(?:/|$))", re.IGNORECASE
)
ADDED = "customxml/"  # what other programs have put in; some leave an empty part
CLICKED = "hyperlink"  # the one kind of link that waits for a click
KINDS = {
    "image": gettext_lazy("a picture"),
    "oleobject": gettext_lazy("an object"),
    "package": gettext_lazy("an object"),
    "externallinkpath": gettext_lazy("a workbook"),
    "frame": gettext_lazy("a page in a frame"),
    "subdocument": gettext_lazy("a part of the text"),
    "audio": gettext_lazy("a sound"),
    "video": gettext_lazy("a film"),
    "media": gettext_lazy("a film or sound"),
}


def check_office(archive, infos, limits):
    """Raise Refused where a part of an Office file is a program, fetches something, or is XML of an unusual kind."""
    markup = [info for info in infos if info.filename.lower() == TYPES or info.filename.lower().endswith(".rels")]
    if sum(info.file_size for info in markup) > limits.markup_bytes:
        raise too_large()
    try:
        types = _types(archive, markup)
        _check_programs([info.filename.lower() for info in infos], types.values())
        for info in infos:
            name = info.filename.lower()
            if _is_xml(name, types) and (info.file_size or not name.startswith(ADDED)):
                with archive.open(info) as part:
                    check_head(part)
        for info in markup:
            if info.filename.lower() != TYPES:
                _check_links(archive, info)
    except (Declares, Malformed):
        raise Refused(
            _("This file holds XML that no Office program writes. Open it, save it anew, and choose that copy.")
        ) from None


def _types(archive, markup):
    """The type of content of each part (“/word/document.xml”) and of each ending (“xml”), all in small letters."""
    types = {}
    for info in markup:
        if info.filename.lower() == TYPES:
            with archive.open(info) as part:
                for _name, said in elements(part):
                    key = said.get("PartName") or said.get("Extension", "")
                    types[key.lower()] = said.get("ContentType", "").lower()
    return types


def _check_programs(names, types):
    has_macros = any(name.endswith(MACROS) or "/macrosheets/" in name for name in names)
    if has_macros or any("macro" in one or "vbaproject" in one for one in types):
        raise Refused(
            _(
                "This file carries macros: small programs. Save it without them (as DOCX, XLSX or PPTX), "
                "and choose that copy."
            )
        )
    if any("/activex/" in name for name in names) or any("activex" in one for one in types):
        raise Refused(_("This file carries ActiveX controls, which are programs. Take them out, and choose that copy."))


def _is_xml(name, types):
    """Whether programs read a part as XML. Drawings (SVG) are pictures: they may have a document type."""
    said = (types.get(f"/{name}") or types.get(name.rpartition(".")[2], "")).partition(";")[0].rstrip()
    return name.endswith(XML) or (said.endswith("xml") and not said.endswith("svg+xml"))


def _check_links(archive, info):
    """Raise Refused where a part names what programs fetch from elsewhere when somebody opens the file."""
    with archive.open(info) as part:
        for name, said in elements(part):
            kind = said.get("Type", "").rpartition("/")[2].lower()
            is_outside = name == "Relationship" and said.get("TargetMode", "").strip().lower() == "external"
            if is_outside and kind != CLICKED and _is_elsewhere(said.get("Target", "")):
                raise _fetches(kind, said["Target"])


def _is_elsewhere(target):
    r"""Whether an address leads to another machine: of the web, or a shared folder (\\server\folder)."""
    return not NEAR.match(unquote(target).strip().replace("\\", "/"))


def _fetches(kind, target):
    if kind == "attachedtemplate":
        sentence = _(
            "This file takes its template from %(place)s whenever somebody opens it. "
            "Attach the template “Normal” in its place, save the file, and choose that copy."
        )
    else:
        sentence = _(
            "This file takes %(what)s from %(place)s whenever somebody opens it. "
            "Put a copy into the file or take it out, save the file, and choose that copy."
        )
    return Refused(sentence % {"what": KINDS.get(kind, _("a part")), "place": target[:200]})
