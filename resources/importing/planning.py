"""What an import would do, row by row and field by field, before anything is written."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from publishing.models import State
from resources.formats.reading import Fault
from resources.identifiers import comparable, display
from resources.importing.comparing import changes_to, records_needed, target_of
from resources.importing.current import Current, current_works
from resources.importing.fitting import faults_of
from resources.importing.matching import Catalog, Sketch, Sketches, Sure, unique_identifiers
from resources.importing.naming import Register, tidied

NEW, SKIP, UPDATE = "new", "skip", "update"


def update_of(pk):
    """The choice to update the work with this key."""
    return f"{UPDATE}-{pk}"


@dataclass(frozen=True)
class PlannedRow:
    """A row of the file, the works that it may be, and what would happen to it by a choice.

    `options` are the choices that a person has: NEW, SKIP and `update_of` a match. Nothing is chosen for a faulty row.
    """

    number: int
    title: str = ""
    faults: tuple = ()
    notes: tuple = ()
    matches: tuple = ()
    options: tuple = ()
    choice: str = ""
    changes: tuple = ()
    target: object = None
    current: Current | None = None

    @property
    def outcome(self):
        """“fault”, “new”, “update”, “same” (an update that changes nothing) or “skip”."""
        if self.faults:
            return "fault"
        if self.current:
            return UPDATE if self.changes else "same"
        return self.choice

    @property
    def is_written(self):
        return self.outcome in (NEW, UPDATE)

    @property
    def is_unsure(self):
        """Whether a person should look: it may be a work that is known, or that of an earlier row."""
        return bool(self.options) and (not self.matches or self.matches[0].sure == Sure.CLOSE)


@dataclass(frozen=True)
class Plan:
    """All rows, in the order of the file. `faults` are of the file as a whole."""

    rows: tuple
    faults: tuple
    notes: tuple
    register: Register
    taken_slugs: set

    @property
    def is_good(self):
        return not self.faults and not self.count["fault"]

    @cached_property
    def count(self):
        """Outcome → number of rows."""
        return Counter(row.outcome for row in self.rows)

    @cached_property
    def made(self):
        """The people, organizations and series that the import would add."""
        needed = (record for row in self.rows if row.is_written for record in records_needed(row.target))
        return list({id(record): record for record in needed if record.pk is None}.values())

    @cached_property
    def fingerprint(self):
        """Another one when the same file would do something else: the library has changed, or the rules have."""
        told = [
            (row.number, row.options, row.choice, row.changes and [(c.field, c.old, c.new) for c in row.changes],
             row.current and row.current.version, [fault.sentence for fault in row.faults])
            for row in self.rows
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def make_plan(reading, choices=None, policy=None):
    """The Plan of a Reading. `choices` are those of a person, by the number of the row.

    `policy` says for all rows at once what becomes of works that are known: UPDATE or SKIP. Without either, what is
    known for sure is updated, what is close is skipped until somebody decides, all else is new.
    """
    return _Planner(reading, choices or {}, policy).plan()


class _Planner:
    def __init__(self, reading, choices, policy):
        self.reading, self.choices, self.policy = reading, choices, policy
        self.register = Register()
        self.catalog = Catalog(self.register)
        self.updated = {}  # key of a work → number of the row that updates it

    def plan(self):
        judged = [self._judged(row) for row in self.reading.rows]
        twins = dict(_twins(judged))
        chosen = [self._chosen(row, record, twins.get(row.number)) for row, record in judged]
        keys = {_key_in(row.choice) for row, _record in chosen} - {None}
        works = current_works(keys, self.register)
        rows = [self._planned(row, record, works) for row, record in chosen]
        return Plan(tuple(rows), self.reading.faults, self.reading.notes, self.register, set(self.catalog.taken_slugs))

    def _judged(self, row):
        """A row with its matches, and its record (None with faults)."""
        if row.record is None:
            return PlannedRow(row.number, faults=row.faults), None
        record = tidied(row.record)
        return PlannedRow(row.number, record.title, matches=self.catalog.matches(record)), record

    def _chosen(self, row, record, twin):
        """A row with its options and the choice among them; `twin` says that an earlier row of the file is alike."""
        if record is None:
            return row, None
        if twin and twin.is_fault:
            return replace(row, faults=(Fault(twin.sentence, row.number),)), record
        notes = (twin.sentence,) if twin and not row.matches else ()
        options = _options(row.matches, bool(notes))
        choice = self.choices.get(row.number) or self._default(row, bool(notes))
        if options and choice not in options:
            choice = self._default(row, bool(notes))
        return replace(row, notes=notes, options=options, choice=choice if options else NEW), record

    def _default(self, row, is_twin):
        if not row.matches:
            return SKIP if is_twin else NEW
        first = row.matches[0]
        if self.policy == SKIP or (self.policy is None and first.sure == Sure.CLOSE):
            return SKIP
        return update_of(first.pk)

    def _planned(self, row, record, works):
        if row.faults or row.choice == SKIP:
            return row
        current = works.get(_key_in(row.choice))
        target = target_of(record, self.register, current)
        faults = [*self._conflicts(row, record, target, current)]
        if target.fields:
            faults += faults_of(target, row.number, current)
        return replace(
            row,
            target=target,
            current=current,
            changes=changes_to(target, current),
            faults=tuple(faults),
            notes=(*row.notes, *target.named.notes, *_notes_on(current, target)),
        )

    def _conflicts(self, row, record, target, current):
        """Faults of a row beside others: two rows for one work, a number that belongs to another work."""
        pk = current.pk if current else None
        for one in unique_identifiers(record):
            others = self.catalog.by_identifier.get(comparable(one), set()) - {pk}
            for other in sorted(others & self.catalog.titles.keys()):
                sentence = _("%(number)s is the number of another publication, “%(title)s”.")
                yield Fault(sentence % {"number": display(one), "title": self.catalog.titles[other]}, row.number)
        if pk and target.fields:
            first = self.updated.setdefault(pk, row.number)
            if first != row.number:
                yield Fault(
                    _("Row %(row)s updates the same publication. Keep one of the two.") % {"row": first}, row.number
                )


@dataclass(frozen=True)
class _Twin:
    """How a row is alike with an earlier one of the same file."""

    sentence: str
    is_fault: bool


def _twins(judged):
    """Pairs of the number of a row and its _Twin. Two keys are two works, whatever their titles."""
    numbers, sketches = {}, Sketches()
    for row, record in judged:
        if record is None:
            continue
        own = {("key", record.key): record.key} if record.key else {}
        own |= {comparable(one): display(one) for one in unique_identifiers(record)}
        same = next((key for key in own if key in numbers), None)
        sketch = Sketch.of_record(record)
        if same:
            sentence = _("%(number)s stands in row %(row)s too. Keep one of the two rows, or correct the number.")
            yield row.number, _Twin(sentence % {"number": own[same], "row": numbers[same]}, is_fault=True)
        elif alike := [
            (likeness, -number) for (number, key), likeness in sketches.alike(sketch) if not (key and record.key)
        ]:
            likeness, number = max(alike)  # the surest; the first of several
            yield row.number, _Twin(_sentence_on_twin(likeness) % {"row": -number}, is_fault=False)
        sketches.add((row.number, record.key), sketch)
        for key in own:
            numbers.setdefault(key, row.number)


def _sentence_on_twin(likeness):
    if likeness == Sure.SAME_WORDS:
        return _("Row %(row)s has the same title, year and authors.")
    return _("Title, year and authors are close to those of row %(row)s.")


def _options(matches, is_twin):
    """An identifier or a key belongs to one work, so a second one with it is not offered."""
    if not matches:
        return (NEW, SKIP) if is_twin else ()
    updates = tuple(update_of(match.pk) for match in matches)
    return (*updates, SKIP) if matches[0].sure >= Sure.IDENTIFIER else (*updates, NEW, SKIP)


def _key_in(choice):
    return int(choice.partition("-")[2]) if choice.startswith(UPDATE) else None


def _notes_on(current, target):
    if current is None or not target.fields:
        return
    if current.state == State.RETIRED:
        yield _("It was taken offline. The change is saved as a draft and not published.")
    elif current.has_open_draft:
        yield _("It has an open draft. The change is saved in it and not published.")
