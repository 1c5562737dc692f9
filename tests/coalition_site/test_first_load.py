"""The starting content, loaded into an empty database or beside what editors made before."""

import pytest

from coalition_site.content_loader import load_starting_content
from tests.coalition_site.starting import copy_a_quarter, everything, page_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return copy_a_quarter(tmp_path)


def test_a_page_that_an_editor_made_first_is_left_alone(folder, make_page):
    make_page("An editor’s own contact page", slug="contact")
    load_starting_content(folder)
    assert page_at("/contact/").title == "An editor’s own contact page"


@pytest.mark.deep
def test_records_and_works_that_an_editor_made_first_are_used_and_left_alone():
    from resources.models import Publication
    from tests.library import publish_work
    from vocabulary.models import Organization

    mine = publish_work("An editor’s own record", identifiers=[("eric", "ED477535")])
    coalition = Organization.objects.create(slug="ccs", label="Coalition for Community Schools")
    load_starting_content()
    assert not Publication.objects.filter(slug="making-the-difference").exists()
    assert Publication.objects.public().get(identifiers__value="ED477535") == mine
    [publisher, _institute] = Publication.objects.get(slug="results-2013").makers("publisher")
    assert publisher.maker == coalition
    assert Organization.objects.filter(label="Coalition for Community Schools").count() == 1


FAULTS = {
    "broken TOML": ("pages/policy/state.toml", 'title = "no end'),
    "a title that is too long": ("pages/policy/state.toml", f'title = "{"x" * 201}"\nsummary = "One."\n'),
    "no summary": ("pages/policy/state.toml", 'title = "State"\n'),
    "an unknown kind of block": (
        "pages/policy/state.toml",
        'title = "State"\nsummary = "One."\n[[blocks]]\nkind = "film"\n',
    ),
    "a block without its text": (
        "pages/policy/state.toml",
        'title = "State"\nsummary = "One."\n[[blocks]]\nkind = "heading"\n',
    ),
    "an unknown field of a block": (
        "pages/policy/state.toml",
        'title = "State"\nsummary = "One."\n[[blocks]]\nkind = "heading"\ntext = "A"\ncolor = "red"\n',
    ),
    "a page without a page above it": ("pages/nowhere/state.toml", 'title = "State"\nsummary = "One."\n'),
    "a menu line without an address": ("menus.toml", 'header = [{ label = "About" }]\n'),
    "an unknown menu": ("menus.toml", 'side = [{ label = "About", address = "/about/" }]\n'),
    "broken contact facts": ("contact.toml", 'organization = "The Coalition"\nemail = "no address"\n'),
    "a group of synonyms of one word": ("search.toml", '[synonyms.one]\nwords = ["beacon"]\n'),
    "an unknown part of a group of synonyms": ("search.toml", '[synonyms.one]\nwords = ["a", "b"]\ntexts = ["c"]\n'),
    "a redirect to no address": ("redirects.toml", '[[redirects]]\nold = "/x.aspx"\nnew = "javascript:x"\n'),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_with_a_fault_writes_nothing_at_all_and_the_error_names_the_file(folder, fault):
    file, text = FAULTS[fault]
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(text)
    before = everything()
    with pytest.raises(Exception) as refusal:  # noqa: PT011
        load_starting_content(folder)
    assert everything() == before
    said = "\n".join([str(refusal.value), *getattr(refusal.value, "__notes__", [])])
    place = file.removeprefix("pages").removesuffix(".toml")
    assert place in said, f"the error does not name {file}: {type(refusal.value).__name__}: {said}"
