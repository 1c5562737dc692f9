"""A work in unqualified Dublin Core, the format that every harvester reads."""

from resources.citations.tags import dublin_core
from resources.citations.works import series_and_number
from resources.describing import address_of, record_of

PREFIX = "oai_dc"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
ROOT = {
    "xmlns:oai_dc": NAMESPACE,
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
}


def elements(work, related=()):
    """Pairs of the name of an element and its text; `related` are the public works that stand in relations to it."""
    record = record_of(work)
    pairs = [(name.removeprefix("DC."), text) for name, text in dublin_core(record)]
    known = {text for name, text in pairs if name == "identifier"}
    pairs += [("type", str(record.kind.label))] if record.kind else []
    pairs += [("description", record.summary)]  # beside the abstract, where there is one
    pairs += [("format", file.file.media_type) for file in work.files.all()]
    pairs += [("relation", series_and_number(record))] if record.series else []
    pairs += [("relation", address_of(other)) for other in related]
    pairs += [("relation", link.address) for link in work.links.all() if link.address not in known]
    return [(name, text) for name, text in dict.fromkeys(pairs) if text]


def write(pairs, xml):
    with xml.inside("oai_dc:dc", ROOT):
        for name, text in pairs:
            xml.line(f"dc:{name}", text)
