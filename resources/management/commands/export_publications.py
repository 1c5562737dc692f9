from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from resources.exports import records_of
from resources.formats import FORMATS
from resources.models import Publication


class Command(BaseCommand):
    help = "Write all public works to a file, as readers see them: drafts and what was taken offline stay out."

    def add_arguments(self, parser):
        parser.add_argument("format", choices=FORMATS)
        parser.add_argument("file", type=Path, help="It is replaced as a whole, or not at all.")

    def handle(self, *args, format, file, **options):
        works = Publication.objects.public().by_title()
        try:
            part = file.with_name(f"{file.name}.part")
            with part.open("wb") as content:
                content.writelines(FORMATS[format].write(records_of(works)))
            part.replace(file)
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error}") from error
        self.stdout.write(f"{works.count()} publications written to {file}.")
