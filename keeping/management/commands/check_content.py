from django.conf import settings
from django.core.management.base import CommandError

from keeping.commands import KeepingCommand, reason
from keeping.models import Outcome
from publishing.content_checks import all_checks

FOUND, BROKEN = 1, 2  # exit status


class Command(KeepingCommand):
    help = (
        "Look at the content as a whole, a line for each thing that is found. Exit status, for monitoring: "
        "0 nothing was found, or all of it was mended; 1 something was found; 2 a check broke off."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--fix",
            action="store_true",
            help="Mend what is safe: write the search anew, delete files of a week ago that no row names. Never words.",
        )

    def handle(self, *args, fix, **options):
        left, broken = 0, []
        for check in all_checks():
            try:
                left += self.run_check(check, fix)
            except Exception as error:  # the others have their turn all the same
                broken.append(f"{check.name}: {reason(error)}")
            except BaseException as error:
                self.note(Outcome.Kind.CHECK, False, f"{check.name}: {reason(error)}")
                raise
        if broken:
            self.note(Outcome.Kind.CHECK, False, "\n".join(broken))
            raise CommandError("Broke off: " + "; ".join(broken), returncode=BROKEN)
        self.note(Outcome.Kind.CHECK, not left, str(left))
        if left:
            raise CommandError(f"{left:,} found.", returncode=FOUND)

    def run_check(self, check, fix):
        """Print what a check finds, below its name; give how much of it is left."""
        left = count = 0
        for trouble in check.find(fix):
            if not count:
                self.stdout.write(check.name)
            count += 1
            left += not trouble.is_mended
            address = f"  {settings.SITE_URL}{trouble.url}" if trouble.url else ""
            self.stdout.write(f"  {trouble.text}{' Mended.' if trouble.is_mended else ''}{address}")
        if not count:
            self.stdout.write(f"{check.name}: nothing.")
        return left
