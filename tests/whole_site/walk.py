"""What a walk through the whole site visits, and what it brings back."""

import re
from urllib.parse import urldefrag

from django.conf import settings

from tests.pages_as_sent import StrictClient
from tests.whole_site.reading import Reading


class Walk:
    """The site as one reader met it: address → answer, and what a strict client refused to accept."""

    def __init__(self):
        self.client = StrictClient(raise_request_exception=False)
        self.answers = {}
        self.readings = {}
        self.refused = {}
        self.patterns = set()  # names of the patterns that were visited
        self.pages = set()  # addresses of public pages, by the database
        self.lists = set()  # addresses of lists of the library: some are visited, for all
        self.untranslated = {}  # address under /es/ → address of the English page

    def visit(self, address):
        if address not in self.answers and not address.startswith("/admin/"):  # see test_strangers.py
            try:
                answer = self.client.get(address)
            except AssertionError as error:  # only of StrictClient: exceptions of the site become a 500
                self.refused[address] = str(error)
                return
            self.answers[address] = answer
            if answer.streaming:
                b"".join(answer)  # a picture: its file is closed at the end
            elif answer.headers["Content-Type"].startswith("text/html") and answer.content:
                self.readings[address] = Reading(answer.content)

    def where(self, judge):
        """Lines for the pages that `judge` finds a fault with; None means no fault."""
        judged = ((address, judge(address, reading)) for address, reading in self.readings.items())
        return [f"{address}: {fault}" for address, fault in judged if fault]


# Beginnings of names of patterns for the staff: test_strangers.py and tests/accounts/test_screens.py go there.
FOR_STAFF = ("admin:", "account_", "accounts_", "mfa_")

OF_EACH_SHELF = 3  # lists that are visited: all of a shelf come from one template

# Needs a key that nobody can guess; tests/publishing/test_previews.py goes there.
# Takes what is sent to it and has nothing to show; tests/feedback/test_useful.py sends it something.
# Addresses as other blogs write them; no page of ours links there, and tests/blog/test_entries.py goes there.
# Only for a text that takes responses; tests/blog/test_responses.py goes there.
# Not ready while no worker runs; tests/running/test_probes.py goes there.
NOT_WALKED = {
    "publishing:preview", "feedback:useful", "feedback:response", "readyz",
    "blog:former_address", "blog:former_page", "blog:former_address_of_day",
}  # fmt: skip


def addresses_to_visit(pages):
    """Name of a pattern → the addresses at which a reader may meet it. A pattern that is not here fails a test."""
    from publishing.models import Picture

    return {
        "healthz": ["/healthz"],
        "robots": ["/robots.txt"],
        "security_txt": ["/.well-known/security.txt"],
        "sitemap": ["/sitemap.xml"],
        "sitemap_part": ["/sitemap-page-1.xml"],
        "favicon": ["/favicon.ico"],
        "oai": ["/oai", "/oai/?verb=Identify", "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/oai?verb=ListSets"],
        "home": ["/"],
        "search:results": ["/search/", "/search/?q=school", "/search/?q=zeppelin", "/search/?q=school&page=2&x=1"],
        "search:feed": ["/search/feed/atom/?q=school", "/search/feed/rss/?topic=evaluation"],
        "search:suggestions": ["/search/suggestions.json", "/search/suggestions.json?q=scho&x=1"],
        "styleguide": ["/styleguide/"],
        "feedback:contact": ["/feedback/contact/", "/feedback/contact/?about=//evil.example/"],
        "feedback:correction": [f"/feedback/correction/?about=/about/{field}" for field in ("", "&field=title")],
        "feedback:format": ["/feedback/format/?about=/about/"],
        "feedback:thanks": ["/feedback/thanks/", "/feedback/thanks/?about=/about/&answer=no"],
        "pages:page": [*(page.get_absolute_url() for page in pages), "/no-such-page/", "/nowhere/below-nothing/"],
        **addresses_of_the_library(),
        **addresses_of_articles(),
        "publishing:picture_file": [picture.image.url for picture in Picture.objects.all()],
    }


