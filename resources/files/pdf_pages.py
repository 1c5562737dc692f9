"""The pages of a PDF as text and as a picture. Runs in the PDF process only."""

import base64
import contextlib
import io

import pypdfium2

from resources.files.page_text import clean_text

TALLEST = 3  # a picture's height to its width; the rest is cut off at the foot


class No(Exception):
    """We do not take this PDF; `pdf.SENTENCES` has the words for the code."""


@contextlib.contextmanager
def open_document(path):
    """The PDF at a path; refused where the library that reads pages does not understand it."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise No("broken") from None
    try:
        yield document
    except pypdfium2.PdfiumError:
        raise No("broken") from None
    finally:
        document.close()


def pages(path, limits):
    """One answer a page: its text."""
    with open_document(path) as document:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            yield {"text": clean_text(text.get_text_range(0, min(text.count_chars(), limits.page_characters)))}
            text.close()
            page.close()


def picture(path, limits, width):
    """One answer: the first page as WebP, `width` points wide, drawn without forms."""
    width = int(width)
    with open_document(path) as document:
        page = document[0]
        page_width, page_height = page.get_size()
        if page_width < 1 or page_height < 1:
            raise No("broken")
        tallest = TALLEST * page_width
        crop = (0, max(0, page_height - tallest), 0, 0)
        image = page.render(scale=width / page_width, crop=crop, may_draw_forms=False).to_pil()
    file = io.BytesIO()
    image.convert("RGB").save(file, "WEBP", quality=80, method=4)
    yield {"image": base64.b64encode(file.getvalue()).decode("ascii")}
