"""The library for harvesters: OAI-PMH 2.0 at /oai (https://www.openarchives.org/OAI/openarchivesprotocol.html).

A request becomes an `Asked` (arguments.py). A verb answers it (verbs.py) with plain data, which can write itself as XML
(answers.py). What may be harvested is chosen in harvest.py and nowhere else.
"""

from urllib.parse import urlsplit

from django.conf import settings


def base_url():
    """The address of the provider, as it stands in every response."""
    return f"{settings.SITE_URL}/oai"


def repository():
    """The name of this site inside identifiers: its host."""
    return urlsplit(settings.SITE_URL).hostname
