"""Small PDFs written by hand, and files that pretend to be PDFs, for tests.

`Pdf` writes what it is told, right or wrong; the functions below it make one kind of file each, as bytes.
"""

import io

import pikepdf

LINE = 14  # points from line to line
COURIER = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"


class Pdf:
    """Numbers objects from 1 in the order in which they are added, and writes them with a classic table."""

    def __init__(self):
        self.objects = []

    def add(self, text):
        """Add an object; return its reference, “7 0 R”."""
        self.objects.append(text.encode("cp1252"))
        return f"{len(self.objects)} 0 R"

    def add_stream(self, content, entries=""):
        return self.add(f"<< /Length {len(content.encode('cp1252'))} {entries} >>\nstream\n{content}\nendstream")

    def written(self, root, info=None):
        """The whole file as bytes, with `root` and `info` as references."""
        file = io.BytesIO()
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        table = [b"0000000000 65535 f \n"]
        for number, body in enumerate(self.objects, 1):
            table.append(b"%010d 00000 n \n" % file.tell())
            file.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        start = file.tell()
        file.write(b"xref\n0 %d\n%b" % (len(table), b"".join(table)))
        facts = f" /Info {info}" if info else ""
        file.write(f"trailer\n<< /Size {len(table)} /Root {root}{facts} >>\nstartxref\n{start}\n%%EOF\n".encode())
        return file.getvalue()


def pdf(pages=("A page.",), *, catalog="", page="", title="", before=()):
    """A PDF with one text a page, its lines as they stand.

    `catalog` and `page` are entries for the catalog and for every page; `before` holds objects numbered from 1,
    which those entries may name.
    """
    file = Pdf()
    for text in before:
        file.add(text)
    font = file.add(COURIER)
    tree = f"{len(file.objects) + 2 * len(pages) + 1} 0 R"
    kids = [_page(file, text, tree, font, page) for text in pages]
    assert tree == file.add(f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>")
    info = file.add(f"<< /Title ({_escaped(title)}) >>") if title else None
    return file.written(file.add(f"<< /Type /Catalog /Pages {tree} {catalog} >>"), info)


def _page(file, text, tree, font, entries):
    lines = " ".join(f"({_escaped(line)}) Tj T*" for line in text.splitlines())
    content = file.add_stream(f"BT /F1 11 Tf {LINE} TL 72 720 Td {lines} ET")
    return file.add(
        f"<< /Type /Page /Parent {tree} /MediaBox [0 0 612 792] /Contents {content}"
        f" /Resources << /Font << /F1 {font} >> >> {entries} >>"
    )


def _escaped(text):
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def tagged():
    """One page that says its language and its structure."""
    structure = "/MarkInfo << /Marked true >> /StructTreeRoot << /Type /StructTreeRoot >> /Lang (es-US)"
    return pdf(["Las escuelas comunitarias"], catalog=structure, title="Escuelas")


def with_script():
    """One page that runs JavaScript when it is opened, as a viewer would."""
    return pdf(catalog="/OpenAction << /S /JavaScript /JS (app.alert\\('Hello'\\)) >>")


def with_many_dangers(catalog=""):
    """Scripts by name, by event and by link; a program started; a form that is sent; a file inside."""
    return pdf(
        catalog=(
            "/Names << /JavaScript << /Names [(one) << /S /JavaScript /JS (one\\(\\)) >>] >>"
            " /EmbeddedFiles << /Names [(tool.exe) 1 0 R] >> >>"
            " /AA << /WC << /S /JavaScript /JS (two\\(\\)) >> >> "
        )
        + catalog,
        page=(
            "/AA << /O << /S /Launch /F (tool.exe) >> >> /Annots ["
            "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://www.example.org/) >> >>"
            "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (javascript:three\\(\\)) >> >>"
            "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (tool.exe) >> >>"
            "<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /A"
            " << /S /JavaScript /JS (four\\(\\)) /Rect [0 0 9 9] /Subtype /Link >> >>"
            "<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 1 0 R >> ]"
        ),
        before=[
            "<< /Type /Filespec /F (tool.exe) /EF << /F 2 0 R >> >>",
            "<< /Type /EmbeddedFile /Length 12 >>\nstream\nMZ tool code\nendstream",
        ],
    )


def with_form_of_xfa(*, is_dynamic):
    """A form by Adobe's XML; a dynamic one shows nothing without running it."""
    needs = "/NeedsRendering true" if is_dynamic else ""
    return pdf(
        catalog=f"/AcroForm << /Fields [] /XFA 1 0 R >> {needs}",
        before=["<< /Length 11 >>\nstream\n<xdp></xdp>\nendstream"],
    )


def encrypted(*, user="", owner="owner", content=None):
    """Locked: `user` is what it takes to read, `owner` to change."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(content or pdf())) as file:
        file.save(made, encryption=pikepdf.Encryption(user=user, owner=owner))
    return made.getvalue()


def cut_off():
    """The first half of a file, as a broken upload leaves it."""
    whole = pdf(["A page."] * 20)
    return whole[: len(whole) // 2]


def many_pages(count):
    return pdf([f"Page {number} of the report." for number in range(1, count + 1)])


def many_objects(count):
    """One page and `count` objects that nothing uses."""
    return pdf(before=["null"] * count)


def unpacks_to(size):
    """One page whose content is `size` spaces, packed to a thousandth."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as file:
        file.pages[0].Contents = file.make_stream(b" " * size)
        file.save(made, recompress_flate=True)
    return made.getvalue()


def report(pages=150):
    """A report of about 400 words a page, for measuring."""
    sentence = "A community school is both a place and a set of partnerships between the school and others."
    page = "\n".join(f"{number}. {sentence}"[:84] for number in range(1, 46))
    return pdf([f"Part {number}\n{page}" for number in range(1, pages + 1)], title="A long report")
