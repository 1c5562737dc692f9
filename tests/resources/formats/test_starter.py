"""The short form of a spreadsheet that a list of publications begins with."""

from resources.kinds import ContributorRole, Kind, Scheme
from resources.records import Identifier, Name
from tests.resources.formats.samples import read

STARTER = """\
title,authors,year,publisher,pages,identifier,url,topics,certainty
Making the Difference,"Blank, Martin J.; Melaville, Atelia; Shah, Bela P.",2003,"Coalition for Community Schools, \
Institute for Educational Leadership",153,ERIC ED477535; ISBN 0-937846-11-2,\
https://eric.ed.gov/?id=ED477535,research; results,A
Where It All Comes Together,"Blank, Martin J.; Villarreal, Lisa",2015,"American Educator 39(3), American Federation of \
Teachers","4-9, 43",ERIC EJ1076382,,partnerships,A
Sustaining Full-Service Community Schools,"Adams, Curt M.",2019,Journal of Education for Students Placed at Risk 24(3),\
288-313,ERIC EJ1223157,,Tulsa,A
Measuring Social Return on Investment,The Finance Project; The Children's Aid Society,2013,The Finance Project,,,,data,B
A Review of the Evidence,"Maier, Anna",2017,Learning Policy Institute,159,\
DOI 10.26300/qwhr-xq20 (EdWorkingPaper 19-173),,,A
Developing Community Schools at Scale,"Johnston, William R.",2017,RAND Corporation,,RAND RR-2100,,,A
Learning Together,"Melaville, Atelia",1998,Charles Stewart Mott Foundation; prepared by Institute for Educational \
Leadership,120,,,,A
"""


def starter():
    reading = read("csv", STARTER)
    assert reading.is_good
    return {record.title: record for record in reading.records}


def test_people_and_organizations_are_told_apart_by_the_comma():
    records = starter()
    assert records["Making the Difference"].authors[0] == Name(family="Blank", given="Martin J.")
    assert records["Measuring Social Return on Investment"].authors == (
        Name(literal="The Finance Project"),
        Name(literal="The Children's Aid Society"),
    )
    assert records["Making the Difference"].publishers == (
        Name(literal="Coalition for Community Schools, Institute for Educational Leadership"),
    )


def test_pages_are_a_count_or_a_range():
    records = starter()
    assert records["Making the Difference"].page_count == 153
    assert records["Where It All Comes Together"].page_range == "4-9, 43"
    assert records["Where It All Comes Together"].page_count is None


def test_a_journal_with_volume_and_issue_makes_an_article():
    records = starter()
    article = records["Where It All Comes Together"]
    assert (article.kind, article.container, article.volume, article.number) == (
        Kind.ARTICLE,
        "American Educator",
        "39",
        "3",
    )
    assert article.publishers == (Name(literal="American Federation of Teachers"),)
    assert records["Sustaining Full-Service Community Schools"].publishers == ()


def test_identifiers_are_named_or_known_by_their_form():
    records = starter()
    assert records["Making the Difference"].identifiers == (
        Identifier(Scheme.ERIC, "ED477535"),
        Identifier(Scheme.ISBN, "0937846112"),
    )
    assert records["A Review of the Evidence"].identifiers == (
        Identifier(Scheme.DOI, "10.26300/qwhr-xq20"),
        Identifier(Scheme.REPORT_NUMBER, "EdWorkingPaper 19-173"),
    )
    assert records["Developing Community Schools at Scale"].identifiers == (
        Identifier(Scheme.REPORT_NUMBER, "RAND RR-2100"),
    )


def test_who_prepared_a_work_is_no_publisher():
    record = starter()["Learning Together"]
    assert record.publishers == (Name(literal="Charles Stewart Mott Foundation"),)
    assert record.names(ContributorRole.PREPARER) == (Name(literal="Institute for Educational Leadership"),)


def test_what_has_no_place_in_a_record_is_named():
    assert read("csv", STARTER).notes == ("Columns that are not known were left out: “certainty”.",)
