"""Works as they stand, in their newest text: read for many at once, in a fixed number of queries."""

from dataclasses import dataclass

from publishing.many_to_many import as_fetched
from publishing.models import Revision, State
from publishing.snapshots import capture, materialize
from resources.describing import record_of
from resources.importing.naming import TERMS, own_identifiers
from resources.models import Publication, StoredFile, WorkFile
from resources.records import Record


@dataclass(frozen=True)
class Current:
    """A work with the newest text of it, in a draft or in public. `base`: None where the store has no text yet.

    `files`: key → StoredFile, of the files that the text names, and perhaps others.
    """

    pk: int
    base: Revision | None
    data: dict
    record: Record
    series_issn: str
    state: State
    files: dict

    @property
    def has_open_draft(self):
        return self.base is not None and self.base.published_at is None

    @property
    def own_identifiers(self):
        return own_identifiers(self.record.identifiers, self.series_issn)

    @property
    def version(self):
        """Another one as soon as somebody saves the work."""
        return (self.pk, self.base.pk if self.base else 0, self.state.value)


def current_works(keys, register):
    """Key → Current, for those works that exist."""
    works = Publication.objects.in_bulk(keys)
    revisions = {revision.object_id: revision for revision in Revision.objects.newest_of_each(Publication, works)}
    texts = {pk: revisions[pk].data if pk in revisions else capture(work) for pk, work in works.items()}
    files = _files_of(texts.values())
    return {pk: _current(work, revisions.get(pk), texts[pk], files, register) for pk, work in works.items()}


def _files_of(texts):
    """Key → StoredFile, of all files that some snapshots name."""
    rows = [row for data in texts for row in data["parts"].get(WorkFile._meta.label_lower, [])]
    return StoredFile.objects.in_bulk({row["file_id"] for row in rows} - {None})


def _current(work, revision, data, files, register):
    state = work.state
    draft = in_memory(work.pk, data, register)
    issn = draft.series.issn if draft.series else ""
    return Current(work.pk, revision, data, record_of(draft), issn, state, files)


def in_memory(pk, data, register):
    """A work with all that it links to, of which nothing is asked from the database.

    What a draft may hold and a record cannot (a contributor without a name, a number without a value) is left out.
    """
    work = materialize(Publication, pk, data)
    work.series = register.series.rows.get(work.series_id)
    work._prefetched_objects_cache |= {name: _terms(register.terms[name], data["m2m"].get(name, [])) for name in TERMS}
    for row in work.contributors.all():
        row.person = register.people.rows.get(row.person_id)
        row.organization = register.organizations.rows.get(row.organization_id)
    work.leave_out_unfinished("contributors", "identifiers", "links")
    return work


def _terms(names, keys):
    return as_fetched(names.model, [names.rows[key] for key in keys if key in names.rows])
