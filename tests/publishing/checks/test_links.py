"""Links: their words, and whether what they lead to answers."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages.models import Redirect
from publishing.checks import check_content
from publishing.checks.links import dead_paths, path_of
from tests.conftest import save_page
from tests.publishing.checks.items import link, page_of, text


def sentences(*blocks, **values):
    return [finding.sentence for finding in check_content(page_of(*blocks, **values))]


@pytest.mark.parametrize(
    "words", ["here", "Click here", "CLICK HERE!", "read  more …", "more", "link", "aquí", "Haga clic", "leer más »"]
)
def test_words_that_name_nothing_are_a_warning(words):
    [sentence] = sentences(link("https://www.iel.org/", words))
    assert "says only" in sentence and "Name what is behind it" in sentence


@pytest.mark.parametrize("words", ["More about partners", "Here is the report", "Linkages", "Leer más libros"])
def test_words_that_only_begin_so_are_good(words):
    assert sentences(link("https://www.iel.org/", words)) == []


@pytest.mark.parametrize("words", ["https://www.iel.org/a?b=c", "www.iel.org", "iel.org/coalition", "HTTP://IEL.ORG"])
def test_a_bare_address_is_a_warning(words):
    [sentence] = sentences(link("https://www.iel.org/", words))
    assert "bare address" in sentence


def test_a_mail_address_and_a_number_may_show_themselves():
    assert sentences(link("mailto:ccs@iel.org", "ccs@iel.org"), link("tel:+12028225405", "202.822.5405")) == []


@pytest.mark.parametrize("html", ["<a>Report</a>", '<a href="">Report</a>', '<a href="#">Report</a>'])
def test_a_link_without_an_address_is_a_warning(html):
    [sentence] = sentences(text(f"<p>{html}</p>"))
    assert "leads nowhere" in sentence


def test_a_link_without_words_and_one_that_is_no_address_are_warnings():
    assert "has no words" in sentences(text('<p>Words <a href="https://www.iel.org/"> </a></p>'))[0]
    assert "leads nowhere" in sentences(link("https://[", "Report"))[0]


def test_the_same_words_for_different_addresses_are_one_warning():
    first, second = link("https://a.org/", "The report"), link("https://b.org/", "the  Report")
    [sentence] = sentences(first, second, second)
    assert "different places" in sentence
    assert sentences(first, link("https://a.org", "The report")) == []


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/about/?a=b#c", "/about/"),
        ("/caf%C3%A9/", "/café/"),
        ("https://www.example.org/about/", "/about/"),
        ("https://WWW.example.org", "/"),
        ("below/", "/partners/below/"),
        ("../guide/", "/guide/"),
        ("#goals", None),
        ("?print=y", None),
        ("", None),
        ("mailto:ccs@iel.org", None),
        ("//iel.org/about/", None),
        ("https://iel.org/about/", None),
        ("https://[", None),
        ("////[x", None),
        ("https://www.example.org//[x", None),
    ],
)
def test_which_addresses_are_paths_of_this_site(address, path):
    assert path_of(address, "/partners/") == path


@pytest.fixture(scope="module")
def written(kept_for_the_module):
    """Pages of all states and two old addresses, written once for all tests."""
    save_page("Coalition for Community Schools", slug="home")
    about = save_page("About")
    save_page("Contact", parent=about)
    save_page("Sobre", language="es", slug="sobre", translation_of=about)
    now = timezone.now()
    save_page("Soon", published_at=now + timedelta(days=1))
    save_page("Gone", published_at=now - timedelta(days=2), retired_at=now - timedelta(days=1))
    save_page("Never", published_at=None)
    Redirect.objects.create(old_path="/old.aspx", page=about)
    Redirect.objects.create(old_path="/older.aspx", new_address="https://www.iel.org/")


@pytest.fixture
def site(written, db):
    """Those pages and addresses; what a test changes about them is taken back."""


ANSWERING = (
    "/", "/es/", "/about/", "/about", "/about/contact/", "/es/sobre/", "/es/about/", "/es/about", "/search/", "/search",
    "/es/search/", "/sitemap.xml", "/robots.txt", "/Old.aspx", "/older.aspx", "/static/css/site.css",
)  # fmt: skip
DEAD = (
    "/nowhere/", "/sobre/", "/About/", "/es/nowhere/", "/about/nowhere/", "/soon/", "/gone/", "/never/", "/x.aspx",
    "/es/es/about/", "/about/\0", "/" + "x" * 5000, "/👩‍🏫/", "/esabout/",
)  # fmt: skip


def test_what_answers_is_good_and_what_does_not_is_dead(site, client, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert dead_paths([*ANSWERING, *DEAD]) == set(DEAD)


@pytest.mark.parametrize(
    "path", [path for path in (*ANSWERING, *DEAD) if "\0" not in path and len(path) < 100 and "/static/" not in path]
)
def test_the_check_says_what_a_reader_would_find(site, client, path):
    response = client.get(path)
    answers = response.status_code == 200 or (response.status_code in (301, 302) and response["Location"] != path)
    assert answers == (path not in dead_paths([path]))


def test_no_links_ask_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert check_content(page_of(text("<p>Words</p>"), link("https://www.iel.org/"))) == []


def test_a_dead_link_is_an_error_in_texts_and_in_statements(site):
    page = page_of(link("/nowhere/"), ("statement", {"heading": "A way in", "address": "/nowhere/2/"}), link("/about/"))
    findings = [finding for finding in check_content(page) if finding.is_error]
    assert [(finding.key, finding.field) for finding in findings] == [
        (str(page.blocks[0].pk), "text"),
        (str(page.blocks[1].pk), "address"),
    ]
    assert "The link “The whole report” leads to /nowhere/, where nothing answers" in findings[0].sentence
    assert findings[0].place == "Text: The whole report"


def test_a_page_may_link_to_itself_before_it_is_public(db):
    assert sentences(link("/partners/#goals")) == []


def test_the_number_of_queries_is_the_same_for_one_link_and_for_many(site, django_assert_num_queries):
    for number in (1, 60):
        links = [link(f"/nowhere/{n}/", f"Place {n}") for n in range(number)]
        with django_assert_num_queries(2):
            assert len(sentences(*links)) == number


def test_the_starting_content_may_not_link_to_nowhere(db, tmp_path):
    from coalition_site.content_loader import FOLDER, load_starting_content
    from pages.models import Page

    (tmp_path / "pages").mkdir()
    (tmp_path / "contact.toml").write_text((FOLDER / "contact.toml").read_text())
    for empty in ("menus", "vocabulary"):
        (tmp_path / f"{empty}.toml").write_text("")
    (tmp_path / "redirects.toml").write_text("redirects = []")
    (tmp_path / "search.toml").write_text("[synonyms]")
    page = 'title = "%s"\nsummary = "One."\n[[blocks]]\nkind = "rich_text"\ntext = """<p><a href="%s">Next</a></p>"""\n'
    (tmp_path / "pages/first.toml").write_text(page % ("First", "/second/"))
    (tmp_path / "pages/second.toml").write_text(page % ("Second", "/nowhere/"))
    with pytest.raises(ValidationError, match="/nowhere/") as refused:
        load_starting_content(tmp_path)
    assert "second.toml" in "".join(refused.value.__notes__)
    assert not Page.objects.filter(title__in=["First", "Second"]).exists()
    (tmp_path / "pages/second.toml").write_text(page % ("Second", "/first/"))
    assert load_starting_content(tmp_path) == 3
