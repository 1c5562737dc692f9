"""Videos on a page: a link that loads nothing by itself, with a transcript or nothing to transcribe."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pages.models import Video
from tests.publishing.more_blocks import KINDS, add, shown, words_of


def test_a_video_loads_nothing_before_a_reader_follows_the_link(page, client):
    add(page, Video)
    reading, html = shown(client)
    for element in ("iframe", "video", "embed", "object", "script", "img"):
        assert f"<{element}" not in html
    assert '<a href="https://video.example/watch?v=1">A day at school</a>' in html
    assert "(video, 12:30, with captions)" in " ".join(html.split())
    (details,) = reading.all("details")
    assert words_of(details) == "Transcript of “A day at school” The bell rings."
    assert details.get("open") is None


def test_captions_that_nobody_looked_for_are_not_spoken_of(page, client):
    add(page, Video, captions="", duration="")
    assert "(video)" in " ".join(shown(client)[1].split())


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"transcript": ""}, "Write down what is said"),
        ({"transcript": "<p> </p>"}, "Write down what is said"),
        ({"is_without_words": True}, "untick"),
    ],
)
def test_a_video_has_a_transcript_or_nothing_to_transcribe(page, values, sentence):
    with pytest.raises(ValidationError, match=sentence):
        add(page, Video, **values)
    with transaction.atomic(), pytest.raises(IntegrityError, match="transcript_or_none"):
        Video.objects.create(parent=page, region="main", ordering=1, **(KINDS[Video] | values))


def test_a_silent_video_has_no_empty_transcript(page, client):
    add(page, Video, transcript="", is_without_words=True)
    assert not shown(client)[0].all("details")


@pytest.mark.parametrize("duration", ["0:45", "5:00", "59:59", "1:05:00", "12:00:00"])
def test_lengths_of_videos(page, duration):
    add(page, Video, duration=duration)


@pytest.mark.parametrize("duration", ["12", "12.30", "5:60", "1:60:00", "75:00", "long", ":30"])
def test_what_is_no_length_of_a_video(page, duration):
    with pytest.raises(ValidationError, match="minutes and seconds"):
        add(page, Video, duration=duration)
