"""Checks of content: what is wrong with a text, in sentences that say what to do.

Errors stop a publish, warnings do not. (Django's own system checks are something else.)
"""

from copy import copy
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from publishing.blocks import Heading, PictureBlock
from publishing.checks.findings import Finding, Level, Topic, of_item
from publishing.checks.languages import check_languages
from publishing.checks.links import check_links, paths_of
from publishing.checks.passages import content_of
from publishing.checks.reading import ReadingGrade, long_sentences, reading_grade
from publishing.checks.structure import check_empty_blocks, check_headings, check_item, check_pictures
from publishing.snapshots import as_shown, materialize

__all__ = ["Finding", "Level", "Report", "check_content", "errors_of", "findings_of", "links_of", "report_on"]


@dataclass(frozen=True)
class Report:
    """What the form shows beside a draft: findings, errors first; sentences on what is well; how hard it reads."""

    findings: list
    grade: ReadingGrade
    passed: list = field(default_factory=list)
    long_sentences: list = field(default_factory=list)


def check_content(item, *, check_links=True):
    """Findings on an item in memory (its title, its summary, `item.blocks`), errors first.

    Costs no query for the blocks, and a fixed number for all links together; `check_links=False` leaves out whether
    links answer, for texts that come in together and link to each other.
    """
    content = content_of(item)
    return _findings(item, content, reading_grade(content.running_text, item.language), check_links)


def findings_of(revision):
    """A Report on a draft. Asks nothing of the item's own tables."""
    return report_on(materialize(revision.content_type.model_class(), revision.object_id, revision.data))


def report_on(item):
    """A Report on an item in memory as its draft has it, which stays as it is."""
    item = as_shown(copy(item))
    content = content_of(item)
    text = content.running_text
    grade = reading_grade(text, item.language)
    findings = _findings(item, content, grade, True)
    return Report(findings, grade, _passed(item, content, findings), long_sentences(text))


def links_of(revision):
    """Pairs (link, path) for the links of a draft that lead to this site; `links.dead_paths` judges the paths."""
    item = as_shown(materialize(revision.content_type.model_class(), revision.object_id, revision.data))
    return paths_of(content_of(item), item)


def errors_of(draft, *, check_links=True):
    """The errors of a draft's content, in the form that NotReady has them in."""
    errors = {}
    for finding in check_content(draft, check_links=check_links):
        if finding.is_error:
            rows = errors.setdefault(finding.label, {}) if finding.key else errors
            fields = rows.setdefault(finding.key or "item", {})
            fields.setdefault(finding.field, []).append(finding.in_words)
    return errors


def _findings(item, content, grade, are_links_asked):
    found = [
        *check_item(item),
        *check_empty_blocks(content),
        *check_pictures(content),
        *check_headings(content, item),
        *check_links(content, item, are_asked=are_links_asked),
        *check_languages(content, item.language),
        *_check_reading(grade),
    ]
    return sorted(found, key=lambda finding: not finding.is_error)


def _check_reading(grade):
    if not grade.is_hard:
        return []
    sentence = _("This text is hard to read: %(words)s. Shorter sentences and everyday words help all readers.")
    return [of_item(Level.WARNING, Topic.READING, sentence % {"words": grade.words})]


def _passed(item, content, findings):
    """Sentences for what was looked at and is well."""
    topics = {finding.topic for finding in findings}
    kinds = [
        (Topic.PICTURES, _("Every picture has words, or is decorative on purpose."), _any(content, PictureBlock)),
        (Topic.HEADINGS, _("Headings are in order."), _any(content, Heading)),
        (Topic.LINKS, _("All links to this site answer."), paths_of(content, item)),
        (Topic.LINK_WORDS, _("All links say where they lead."), content.links),
    ]
    return [sentence for topic, sentence, is_there in kinds if is_there and topic not in topics]


def _any(content, kind):
    return any(isinstance(block, kind) for block in content.blocks)
