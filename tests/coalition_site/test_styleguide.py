"""The style guide shows every component, in every state, from the component's own template."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from django.conf import settings as project
from django.contrib.staticfiles import finders

from coalition_site.styleguide import samples

TEMPLATES = Path(project.BASE_DIR, "templates")
FOLDERS = ("components", "publishing/blocks")
COMPONENTS = sorted(
    str(file.relative_to(TEMPLATES)) for folder in FOLDERS for file in (TEMPLATES / folder).glob("*.html")
)
OPTIONAL = re.compile(r"\b(\w+)\?")


@pytest.fixture
def html(client, db):
    return client.get("/styleguide/").content.decode()


@pytest.fixture
def tree(html):
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html)


def test_it_shows_every_component():
    assert sorted(component.path for component in samples()["components"]) == COMPONENTS


def test_each_component_is_named_on_the_page_with_its_parameters(tree):
    headings = {"".join(heading.itertext()) for heading in tree.iter("h2")}
    words = "".join(tree.itertext())
    for component in samples()["components"]:
        assert component.name in headings
        assert component.parameters in words


@pytest.mark.parametrize("path", COMPONENTS)
def test_a_component_says_its_parameters_in_its_first_line(path):
    first_line = (TEMPLATES / path).read_text().partition("\n")[0]
    assert re.fullmatch(r"\{# \S.* #\}", first_line)


@pytest.mark.parametrize("component", samples()["components"], ids=lambda component: component.name)
def test_samples_use_all_optional_parameters_and_no_unnamed_ones(component):
    used = {name for sample in component.samples for name in sample.data}
    assert used <= set(re.findall(r"\w+", component.parameters))
    assert set(OPTIONAL.findall(component.parameters)) <= used


def test_each_color_and_size_of_type_is_a_token():
    tokens = Path(finders.find("css/tokens.css")).read_text()
    shown = samples()
    names = [*shown["colors"], *(f"t-{size}" for size, _use, _words in shown["type_scale"])]
    assert [name for name in names if f"--{name}:" not in tokens] == []


def test_headings_are_in_order_below_one_h1(tree):
    levels = [int(element.tag[1]) for element in tree.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_id_stands_twice_and_every_reference_leads_somewhere(tree):
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    shown = list(tree.find("body/main").iter())  # without the frame: its menus are empty here
    references = {
        name
        for element in shown
        for attribute in ("for", "aria-labelledby", "aria-describedby")
        for name in element.get(attribute, "").split()
    }
    references |= {element.get("href")[1:] for element in shown if element.get("href", "").startswith("#")}
    assert [name for name, times in ids.items() if times > 1] == []
    assert references - set(ids) == set()


def test_search_engines_pass_it_by(tree):
    assert [meta.get("content") for meta in tree.iter("meta") if meta.get("name") == "robots"] == ["noindex"]


def test_samples_ask_nothing_of_the_database(django_assert_num_queries, client, db):
    frame = 2  # menus and contact facts
    with django_assert_num_queries(frame):
        client.get("/styleguide/")


def test_a_stranger_sees_it_only_outside_production(client, db, settings):
    assert client.get("/styleguide/").status_code == 200
    settings.SITE_ENV = "production"
    response = client.get("/styleguide/")
    assert response.status_code == 302
    assert response["Location"] == "/admin/login/?next=/styleguide/"


def test_staff_see_it_in_production(staff_client, settings):
    settings.SITE_ENV = "production"
    assert staff_client.get("/styleguide/").status_code == 200
