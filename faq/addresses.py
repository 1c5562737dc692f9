"""What stands at the addresses of questions, for the checks of links and for readers' messages."""

from faq.models import Question
from feedback.subjects import Subject
from publishing.slugs import SlugAddresses

_addresses = SlugAddresses(Question, "faq", more="card/")

answering_paths = _addresses.answering


def subject_at(path):
    """The public question that a message may be about; None where no reader finds one."""
    question = _addresses.item_at(path)
    return question and Subject.of(question)
