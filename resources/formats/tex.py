"""TeX as BibTeX files have it, and plain text: accents, special characters, dashes and quotation marks."""

import re
import unicodedata
from urllib.parse import quote

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
LETTERS = {
    "i": "ı", "j": "ȷ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
}  # fmt: skip
WORDS = LETTERS | {
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "dots": "…", "ldots": "…", "textellipsis": "…", "newline": "\n", "par": "\n\n",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "copyright": "©", "S": "§", "pounds": "£",
    "euro": "€", "texteuro": "€", "nobreakspace": "\u00a0", "textunderscore": "_", "lbrace": "{", "rbrace": "}",
}  # fmt: skip
LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " "}
TOKEN = re.compile(
    r"""\\symbol\s*\{(?P<code>\d{1,7})\}(?:\{\})?
    |\\(?P<accent>[`'^~=."])\s*(?:\{\s*(?P<a>\\?[^\W\d_])\s*\}|(?P<b>\\[ij](?![a-zA-Z])[ ]?|[^\W\d_]))
    |\\(?P<letter_accent>[uvHcdbkr])(?:\s*\{\s*(?P<c>\\?[^\W\d_])\s*\}|\s+(?P<d>\\[ij](?![a-zA-Z])[ ]?|[^\W\d_]))
    |\\(?P<word>[a-zA-Z]+)(?:\s*\{\}|[ \t]*\n?[ \t]*)
    |\\(?P<symbol>.)
    |(?P<ligature>---|--|``|''|~)
    |[{}$]""",
    re.X | re.S,
)
COMMAND = re.compile(r"\\symbol\s*\{\d{1,7}\}|\\[a-zA-Z]+(?:\s*\{\})?|\\.|[{}]", re.S)
ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "\n": r"\newline{}", "\u00a0": r"\nobreakspace{}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_",
}  # fmt: skip


def text_of(tex):
    """The plain text of a value of BibTeX. Commands that are not known give way to what they enclose."""
    return TOKEN.sub(_meaning, re.sub(r"[ \t\r\n\f\v]+", " ", tex))


def tex_of(text):
    """A value of BibTeX, without unbalanced braces, that `text_of` turns back into the text."""
    escaped = "".join(_escaped(character) for character in text)
    # Two hyphens or two quotation marks would be read as one other sign.
    return re.sub(r"([-`'])(?=\1)", r"\1{}", escaped)


def address_of(tex):
    """The address in a field that BibLaTeX takes letter by letter: “~”, “--” and “$” are themselves.

    Many programs escape such a field all the same; no address has a backslash or a brace, so that is undone.
    """
    return COMMAND.sub(lambda found: text_of(found[0]), " ".join(tex.split()))


def verbatim(address):
    """An address for such a field. What would end the field, or be taken for an escape, is percent-encoded."""
    return re.sub(r"[{}\\\s]", lambda found: quote(found[0]), address)


def _escaped(character):
    if character in ESCAPES:
        return ESCAPES[character]
    # Readers of BibTeX fold any white space into one space.
    if character.isspace() and character != " ":
        return rf"\symbol{{{ord(character)}}}"
    return character


def _meaning(found):
    if code := found["code"]:
        return chr(int(code)) if int(code) <= 0x10FFFF else ""
    if letter := found["a"] or found["b"] or found["c"] or found["d"]:
        base = letter.strip("\\ ")
        return unicodedata.normalize("NFC", base + ACCENTS[found["accent"] or found["letter_accent"]])
    if word := found["word"]:
        return WORDS.get(word, "")
    if symbol := found["symbol"]:
        return {"\\": "\n", "-": "", "/": ""}.get(symbol, symbol)
    return LIGATURES.get(found["ligature"], "")
