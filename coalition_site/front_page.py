"""The front page: a view over everything, put together from pages that are edited elsewhere."""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse

from pages.addresses import HOME_PATH
from pages.context_processors import contact_facts
from pages.models import Page, Promotion, Statement
from publishing.blocks import blocks_of, in_region, sections
from publishing.kinds import newest_items
from publishing.languages import path_in
from publishing.markup import script_json
from publishing.remembered import remembered

MISSION_PATH = "/about/vision-and-mission/"
ROLES_PATH = "/leadership/"
NEWEST_ITEMS = 5


@dataclass
class FrontPage:
    """What the front page shows. Vision, mission, values, goals and activities come from their own page,
    so each of those sentences exists once; a part whose page is not public is left out.
    """

    page: Page
    mission: Page | None
    roles: list
    newest: list
    promotion: Promotion | None
    blocks: dict = field(repr=False)  # key of a page → its blocks

    @classmethod
    def in_language(cls, language):
        """The front page of a language, or None while that language has no public home page."""
        found = _public_pages(language)
        page = found.get(HOME_PATH)
        return cls._around(page, found, blocks_of(*filter(None, (page, found.get(MISSION_PATH))))) if page else None

    @classmethod
    def of(cls, page):
        """The front page around a home page in memory, such as a draft; what comes from elsewhere is public."""
        found = _public_pages(page.language)
        mission = found.get(MISSION_PATH)
        return cls._around(page, found, (blocks_of(mission) if mission else {}) | {page.pk: page.blocks})

    @classmethod
    def _around(cls, page, found, blocks):
        roles = found.get(ROLES_PATH)
        newest = _newest(page.language)
        return cls(
            page=page,
            mission=found.get(MISSION_PATH),
            roles=_roles_below(roles) if roles else [],
            newest=[item for item in newest if item != page][:NEWEST_ITEMS],
            promotion=_promotion(page.language),
            blocks=blocks,
        )

    def _region(self, key):
        return in_region(self.blocks[self.page.pk], key)

    @property
    def sentence(self):
        """The sentence in two colors: two lists of three lines each, or None while it is not written."""
        sentences = [block for block in self._region("sentence") if isinstance(block, Statement)]
        if not sentences:
            return None
        halves = (sentences[0].heading, sentences[0].text)
        return [[line.strip() for line in half.split("|") if line.strip()] for half in halves]

    @property
    def opening(self):
        return sections(self._region("opening"))

    @property
    def features(self):
        return [block for block in self._region("features") if isinstance(block, Statement)]

    @property
    def structured(self):
        """The organization and its site as https://schema.org has them, for a script element."""
        facts, site = contact_facts(), settings.SITE_URL
        organization = {"@type": "Organization", "@id": f"{site}/#organization", "name": self.page.title}
        organization |= {"url": f"{site}/"} | (facts.structured if facts else {})
        search = f"{site}{path_in(self.page.language, reverse('search:results'))}?q={{words}}"
        website = {
            "@type": "WebSite",
            "name": organization["name"],
            "url": f"{site}{self.page.get_absolute_url()}",
            "inLanguage": self.page.language,
            "publisher": {"@id": organization["@id"]},
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": search},
                "query-input": "required name=words",
            },
        }
        return script_json({"@context": "https://schema.org", "@graph": [organization, website]})

    @property
    def mission_sections(self):
        return sections(self.blocks[self.mission.pk]) if self.mission else []


@remembered
def _newest(language):
    """One more than are shown: the front page may be among them."""
    return newest_items(language, NEWEST_ITEMS + 1)


@remembered
def _promotion(language):
    """The promotion that readers of a language see at this moment, and that leads somewhere; None where none does."""
    return next((one for one in Promotion.objects.in_force(language) if one.answers), None)


def _roles_below(page):
    return list(Page.objects.public().in_language(page.language).filter(parent=page).in_tree_order())


def _public_pages(language):
    """The public pages that the front page is made of, by their English paths."""
    public = Page.objects.public().in_language(language)
    return {page.english_path: page for page in public.standing_for([HOME_PATH, MISSION_PATH, ROLES_PATH])}
