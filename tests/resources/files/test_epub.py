"""EPUBs that are locked, carry scripts or harmful XML; and those that programs for making books write."""

import pytest

from resources.files.limits import Limits
from tests.resources import containers
from tests.resources.containers import epub

XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
PAGE = f'<?xml version="1.0" encoding="utf-8"?><html {XHTML}><head><title>One</title></head><body>{{}}</body></html>'
XHTML_11 = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
NCX = '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd"><ncx/>'
SVG_11 = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [{}]>{}'


def page(body, start=""):
    return PAGE.format(body).replace("<html", f"{start}<html", 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (epub(("script.js", b"alert(1)")), "carries scripts"),
        (epub(("META-INF/rights.xml", b"<rights/>")), "locked against copying"),
        (containers.packed([("META-INF/container.xml", "<container/>")]), "does not begin as an EPUB must"),
    ],
)
def test_an_epub_that_is_locked_or_carries_scripts_is_refused(refusal, content, words):
    assert words in refusal(content, "book.epub")


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<script src="https://evil.example/x"/>',
        '<h:SCRIPT xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:SCRIPT>',
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        '<p onclick="alert(1)">One</p>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        '<a href="javascript:alert(1)">One</a>',
        '<a href=" Java&#10;Script:alert(1)">One</a>',
        '<a href="java&Tab;script&colon;alert(1)">One</a>',
        '<svg><a xlink:href="javascript:alert(1)"/></svg>',
        '<svg><animate attributeName="href" values="x;javascript:alert(1)"/></svg>',
        '<form action="vbscript:x"/>',
        '<iframe src="data:text/html,x"/>',
        '<iframe srcdoc="&lt;p/>"/>',
        '<iframe src="data:image/svg+xml,x"/>',
        '<object data="data:image/svg+xml,x"/>',
        '<iframe src="data:text/xsl,x"/>',
    ],
)
def test_a_script_within_a_page_is_refused_and_the_page_named(refusal, body):
    sentence = "This EPUB carries a script in “OEBPS/one.xhtml”. Export it without scripts, and choose that copy."
    assert refusal(epub(("OEBPS/one.xhtml", page(body))), "book.epub") == sentence


SCRIPT = page("<script>alert(1)</script>")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one.xhtml", page(f"<p>{'One ' * 200_000}</p><script/>")),
        ("one.xhtml", SCRIPT.replace("utf-8", "utf-16").encode("utf-16")),
        ("one.xhtml", page("<script/>", XHTML_11)),
        ("one.xhtml", SCRIPT.replace('<?xml version="1.0" encoding="utf-8"?>', " " * 600_000)),
        ("font.otf", SCRIPT),
        ("picture.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("page", b"\xef\xbb\xbf" + SCRIPT.encode()),
    ],
    ids=["far down", "UTF-16", "XHTML 1.1", "after blanks", "called a font", "drawing", "without an ending"],
)
def test_a_script_is_found_wherever_it_stands(refusal, name, content):
    assert "carries a script in" in refusal(epub((name, content)), "book.epub")


DEFAULTS = " ".join(f'a{number} CDATA "v"' for number in range(30))


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;">',
        '<!ENTITY a "&#60;script/>">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "https://evil.example/">%a;',
        f'<!ENTITY a "{"ha" * 100}">',
        f"<!ATTLIST b {DEFAULTS}>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_words_of_its_own_that_grow_or_come_from_elsewhere_are_refused(refusal, declared, encoding):
    content = f"<!--{'x' * 70_000}--><!DOCTYPE html [{declared}]><html>&a;</html>".encode(encoding)
    assert "makes words of its own" in refusal(epub(("one.xhtml", content)), "book.epub")


@pytest.mark.parametrize("name", ["one.xht", "one", "one.txt"])
def test_a_page_that_is_not_well_formed_is_refused_by_any_name(refusal, name):
    content = page("<p>One<br><script>alert(1)</script>")
    assert f"“{name}” in this EPUB is not written" in refusal(epub((name, content)), "book.epub")


LONG = "".join(map(str, range(900_000)))


@pytest.mark.parametrize(
    "content",
    ["<html><p></html>", "<a>" * 2_000 + "</a>" * 2_000, f"<a b='{LONG}'/>"],
    ids=["not closed", "deep", "long"],
)
def test_a_page_that_is_not_well_formed_or_may_break_a_program_is_refused(refusal, content):
    assert "“one.xhtml” in this EPUB is not written" in refusal(epub(("one.xhtml", content)), "book.epub")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one.xhtml", page("<p>One&nbsp;two &eacute; &ldquo;three&rdquo;</p>", XHTML_11)),
        ("one.xhtml", page("<p>One&nbsp;two</p>", "<!DOCTYPE html>")),
        ("one.xhtml", PAGE.format("<p>Año</p>").replace("utf-8", "utf-16").encode("utf-16")),
        ("one.html", page("<p>&lt;script&gt;alert(1)&lt;/script&gt; <code>onclick=</code></p>")),
        ("one.xhtml", page('<p title="JavaScript: the good parts"><a href="javascript-basics.xhtml#on">One</a></p>')),
        ("one.xhtml", page('<img src="data:image/png;base64,iVBORw0KGgo=" alt=""/>')),
        ("toc.ncx", '<?xml version="1.0"?>' + NCX),
        ("one.xhtml", page('<img src="data:image/svg+xml,x" alt=""/><a one="1"/>')),
        ("__MACOSX/OEBPS/._one.xhtml", b"\0\5\x16\7 what the Finder keeps"),
        ("picture.svg", SVG_11.format('<!ATTLIST svg space CDATA "preserve">', "<svg/>")),
        ("picture.svg", SVG_11.format('<!ENTITY ns "http://www.w3.org/2000/svg">', '<svg xmlns="&ns;"/>')),
        ("hidden-font.otf", b"<\x03\xff\x00 a font that is mixed with a key"),
        ("notes.txt", "<- no page"),
        ("content.opf", '<package><metadata><meta name="cover" content="javascript:"/></metadata></package>'),
    ],
)
def test_what_programs_for_making_books_write_is_taken(upload, name, content):
    assert upload(epub((name, content)), "book.epub")


def test_more_pages_than_a_program_can_read_are_refused_before_they_are_read(refusal):
    content = epub(("one.xhtml", page("<p>One</p>")))
    assert "far more than it seems to hold" in refusal(content, "book.epub", limits=Limits(markup_bytes=100))
