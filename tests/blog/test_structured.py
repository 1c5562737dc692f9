"""An entry as data for programs."""

import json
import re

import pytest

from tests.articles import publish_entry
from tests.library import organization, person

pytestmark = pytest.mark.django_db


def posting(client, entry):
    html = client.get(entry.get_absolute_url()).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    (data,) = [data for data in map(json.loads, found) if data["@type"] == "BlogPosting"]
    return data


def test_programs_read_who_wrote_it_when_and_when_it_was_corrected(client):
    entry = publish_entry(
        writers=[person("Quill", "Ada"), organization("The office")],
        tags=["Ideas"],
        dated_on="2026-11-12",
        correction="The year was wrong.",
        corrected_on="2026-11-20",
    )
    assert posting(client, entry) == {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": "Partners first",
        "description": "In short.",
        "inLanguage": "en",
        "datePublished": "2026-11-12",
        "dateModified": "2026-11-20",
        "author": [{"@type": "Person", "name": "Ada Quill"}, {"@type": "Organization", "name": "The office"}],
        "keywords": ["Ideas"],
        "url": "https://www.example.org/blog/partners-first/",
    }


def test_nothing_is_said_that_nobody_knows(client):
    data = posting(client, publish_entry(dated_on="2026-11-12"))
    assert not {"dateModified", "author", "keywords"} & data.keys()
