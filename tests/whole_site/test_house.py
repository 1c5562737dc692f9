"""The house itself: migrations, layers, templates, what is said in one place only, static files in production."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template import Context, Engine, engines
from django.template.utils import get_app_template_dirs

from tests.whole_site.loud_templates import UndefinedVariableError

HOUSE = Path(settings.BASE_DIR)
ROOMS = [HOUSE / "coalition_site", *sorted({Path(app.path) for app in apps.get_app_configs()})]
CODE = sorted({file for room in ROOMS if room.parent == HOUSE for file in room.rglob("*.py")})
TEMPLATES = sorted(file for file in (HOUSE / "templates").rglob("*") if file.is_file())


def places(pattern, files, flags=0):
    """Lines of the house, as file:line, in which a pattern is found."""
    return [
        f"{file.relative_to(HOUSE)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if re.search(pattern, line, flags)
    ]


def test_the_house_is_looked_at_in_full():
    names = {str(file.relative_to(HOUSE)) for file in CODE}
    assert {"coalition_site/views.py", "pages/models.py", "search/views.py", "publishing/markup.py"} <= names
    assert len(TEMPLATES) > 30


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_room_imports_from_a_room_above_it():
    lint = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=HOUSE, capture_output=True, text=True
    )
    assert lint.returncode == 0, lint.stdout + lint.stderr


def test_the_layers_that_are_kept_name_every_room():
    import tomllib

    linter = tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["importlinter"]
    rooms = {app.name.partition(".")[0] for app in apps.get_app_configs() if Path(app.path).parent == HOUSE}
    rooms |= {"benchmarks", "local"}  # no apps, but they may import them all
    assert rooms == set(linter["root_packages"])
    assert rooms == {room for layer in linter["contracts"][0]["layers"] for room in layer.split(" | ")}


def test_every_template_is_in_use():
    """Extended, included or rendered by name; one that overrides a package's counts as used by it.

    So does a component of which the style guide has samples; it names them without their folder.
    """
    sources = {file: file.read_text() for file in (*CODE, *TEMPLATES)}
    samples = (HOUSE / "coalition_site" / "styleguide.py").read_text()
    packages = [Path(folder) for folder in get_app_template_dirs("templates")]
    unused = []
    for template in TEMPLATES:
        name = template.relative_to(HOUSE / "templates").as_posix()
        named = re.compile(rf"""["']{re.escape(name)}["']""")
        overrides = any((folder / name).exists() for folder in packages)
        is_sample = template.parent.name in ("components", "blocks") and f'"{template.stem}": ' in samples
        in_folder = f'f"{name.rpartition("/")[0]}/{{'  # a view that puts the folder in front: f"errors/{template}"
        is_named = any(
            named.search(text) or (in_folder in text and f'"{template.name}"' in text)
            for file, text in sources.items()
            if file != template
        )
        if not (overrides or is_sample or is_named):
            unused.append(name)
    assert not unused


def test_one_module_alone_says_that_html_is_safe():
    found = places(r"\b(mark_safe|SafeString|SafeText|SafeData|html_safe|__html__)\b", CODE)
    assert {place.partition(":")[0] for place in found} == {"publishing/markup.py"}


def test_no_template_turns_escaping_off():
    pages = [file for file in TEMPLATES if file.suffix != ".txt"]  # plain text of mail has nothing to escape
    assert places(r"\|\s*safe(seq)?\b|autoescape\s+off", pages) == []


def test_only_publishing_compares_the_dates_of_an_item_in_queries():
    written = [file for file in (*CODE, *TEMPLATES) if "migrations" not in file.parts]
    outside = [file for file in written if file.relative_to(HOUSE).parts[0] != "publishing"]
    pattern = r"(published_at|retired_at)__|\b(filter|exclude|get)\([^)]*\b(published_at|retired_at)\s*="
    assert places(pattern, outside) == []
    assert places(pattern, written), "publishing itself compares them, so the pattern finds what it is for"


def test_no_page_of_a_reader_carries_inline_code():
    ours = [file for file in TEMPLATES if "admin" not in file.relative_to(HOUSE / "templates").parts]
    # Structured data for search engines is no code.
    assert (
        places(r"<script(?![^>]*(\bsrc=|ld\+json))|<style|\son[a-z]+=|\sstyle=|javascript:", ours, re.IGNORECASE) == []
    )


def test_every_component_says_its_parameters_in_its_first_comment():
    silent = [
        file.name for file in TEMPLATES if file.parent.name == "components" and not file.read_text().startswith("{# ")
    ]
    assert not silent


def test_a_variable_that_nobody_gave_stops_a_template_of_ours():
    template = engines["django"].from_string
    with pytest.raises(UndefinedVariableError, match="titel"):
        template("{{ titel }}").render({"title": "Partners"})
    with pytest.raises(UndefinedVariableError, match=r"page\.titel"):
        template("{{ page.titel|upper }}").render({"page": {"title": "Partners"}})
    with pytest.raises(UndefinedVariableError, match="nothing"):
        template("{% include 'components/breadcrumbs.html' with ancestors=nothing only %}").render({})
    with pytest.raises(UndefinedVariableError, match="name"):
        template("{% load i18n %}{% blocktranslate %}Of {{ name }}{% endblocktranslate %}").render({})


def test_what_is_optional_may_be_left_out_of_a_template():
    render = engines["django"].from_string("{% if x %}x{% endif %}{% for y in z %}y{% endfor %}{{ id|default:'q' }}")
    assert render.render({}) == "q"


def test_djangos_own_admin_may_lean_on_silence():
    template = Engine.get_default().get_template("admin/pagination.html")
    assert template.origin.name.startswith(str(Path(sys.prefix)))
    engine_of_the_site = engines["django"].engine
    assert engine_of_the_site.get_template("admin/submit_line.html").render(Context({"original": None})) is not None


def test_production_can_collect_every_static_file(settings, tmp_path):
    """With hashed names, so that a style sheet which names a missing file is found here, and with small copies."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
        "js",
        "map",
        "svg",
        "txt",
        "woff2",
        "png",
        "ico",
    )  # saves 10 seconds
    call_command("collectstatic", interactive=False, verbosity=0)
    paths = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    ours = {file.relative_to(HOUSE / "static").as_posix() for file in (HOUSE / "static").rglob("*") if file.is_file()}
    assert ours <= paths.keys()
    for name in ("css/site.css", "css/tokens.css"):
        for ending in ("", ".gz", ".br"):
            assert (tmp_path / (paths[name] + ending)).stat().st_size, name + ending
    fonts = (tmp_path / paths["fonts/fonts.css"]).read_text()
    assert re.findall(r'url\("?([^")]+)"?\)', fonts)
    for url in re.findall(r'url\("?([^")]+)"?\)', fonts):
        assert (tmp_path / "fonts" / url).exists(), url
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", url), url
    for licence in ("OFL-Besley.txt", "OFL-Atkinson-Hyperlegible-Next.txt"):
        assert f"fonts/{licence}" in paths
