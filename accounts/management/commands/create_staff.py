import secrets

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from accounts.models import accounts_at

PASSWORD_BYTES = 15


class Command(BaseCommand):
    help = "Create a staff account with all rights and print its random password, once."

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?", default="editor")

    def handle(self, *args, username, **options):
        if taken := accounts_at(username).first():
            raise CommandError(
                f"There is an account “{taken.username}” already. For a new password, say “changepassword” in the "
                "place of “create_staff”. For another account, give another name."
            )
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        get_user_model().objects.create_superuser(username=username, password=password)
        self.stdout.write(f"Account:  {username}\nPassword: {password}\nIt is shown only this once. Sign in at /admin/")
