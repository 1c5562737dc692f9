"""Helpers for the tests of importing in the admin: a file goes up, its dry run is read and imported."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.drafts import fields_of
from tests.resources.formats.samples import written

LIST = "/admin/resources/publication/"
UPLOAD = f"{LIST}import/"


def upload(client, content, file_name="works.csv", **fields):
    content = content.encode() if isinstance(content, str) else content
    return client.post(UPLOAD, {"file": SimpleUploadedFile(file_name, content)} | fields)


def dry_run(client, *records, content=None, file_name="works.csv"):
    """The address of the dry run of a file, and its page."""
    answer = upload(client, content or written("csv", *records), file_name)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"], client.get(answer["Location"]).content.decode()


def fields_on(html):
    return fields_of(html.replace('class="import"', 'id="import_form"'))


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def import_these(client, address, html, **fields):
    return client.post(address, fields_on(html) | fields, follow=True)
