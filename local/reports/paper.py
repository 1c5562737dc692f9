"""Letter paper after the site's design: a narrow margin, one text column, headings in Besley, the day-line."""

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import MethodReturnValue

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
MADE_AT = datetime(2026, 11, 24, 12, tzinfo=UTC)  # fixed, so that the same texts give the same bytes

# As in tokens.css
INK, MUTED, FIELD, ACTION, RULE = "#1A2230", "#4E5765", "#12462B", "#9A3412", "#7F7668"

LEFT, RIGHT, TOP, BOTTOM = 54, 26, 26, 24  # millimeters
MARGIN_COLUMN = 22  # where header, footer and day-line begin
INDENT = 6
FIRST_HOUR, LAST_HOUR = 6, 22  # of the day-line
FIRST_BELL, LAST_BELL = 8, 15

# Points, millimeters from line to line, and of space above
STYLES = {
    "H1": ("Besley", "", 27, 11, 0, FIELD),
    "H2": ("Besley", "", 19, 8, 11, FIELD),
    "H3": ("Besley", "", 13, 6, 6, INK),
    "P": ("Atkinson", "", 10.5, 5.4, 2.6, INK),
    "LI": ("Atkinson", "", 10.5, 5.4, 1.5, INK),
    "opening": ("Atkinson", "", 13, 6.6, 3, INK),
    "lead": ("Atkinson", "", 14, 7, 4, MUTED),
}
KEPT_WITH_HEADING = 22  # a heading stands on the page of the lines that follow it


class Paper(FPDF):
    """A report in the making. `marks` says what each marked piece is, for `tags.write`: (page, tag) by order."""

    def __init__(self, title, lead):
        super().__init__(format="letter")
        self.marks = []
        self.set_margins(LEFT, TOP, RIGHT)
        self.set_auto_page_break(False, BOTTOM)
        self._add_fonts()
        self.set_lang("en-US")
        self.set_title(title)
        self.set_author("Coalition for Community Schools")
        self.set_creation_date(MADE_AT)
        self.add_page()
        self.start_section(title)
        self._write("H1", title, STYLES["H1"])
        self._draw_day_line()
        self._write("P", lead, STYLES["lead"])

    def _add_fonts(self):
        upright, italic = FONTS / "atkinson-next-latin.woff2", FONTS / "atkinson-next-italic-latin.woff2"
        self.add_font("Atkinson", "", upright, variations={"wght": 400})
        self.add_font("Atkinson", "B", upright, variations={"wght": 700})
        self.add_font("Atkinson", "I", italic, variations={"wght": 400})
        self.add_font("Besley", "", FONTS / "besley-latin.woff2", variations={"wght": 600})

    def add(self, piece):
        """Put a piece below the last one, on a new page where it does not fit."""
        style = STYLES["opening" if piece.is_opening else piece.tag]
        if piece.tag in {"H2", "H3"}:
            self._write_heading(piece, style)
        else:
            self._write(piece.tag, piece.text, style, piece.marker)

    def _write_heading(self, piece, style):
        self._make_room(self._height(piece.text, style) + style[4] + KEPT_WITH_HEADING)
        self.start_section(piece.text, level=int(piece.tag[1]) - 1)
        self._write(piece.tag, piece.text, style)

    def _write(self, tag, text, style, marker=""):
        *font, line, above, color = style
        indent = INDENT if marker else 0
        height = self._height(text, style, indent)
        self._make_room(height + above)
        if self.get_y() > TOP:
            self.set_y(self.get_y() + above)
        with self._marked(tag):
            if marker:
                self.set_font("Atkinson", "B", font[2])
                self.set_text_color(ACTION)
                self.cell(indent, line, marker)
            self.set_font(*font)
            self.set_text_color(color)
            self.set_x(LEFT + indent)
            self._lines(text, line, indent)

    def _lines(self, text, line, indent, **options):
        return self.multi_cell(
            self.epw - indent, line, text, align="L", markdown=True, new_x="LEFT", new_y="NEXT", **options
        )

    def _height(self, text, style, indent=0):
        self.set_font(*style[:3])
        return self._lines(text, style[3], indent, dry_run=True, output=MethodReturnValue.HEIGHT)

    def _make_room(self, height):
        if self.get_y() + height > self.h - BOTTOM:
            self.add_page()

    @contextmanager
    def _marked(self, tag):
        """Number what the block draws as one piece of the page, which the structure then refers to."""
        number = sum(page == self.page for page, _tag in self.marks)
        self.marks.append((self.page, tag))
        self._out(f"/{tag} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def _artifact(self):
        """What the block draws says nothing to a listener."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def header(self):
        if self.page > 1:
            with self._artifact():
                self.set_font("Besley", size=9)
                self.set_text_color(FIELD)
                self.text(MARGIN_COLUMN, 16, self.title if len(self.title) < 60 else self.author)
        self.set_y(TOP)

    def footer(self):
        with self._artifact():
            self.set_y(-16)
            self.set_x(MARGIN_COLUMN)
            self.set_font("Atkinson", size=9)
            self.set_text_color(MUTED)
            self.cell(80, 5, self.author)
            self.set_x(LEFT)
            self.cell(self.epw, 5, str(self.page), align="R")

    def _draw_day_line(self):
        """A rule with a tick for each hour from 6 am to 10 pm, thick while school is in session."""
        y = self.get_y() + 7
        start, end = MARGIN_COLUMN, self.w - RIGHT
        hour_width = (end - start) / (LAST_HOUR - FIRST_HOUR)
        with self._artifact():
            self.set_draw_color(RULE)
            self.set_line_width(0.2)
            self.line(start, y, end, y)
            for hour in range(LAST_HOUR - FIRST_HOUR + 1):
                self.line(start + hour * hour_width, y, start + hour * hour_width, y + 1.6)
            self.set_draw_color(FIELD)
            self.set_line_width(1)
            self.line(
                start + (FIRST_BELL - FIRST_HOUR) * hour_width, y, start + (LAST_BELL - FIRST_HOUR) * hour_width, y
            )
        self.set_y(y + 6)
