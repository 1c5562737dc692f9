"""What a file is, by its content; names that say otherwise."""

import hashlib

import pytest

from resources.files.kinds import FileKind
from resources.files.limits import Limits
from tests.resources import containers, media, pdfs

CSV = "Título,Año\nEscuelas comunitarias,2011\n".encode()


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (pdfs.pdf(), "Report.PDF", "application/pdf"),
        (containers.office("docx"), "report.docx", FileKind.DOCX.media_type),
        (containers.office("xlsx"), "table.xlsx", FileKind.XLSX.media_type),
        (containers.office("pptx"), "slides.pptx", FileKind.PPTX.media_type),
        (containers.epub(), "book.epub", "application/epub+zip"),
        (CSV, "table.csv", "text/csv"),
        (b"ID3 of the school,MZ\n1,2\n", "table.csv", "text/csv"),
        (b"\xef\xbb\xbf" + CSV, "table.csv", "text/csv"),
        (b"title,format\nfoo,%PDF-1.4 is\n", "table.csv", "text/csv"),
        (media.mp3(), "talk.mp3", "audio/mpeg"),
        (media.mp3(tag=media.id3_tag()), "talk.mp3", "audio/mpeg"),
        (media.mp4(), "film.mp4", "video/mp4"),
    ],
)
def test_each_kind_is_taken_with_its_size_and_hash(upload, content, name, media_type):
    facts = upload(content, name)
    assert facts.media_type == media_type
    assert facts.extension == name.rpartition(".")[2].lower()
    assert facts.size == len(content)
    assert facts.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (containers.office("docx"), "report.pdf", "says PDF, but the content is DOCX"),
        (pdfs.pdf(), "table.csv", "says CSV, but the content is PDF"),
        (b"\xef\xbb\xbf \r\n%PDF-1.4", "table.csv", "says CSV, but the content is PDF"),
        (pdfs.pdf(), "report.docx", "says DOCX, but the content is PDF"),
        (b"title\n" + pdfs.pdf(), "report.docx", "says DOCX, but the content is PDF"),
        (b"<!DOCTYPE html><p>Hello", "report.pdf", "says PDF, but the content is a web page"),
        (b"<html><p>Not found", "table.csv", "says CSV, but the content is a web page"),
        (b"  <script>alert(1)</script>", "report.pdf", "says PDF, but the content is a web page"),
        (b'<?xml version="1.0"?><!-- x --><svg/>', "report.pdf", "says PDF, but the content is a drawing (SVG)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "report.docx", "an older Office file, or one with a password"),
        (b"\x89PNG\r\n", "report.pdf", "says PDF, but the content is a picture"),
        (b"MZ\x90\0", "report.pdf", "says PDF, but the content is a program"),
        (b"Only words", "report.pdf", "says PDF, but the content is of no kind that we know"),
        (containers.packed([("tool.exe", b"MZ")]), "report.docx", "says DOCX, but the content is of no kind"),
    ],
)
def test_a_name_that_says_something_else_is_refused_and_both_are_named(refusal, content, name, words):
    sentence = refusal(content, name)
    assert f"“{name}”" in sentence
    assert words in sentence
    assert "choose that copy" in sentence


@pytest.mark.parametrize("name", ["report", "report.exe", "report.pdf.html", "pdf"])
def test_a_name_of_no_kind_is_told_what_we_take(refusal, name):
    assert "We take: PDF, EPUB, DOCX" in refusal(pdfs.pdf(), name)


def test_an_empty_file_is_refused(refusal):
    assert refusal(b"", "report.pdf").startswith("This file is empty.")


def test_a_file_over_the_limit_is_told_its_size(refusal):
    sentence = refusal(CSV * 100, "table.csv", limits=Limits(file_bytes=1024))
    assert "the limit is 1.0\xa0KB" in sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Año".encode("latin-1"), "save it as “CSV UTF-8”"),
        ("a,b".encode("utf-16"), "save it as “CSV UTF-8”"),
        (b"a,b\n1,\0\n", "bytes that are not text"),
        ("Año".encode()[:-2], "not in UTF-8"),
    ],
)
def test_a_table_that_is_not_plain_text_is_told_how_to_save_it(refusal, content, words):
    assert words in refusal(content, "table.csv")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (media.id3_tag(), "talk.mp3", "holds no sound"),
        (media.mp3(frames=1) + b"\0" * 999, "talk.mp3", "holds no sound"),
        (media.mp4()[:-5], "film.mp4", "cut off or damaged"),
        (media.box(b"ftyp", b"isom"), "film.mp4", "cut off or damaged"),
    ],
)
def test_sound_and_film_without_what_players_need_are_refused(refusal, content, name, words):
    assert words in refusal(content, name)
