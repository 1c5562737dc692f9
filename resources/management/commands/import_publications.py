from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from resources.formats import FORMATS
from resources.importing import describing
from resources.importing.applying import Refused, apply, one_at_a_time
from resources.importing.guessing import format_of
from resources.importing.planning import SKIP, UPDATE, make_plan


class Command(BaseCommand):
    help = (
        "Import works from a file, all or none, as drafts or with --publish. Works that are known are updated where "
        "that is sure and skipped where it is not, unless --update or --skip-known says otherwise."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FORMATS, help="Guessed from the file when it is left out.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, field by field, and end.")
        parser.add_argument(
            "--publish", action="store_true", help="Publish what is new, and changes of what is public."
        )
        known = parser.add_mutually_exclusive_group()
        known.add_argument("--update", dest="policy", action="store_const", const=UPDATE, help="Update what is known.")
        known.add_argument("--skip-known", dest="policy", action="store_const", const=SKIP, help="Leave it alone.")

    def handle(self, *args, file, format, dry_run, publish, policy, **options):
        try:
            with file.open("rb") as content:
                reading = FORMATS[format or format_of(file.name, content)].read(content)
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error}") from error
        with one_at_a_time():
            plan = make_plan(reading, policy=policy)
            for line in describing.lines(plan, with_changes=dry_run):
                self.stdout.write(line)
            if not plan.is_good:
                raise CommandError("Nothing was imported. Correct the file first.")
            if not dry_run:
                self._apply(plan, f"Imported from {file.name}", publish)

    def _apply(self, plan, note, publish):
        try:
            result = apply(plan, note=note, with_publishing=publish)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{result.made} works added, {result.updated} updated; {result.published} of them are public now."
        )
