"""Walks the whole site once, with its starting content, and judges what came back."""

from collections import Counter, defaultdict
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.utils import timezone

from publishing.languages import path_in
from tests.closed.headers import faults
from tests.loaded import load_once
from tests.whole_site.addresses import patterns
from tests.whole_site.walk import FOR_STAFF, NOT_WALKED, Walk, addresses_to_visit, local_path, standing_for

pytestmark = pytest.mark.django_db  # without a test that says so, pytest-django makes no test database


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker):
    """Loads the starting content and one page in both languages with all kinds of blocks, visits all, takes it back."""
    from blog.models import Entry
    from faq.models import Question
    from pages.models import Page, Redirect
    from resources.shelves import SHELVES
    from tests.conftest import fill_with_blocks
    from tests.library import publish_a_full_work

    walk = Walk()
    with django_db_blocker.unblock(), transaction.atomic():
        load_once()
        everything = Page(
            title="All kinds of blocks", slug="all-kinds", summary="One page.", published_at=timezone.now()
        )
        everything.save()
        fill_with_blocks(everything)
        translation = Page(
            title="Todos los bloques", slug="todos", summary="Una página.", language="es", translation_of=everything
        )
        translation.published_at = timezone.now()
        translation.save()
        fill_with_blocks(translation, words="Palabras", tint=90)

        publish_a_full_work()
        public = list(Page.objects.public().prefetch_related("translations"))
        texts = [*public, *Entry.objects.public(), *Question.objects.public().prefetch_related("translations")]
        english = {one.get_absolute_url(): bool(one.translations.all()) for one in texts if one.language == "en"}
        translated = {address for address, is_translated in english.items() if is_translated}
        walk.leading_to_translations = {path_in("es", address) for address in translated}
        walk.untranslated = {path_in("es", address): address for address in english.keys() - translated}
        visits = addresses_to_visit(public)
        for name, _pattern, has_language in patterns():
            for address in visits.get(name, []):
                walk.patterns.add(name)
                walk.visit(address)
                if has_language and not address.startswith("/es/") and address not in translated:
                    walk.visit(standing_for(path_in("es", address)))
        walk.lists = {one.get_absolute_url() for shelf in SHELVES.values() for one in shelf.compartments()}
        walk.pages = {page.get_absolute_url() for page in public}
        walk.old_addresses = {}
        for redirect in Redirect.objects.all():
            walk.visit(redirect.old_path)
            walk.old_addresses[redirect.old_path] = redirect.target
        for reading in list(walk.readings.values()):
            for link in reading.links:
                if (local := local_path(link)) and standing_for(local) not in walk.lists:
                    walk.visit(standing_for(local))
        for answer in list(walk.answers.values()):
            if answer.status_code in (301, 302) and (local := local_path(answer.headers["Location"])):
                walk.visit(local)
        transaction.set_rollback(True)
    return walk


def none_of(faults):
    assert not faults, "\n".join(["", *map(str, faults)])


def is_lost(address):
    return "no-such-page" in address or "nowhere" in address


def test_no_address_pattern_is_unknown_to_this_walk(walk):
    known = {name for name, _pattern, _has_language in patterns() if not name.startswith(FOR_STAFF)}
    assert known == walk.patterns | NOT_WALKED, "Say in addresses_to_visit() where a reader meets the new pattern."


def test_the_walk_meets_every_page_of_the_starting_content_and_its_spanish_address(walk):
    files = list((settings.BASE_DIR / "coalition_site" / "starting_content" / "pages").rglob("*.toml"))
    assert len(walk.pages) == len(files) + 2
    assert walk.pages <= walk.readings.keys()
    assert len(walk.untranslated) > len(files) and walk.untranslated.keys() <= walk.readings.keys()


def test_every_address_answers(walk):
    wrong = []
    for address, answer in walk.answers.items():
        allowed = (404,) if is_lost(address) else (301, 302) if is_redirect(address, walk) else (200,)
        if answer.status_code not in allowed:
            wrong.append(f"{address}: {answer.status_code} {(getattr(answer, 'exc_info', None) or ['', ''])[1]!r}")
    none_of(wrong)


def is_redirect(address, walk):
    return address == "/favicon.ico" or address in walk.old_addresses or address in walk.leading_to_translations


def test_every_answer_carries_the_headers(walk):
    wrong = []
    for address, answer in walk.answers.items():
        pictures = address.startswith(settings.MEDIA_URL)
        file = pictures or address.endswith("cover.webp")
        kind = "a PDF" if address.endswith(".pdf") else "a file" if file else "readers"
        sharing = "cross-origin" if pictures else "same-origin"
        wrong += [f"{address}: {fault}" for fault in faults(answer, kind, sharing)]
    none_of(wrong)


def test_no_page_holds_inline_code_or_stray_template_marks(walk):
    none_of(walk.refused.items())


def test_every_old_address_leads_to_its_page(walk):
    assert walk.old_addresses
    assert {old: walk.answers[old].headers["Location"] for old in walk.old_addresses} == walk.old_addresses
    assert {walk.answers[new].status_code for new in walk.old_addresses.values()} == {200}


def test_every_page_is_valid_html(walk):
    none_of(walk.where(lambda _address, page: page.fault))


