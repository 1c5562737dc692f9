"""The page of one work."""

import json
import re

import pytest

from publishing.retiring import retire
from resources.models import StoredFile
from tests.library import draft_work, organization, person, publish_a_full_work, publish_work, topic

PLACE = "/resources/publications/"
SITE = "https://www.example.org"


@pytest.fixture
def making(db):
    return publish_work(
        "Making the Difference",
        subtitle="Research and Practice in Community Schools",
        summary="A report that sets research beside practice.",
        issued_year=2003,
        issued_month=5,
        page_count=153,
        work_kind="report",
        work_language="en",
        topics=[topic("Research")],
        authors=[person("Blank", "Martin J."), person("Melaville", "Atelia"), person("Shah", "Bela P.")],
        publishers=[organization("Coalition for Community Schools")],
        identifiers=[("eric", "https://eric.ed.gov/?id=ED477535"), ("isbn", "0-937846-11-2")],
        links=[("record", "https://eric.ed.gov/?id=ED477535")],
        facts_source="The ERIC record.",
    )


def page(client, address=f"{PLACE}making-the-difference/", **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_record_says_all_that_is_known(client, making):
    html = page(client)
    for words in (
        "Making the Difference: Research and Practice in Community Schools",
        "A report that sets research beside practice.",
        "Martin J. Blank",
        "May 2003",
        "153 pages",
        "ED477535",
        "0-937846-11-2",
        "The ERIC record.",
        "Coalition for Community Schools",
    ):
        assert words in html


def test_in_the_spanish_frame_words_of_the_record_say_that_they_are_english(client, making):
    assert '<span lang="en">The ERIC record.</span>' in page(client, f"/es{PLACE}making-the-difference/")


def test_what_is_not_known_has_no_row(client, db):
    publish_work("A title and no more")
    html = page(client, f"{PLACE}a-title-and-no-more/")
    rows = re.findall(r'<th scope="row">(.*?)</th>', html)
    assert rows == []
    assert "We do not hold this work" in html


def test_a_work_held_elsewhere_is_one_link_away(client, making):
    html = page(client)
    assert re.search(r'<a class="button" href="https://eric\.ed\.gov/\?id=ED477535">Find it at eric\.ed\.gov</a>', html)


def test_citations_stand_ready_in_five_styles(client, making):
    html = page(client)
    assert "Blank, M. J., Melaville, A., &amp; Shah, B. P. (2003, May). " in html
    assert "<i>Making the difference: Research and practice in community schools</i>" in html
    assert html.count('name="cite"') == 5


def test_a_work_that_is_nowhere_on_the_web_is_cited_without_an_address(client, db):
    notice = [("notice", "https://www.example.com/news")]
    publish_work("On Shelves Alone", authors=[person("Blank", "Martin J.")], issued_year=2010, links=notice)
    assert addresses_cited(page(client, f"{PLACE}on-shelves-alone/", print="y")) == []


def test_a_work_is_cited_with_its_place_elsewhere_or_with_the_record_where_its_file_is(client, making):
    work = publish_a_full_work()
    assert set(addresses_cited(page(client, print="y"))) == {"eric.ed.gov/?id=ED477535"}
    assert work.files.exists()
    publish_work("Held Here", issued_year=2010, files=[work.files.get().file])
    cited = addresses_cited(page(client, f"{PLACE}held-here/", print="y"))
    assert set(cited) == {f"www.example.org{PLACE}held-here/"} and len(cited) == 5


def addresses_cited(html):
    """The addresses, without “https://”, at the ends of the citations of a record for paper."""
    citations = re.findall(r'<th scope="row">(?:APA|MLA|Chicago)[^<]*</th><td>\s*(.*?)\s*</td>', html, re.S)
    assert len(citations) == 5
    return [words.rstrip(".") for words in re.findall(r"(?:www\.example|eric\.ed)\.\S*$", "\n".join(citations), re.M)]


def test_reference_managers_read_the_page(client, making):
    html = page(client)
    assert '<meta name="citation_author" content="Melaville, Atelia">' in html
    assert '<meta name="DC.creator" content="Blank, Martin J.">' in html
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])
    assert (data["@type"], data["datePublished"]) == ("Report", "2003-05")