def addresses_of_the_library():
    """Those of one work with all that a work can have, and of every shelf."""
    from resources.models import Publication
    from resources.shelves import SHELVES

    works = list(Publication.objects.public())
    work = next(work for work in works if work.slug == "everything-that-a-work-can-have")
    compartments = [list(shelf.compartments()) for shelf in SHELVES.values()]
    first = compartments[0][0].get_absolute_url()
    base = "/resources/publications/"
    return {
        "resources:publication_list": [
            base,
            f"{base}?order=title&page=9&x=1",
            f"{base}?q=school&topic=evaluation&level=state&from=1990&to=soon",
        ],
        "resources:publication_detail": [
            *(one.get_absolute_url() for one in works),
            f"{work.get_absolute_url()}?in=school",
        ],
        "resources:work_file": [file.get_absolute_url() for file in work.files.all()],
        "resources:cover": [f"{work.get_absolute_url()}cover.webp"],
        "resources:work_export": [f"{work.get_absolute_url()}export/{name}/" for name in ("bibtex", "ris", "csl")],
        "resources:shelf_index": [shelf.get_absolute_url() for shelf in SHELVES.values()],
        "resources:shelf": [one.get_absolute_url() for shelf in compartments for one in shelf[:OF_EACH_SHELF]],
        "resources:feed": [f"{base}feed/atom/", f"{base}feed/rss/"],
        "resources:shelf_feed": [f"{first}feed/atom/", f"{first}feed/rss/"],
        "resources:export": [f"{base}export/{name}/" for name in ("csv", "xlsx", "ris", "bibtex", "csl")],
        "resources:shelf_export": [f"{first}export/csv/"],
        "resources:search_export": [f"{base}found/export/ris/?q=school&topic=evaluation"],
        "resources:chosen": [f"{base}chosen/", f"{base}chosen/?work={work.slug}&style=mla"],
        "resources:chosen_export": [f"{base}chosen/export/ris/?work={work.slug}"],
        "resources_api:publication_list": ["/resources/publications.json", "/resources/publications.json?x=1&after=2"],
        "resources_api:publication_detail": [f"{base}{one.slug}.json" for one in works],
    }


def addresses_of_articles():
    """Every entry and every question, and the lists of the blog."""
    from blog.models import Entry
    from faq.models import Question

    entries, questions = (list(model.objects.public()) for model in (Entry, Question))
    return {
        "blog:entry_list": ["/blog/"],
        "blog:entry_detail": [entry.get_absolute_url() for entry in entries],
        "blog:archive": ["/blog/series/core-values/", "/blog/organization/coalition-for-community-schools/"],
        "blog:year": [f"/blog/{entries[0].dated_on.year}/"],
        "blog:month": [f"/blog/{entries[0].dated_on:%Y/%m}/"],
        "blog:feed": [f"/blog/feed/{kind}/" for kind in ("atom", "rss", "json")],
        "blog:archive_feed": ["/blog/series/core-values/feed/atom/"],
        "faq:question_list": ["/faq/", "/faq/?q=cost&role=x"],
        "faq:question_detail": [question.get_absolute_url() for question in questions],
        "faq:question_card": ["/faq/is-it-a-public-school/card/"],
    }


# Every list and work of the library offers the same files, feeds and orders, and every page the same forms to say what
# is wrong with it: those of one are visited, for all. Pattern → the address that stands for all of them.
SAME_FOR_ALL = {
    re.compile(
        r"((?:/es)?/resources/publications/(?:[^/]+/)?[^/]+/)(?:(?:export|feed)/[a-z]+/|\?order=[a-z]+)$"
    ): r"\1",
    # The frame of a record in Spanish is the same for all.
    re.compile(
        r"/es(/resources/publications/)(?!(?:topic|role|result|place|author|organization|year|kind|level|series|tag|a-z|"
        r"chosen)/)[^/]+/$"
    ): r"/es\1everything-that-a-work-can-have/",
    # The frame of a list in Spanish is that of the index of its shelf.
    re.compile(r"/es(/resources/publications/(?!series/)[a-z-]+/[^/]+/)$"): r"\1",
    re.compile(r"(/resources/publications\.json)\?[a-z-]+=[^&]+$"): r"\1",
    re.compile(r"((?:/es)?/blog/)(?:[a-z]+/[^/]+/)?feed/[a-z]+/$"): r"\1feed/atom/",
    re.compile(r"(?:/es)?/search/\?(?:content=entry&role=.*|q=cost$)"): "/search/?q=school",
    re.compile(r"/es/blog/[a-z]+/[^/]+/$"): "/es/blog/series/core-values/",
    re.compile(r"(?:/es)?/faq/[^/]+/card/$"): "/faq/is-it-a-public-school/card/",
    re.compile(r"((?:/es)?/feedback/(?:correction|format)/)\?about=.*"): r"\1?about=/about/",
}


def standing_for(address):
    """The address that is visited in the place of others like it."""
    for pattern, stand_in in SAME_FOR_ALL.items():
        if pattern.match(address):
            return pattern.sub(stand_in, address)
    return address


def local_path(link):
    """The path and query of a link on this site, else None. Static files are found by name, not visited."""
    address = urldefrag(link).url.removeprefix(settings.SITE_URL)
    is_ours = address.startswith("/") and not address.startswith("//")
    return address if is_ours and not address.startswith(settings.STATIC_URL) else None
