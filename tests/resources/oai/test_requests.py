"""What a harvester may ask, how it is answered, and what it is told when it asks wrongly."""

from urllib.parse import urlencode

import pytest
from django.utils import timezone

from tests.library import publish_work, topic
from tests.resources.oai.replies import Reply

URL = "https://www.example.org/oai"
ID = "oai:www.example.org:publications/"


@pytest.fixture
def work(db):
    return publish_work("Making the Difference", topics=[topic("Evaluation", description="How we know.")])


def test_identify_says_who_we_are_and_by_which_rules_we_play(ask, work):
    reply = ask("Identify")
    said = {name: reply.texts(name) for name in ("baseURL", "adminEmail", "deletedRecord", "granularity")}
    assert said == {
        "baseURL": [URL],
        "adminEmail": ["office@example.org"],
        "deletedRecord": ["persistent"],
        "granularity": ["YYYY-MM-DDThh:mm:ssZ"],
    }
    assert reply.texts("repositoryIdentifier") == ["www.example.org"]
    record = ask("GetRecord", identifier=f"{ID}{work.pk}", metadataPrefix="oai_dc")
    assert reply.texts("earliestDatestamp") == record.texts("datestamp")


def test_an_empty_library_can_be_identified_and_has_no_records_and_no_sets(ask):
    assert ask("Identify").error is None
    assert ask("ListRecords", metadataPrefix="oai_dc").error == "noRecordsMatch"
    assert ask("ListSets").error == "noSetHierarchy"


def test_the_one_format_is_dublin_core(ask, work):
    for arguments in ({}, {"identifier": f"{ID}{work.pk}"}):
        assert ask("ListMetadataFormats", **arguments).texts("metadataPrefix") == ["oai_dc"]


def test_a_response_says_when_it_was_made_and_repeats_what_was_asked(ask, work, clock):
    moment = timezone.now().replace(microsecond=999_999)
    clock(moment)
    reply = ask("ListRecords", metadataPrefix="oai_dc", since="2026-01-01")
    assert reply.texts("responseDate") == [moment.strftime("%Y-%m-%dT%H:%M:%SZ")]
    assert reply.request.text == URL
    assert reply.request.attrib == {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01"}


@pytest.mark.parametrize("address", ["/oai", "/oai/"])
def test_get_and_post_say_the_same_with_and_without_a_slash(client, work, address):
    asked = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    replies = [
        Reply(client.get(address, asked)),
        Reply(client.post(address, asked)),
        Reply(client.post(address, urlencode(asked), content_type="application/x-www-form-urlencoded")),
        Reply(client.post(f"{address}?verb=ListIdentifiers", {"metadataPrefix": "oai_dc"})),
    ]
    assert [reply.keys for reply in replies] == [[work.pk]] * 4


def test_a_post_needs_no_token_of_a_form_and_other_methods_are_refused(work):
    from tests.pages_as_sent import StrictClient

    client = StrictClient(enforce_csrf_checks=True)
    assert Reply(client.post("/oai", {"verb": "Identify"})).error is None
    assert client.head("/oai?verb=Identify").status_code == 200
    for method in ("put", "patch", "delete", "options"):
        assert getattr(client, method)("/oai?verb=Identify").status_code == 405


def test_a_response_sets_no_cookie_and_is_kept_by_no_cache(client, work):
    response = client.get("/oai?verb=Identify")
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]


