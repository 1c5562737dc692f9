from django.core.management.base import BaseCommand

from search import rebuilding
from search.registry import registered_models


class Command(BaseCommand):
    help = "Write the index anew from what is live, row by row, while readers go on searching."

    def handle(self, *args, **options):
        for model in registered_models():
            total = model._base_manager.count()
            for done in rebuilding.rebuild(model):
                self.stdout.write(f"{model._meta.label}: {done} of {total}")
        removed = rebuilding.finish()
        self.stdout.write(f"{removed} rows of deleted items removed. Words counted.")