def test_no_word_of_a_record_ends_the_data_for_machines(client, db):
    publish_work("</script><script>alert(1)</script>", slug="odd")
    html = page(client, f"{PLACE}odd/")
    assert "<script>alert" not in html


def test_a_relation_is_said_from_both_sides(client, making):
    publish_work("A Summary", relations=[("summary_of", making)])
    assert re.search(r"Summarized by</dt><dd><a href=\"[^\"]*/a-summary/\"", page(client))
    assert re.search(
        r"Summary of</dt><dd><a href=\"[^\"]*/making-the-difference/\"", page(client, f"{PLACE}a-summary/")
    )


def test_a_relation_to_a_work_that_is_not_public_is_not_said(client, making):
    secret = draft_work("Secret companion")
    publish_work(
        "Companion", relations=[("companion", secret.content_type.model_class().objects.get(pk=secret.object_id))]
    )
    draft_work("Another secret", relations=[("companion", making)])
    assert "ecret" not in page(client, f"{PLACE}companion/")
    assert "ecret" not in page(client)


def test_works_on_the_same_topics_are_offered(client, making):
    publish_work("Evaluation of Community Schools", topics=list(making.topics.all()))
    draft_work("Unheard of", topics=list(making.topics.all()))
    html = page(client)
    assert "Evaluation of Community Schools" in html
    assert "Unheard of" not in html


def test_a_retired_work_leaves_a_tombstone(client, making):
    retire(making, replacement="/resources/publications/")
    response = client.get(making.get_absolute_url())
    assert response.status_code == 410
    assert "Making the Difference" in response.content.decode()
    assert 'href="/resources/publications/"' in response.content.decode()
    assert client.get(f"{making.get_absolute_url()}export/ris/").status_code == 410


def test_a_tombstone_names_the_work_that_replaces_it(client, making):
    new = publish_work("The Second Edition")
    retire(making, replacement=new.get_absolute_url())
    html = client.get(making.get_absolute_url()).content.decode()
    assert f'<a href="{new.get_absolute_url()}">The Second Edition</a>' in html
    retire(new)
    assert "The Second Edition" not in client.get(making.get_absolute_url()).content.decode()


def test_a_draft_has_no_page(client, db):
    draft_work("Unheard of")
    assert client.get(f"{PLACE}unheard-of/").status_code == 404


def test_a_former_address_leads_to_the_new_one(client, making):
    from publishing.publish import publish

    publish(draft_work(work=making, slug="difference"))
    for end in ("", "export/ris/"):
        response = client.get(f"{PLACE}making-the-difference/{end}")
        assert (response.status_code, response["Location"]) == (301, f"{PLACE}difference/{end}")


def test_a_former_address_is_free_for_another_work(client, making):
    from publishing.publish import publish

    publish(draft_work(work=making, slug="difference"))
    publish_work("Another", slug="making-the-difference")
    assert "Another" in page(client)


def test_the_spanish_frame_shows_the_same_record(client, making):
    html = page(client, f"/es{PLACE}making-the-difference/")
    assert '<html lang="es">' in html
    assert "mayo de 2003" in html


def test_a_notice_is_shown_as_one_and_never_taken_for_the_work(client, db):
    notice, listing = "https://www.example.org/notice", "https://www.example.org/listing"
    publish_work("Partnerships", work_kind="report", links=[("notice", notice), ("listing", listing)])
    html = page(client, f"{PLACE}partnerships/")
    assert "Find it at" not in html
    assert "know of no place on the web where it stands" in html
    assert re.search(
        r'Notices and listings</th><td>.*<a href="[^"]*/notice">Review or notice \(example\.org\)</a>', html
    )
    assert html.count(notice) == html.count(listing) == 1, "in no citation and no data for machines"
    assert "On other sites" not in html


