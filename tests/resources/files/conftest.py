"""A function that judges bytes as if somebody had uploaded them."""

import pytest

from resources.files.facts import Refused
from resources.files.inspection import inspect


@pytest.fixture
def upload(tmp_path):
    """upload(content, "report.pdf") gives the FileFacts."""

    def judge(content, name, **options):
        path = tmp_path / "upload"
        path.write_bytes(content)
        return inspect(path, name, **options)

    return judge


@pytest.fixture
def refusal(upload):
    """refusal(content, "report.pdf") gives the sentence with which the file is refused."""

    def judge(content, name, **options):
        with pytest.raises(Refused) as refused:
            upload(content, name, **options)
        return str(refused.value)

    return judge
