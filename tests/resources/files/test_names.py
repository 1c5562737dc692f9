"""What a reader's copy is called."""

import pytest

from resources.files.names import download_name


@pytest.mark.parametrize(
    ("title", "year", "ascii_name", "full"),
    [
        ("Making the Difference", 2003, "making-the-difference-2003.pdf", "Making the Difference (2003).pdf"),
        ("Niños & schools", None, "ninos-schools.pdf", "Niños & schools.pdf"),
        ("Community’s Guide: A/B?", 2011, "communitys-guide-a-b-2011.pdf", "Community’s Guide – A B (2011).pdf"),
        ("../../etc/passwd", None, "etc-passwd.pdf", "etc passwd.pdf"),
        ("学校", 2011, "publication-2011.pdf", "学校 (2011).pdf"),
        ('"\r\n', None, "publication.pdf", "publication.pdf"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title, year, ascii_name, full):
    name = download_name(title, year, "pdf")
    assert (name.ascii, name.full) == (ascii_name, full)


def test_a_long_title_is_cut_between_words():
    name = download_name("Achieving results through community school partnerships " * 9, 2012, "pdf")
    assert len(name.full) <= 111
    assert name.full.endswith(" community school (2012).pdf")
    assert name.ascii.endswith("-community-school-2012.pdf")


def test_the_header_carries_both_names():
    header = download_name("Niños", 2011, "pdf").content_disposition
    assert header == "attachment; filename=\"ninos-2011.pdf\"; filename*=UTF-8''Ni%C3%B1os%20%282011%29.pdf"