def test_a_citation_sends_its_reader_to_the_best_place(client, db):
    kinds = {"record": "a", "notice": "b", "full_text": "c"}
    links = [(kind, f"https://{host}.example.org/") for kind, host in kinds.items()]
    publish_work("Partnerships", work_kind="report", links=links)
    html = page(client, f"{PLACE}partnerships/")
    assert "Read at c.example.org" in html
    assert re.search(r'cite__text">[^<]*<i>Partnerships</i>[^<]*https://c\.example\.org/', html)


def test_the_last_of_several_authors_is_joined_by_and(client, making):
    byline = re.search(r'<p class="byline">(.*?)</p>', page(client))[1]
    assert re.sub("<[^>]*>", "", byline) == "Martin J. Blank, Atelia Melaville and Bela P. Shah"
    byline = re.search(r'<p class="byline">(.*?)</p>', page(client, f"/es{PLACE}making-the-difference/"))[1]
    assert re.sub("<[^>]*>", "", byline) == "Martin J. Blank, Atelia Melaville y Bela P. Shah"


def test_editors_are_not_taken_for_authors(client, db):
    publish_work("A Collection", editors=[person("Dryfoos", "Joy G."), person("Quinn", "Jane")])
    byline = re.search(r'<p class="byline">(.*?)</p>', page(client, f"{PLACE}a-collection/"))[1]
    assert re.sub("<[^>]*>", "", byline) == "Edited by Joy G. Dryfoos and Jane Quinn"


def test_a_neighbor_says_which_topics_it_shares(client, making):
    mine = [*making.topics.all(), topic("Evaluation")]
    publish_work("Both", topics=[*mine, topic("Health")], issued_year=1999)
    publish_work("One of them", topics=mine[:1], issued_year=2020)
    from publishing.publish import publish

    publish(draft_work(work=making, topics=mine))
    aside = re.search(r"<aside.*?</aside>", page(client), re.S)[0]
    assert re.findall(r"Also on: (.*?)</small>", aside) == ["Evaluation; Research", "Research"]


def test_what_belongs_with_a_work_is_not_offered_twice(client, making):
    publish_work("A Summary", topics=list(making.topics.all()), relations=[("summary_of", making)])
    assert page(client).count("/a-summary/") == 1


def test_one_author_is_not_called_authors_and_one_place_is_not_named_twice(client, making):
    assert re.findall(r'<th scope="row">(Authors?|Publishers?|On other sites)</th>', page(client)) == [
        "Authors",
        "Publisher",
    ]
    publish_work("Alone", authors=[person("Dryfoos", "Joy G.")], links=[("record", "https://www.example.org/alone")])
    html = page(client, f"{PLACE}alone/")
    assert re.findall(r'<th scope="row">(Authors?|On other sites)</th>', html) == ["Author", "On other sites"]


def test_for_paper_everything_is_open_and_the_address_stays_that_of_the_page(client, making):
    usual, paper = page(client), page(client, print="y")
    assert 'href="?print=y"' in usual
    assert 'type="radio"' not in paper
    assert paper.count("<details") == len(re.findall(r"<details[^>]* open>", paper)) == usual.count("<details") > 0
    assert re.search(r'<th scope="row">APA[^<]*</th><td>\s*Blank, M. J., Melaville, A., &amp; Shah, B. P.', paper)
    for html in (usual, paper):
        assert re.findall(r'rel="canonical" href="([^"]*)"', html) == [f"{SITE}{PLACE}making-the-difference/"]
    assert 'type="radio"' in page(client, print="strange")


def test_scholar_is_sent_to_the_work_itself_as_a_pdf_and_to_none_of_its_other_files(client, db):
    work = publish_a_full_work()
    address = f"https://www.example.org{PLACE}{work.slug}/files/{work.slug}.pdf"
    for prefix in ("", "/es"):
        assert f'<meta name="citation_pdf_url" content="{address}">' in page(
            client, f"{prefix}{work.get_absolute_url()}"
        )
    for other in ({"label": "Executive summary"}, {"language": "es"}):
        work.files.update(**({"label": "", "language": ""} | other))
        assert "citation_pdf_url" not in page(client, work.get_absolute_url())
    work.files.update(label="", language="en")
    StoredFile.objects.update(media_type="application/epub+zip")
    assert "citation_pdf_url" not in page(client, work.get_absolute_url())