LIST = "ListRecords&metadataPrefix=oai_dc"
WRONG = {
    "": "badVerb",
    "verb=": "badVerb",
    "verb=identify": "badVerb",
    "verb=Identify&verb=Identify": "badVerb",
    "verb=%3Cscript%3E": "badVerb",
    "verb=Identify&x=1": "badArgument",
    "verb=Identify&identifier=a": "badArgument",
    "verb=ListSets&metadataPrefix=oai_dc": "badArgument",
    "verb=ListMetadataFormats&metadataPrefix=oai_dc": "badArgument",
    "verb=ListRecords": "badArgument",
    "verb=ListRecords&metadataPrefix=": "badArgument",
    "verb=ListRecords&metadataPrefix=a%20b": "badArgument",
    f"verb={LIST}&metadataPrefix=oai_dc": "badArgument",
    f"verb={LIST}&from=2026-01-01&from=2026-01-02": "badArgument",
    f"verb={LIST}&resumptionToken=a": "badArgument",
    f"verb={LIST}&until=": "badArgument",
    f"verb={LIST}&from=yesterday": "badArgument",
    f"verb={LIST}&from=2026-02-30": "badArgument",
    f"verb={LIST}&from=0000-01-01": "badArgument",
    f"verb={LIST}&from=2026-01-01T24:00:00Z": "badArgument",
    f"verb={LIST}&from=2026-01-01T00:00:00%2B01:00": "badArgument",
    f"verb={LIST}&from=2026-01-01T00:00:00.5Z": "badArgument",
    f"verb={LIST}&from=%D9%A2%D9%A0%D9%A2%D9%A6-01-01": "badArgument",  # digits of Arabic
    f"verb={LIST}&from=2026-01-01&until=2026-01-02T00:00:00Z": "badArgument",
    f"verb={LIST}&from=2026-01-02&until=2026-01-01": "badArgument",
    f"verb={LIST}&until=0001-01-01": "noRecordsMatch",
    f"verb={LIST}&until=1990-01-01T00:00:00Z": "noRecordsMatch",
    f"verb={LIST}&from=9999-12-31T23:59:59Z": "noRecordsMatch",
    f"verb={LIST}&set=": "badArgument",
    f"verb={LIST}&set=topic:": "badArgument",
    f"verb={LIST}&set=topic%20evaluation": "badArgument",
    f"verb={LIST}&set=topic:nothing": "noRecordsMatch",
    f"verb={LIST}&set=place:evaluation": "noRecordsMatch",
    f"verb={LIST}&set=topic:evaluation:more": "noRecordsMatch",
    "verb=ListRecords&metadataPrefix=marc21": "cannotDisseminateFormat",
    "verb=ListIdentifiers&resumptionToken=": "badResumptionToken",
    "verb=ListIdentifiers&resumptionToken=made:up:token": "badResumptionToken",
    "verb=ListSets&resumptionToken=a": "badResumptionToken",
    "verb=GetRecord&metadataPrefix=oai_dc": "badArgument",
    "verb=GetRecord&identifier=a": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=no%20address": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=%22": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=1": "idDoesNotExist",
    f"verb=GetRecord&metadataPrefix=oai_dc&identifier={ID}": "idDoesNotExist",
    f"verb=GetRecord&metadataPrefix=oai_dc&identifier={ID}-1": "idDoesNotExist",
    f"verb=GetRecord&metadataPrefix=oai_dc&identifier={ID}0": "idDoesNotExist",
    f"verb=GetRecord&metadataPrefix=oai_dc&identifier={ID}123456789": "idDoesNotExist",
    f"verb=GetRecord&metadataPrefix=oai_dc&identifier={ID}{'9' * 18}": "idDoesNotExist",
    f"verb=GetRecord&metadataPrefix=oai_dc&identifier={ID}{'9' * 40}": "idDoesNotExist",
    "verb=ListMetadataFormats&identifier=oai:www.example.org:1": "idDoesNotExist",
}


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_request_gets_its_error(client, work, query):
    reply = Reply(client.get(f"/oai?{query}"))
    assert reply.error == WRONG[query]
    assert all(len(sentence) > 10 for sentence in reply.texts("error"))
    assert bool(reply.request.attrib) == (reply.error not in ("badVerb", "badArgument"))


def test_the_record_of_an_unknown_format_is_refused(ask, work):
    reply = ask("GetRecord", identifier=f"{ID}{work.pk}", metadataPrefix="marc21")
    assert reply.error == "cannotDisseminateFormat"
    assert reply.request.get("metadataPrefix") == "marc21"


@pytest.mark.parametrize("query", ["verb=Identify%00", "verb=Identify&set=%FF", "x=" + "1" * 5000])
def test_what_no_harvester_sends_is_stopped_at_the_gate(client, db, query):
    assert client.get(f"/oai?{query}").status_code == 400


@pytest.mark.parametrize("name", ["set", "from", "verb", "metadataPrefix", "\x00\x01"])
def test_control_characters_in_a_post_are_an_error_of_the_protocol(client, work, name):
    asked = {"verb": "ListRecords", "metadataPrefix": "oai_dc"} | {name: "\x00\x0b\ufffe"}
    assert Reply(client.post("/oai", asked)).error == ("badVerb" if name == "verb" else "badArgument")
    asked = {"verb": "ListRecords", "resumptionToken": "\x00\x0b\ufffe"}
    assert Reply(client.post("/oai", asked)).error == "badResumptionToken"


def test_a_body_that_is_no_form_is_no_request(client, work):
    assert Reply(client.post("/oai", "{}", content_type="application/json")).error == "badVerb"
