"""Random records, in the normal form that `resources.formats` describes."""

from hypothesis import strategies as st

from resources.kinds import Access, ContributorRole, Kind, Level, License, LinkKind, Scheme
from resources.records import Contributor, Identifier, Link, Name, PartialDate, Record

# What could be mistaken for something by one format or another.
TRAPS = (
    ";", ",", '"', "'", "=", "+", "-", "@", "--", "---", "``", "''", "{", "}", "\\", "$", "&", "%", "#", "_", "~", "^",
    "[", "]", " and ", "and", "org:", "person:", "TY  - ", "ER  - ", "[title] x", "_x0041_", "#N/A", "\\n", "\\par",
    "\u00a0", "\u2028", "\u3000", "\ufeff", "é", "ß", "Łódź", "日本", "😀", "<!--", "]]>", "&amp;", "=1+1",
    "null", "x-", "＝", "'＠", "+1 202 555 0100", "-5",
    "van der", "Berg", "Jr.", "doi:10.1/x", "http://x.example/;a=b",
)  # fmt: skip
CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))


def words(longest=60):
    """One line of text, not empty."""
    pieces = st.lists(st.one_of(st.sampled_from(TRAPS), st.text(CHARACTERS, max_size=6)), min_size=1, max_size=6)
    texts = pieces.map(lambda found: " ".join("".join(found).split(" ")).strip(" ")[:longest].strip(" "))
    return texts.map(lambda text: " ".join(word for word in text.split(" ") if word)).filter(bool)


def maybe(strategy, otherwise=""):
    return st.one_of(st.just(otherwise), strategy)


def paragraphs():
    return st.lists(maybe(words()), min_size=1, max_size=4).map("\n".join).map(lambda text: text.strip("\n "))


def several(strategy, most=3):
    return st.lists(strategy, max_size=most).map(tuple)


people = st.builds(Name, family=words(), given=maybe(words()), particle=maybe(words(10)), suffix=maybe(words(5)))
organizations = st.builds(Name, literal=words())
contributors = st.builds(Contributor, st.one_of(people, organizations), st.sampled_from(ContributorRole))
dates = st.one_of(
    st.builds(PartialDate, st.integers(1450, 2100)),
    st.builds(PartialDate, st.integers(1450, 2100), st.integers(1, 12)),
    st.dates().filter(lambda day: 1450 <= day.year <= 2100).map(lambda day: PartialDate(day.year, day.month, day.day)),
)
values = {
    Scheme.DOI: st.text("abz019.-_;()/<>[]", min_size=1, max_size=12).map(lambda tail: f"10.1234/{tail}"),
    Scheme.ERIC: st.integers(100_000, 9_999_999).map(lambda number: f"ED{number}"),
    Scheme.ISBN: st.sampled_from(["0937846112", "9780937846117", "1933493046"]),
    Scheme.ISSN: st.sampled_from(["0148-432X", "1059-308X", "1082-4669"]),
    Scheme.REPORT_NUMBER: words().map(lambda text: " ".join(f"No. 1 {text}".split())),
    Scheme.URL: st.sampled_from(["https://www.example.org/a;b", "https://doi.org/10.1234/x", "http://a.example/?q=1"]),
}
identifiers = st.one_of(*(st.builds(Identifier, st.just(scheme), found) for scheme, found in values.items()))
addresses = st.sampled_from(["https://www.example.org/", "https://www.example.org/a;b", "http://a.example/?q=~x&y=%20"])
pages = st.sampled_from(["4-9, 43", "288-313", "288-93", "S1–S12", "xii-xx", "e1034", "12"])
records = st.builds(
    Record,
    title=words(500),
    subtitle=maybe(words()),
    kind=st.one_of(st.none(), st.sampled_from(Kind)),
    contributors=several(contributors, 5),
    issued=st.one_of(st.none(), dates),
    language=st.sampled_from(["", "en", "es"]),
    page_count=st.one_of(st.none(), st.integers(1, 100_000)),
    page_range=maybe(pages),
    edition=maybe(words()),
    container=maybe(words()),
    series=maybe(words()),
    volume=maybe(words(50)),
    number=maybe(words(50)),
    identifiers=several(identifiers, 4),
    links=several(st.builds(Link, addresses, st.sampled_from(LinkKind))),
    summary=maybe(paragraphs()),
    abstract=maybe(paragraphs()),
    topics=several(words()),
    roles=several(words()),
    results=several(words()),
    places=several(words()),
    levels=several(st.sampled_from([level.value for level in Level])),
    tags=several(words()),
    rights=maybe(words()),
    license=maybe(st.sampled_from([license.value for license in License])),
    access=maybe(st.sampled_from([access.value for access in Access])),
    key=maybe(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True)),
    url=maybe(addresses),
)
