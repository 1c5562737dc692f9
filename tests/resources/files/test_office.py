"""Office files that carry programs, fetch something, or hold XML of an unusual kind; and those of every office."""

import io

import pytest
from openpyxl import Workbook

from resources.files.limits import Limits
from tests.resources import containers
from tests.resources.containers import office, relationships

ENTITIES = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>'
XML = '<?xml version="1.0"?>'
STRANGE = "XML that no Office program writes"
MACROS = (
    '<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
)
MANY_TYPES = "".join(f'<Default Extension="e{number}" ContentType="image/png"/>' for number in range(2_000))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (office("docx", ("word/vbaProject.bin", b"code")), "carries macros"),
        (office("docx", types=MACROS), "carries macros"),
        (office("docx", types=MANY_TYPES + MACROS), "carries macros"),
        (office("docx", ("xl/macrosheets/sheet1.xml", b"<x/>")), "carries macros"),
        (office("docx", ("word/activeX/activeX1.bin", b"code")), "ActiveX"),
    ],
)
def test_a_file_with_programs_is_refused(refusal, content, words):
    assert words in refusal(content, "report.docx")


@pytest.mark.parametrize(
    "document",
    [
        ENTITIES,
        XML + ENTITIES,
        f"{XML}<!--{' ' * 70_000}-->{ENTITIES}",
        f"{XML}{' ' * 70_000}{ENTITIES}",
        (XML + ENTITIES).encode("utf-16"),
        (XML + ENTITIES).encode("utf-16-le"),
        (XML + ENTITIES).encode("utf-16-be"),
        ENTITIES.encode("utf-16-be"),
        (XML + ENTITIES).encode("utf-32"),
        f"<?xml version='1.0' encoding='cp500'?>{ENTITIES}".encode("cp500"),
        f"<?xml version='1.0' encoding='utf-7'?>{ENTITIES}",
        f"{XML}<!--{''.join(map(str, range(300_000)))}--><d/>",
        "",
        "No XML",
    ],
    ids=lambda document: str(document[:24]),
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/_rels/document.xml.rels", "word/drawing.vml"])
def test_xml_that_declares_something_or_cannot_be_read_is_refused(refusal, document, part):
    content = office("docx", (part, document)) if part != "word/document.xml" else office(document=document)
    assert STRANGE in refusal(content, "report.docx")


def test_a_part_is_xml_by_its_type_too(refusal, upload):
    part, kind = ("word/strange.bin", XML + ENTITIES), '<{} ContentType="application/x+xml; charset=utf-8"/>'
    for said in ('Default Extension="bin"', 'Override PartName="/word/strange.bin"'):
        assert STRANGE in refusal(office("docx", part, types=kind.format(said)), "report.docx")
    assert upload(office("docx", part), "report.docx")


FETCHED = [
    ("docx", "attachedTemplate", "https://evil.example/t.dotm", "takes its template from https://evil.example/t.dotm"),
    ("docx", "attachedTemplate", r"\\203.0.113.9\share\t.dotm", "takes its template from"),
    ("docx", "attachedTemplate", "file://server/share/t.dotm", "takes its template from"),
    ("docx", "attachedTemplate", r"file:///\\server\share\t.dotm", "takes its template from"),
    ("docx", "attachedTemplate", "file:////server/share/t.dotm", "takes its template from"),
    ("docx", "attachedTemplate", "&#104;ttp%3A//evil.example/", "takes its template from"),
    ("docx", "image", "https://evil.example/dot.png", "takes a picture from"),
    ("docx", "oleObject", "mhtml:http://evil.example/x.html!x-usc:http://evil.example/x.html", "takes an object from"),
    ("docx", "frame", "http://evil.example/", "takes a page in a frame from"),
    ("docx", "subDocument", "http://evil.example/a.docx", "takes a part of the text from"),
    ("docx", "somethingNew", "ftp://evil.example/", "takes a part from"),
    ("xlsx", "externalLinkPath", "https://evil.example/a.xlsx", "takes a workbook from"),
    ("pptx", "video", "https://evil.example/film", "takes a film from"),
]


@pytest.mark.parametrize(("extension", "kind", "target", "words"), FETCHED)
def test_what_is_fetched_from_elsewhere_is_refused_with_what_to_do(refusal, extension, kind, target, words):
    part = ("word/_rels/settings.xml.rels", relationships(kind, target))
    sentence = refusal(office(extension, part), f"report.{extension}")
    assert words in sentence
    assert "save the file, and choose that copy" in sentence


@pytest.mark.parametrize(
    "rels",
    [
        relationships("image", "http://evil.example/", types="http://purl.oclc.org/ooxml/officeDocument"),
        relationships("image", "http://evil.example/", mode=" external "),
        relationships("image", "http://evil.example/").replace("<R", "<r:R").replace("</R", "</r:R"),
        relationships("image", "http://evil.example/").encode("utf-16"),
        relationships("image", "http://evil.example/").replace(
            "<Relationship ", f"<!--{' ' * 600_000}--><Relationship "
        ),
    ],
    ids=["strict", "mode", "prefix", "UTF-16", "far down"],
)
def test_a_link_is_found_however_it_is_written(refusal, rels):
    assert "takes a picture from" in refusal(office("docx", ("word/_rels/x.xml.rels", rels)), "report.docx")


NEAR = [
    ("hyperlink", "https://www.example.org/?a=b"),
    ("hyperlink", r"\\server\share\report.docx"),
    ("hyperlink", "mailto:office@example.org"),
    ("attachedTemplate", r"file:///C:\Users\maria\AppData\Roaming\Microsoft\Templates\Letter%20head.dotx"),
    ("attachedTemplate", "file:///Users/maria/Library/Letter.dotx"),
    ("attachedTemplate", "Normal.dotm"),
    ("attachedTemplate", "Macintosh%20HD:Users:maria:Templates:Normal.dotm"),
    ("image", "NULL"),
    ("image", "cid:image001.png@01D9A0B1.2C3D4E50"),
    ("externalLinkPath", "Budget%202025.xlsx"),
    ("externalLinkPath", r"file:///D:\Budget\2025.xlsx"),
    ("xlPathMissing", ""),
    ("image", "../media/image1.png"),
]


@pytest.mark.parametrize(("kind", "target"), NEAR)
def test_links_that_wait_for_a_click_or_stay_on_the_machine_are_left_alone(upload, kind, target):
    assert upload(office("docx", ("word/_rels/document.xml.rels", relationships(kind, target))), "report.docx")


@pytest.mark.parametrize(
    ("media_type", "words"), [("vnd.ms-office.vbaProject", "carries macros"), ("vnd.ms-office.activeX+xml", "ActiveX")]
)
def test_a_program_is_known_by_its_type_too(refusal, media_type, words):
    types = f'<Override PartName="/word/part.bin" ContentType="application/{media_type}"/>'
    assert words in refusal(office("docx", ("word/part.bin", "x"), types=types), "report.docx")


def test_parts_within_the_file_are_no_links(upload):
    rels = relationships("image", "https://not.followed.example/", mode="Internal")
    assert upload(office("docx", ("word/_rels/document.xml.rels", rels)), "report.docx")


def test_what_office_programs_write_is_taken(upload):
    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape>One<br>two</v:shape></xml>'  # as Excel does: not closed
    )
    svg = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg/>'
    types = (
        '<Default Extension="svg" ContentType="image/svg+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    )
    parts = [("customXml/item1.xml", ""), ("word/media/image1.svg", svg), ("xl/drawings/vmlDrawing1.vml", vml)]
    document = containers.DOCUMENT.encode("utf-16")
    assert upload(office("docx", *parts, types=types, document=document), "report.docx")


def test_a_workbook_with_links_is_taken(upload):
    book, file = Workbook(), io.BytesIO()
    book.active["A1"] = "The report"
    book.active["A1"].hyperlink = "https://www.example.org/report?a=b&c=d"
    book.save(file)
    assert b"xl/worksheets/_rels/sheet1.xml.rels" in file.getvalue()
    assert upload(file.getvalue(), "table.xlsx").size == len(file.getvalue())


def test_more_links_than_a_program_can_read_are_refused_before_they_are_read(refusal):
    content = office("docx", ("word/_rels/document.xml.rels", relationships("hyperlink", "x" * 100)))
    assert "far more than it seems to hold" in refusal(content, "report.docx", limits=Limits(markup_bytes=100))
