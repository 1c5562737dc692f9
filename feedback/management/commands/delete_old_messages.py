from django.conf import settings
from django.core.management.base import BaseCommand

from feedback.retention import delete_old_messages


class Command(BaseCommand):
    help = "Delete the messages of readers whose time has passed (FEEDBACK_MONTHS). The worker does it every day."

    def handle(self, *args, **options):
        number = delete_old_messages()
        self.stdout.write(f"{number} messages that were older than {settings.FEEDBACK_MONTHS} months are deleted.")
