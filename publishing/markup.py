"""Rich text: what an editor may write, the sanitizer that holds it to that, and the only `mark_safe` of the site."""

import json
import re
from collections import Counter
from html import escape, unescape
from urllib.parse import urljoin

import nh3
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeData, mark_safe
from django_prose_editor.fields import ProseEditorField

# What the editor offers. Headings, pictures and tables are blocks of their own.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "Subscript": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "SpecialCharacters": True,
}

_TAGS = {"p", "br", "strong", "em", "sup", "sub", "ul", "ol", "li", "a"}
# Pasted word-processor markup brings whole documents; of these not even the words are text.
_TAGS_OF_NO_TEXT = {"script", "style", "title", "template"}
_cleaner = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_TAGS_OF_NO_TEXT,
    attributes={"a": {"href", "hreflang", "lang"}, "em": {"lang"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_handbook_cleaner = nh3.Cleaner(
    tags={
        "h2", "h3", "p", "strong", "em", "ul", "ol", "li", "a", "img", "code",
        "table", "thead", "tbody", "tr", "th", "td",
    },
    attributes={"a": {"href"}, "img": {"src", "alt", "loading"}, "ol": {"start"}},
    url_schemes={"http", "https"},
    link_rel=None,
)  # fmt: skip
_PARAGRAPHS = (
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dt", "fieldset",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "main", "nav",
    "pre", "section", "summary", "tr",
)  # fmt: skip
# Pasted tags, and what is written for those that open and close, so that words which stood apart still do.
_IN_PLACE_OF = {
    **dict.fromkeys(_PARAGRAPHS, ("<p>", "</p>")),
    **dict.fromkeys(("td", "th"), (" ", "")),
    **dict.fromkeys(("b", "strong"), ("<strong>", "</strong>")),
    "i": ("<em>", "</em>"),
    "q": ("“", "”"),
}
_DEEPEST = 20  # a list in a list in a list …
_REST_OF_TAG = r"""(?=[\s/>])(?:[^<>"']|"[^"<]*"|'[^'<]*')*>"""
_ANY_TAG = re.compile(rf"<(/?)([a-z][^\s<>/]*){_REST_OF_TAG}", re.IGNORECASE)
_NESTING_TAG = re.compile(rf"<(/?)(ul|ol|strong|em|sup|sub){_REST_OF_TAG}", re.IGNORECASE)
_EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")
# Word's own links between a footnote, an endnote or a remark and its place in the text. Nothing here has their names.
_NOTE_LINK = re.compile(r'<a href="#_(?:ftn|edn|msocom)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_OTHER_BLOCK = re.compile(r"<(?:table|img|picture|svg|video|iframe|object|embed)[\s/>]", re.IGNORECASE)
# As the cleaner writes it: attributes in the order in which they were typed.
_LINK = re.compile(r'<a(?: [a-z]+="[^"]*")*? href="(?P<address>(?!mailto:|tel:)[^"]+)"[^>]*>.*?</a>', re.DOTALL)
_SCRIPT_ESCAPES = {ord(one): f"\\u{ord(one):04x}" for one in "<>&"}
_TAG_IN_A_LINE = re.compile(r"</?(?:a|em|strong|sup|sub)(?:\s[^>]*)?>")
_TAG = re.compile(r"<[^>]*>")

_ANY_ELEMENT = re.compile(r"<[a-z][^>]*>")
_ADDRESS = re.compile(r'(\s(?:href|src)=")([^"]*)')
_SOURCE = re.compile(r"<source\s[^>]*>")


def clean_html(html):
    """Hold rich text to the allowed set; return it as a plain string.

    `b` and `i` become `strong` and `em`; headings, rows of tables and other blocks that were pasted become paragraphs,
    so that no word is lost; scripts, styles, event handlers and links of other schemes vanish, and so do links to
    footnotes that were pasted.
    """
    html = _without_depth(_ANY_TAG.sub(_in_place_of, html))
    return _EMPTY_PARAGRAPH.sub("", _NOTE_LINK.sub(r"\1", _cleaner.clean(html))).strip()


def holds_other_blocks(html):
    """Whether tables, pictures or films stand in rich text, of which `clean_html` would leave the words at most."""
    return bool(_OTHER_BLOCK.search(html))


def _in_place_of(tag):
    """What is written for a tag. One that means nothing here goes at once: it would only add to the depth."""
    name = tag[2].lower()
    if name in _IN_PLACE_OF:
        return _IN_PLACE_OF[name][bool(tag[1])]
    return tag[0] if name in _TAGS | _TAGS_OF_NO_TEXT else ""


def _without_depth(html):
    """Leave out lists, and bold or italic words, that stand in more than `_DEEPEST` others; what is in them stays.

    The time of the cleaner grows with the square of the depth: thousands would take minutes.
    """
    depths = Counter()

    def kept(tag):
        name = tag[2].lower()
        if not tag[1]:
            depths[name] += 1
            return tag[0] if depths[name] <= _DEEPEST else ""
        is_kept = depths[name] <= _DEEPEST
        depths[name] = max(0, depths[name] - 1)
        return tag[0] if is_kept else ""

    return _NESTING_TAG.sub(kept, html)


def as_cleaned(html):
    """Mark HTML for the template that `clean_html` has cleaned when it was saved."""
    return mark_safe(html)  # noqa: S308


def as_handbook(html):
    """Hold a chapter of the handbook, made from our own Markdown, to what chapters have, and mark it."""
    return mark_safe(_handbook_cleaner.clean(html))  # noqa: S308


def number_links(html, numbers):
    """Put the number of its address behind each link of cleaned rich text, for paper.

    `numbers` is a dict from address to number; addresses that are new to it are added.
    """

    def numbered(link):
        number = numbers.setdefault(unescape(link["address"]), len(numbers) + 1)
        return f'{link[0]}<sup class="print-ref" aria-hidden="true">{number}</sup>'

    return _LINK.sub(numbered, html)


def plain_text(html):
    """The words of rich text, with spaces where paragraphs, items and lines ended."""
    return " ".join(unescape(_TAG.sub(" ", _TAG_IN_A_LINE.sub("", html))).split())


def whole_addresses(html, page):
    """HTML of our own templates with whole addresses, for readers outside of the site: feeds. `page` is that of the
    page on which it stands: “#goals” leads there.

    Pictures keep the format that every program reads.
    """

    def whole(attribute):
        try:
            return attribute[1] + escape(urljoin(page, unescape(attribute[2])))
        except ValueError:  # “http://[”
            return attribute[0]

    return _ANY_ELEMENT.sub(lambda tag: _ADDRESS.sub(whole, tag[0]), _SOURCE.sub("", html))


class RichTextField(ProseEditorField):
    """Rich text that is clean whichever way it comes in: by form, import, loader or shell."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"extensions": EXTENSIONS, "sanitize": clean_html} | kwargs)

    def pre_save(self, model_instance, add):
        value = clean_html(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return value


def script_json(data):
    """Data as JSON for a script element of another type than JavaScript; nothing in it can end the element."""
    return mark_safe(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_SCRIPT_ESCAPES))  # noqa: S308


def as_plain(sentence):
    """A sentence without its markup; one that `format_html` has not made has none."""
    return plain_text(sentence) if isinstance(sentence, SafeData) else sentence
