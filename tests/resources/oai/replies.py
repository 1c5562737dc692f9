"""Responses of OAI-PMH, read strictly: each has to be of the form that the protocol's schema asks for.

What stands here was written from the protocol (sections 3 and 4) and its schema, OAI-PMH.xsd.
"""

import re
import xml.etree.ElementTree as ET

SPACES = {
    "http://www.openarchives.org/OAI/2.0/": "",
    "http://www.openarchives.org/OAI/2.0/oai_dc/": "oai_dc:",
    "http://www.openarchives.org/OAI/2.0/oai-identifier": "id:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi:",
}
VERBS = ("Identify", "ListMetadataFormats", "ListSets", "ListIdentifiers", "ListRecords", "GetRecord")
ELEMENTS = (
    "title|creator|subject|description|publisher|contributor|date|type|format|identifier|source|language|relation"
    "|coverage|rights"
)

# Name of an element → the children that it has, in their order, each followed by a space.
CHILDREN = {
    "OAI-PMH": rf"responseDate request ((error )+|({'|'.join(VERBS)}) )",
    "Identify": "repositoryName baseURL protocolVersion (adminEmail )+earliestDatestamp deletedRecord granularity "
    "(compression )*(description )*",
    "description": r"id:oai-identifier ",
    "id:oai-identifier": "id:scheme id:repositoryIdentifier id:delimiter id:sampleIdentifier ",
    "ListMetadataFormats": "(metadataFormat )+",
    "metadataFormat": "metadataPrefix schema metadataNamespace ",
    "ListSets": "(set )+(resumptionToken )?",
    "set": "setSpec setName (setDescription )*",
    "setDescription": "oai_dc:dc ",
    "ListIdentifiers": "(header )+(resumptionToken )?",
    "ListRecords": "(record )+(resumptionToken )?",
    "GetRecord": "record ",
    "record": "header (metadata )?(about )*",
    "header": "identifier datestamp (setSpec )*",
    "metadata": "oai_dc:dc ",
    "oai_dc:dc": rf"(dc:({ELEMENTS}) )*",
}

SECOND = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
NAME = r"[A-Za-z0-9\-_.!~*'()]+"
URI = r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]+"
ERRORS = (
    "cannotDisseminateFormat|idDoesNotExist|badArgument|badVerb|noMetadataFormats|noRecordsMatch|badResumptionToken"
    "|noSetHierarchy"
)
# Name of an element or an attribute → what it says.
TEXTS = {
    "responseDate": SECOND,
    "request": URI,
    "repositoryName": ".+",
    "baseURL": URI,
    "protocolVersion": r"2\.0",
    "adminEmail": r"\S+@(\S+\.)+\S+",
    "earliestDatestamp": SECOND,
    "deletedRecord": "no|persistent|transient",
    "granularity": "YYYY-MM-DD(Thh:mm:ssZ)?",
    "id:scheme": "oai",
    "id:repositoryIdentifier": r"[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+",
    "id:delimiter": ":",
    "id:sampleIdentifier": r"oai:[a-zA-Z0-9\-.]+:\S+",
    "metadataPrefix": NAME,
    "schema": URI,
    "metadataNamespace": URI,
    "setSpec": f"{NAME}(:{NAME})*",
    "setName": ".+",
    "identifier": URI,
    "datestamp": SECOND,
    "error": "(?s).*",
    "resumptionToken": r"[!-~]*",
    "@code": ERRORS,
    "@status": "deleted",
    "@verb": "|".join(VERBS),
    "@identifier": URI,
    "@metadataPrefix": NAME,
    "@from": rf"{SECOND}|\d{{4}}-\d\d-\d\d",
    "@until": rf"{SECOND}|\d{{4}}-\d\d-\d\d",
    "@set": f"{NAME}(:{NAME})*",
    "@resumptionToken": "(?s).*",
    "@expirationDate": SECOND,
    "@completeListSize": r"[1-9]\d*",
    "@cursor": r"\d+",
    "@xsi:schemaLocation": r"\S+ \S+",
}
ATTRIBUTES = {
    "OAI-PMH": {"xsi:schemaLocation"},
    "request": {"verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"},
    "error": {"code"},
    "header": {"status"},
    "resumptionToken": {"expirationDate", "completeListSize", "cursor"},
    "oai_dc:dc": {"xsi:schemaLocation"},
    "id:oai-identifier": {"xsi:schemaLocation"},
}


def name_of(tag):
    """“dc:title” for an element or an attribute of a known namespace."""
    space, _brace, name = tag.removeprefix("{").rpartition("}")
    return SPACES[space] + name if space else name


def check(element):
    """Fail where an element, or one inside it, is not of the form that the protocol asks for."""
    name = name_of(element.tag)
    children = "".join(f"{name_of(child.tag)} " for child in element)
    assert re.fullmatch(CHILDREN.get(name, ""), children), f"{name} holds “{children}”"
    if name in TEXTS:
        assert re.fullmatch(TEXTS[name], element.text or ""), f"{name} says “{element.text}”"
    for attribute, value in element.attrib.items():
        attribute = name_of(attribute)
        assert attribute in ATTRIBUTES.get(name, ()), f"{name} has {attribute}"
        assert re.fullmatch(TEXTS[f"@{attribute}"], value), f"{name} has {attribute}=“{value}”"
    for child in element:
        check(child)


class Reply:
    """A response that is well-formed and of the right form."""

    def __init__(self, response):
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
        self.text = response.content.decode()
        self.root = ET.fromstring(response.content)
        assert name_of(self.root.tag) == "OAI-PMH"
        check(self.root)
        for record in self.all("record"):
            header, *metadata = record
            assert bool(metadata) == (header.get("status") != "deleted"), "a deleted record has a header alone"

    def all(self, name):
        """Elements by name, of any namespace."""
        return list(self.root.iterfind(f".//{{*}}{name}"))

    def texts(self, name):
        return [element.text for element in self.all(name)]

    @property
    def error(self):
        """The code of the error; None where all went well."""
        (code,) = {element.get("code") for element in self.all("error")} or {None}
        return code

    @property
    def request(self):
        (element,) = self.all("request")
        return element

    @property
    def keys(self):
        """Keys of the works in a list or a record, in their order; those of deleted ones are negative."""
        return [
            int(header.findtext("{*}identifier").rpartition("/")[2]) * (-1 if header.get("status") else 1)
            for header in self.all("header")
        ]

    @property
    def token(self):
        """The resumption token: None where there is none, empty at the end of a list."""
        element = next(iter(self.all("resumptionToken")), None)
        return None if element is None else element.text or ""

    def dc(self, name):
        """The texts of one element of Dublin Core."""
        return [element.text for element in self.root.iterfind(f".//{{http://purl.org/dc/elements/1.1/}}{name}")]
