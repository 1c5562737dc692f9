"""PDFs: facts, refusals, cleaning, page text, and the process that reads them."""

import io
import subprocess
import sys

import pikepdf
import pytest
from PIL import Image

from resources.files import pdf
from resources.files.facts import Refused, cleaning_in_words
from resources.files.limits import MB, Limits
from resources.files.pdf import first_page, pages_of
from tests.resources import containers, pdfs


def test_a_tagged_report_tells_its_facts(upload):
    facts = upload(pdfs.tagged(), "informe.pdf")
    assert (facts.page_count, facts.title, facts.language) == (1, "Escuelas", "es-US")
    assert facts.is_tagged
    assert facts.removed == ()


def test_a_plain_report_is_not_called_tagged(upload):
    facts = upload(pdfs.pdf(["One", "Two"]), "report.pdf")
    assert (facts.page_count, facts.title, facts.language) == (2, "", "")
    assert facts.is_tagged is False


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdfs.encrypted(user="secret"), "cannot be opened without a password"),
        (pdfs.cut_off(), "damaged or cut off"),
        (pdfs.cut_off() + b"\n%%EOF\n", "damaged or cut off"),
        (pdfs.pdf([]), "damaged or cut off"),
        (pdfs.pdf().replace(b"startxref\n", b"startxref\n1"), "damaged or cut off"),
        (b"<html><script>go()</script>" + pdfs.pdf(), "in front of it, behind it or inside it"),
        (b"Some words\n" + pdfs.pdf(), "in front of it, behind it or inside it"),
        (pdfs.pdf() + b"<html><script>go()</script>", "in front of it, behind it or inside it"),
        (pdfs.pdf() + containers.office(), "in front of it, behind it or inside it"),
        (pdfs.pdf().replace(b"xref", b"%" + containers.office() + b"\nxref", 1), "could pass for another kind of file"),
        (pdfs.with_form_of_xfa(is_dynamic=True), "works by scripts (XFA)"),
        (pdfs.with_many_dangers(catalog="/Collection << /View /D >>"), "a folder of other files"),
        (pdfs.encrypted(content=pdfs.with_script()), "locked against changes"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_cannot_be_trusted_is_refused_with_a_sentence(refusal, content, words):
    assert words in refusal(content, "report.pdf")


def test_a_pdf_that_only_its_publisher_may_change_is_taken_as_it_is(upload):
    content = pdfs.encrypted(user="", owner="secret")
    facts = upload(content, "report.pdf")
    assert facts.path.read_bytes() == content
    assert list(pages_of(facts.path)) == ["A page."]


def test_everything_that_runs_is_taken_out_and_links_to_the_web_stay(upload, tmp_path):
    content = pdfs.with_many_dangers()
    facts = upload(content, "report.pdf")
    assert cleaning_in_words(facts.removed) == (
        "We took out of this PDF: attached files, links that start programs or open files, "
        "links with unsafe addresses and scripts. The pages look the same."
    )
    assert (tmp_path / "upload").read_bytes() == content
    assert facts.size == facts.path.stat().st_size
    with pikepdf.open(facts.path) as cleaned:
        written = b"".join(item.unparse(resolved=True) for item in cleaned.objects)
        links = [link.A.URI for link in cleaned.pages[0].Annots if "/A" in link]
    assert [str(link) for link in links] == ["https://www.example.org/"]
    for danger in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/FileAttachment", b"javascript:", b"tool"):
        assert danger not in written
    assert list(pages_of(facts.path)) == ["A page."]


def test_the_same_script_is_cleaned_to_the_same_bytes(upload):
    first, second = upload(pdfs.with_script(), "a.pdf"), upload(pdfs.with_script(), "b.pdf")
    assert first.removed == ("scripts",)
    assert first.sha256 == second.sha256


def test_a_cleaned_file_has_nothing_left_to_clean(upload):
    once = upload(pdfs.with_many_dangers(), "report.pdf").path.read_bytes()
    assert upload(once, "report.pdf").removed == ()


def test_a_form_keeps_its_fields_without_its_second_scripted_copy(upload):
    facts = upload(pdfs.with_form_of_xfa(is_dynamic=False), "form.pdf")
    assert facts.removed == ("xfa",)
    with pikepdf.open(facts.path) as cleaned:
        assert list(cleaned.Root.AcroForm.keys()) == ["/Fields"]


def test_an_opening_page_is_no_script(upload):
    opening = pdfs.pdf(catalog="/OpenAction [1 0 R /XYZ null null null]", before=["null"])
    assert upload(opening, "a.pdf").removed == ()


def test_pages_come_one_by_one_with_words_joined_over_lines(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdfs.pdf(["The commu-\nnity\nschool", "", "School-\nbased"]))
    pages = pages_of(path)
    assert next(pages) == "The community school"
    assert list(pages) == ["", "School-based"]


def test_the_first_page_is_a_picture_of_the_width_asked_for(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdfs.pdf())
    with Image.open(io.BytesIO(first_page(path, 300))) as picture:
        assert (picture.format, picture.size) == ("WEBP", (300, 389))


def test_a_page_as_long_as_a_banner_is_cut_at_the_foot(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdfs.pdf(page="/CropBox [0 0 100 14000] /MediaBox [0 0 100 14000]"))
    with Image.open(io.BytesIO(first_page(path, 200))) as picture:
        assert picture.size == (200, 600)


def test_a_report_that_takes_too_long_is_a_sentence(refusal):
    limits = Limits(wait_seconds=0.01)
    assert "too much memory or time" in refusal(pdfs.many_pages(500), "report.pdf", limits=limits)


def test_a_crash_of_the_reader_is_a_sentence(tmp_path, monkeypatch):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdfs.pdf())
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Refused, match="breaks the program that reads it"):
        first_page(path, 300)


