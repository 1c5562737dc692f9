"""Rich text: what an editor may write, the sanitizer that holds it to that, and the only `mark_safe` of the site."""

import json
import re
from html import unescape

import nh3
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import mark_safe
from django_prose_editor.fields import ProseEditorField

# What the editor offers. Headings, pictures and tables are blocks of their own.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "SpecialCharacters": True,
}

_cleaner = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "ul", "ol", "li", "a"},
    # Pasted word-processor markup brings whole documents; of these not even the words are text.
    clean_content_tags={"script", "style", "title", "template"},
    attributes={"a": {"href", "hreflang", "lang"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_PARAGRAPHS = (
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dt", "fieldset",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "main", "nav",
    "pre", "section", "summary", "tr",
)  # fmt: skip
# Pasted tags, and what is written for those that open and close, so that words which stood apart still do.
_IN_PLACE_OF = {
    **dict.fromkeys(_PARAGRAPHS, ("<p>", "</p>")),
    **dict.fromkeys(("table", "thead", "tbody", "tfoot"), ("", "")),
    **dict.fromkeys(("td", "th"), (" ", "")),
    "b": ("<strong>", "</strong>"),
    "i": ("<em>", "</em>"),
    "q": ("“", "”"),
}
_PASTED_TAG = re.compile(
    rf"""<(/?)({"|".join(_IN_PLACE_OF)})(?=[\s/>])(?:[^<>"']|"[^"<]*"|'[^'<]*')*>""", re.IGNORECASE
)
_EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")
_LINK = re.compile(r'<a href="(?P<address>(?!mailto:|tel:)[^"]+)"[^>]*>.*?</a>', re.DOTALL)
_SCRIPT_ESCAPES = {ord(one): f"\\u{ord(one):04x}" for one in "<>&"}
_TAG = re.compile(r"<[^>]*>")


def clean_html(html):
    """Hold rich text to the allowed set; return it as a plain string.

    `b` and `i` become `strong` and `em`; headings, rows of tables and other blocks that were pasted become paragraphs,
    so that no word is lost; scripts, styles, event handlers and links of other schemes vanish.
    """
    html = _PASTED_TAG.sub(lambda tag: _IN_PLACE_OF[tag[2].lower()][bool(tag[1])], html)
    return _EMPTY_PARAGRAPH.sub("", _cleaner.clean(html)).strip()


def as_cleaned(html):
    """Mark HTML for the template that `clean_html` has cleaned when it was saved."""
    return mark_safe(html)  # noqa: S308


def number_links(html, numbers):
    """Put the number of its address behind each link of cleaned rich text, for paper.

    `numbers` is a dict from address to number; addresses that are new to it are added.
    """

    def numbered(link):
        number = numbers.setdefault(unescape(link["address"]), len(numbers) + 1)
        return f'{link[0]}<sup class="print-ref" aria-hidden="true">{number}</sup>'

    return _LINK.sub(numbered, html)


def plain_text(html):
    """The words of rich text, with spaces where tags stood."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


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
