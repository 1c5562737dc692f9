from django.utils.translation import gettext as _

from pages.models import ContactFacts
from publishing.admin_urls import change_url
from publishing.dashboard import Waiting


def contact_facts_to_confirm(user):
    """A line for whoever may change the contact facts, until somebody has confirmed them."""
    if user.has_perm("pages.change_contactfacts"):
        facts = list(ContactFacts.objects.filter(confirmed_on=None))
        examples = [(str(fact), change_url(ContactFacts, fact.pk)) for fact in facts]
        yield Waiting(len(facts), _("Contact facts that nobody has confirmed yet"), examples)
