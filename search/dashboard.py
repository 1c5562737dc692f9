"""How best results stand, for the staff, and what to do where readers do not see one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from publishing.admin_urls import change_url
from publishing.dashboard import EXAMPLES, Waiting
from search.models import BestResult


@dataclass(frozen=True)
class State:
    """How a best result stands: a word, the class of its box, and, where readers do not see it, what to do."""

    label: str
    look: str
    advice: str = ""


def state_of(best):
    """The `State` of a row of `BestResultQuerySet.with_items()`."""
    if best.is_over:
        return State(_("Over"), "retired", _("Its last day has passed. Choose a later one, or delete it."))
    if best.is_public:
        return State(_("Shown"), "live")
    if best.is_to_come:
        return State(_("Not yet"), "scheduled", _("What was chosen is scheduled. It is shown when readers see it."))
    if best.address:
        return State(_("Hidden"), "retired", _("What was chosen was taken offline. Choose another, or delete this."))
    return State(_("Hidden"), "retired", _("What was chosen is gone. Choose another, or delete this."))


def hidden_best_results(user):
    """A line of the dashboard for those who may mend it: best results whose item is not public."""
    if not user.has_perm("search.change_bestresult"):
        return
    hidden = BestResult.objects.in_force().with_items().filter(is_public=False, is_to_come=False)
    examples = [(str(best), change_url(BestResult, best.pk)) for best in hidden]
    yield Waiting(len(examples), _("Best results that readers cannot see"), examples[:EXAMPLES])
