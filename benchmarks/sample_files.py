"""Files for the library's benchmark, written into a folder by a process of its own, whose memory is not measured.

`python -m benchmarks.sample_files FOLDER`
"""

import io
import sys
import zipfile
from pathlib import Path

from fpdf import FPDF

from tests.resources import pdfs
from tests.resources.containers import office

PAGES = 150
PARAGRAPH = (
    "A community school is both a place and a set of partnerships between the school and other community resources. "
    "Its partners plan the year together, ask families what helps, and look again at what has changed. "
) * 4
REPORT = "report.pdf"
# Name of a file → what is the matter with it, and how it is made.
HARMFUL = {
    "pages.pdf": ("a PDF of 5,000 pages", lambda: pdfs.many_pages(5_000)),
    "objects.pdf": ("a PDF of a million objects", lambda: pdfs.many_objects(1_000_000)),
    "locked.pdf": ("a PDF that needs a password", lambda: pdfs.encrypted(user="secret")),
    "scripts.pdf": ("a PDF that runs scripts", pdfs.with_script),
    "half.pdf": ("the first half of a PDF", pdfs.cut_off),
    "bomb.docx": ("a DOCX that unpacks to 600 MB", lambda: bomb(600)),
}


def long_report(pages=PAGES):
    """A report of some 400 words a page."""
    pdf = FPDF()
    pdf.set_title("A long report")
    pdf.set_font("helvetica", size=11)
    for number in range(1, pages + 1):
        pdf.add_page()
        for _paragraph in range(2):
            pdf.multi_cell(0, 6, f"Part {number}. {PARAGRAPH}", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def bomb(megabytes):
    """A DOCX that unpacks to so many MB of nothing, written piece by piece so that it is never in memory as a whole."""
    file = io.BytesIO(office())
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/media/image1.bmp", "w") as part,
    ):
        for _piece in range(megabytes):
            part.write(bytes(1 << 20))
    return file.getvalue()


def main(folder):
    (Path(folder) / REPORT).write_bytes(long_report())
    for name, (_words, make) in HARMFUL.items():
        (Path(folder) / name).write_bytes(make())


if __name__ == "__main__":
    main(*sys.argv[1:])
