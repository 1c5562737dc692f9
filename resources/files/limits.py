"""How much of a file we take on. The PDF process reads this too, so nothing of Django is imported here."""

from dataclasses import dataclass

KB = 1024
MB = 1024 * KB


@dataclass(frozen=True)
class Limits:
    """Every limit with its default. Tests pass smaller ones."""

    file_bytes: int = 100 * MB

    # PDF. A tagged report of 500 pages has some 100,000 objects; a million take 330 MB to look through.
    pdf_pages: int = 2_000
    pdf_objects: int = 300_000
    page_characters: int = 100_000  # of one page's text; what is beyond is not searched

    # The process that reads a PDF. `memory_bytes` counts addresses, so what it really uses is less.
    memory_bytes: int = 450 * MB
    cpu_seconds: int = 120
    wait_seconds: int = 60  # for each answer: the facts, or one page

    # Zip containers (DOCX, XLSX, PPTX, EPUB)
    parts: int = 5_000
    directory_bytes: int = 1 * MB
    unpacked_bytes: int = 500 * MB
    ratio: int = 200  # unpacked to packed, over all parts; the tables of XLSX reach 50
    # XML that is read to its end: the pages of an EPUB, the links of Office files. At worst it takes 20 seconds.
    markup_bytes: int = 20 * MB


LIMITS = Limits()
