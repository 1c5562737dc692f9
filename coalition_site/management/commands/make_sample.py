from django.core.management.base import BaseCommand, CommandError

from coalition_site import sample_library


class Command(BaseCommand):
    help = "Fill an empty library with made-up works and their index, to measure a large site. DATABASE_URL says where."

    def add_arguments(self, parser):
        parser.add_argument("--publications", type=int, default=1000, metavar="N", help="How many works.")
        parser.add_argument("--pages-each", type=int, default=30, metavar="M", help="Pages of the file of each.")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="Another number makes other works.")

    def handle(self, *args, publications, pages_each, seed, **options):
        if publications < 1 or pages_each < 1:
            raise CommandError("--publications and --pages-each are at least 1.")
        try:
            for sentence in sample_library.make(publications, pages_each, seed):
                self.stdout.write(sentence)
        except sample_library.Refused as refused:
            raise CommandError(str(refused)) from refused
