from django.core.management.base import CommandError
from django.db import DatabaseError

from keeping.archive import path_of
from keeping.commands import KeepingCommand
from keeping.errors import Refused
from keeping.restore import restore


class Command(KeepingCommand):
    help = "Bring a backup back into an empty database (DATABASE_URL) and an empty folder (MEDIA_ROOT)."
    requires_system_checks = ()  # some look at tables
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="The archive that `backup` has written.")
        parser.add_argument("--identity", metavar="KEYFILE", help="The private key, where the backup is encrypted.")

    def handle(self, *args, file, identity, **options):
        try:
            manifest = restore(path_of(file), identity)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except DatabaseError as error:
            raise CommandError(f"The database does not answer as it should: {str(error).strip()}") from error
        files = sum(name.startswith("media/") for name in manifest["members"])
        self.stdout.write(
            f"Restored as of {manifest['moment']}: {sum(manifest['rows'].values()):,} rows in "
            f"{len(manifest['rows'])} tables, {files:,} files. The site can be started."
        )
        if manifest["missing"]:
            self.stdout.write(f"{len(manifest['missing']):,} files were missing already when the backup was made.")
