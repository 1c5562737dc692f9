from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError

from keeping import backup, prove
from keeping.archive import path_of
from keeping.commands import KeepingCommand, reason
from keeping.errors import Refused
from keeping.models import Outcome

MOST_LINES = 20
WITH_FAULTS = 2  # the exit status


class Command(KeepingCommand):
    help = (
        "Write database, files and a manifest to one archive; --prove restores one beside the site and compares. "
        "Exit status: 0 all is well, 1 there is no backup or no proof, 2 it is there and tells of faults."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="Where the archive is to be, or is (--prove).")
        parser.add_argument(
            "--recipient", metavar="KEY", default=settings.BACKUP_PUBLIC_KEY, help="Encrypt to this public key of age."
        )
        parser.add_argument("--prove", action="store_true", help="Prove FILE: restore it beside the site and compare.")
        parser.add_argument("--identity", metavar="KEYFILE", help="The private key, to prove what is encrypted.")
        parser.add_argument("--folder", metavar="FOLDER", help="Where the files of a proof have room for a while.")

    def handle(self, *args, file, prove, **options):
        kind = Outcome.Kind.PROOF if prove else Outcome.Kind.BACKUP
        path = path_of(file)
        try:
            faults = self.prove(path, options) if prove else self.make(path, options)
        except Refused as refused:
            self.note(kind, False, str(refused))
            raise CommandError(str(refused)) from refused
        except DatabaseError as error:
            self.note(kind, False, reason(error))
            raise CommandError(f"The database does not answer as it should: {str(error).strip()}") from error
        except BaseException as error:
            self.note(kind, False, reason(error))
            raise
        self.note(kind, not faults, "\n".join([path.name, *faults[:MOST_LINES]]))
        if faults:
            more = [f"… and {len(faults) - MOST_LINES:,} more."] if len(faults) > MOST_LINES else []
            raise CommandError("\n".join([*faults[:MOST_LINES], *more]), returncode=WITH_FAULTS)

    def make(self, path, options):
        """Make a backup; give what is wrong with the site, a sentence each."""
        manifest = backup.make(path, options["recipient"])
        rows, members = sum(manifest["rows"].values()), manifest["members"]
        files = sum(name.startswith("media/") for name in members)
        self.stdout.write(
            f"{path}: {path.stat().st_size:,} bytes, {rows:,} rows, {files:,} files, "
            f"{'encrypted' if options['recipient'] else 'not encrypted'}."
        )
        return [f"Missing: {line}" for line in manifest["missing"]] + [
            f"This page does not answer: {address}" for address in manifest["failed"]
        ]

    def prove(self, path, options):
        """Prove a backup; give what is wrong with it, a sentence each."""
        proof = prove.prove(path, options["identity"], options["folder"])
        for sentence in proof.shown:
            self.stdout.write(sentence)
        return proof.faults
