from django.core.management.base import BaseCommand

from coalition_site.content_loader import load_starting_content


class Command(BaseCommand):
    help = "Load the starting content. Safe to repeat: what an editor has changed is left alone."

    def handle(self, *args, **options):
        self.stdout.write(f"{load_starting_content()} items of the starting content written.")