def test_the_process_gets_no_secret_of_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    seen = []
    real = subprocess.Popen
    monkeypatch.setattr(pdf.subprocess, "Popen", lambda *a, **k: seen.append(k["env"]) or real(*a, **k))
    path = tmp_path / "report.pdf"
    path.write_bytes(pdfs.pdf())
    assert list(pages_of(path)) == ["A page."]
    assert set(seen[0]) <= set(pdf.ENVIRONMENT)


JUDGE = """
import resource, sys
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False, USE_THOUSAND_SEPARATOR=True)
from resources.files.facts import Refused
from resources.files.inspection import inspect
try:
    print(inspect(Path(sys.argv[1]), "report.pdf").page_count, "page")
except Refused as refused:
    print(refused)
print(*(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""
# A process is born with the peak of the one that starts it, here of all tests; the shell in between has next to none.
THROUGH_A_SHELL = ["sh", "-c", '"$0" "$@"; exit $?', sys.executable, "-c", JUDGE]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: pdfs.many_pages(5_000), "This PDF has 5,000 pages; the limit is 2,000. Split it into parts."),
        (lambda: pdfs.many_objects(1_000_000), "This PDF is made of 1,000,006 objects; the limit is 300,000."),
        (lambda: pdfs.many_objects(299_000), "1 page"),
        (lambda: pdfs.unpacks_to(300 * MB), "breaks the program that reads it"),
    ],
    ids=["5,000 pages", "a million objects", "as many objects as we take", "a bomb"],
)
def test_neither_we_nor_the_process_take_500_mb(tmp_path, make, words):
    path = tmp_path / "report.pdf"
    path.write_bytes(make())
    done = subprocess.run([*THROUGH_A_SHELL, path], cwd=pdf.ROOT, capture_output=True, text=True, check=True)
    sentence, peaks = done.stdout.splitlines()
    assert words in sentence
    assert max(int(kilobytes) * 1024 for kilobytes in peaks.split()) < 500_000_000
