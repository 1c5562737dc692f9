"""What a verb answers, as plain data that knows how to write itself; and the document around it."""

from dataclasses import dataclass
from datetime import datetime

from resources.oai import base_url, datestamps, dublin_core, harvest, repository
from resources.oai.xml import Document

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
ROOT = {
    "xmlns": NAMESPACE,
    "xmlns:xsi": SCHEMA_INSTANCE,
    "xsi:schemaLocation": f"{NAMESPACE} {NAMESPACE}OAI-PMH.xsd",
}
IDENTIFIERS = f"{NAMESPACE}oai-identifier"
IDENTIFIER_ROOT = {
    "xmlns": IDENTIFIERS,
    "xmlns:xsi": SCHEMA_INSTANCE,
    "xsi:schemaLocation": f"{IDENTIFIERS} {IDENTIFIERS}.xsd",
}


@dataclass(frozen=True)
class Identity:
    """Who we are and by which rules we play."""

    name: str
    email: str
    earliest: datetime

    def write(self, xml):
        with xml.inside("Identify"):
            xml.line("repositoryName", self.name)
            xml.line("baseURL", base_url())
            xml.line("protocolVersion", "2.0")
            xml.line("adminEmail", self.email)
            xml.line("earliestDatestamp", datestamps.written(self.earliest))
            xml.line("deletedRecord", "persistent")
            xml.line("granularity", datestamps.GRANULARITY)
            with xml.inside("description"), xml.inside("oai-identifier", IDENTIFIER_ROOT):
                xml.line("scheme", "oai")
                xml.line("repositoryIdentifier", repository())
                xml.line("delimiter", ":")
                xml.line("sampleIdentifier", harvest.identifier_of(1))


@dataclass(frozen=True)
class Formats:
    """There is one."""

    def write(self, xml):
        with xml.inside("ListMetadataFormats"), xml.inside("metadataFormat"):
            xml.line("metadataPrefix", dublin_core.PREFIX)
            xml.line("schema", dublin_core.SCHEMA)
            xml.line("metadataNamespace", dublin_core.NAMESPACE)


@dataclass(frozen=True)
class Set:
    spec: str
    name: str
    description: str = ""

    def write(self, xml):
        with xml.inside("set"):
            xml.line("setSpec", self.spec)
            xml.line("setName", self.name)
            if self.description:
                with xml.inside("setDescription"):
                    dublin_core.write([("description", self.description)], xml)


@dataclass(frozen=True)
class Sets:
    sets: list

    def write(self, xml):
        with xml.inside("ListSets"):
            for one in self.sets:
                one.write(xml)


@dataclass(frozen=True)
class Header:
    """What a harvester has to know of a record, and all that it is told of a deleted one."""

    entry: harvest.Entry

    def write(self, xml):
        with xml.inside("header", {} if self.entry.work else {"status": "deleted"}):
            xml.line("identifier", self.entry.identifier)
            xml.line("datestamp", datestamps.written(self.entry.changed_at))
            for name in self.entry.sets:
                xml.line("setSpec", name)


@dataclass(frozen=True)
class Record:
    """A header with the facts of the work; `facts` are pairs as dublin_core.py makes them."""

    entry: harvest.Entry
    facts: list

    def write(self, xml):
        with xml.inside("record"):
            Header(self.entry).write(xml)
            if self.entry.work:
                with xml.inside("metadata"):
                    dublin_core.write(self.facts, xml)


@dataclass(frozen=True)
class OneRecord:
    record: Record

    def write(self, xml):
        with xml.inside("GetRecord"):
            self.record.write(xml)


@dataclass(frozen=True)
class Resumption:
    """The end of an incomplete list: the token for the next part, empty behind the last one."""

    token: str
    expires_at: datetime | None
    size: int
    number: int  # of entries that were sent before this part

    def write(self, xml):
        attributes = {"completeListSize": self.size, "cursor": self.number}
        if self.expires_at:
            attributes = {"expirationDate": datestamps.written(self.expires_at)} | attributes
        xml.line("resumptionToken", self.token, attributes)


@dataclass(frozen=True)
class Part:
    """A list of headers or records, all of it or a part."""

    verb: str
    rows: list
    resumption: Resumption | None = None

    def write(self, xml):
        with xml.inside(self.verb):
            for row in self.rows:
                row.write(xml)
            if self.resumption:
                self.resumption.write(xml)


@dataclass(frozen=True)
class Error:
    code: str
    sentence: str

    def write(self, xml):
        xml.line("error", self.sentence, {"code": self.code})


def document(answer, asked, moment):
    """The whole response as bytes. `asked` is None where the request broke the rules: then it is not repeated."""
    xml = Document()
    with xml.inside("OAI-PMH", ROOT):
        xml.line("responseDate", datestamps.written(moment))
        xml.line("request", base_url(), {"verb": asked.verb} | asked.arguments if asked else {})
        answer.write(xml)
    return xml.bytes