def test_every_page_has_exactly_one_first_heading(walk):
    def judge(_address, page):
        headings = ["".join(heading.itertext()).strip() for heading in page.all("h1")]
        return f"h1: {headings}" if len(headings) != 1 or not headings[0] else None

    none_of(walk.where(judge))


def test_every_page_has_a_title_of_its_own(walk):
    none_of(walk.where(lambda _address, page: None if len(page.title) > 5 else f"title “{page.title}”"))
    by_title = defaultdict(set)
    for address, page in walk.readings.items():
        if not page.is_hidden_from_search_engines:
            by_title[page.language, page.title].add(address)
    none_of([f"{title}: {addresses}" for title, addresses in by_title.items() if len(addresses) > 1])


def test_every_page_has_one_description(walk):
    def judge(_address, page):
        found = page.meta("description")
        return None if len(found) == 1 and 5 < len(found[0].strip()) <= 200 else f"descriptions {found}"

    none_of(walk.where(judge))


def test_every_page_names_its_canonical_address(walk):
    """A page names itself without its query; the short Spanish page names the English one; a 404 names none."""

    def judge(address, page):
        path = urlsplit(address).path
        has_none = is_lost(address) or path.endswith("/styleguide/")
        path = path.removesuffix("card/")  # of a question, for paper
        expected = [] if has_none else [settings.SITE_URL + walk.untranslated.get(path, path)]
        found = page.head_links("canonical")
        return None if found == expected else f"{found} instead of {expected}"

    none_of(walk.where(judge))


def test_only_pages_that_are_not_content_are_hidden_from_search_engines(walk):
    def judge(address, page):
        path, query = urlsplit(address).path, urlsplit(address).query
        if path.endswith("/styleguide/"):
            return None  # for staff only in production
        is_search = "/search/" in path or (path.endswith("/resources/publications/") and "q=" in query)
        is_search = is_search or (path.endswith("/faq/") and ("q=" in query or "role=" in query))
        is_empty = path.startswith("/es/blog/")  # no entry is in Spanish yet
        is_no_content = is_search or is_empty or "/feedback/" in path or path.endswith(("/chosen/", "/card/"))
        is_hidden = is_lost(address) or path in walk.untranslated or is_no_content
        return None if page.is_hidden_from_search_engines == is_hidden else f"robots: {page.meta('robots')}"

    none_of(walk.where(judge))


def test_no_page_uses_an_id_twice(walk):
    def judge(_address, page):
        twice = [name for name, number in Counter(page.ids).items() if number > 1]
        return f"twice: {twice}" if twice else None

    none_of(walk.where(judge))


def test_every_page_says_its_language(walk):
    def judge(address, page):
        expected = "es" if address.startswith("/es/") else "en"
        return None if page.language == expected else f"lang={page.language}"

    none_of(walk.where(judge))
    wrong = {
        address: walk.answers[address].headers["Content-Language"]
        for address in walk.readings
        if walk.answers[address].headers["Content-Language"] != ("es" if address.startswith("/es/") else "en")
    }
    none_of(wrong.items())


def test_every_link_leads_somewhere(walk):
    """Static files exist; addresses of ours answer 200, or lead to one that does; a 404 may lead to its twin."""

    def leads_nowhere(address, link):
        path = urldefrag(link).url.removeprefix(settings.SITE_URL)
        if path.startswith(settings.STATIC_URL):
            file = finders.find(unquote(path.removeprefix(settings.STATIC_URL)))
            return not file
        if not local_path(link) or path.startswith("/admin/") or (is_lost(address) and is_lost(path)):
            return False
        if standing_for(path) in walk.lists:
            return False
        answer = walk.answers.get(standing_for(path))
        if answer is not None and answer.status_code in (301, 302):
            answer = walk.answers.get(local_path(answer.headers["Location"]))
        return answer is None or answer.status_code != 200

    def judge(address, page):
        broken = sorted({link for link in page.links if leads_nowhere(address, link)})
        return f"leads nowhere: {broken}" if broken else None

    none_of(walk.where(judge))


def test_every_link_into_a_page_meets_the_place_it_names(walk):
    def judge(address, page):
        broken = []
        for link in page.links:
            target, fragment = urldefrag(link)
            if fragment.startswith("page="):
                continue  # a page of a PDF: the browser's reader finds it
            there = walk.readings.get(target or address)
            if fragment and (there is None or unquote(fragment) not in there.ids):
                broken.append(link)
        return f"no such place: {broken}" if broken else None

    none_of(walk.where(judge))


def test_every_link_is_an_address_of_ours_or_a_whole_one(walk):
    def judge(_address, page):
        allowed = ("/", "#", "?", "https://", "http://", "mailto:", "tel:")
        strange = [link for link in page.links if not link.startswith(allowed) or link.startswith("//")]
        return f"strange: {strange}" if strange else None

    none_of(walk.where(judge))


def test_the_short_spanish_page_offers_the_english_one(walk):
    for address, english in walk.untranslated.items():
        links = [link for link in walk.readings[address].all("a", hreflang="en") if link.get("href") == english]
        assert links, f"{address} does not lead to {english}"
