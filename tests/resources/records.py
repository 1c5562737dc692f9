"""Records for tests: short ways to write one, and strategies of hypothesis that make any."""

from hypothesis import strategies as st

from resources.kinds import Access, ContributorRole, Kind, License, LinkKind, Scheme
from resources.records import Contributor, Identifier, Link, Name, PartialDate, Record


def person(family, given="", **parts):
    return Name(family=family, given=given, **parts)


def contributors(*names, role=ContributorRole.AUTHOR):
    """Contributors of one role; a text is an organization."""
    return tuple(Contributor(name if isinstance(name, Name) else Name(literal=name), role) for name in names)


def record(
    title, *, authors=(), editors=(), translators=(), publishers=(), issued=(), identifiers=(), links=(), **facts
):
    """A record in few words: `issued=(2018, 5, 24)`, `identifiers=[(Scheme.DOI, "10.1/x")]`.

    Organizations and pages about the work are texts.
    """
    return Record(
        title,
        contributors=(
            *contributors(*authors),
            *contributors(*editors, role=ContributorRole.EDITOR),
            *contributors(*translators, role=ContributorRole.TRANSLATOR),
            *contributors(*publishers, role=ContributorRole.PUBLISHER),
        ),
        issued=PartialDate(*issued) if issued else None,
        identifiers=tuple(Identifier(*one) for one in identifiers),
        links=tuple(link if isinstance(link, Link) else Link(link) for link in links),
        **facts,
    )


# Words as people type and paste them: quotation marks alone and in pairs, dots, commas, spaces, scripts, dashes.
pieces = st.sampled_from(
    ["School", "the", "U.S.", "Inc.", "O’Neil", "van", "STEM", "Peña", "学校", "2nd", "ed.", "1998", "ß", "e\u0301",
     "“", "”", '"', "'", "’90s", "?", "!", ".", "..", "...", ",", ";", ":", "-", "—", "(", ")", "&",
     " ", "  ", "\n", "\u00a0"]
)  # fmt: skip
messy_words = st.lists(pieces, max_size=8).map("".join)
any_words = st.one_of(st.just(""), messy_words, st.text(st.characters(exclude_categories=["C"]), max_size=30))
some_words = any_words.filter(lambda text: any(map(str.isalnum, text)))

people = st.builds(Name, family=any_words, given=any_words, particle=any_words, suffix=any_words)
organizations = st.builds(Name, literal=any_words)
one_contributor = st.builds(Contributor, name=st.one_of(people, organizations), role=st.sampled_from(ContributorRole))
# Up to four, or (the same again and again) more than any style names.
any_contributors = st.builds(
    lambda some, times: tuple(some * times), st.lists(one_contributor, max_size=4), st.sampled_from([1, 6])
)


@st.composite
def partial_dates(draw):
    month = draw(st.none() | st.integers(1, 12))
    day = draw(st.none() | st.integers(1, 28)) if month else None
    return PartialDate(draw(st.integers(1, 2100)), month, day)


page_numbers = st.one_of(st.integers(0, 20000).map(str), st.sampled_from(["iv", "S12", "e5", ""]))
page_ranges = st.one_of(
    any_words,
    st.lists(st.lists(page_numbers, min_size=1, max_size=3).map("-".join), max_size=3).map(", ".join),
)
addresses = st.from_regex(r"https://[a-z]{1,8}\.org/[a-z0-9/?=_-]{0,12}", fullmatch=True)
identifiers = st.one_of(
    st.builds(Identifier, st.just(Scheme.DOI), st.from_regex(r"10\.[0-9]{4}/[a-z0-9-]{1,10}", fullmatch=True)),
    st.builds(Identifier, st.just(Scheme.ERIC), st.from_regex(r"E[DJ][0-9]{6}", fullmatch=True)),
    st.builds(Identifier, st.just(Scheme.ISSN), st.just("0148-432X")),
    st.builds(Identifier, st.just(Scheme.ISBN), st.just("9780226823362")),
    st.builds(Identifier, st.just(Scheme.URL), addresses),
    st.builds(Identifier, st.just(Scheme.REPORT_NUMBER), any_words),
)

# Any record that a careless form or an import may hold; only the title has a letter or a number for certain.
records = st.builds(
    Record,
    title=some_words,
    subtitle=any_words,
    kind=st.none() | st.sampled_from(Kind),
    contributors=any_contributors,
    issued=st.none() | partial_dates(),
    language=st.sampled_from(["", "en", "es", "fr"]),
    page_count=st.none() | st.integers(1, 2000),
    page_range=page_ranges,
    edition=any_words,
    container=any_words,
    series=any_words,
    volume=any_words,
    number=any_words,
    identifiers=st.lists(identifiers, max_size=4).map(tuple),
    links=st.lists(st.builds(Link, addresses, st.sampled_from(LinkKind)), max_size=2).map(tuple),
    summary=any_words,
    abstract=any_words,
    topics=st.lists(some_words, max_size=2).map(tuple),
    places=st.lists(any_words, max_size=2).map(tuple),
    tags=st.lists(some_words, max_size=2).map(tuple),
    rights=any_words,
    license=st.sampled_from(["", *License.values]),
    access=st.sampled_from(["", *Access.values]),
    key=st.just("a-work"),
    url=st.one_of(st.just(""), addresses),
)
