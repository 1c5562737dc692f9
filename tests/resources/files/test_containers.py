"""Zip containers that are damaged, lie about their size, or point outside."""

import pytest

from resources.files.limits import MB, Limits
from tests.resources import containers
from tests.resources.containers import office


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (office("docx", ("../../etc/cron.d/job", b"x")), "point outside"),
        (office("docx", ("/etc/passwd", b"x")), "point outside"),
        (office("docx", ("C:\\tool.exe", b"x")), "point outside"),
        (office("docx", containers.link_to("/etc/passwd")), "point outside"),
        (office("docx", ("WORD/Document.xml", b"<other/>")), "two parts of one name"),
        (containers.locked(), "locked by a password"),
        (office()[: len(office()) // 2], "damaged or cut off"),
        *((containers.with_part_at(place), "damaged or cut off") for place in (2**63 + 5, 2**63 - 1, 2**64 - 1, 9_999)),
        (containers.with_name_of_wrong_bytes(), "damaged or cut off"),
        (b"#!/bin/sh\n" + office(), "says DOCX, but the content is a program"),
        (office() + b"<script>", "in front of it or behind it"),
    ],
)
def test_a_container_that_is_not_sound_is_refused_with_its_reason(refusal, content, words):
    assert words in refusal(content, "report.docx")


@pytest.mark.parametrize("make", [containers.bomb, containers.bomb_that_lies])
def test_a_zip_bomb_is_refused_whatever_it_claims(refusal, make):
    sentence = refusal(make(64 * MB), "report.docx", limits=Limits(unpacked_bytes=20 * MB))
    assert "far more than it seems to hold" in sentence or "damaged" in sentence


def test_a_small_file_that_unpacks_to_much_is_refused_by_its_ratio(refusal):
    assert "far more than it seems to hold" in refusal(containers.bomb(40 * MB), "report.docx")


def test_thousands_of_parts_are_refused_before_they_are_listed(refusal):
    parts = [(f"word/{number}.xml", b"") for number in range(6_000)]
    assert "far more than it seems to hold" in refusal(office("docx", *parts), "report.docx")
