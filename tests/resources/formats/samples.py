"""Records and files for the tests of formats."""

import io

from resources.formats import FORMATS
from resources.kinds import ContributorRole, Kind, LinkKind, Scheme
from resources.records import Contributor, Identifier, Link, Name, PartialDate, Record

ARTICLE = Record(
    title="Where It All Comes Together",
    subtitle="How Partnerships Connect Communities and Schools",
    kind=Kind.ARTICLE,
    contributors=(
        Contributor(Name(family="Blank", given="Martin J.")),
        Contributor(Name(family="Villarreal", given="Lisa")),
        Contributor(Name(literal="American Federation of Teachers"), ContributorRole.PUBLISHER),
    ),
    issued=PartialDate(2015, 9),
    language="en",
    page_range="4-9, 43",
    container="American Educator",
    volume="39",
    number="3",
    identifiers=(Identifier(Scheme.ERIC, "EJ1076382"), Identifier(Scheme.ISSN, "0148-432X")),
    links=(Link("https://eric.ed.gov/?id=EJ1076382"),),
    topics=("partnerships", "movement history"),
    levels=("local",),
    key="where-it-all-comes-together",
)
REPORT = Record(
    title="Community Schools Evaluation: 100% & More_",
    kind=Kind.BRIEF,
    contributors=(
        Contributor(Name(literal="Coalition for Community Schools")),
        Contributor(Name(family="Leung-Gagné", given="Melanie")),
        Contributor(Name(family="Berg", given="Jan", particle="van der", suffix="Jr.")),
        Contributor(Name(literal="Learning Policy Institute"), ContributorRole.PUBLISHER),
    ),
    issued=PartialDate(2025, 3, 14),
    page_count=48,
    identifiers=(Identifier(Scheme.DOI, "10.1234/abc"), Identifier(Scheme.ISBN, "0937846112")),
    links=(Link("https://www.example.org/report", LinkKind.FULL_TEXT),),
    abstract="One paragraph.\nAnother one.",
    topics=("research",),
)
# One that fills every field of a record.
FULL = Record(
    title="Schools & “Communities”: 100% Together_",
    subtitle="A Peña–Łódź Study",
    kind=Kind.CASE_STUDY,
    contributors=(
        Contributor(Name(family="Berg", given="Jan", particle="van der", suffix="Jr.")),
        Contributor(Name(literal="Coalition for Community Schools")),
        Contributor(Name(family="Leung-Gagné", given="Melanie"), ContributorRole.EDITOR),
        Contributor(Name(family="Ruiz", given="Ana"), ContributorRole.TRANSLATOR),
        Contributor(Name(literal="A Workshop"), ContributorRole.PREPARER),
        Contributor(Name(literal="A Press"), ContributorRole.PUBLISHER),
        Contributor(Name(literal="A Fund"), ContributorRole.SPONSOR),
    ),
    issued=PartialDate(2018, 5, 24),
    language="en",
    page_count=220,
    page_range="4-9, 43",
    edition="2nd ed.",
    container="A Book of Schools",
    series="Occasional Papers",
    volume="7",
    number="3",
    identifiers=(
        Identifier(Scheme.DOI, "10.1234/abc_d"),
        Identifier(Scheme.ERIC, "ED477535"),
        Identifier(Scheme.ISBN, "9780226823362"),
        Identifier(Scheme.ISSN, "0148-432X"),
        Identifier(Scheme.REPORT_NUMBER, "RR-2100"),
        Identifier(Scheme.URL, "https://www.example.org/x"),
    ),
    links=(Link("https://www.example.org/a"), Link("https://www.example.org/b", LinkKind.NOTICE)),
    summary="In short.",
    abstract="What it says in one paragraph.",
    topics=("Research", "Health and more"),
    roles=("Principal",),
    results=("Attendance",),
    places=("Ohio",),
    levels=("local", "state"),
    tags=("Mott",),
    rights="Copy freely.",
    license="CC-BY-4.0",
    access="open",
    key="a-work",
    url="https://www.example.org/resources/publications/a-work/",
)


def written(name, *records):
    """The bytes of a file of some records."""
    return b"".join(FORMATS[name].write(records))


def read(name, content):
    """The Reading of a file with this content, bytes or text."""
    return FORMATS[name].read(io.BytesIO(content.encode() if isinstance(content, str) else content))


def sentences(reading):
    """All faults, of the file and of its rows."""
    return [fault.sentence for fault in (*reading.faults, *(fault for row in reading.rows for fault in row.faults))]
