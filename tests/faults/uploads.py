"""What staff upload during a fault."""

import http.client
import io
import os
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.faults.load import Browser
from tests.faults.machine import HOST

ADD_PICTURE = "/admin/publishing/picture/add/"


def store_reports(number):
    """Hand reports of many pages to the worker; gives their keys."""
    from benchmarks.sample_files import long_report
    from resources import file_store

    reports = (SimpleUploadedFile(f"{one}.pdf", long_report(100 + one)) for one in range(number))
    return [file_store.take(report).pk for report in reports]


def picture():
    """A picture of some 200 kB that nobody has uploaded before."""
    from PIL import Image

    file = io.BytesIO()
    Image.frombytes("RGB", (260, 260), os.urandom(260 * 260 * 3)).save(file, "PNG")
    return file.getvalue()


def upload_a_picture(machine, is_beside):
    """Upload a picture through the admin's form, at the site's socket or as people do; gives what was answered."""
    from tests.drafts import fields_of

    browser = Browser(machine, is_beside=is_beside, cookie=machine.cookie)
    try:
        status, _headers, text = browser.ask("GET", ADD_PICTURE)
        if status != 200:
            return f"form: {status}"
        fields = fields_of(text.decode()) | {"title": f"Picture {uuid.uuid4()}", "_save": "1"}
        status, _headers, text = browser.ask("POST", ADD_PICTURE, multipart(fields, picture()), **{
            "Content-Type": "multipart/form-data; boundary=picture", "Origin": f"https://{HOST}",
        })  # fmt: skip
        return {302: "saved", 200: "the form again, with the reason"}.get(status, str(status))
    except (OSError, http.client.HTTPException) as error:
        return f"no answer ({type(error).__name__})"
    finally:
        browser.close()


def multipart(fields, image):
    parts = [
        f'--picture\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        '--picture\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    )
    return b"".join([*parts, head.encode(), image, b"\r\n--picture--\r\n"])
