"""The commands that write all works to a file, and read works from one."""

import pytest
from django.core.management import CommandError, call_command

from publishing.models import Revision
from resources.formats import FORMATS
from resources.models import Publication
from tests.library import draft_work, person, publish_work
from tests.resources.formats.samples import ARTICLE, written

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", FORMATS)
def test_the_commands_write_and_read_all_works(form, tmp_path, capsys):
    publish_work("One", issued_year=2011, authors=[person("Doe", "Jane")])
    draft_work("A Draft")
    file = tmp_path / f"works.{FORMATS[form].extension}"
    call_command("export_publications", form, str(file))
    assert "1 publications written" in capsys.readouterr().out
    revisions = Revision.objects.count()
    call_command("import_publications", str(file), publish=True)
    assert "0 works added, 0 updated; 0 of them are public now." in capsys.readouterr().out
    assert Revision.objects.count() == revisions


def test_the_command_tells_first_and_writes_only_when_asked(tmp_path, capsys):
    file = tmp_path / "works.csv"
    file.write_bytes(written("csv", ARTICLE))
    call_command("import_publications", str(file), dry_run=True)
    told = capsys.readouterr().out
    assert "2: Where It All Comes Together (new)" in told
    assert "journal or book: “” → “American Educator”" in told
    assert Publication.objects.count() == 0
    call_command("import_publications", str(file), publish=True)
    assert Publication.objects.public().count() == 1
    assert Revision.objects.get().note == "Imported from works.csv"


def test_the_command_leaves_alone_or_updates_what_is_known(tmp_path):
    publish_work("One", identifiers=[("eric", "ED477535")])
    file = tmp_path / "works.csv"
    file.write_text("title,identifiers,edition\nOne,ED477535,2nd ed.\n")
    call_command("import_publications", str(file), "--skip-known", "--publish", verbosity=0)
    assert Publication.objects.get().edition == ""
    call_command("import_publications", str(file), "--update", "--publish", verbosity=0)
    assert Publication.objects.get().edition == "2nd ed."


def test_the_command_ends_with_a_fault_and_writes_nothing(tmp_path):
    file = tmp_path / "works.csv"
    file.write_text("title,year\nOne,2011\nTwo,soon\n")
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_publications", str(file))
    with pytest.raises(CommandError, match="The file cannot be read"):
        call_command("import_publications", str(tmp_path / "none.csv"))
    assert Publication.objects.count() == 0
