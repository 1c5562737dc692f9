"""Loads the starting content of the blog and of the questions, a file an item, as an editor would write it.

- `blog/series.toml`, `blog/entries/<slug>.toml`
- `faq/groups.toml`, `faq/<language>/<slug>.toml`; translations name the English question by its slug
"""

import tomllib
from functools import partial

from blog import models as blog
from coalition_site.library_loader import record_finder
from coalition_site.loading import block_rows, named, row_key
from faq import models as faq
from publishing.models import Activity

NEEDS_A_READER = "Needs a native reader’s check."  # a note that only the staff see


def load_articles(loader, folder):
    """Write what is new or changed; `loader.revisions` gets what was published, by its path."""
    for kind in (Entries, Questions):
        if (folder / kind.folder).exists():
            kind(loader, folder / kind.folder).load()


def article_files(folder):
    """Path of an article → its file."""
    entries = {f"/blog/{file.stem}/": file for file in folder.glob("blog/entries/*.toml")}
    questions = {
        f"{'' if file.parent.name == 'en' else f'/{file.parent.name}'}/faq/{file.stem}/": file
        for file in folder.glob("faq/??/*.toml")
    }
    return entries | questions


class Articles:
    """The files of one kind of content, in its `folder`; `blocks`: name of a kind of block in a file → model."""

    def __init__(self, loader, folder):
        self.loader, self.root = loader, folder
        self.find = record_finder(loader, folder.parent)

    def load_file(self, key, file, path, model, language="en"):
        """Load one file as an item of a model, at a path."""
        with named(file):
            data = tomllib.loads(file.read_text())
            write = partial(self._write, model, file.stem, path, language, data)
            self.loader.load(key, data, write, model)

    def values(self, path, data):
        """What a file says besides title, summary and blocks: the fields of the item, its links, its other parts."""
        raise NotImplementedError

    def _write(self, model, slug, path, language, data, item):
        if item is None:
            if model.objects.filter(language=language, slug=slug).exists():
                return None  # an editor was there first
            item = model.create_stub(language=language)
        fields, links, parts = self.values(path, data)
        texts = {name: data[name] for name in ("title", "summary") if name in data}
        filled = model(slug=slug, language=language, **texts, **fields)
        rows = [*block_rows(self.blocks, path, data.get("blocks", [])), *parts]
        revision = self.loader.write_item(path, item, filled, rows, links=links)
        if language != "en" and revision.base is None:
            Activity.log(item, Activity.Kind.COMMENTED, revision=revision, text=NEEDS_A_READER)
        return item

    def terms(self, data, *sections):
        """{section: keys of the terms that a file names by their slugs}, without those that an editor has deleted."""
        return {
            section: [record.pk for slug in data.get(section, []) if (record := self.find(section, slug))]
            for section in sections
        }


def _relation_rows(model, path, addresses):
    for number, address in enumerate(addresses, start=1):
        yield model(pk=row_key(path, model.__name__, number), address=address)


class Entries(Articles):
    folder = "blog"
    blocks = {"heading": blog.Heading, "rich_text": blog.RichText, "quote": blog.Quote}

    def load(self):
        with named(file := self.root / "series.toml"):
            for values in tomllib.loads(file.read_text())["series"]:
                write = partial(_write_record, blog.Series, values)
                self.loader.load(f"entry series {values['slug']}", values, write, blog.Series)
        for file in sorted(self.root.glob("entries/*.toml"), key=_day):  # so that the last one published is the newest
            path = f"/blog/{file.stem}/"
            self.load_file(f"entry {file.stem}", file, path, blog.Entry)

    def values(self, path, data):
        series = self.loader.key_of(f"entry series {data['series']}") if "series" in data else None
        fields = {
            "dated_on": data["dated_on"],
            "series": blog.Series.objects.filter(pk=series).first(),
            "series_position": data.get("series_position") if series else None,
        }
        links = self.terms(data, "topics", "roles") | {"tags": data.get("tags", [])}
        bylines = [
            blog.Byline(pk=row_key(path, "Byline", key), organization_id=key)
            for key in self.terms(data, "organizations")["organizations"]
        ]
        return fields, links, [*bylines, *_relation_rows(blog.EntryRelation, path, data.get("related", []))]


def _day(file):
    with named(file):
        return str(tomllib.loads(file.read_text())["dated_on"]), file.stem


class Questions(Articles):
    folder = "faq"
    blocks = {"heading": faq.Heading, "rich_text": faq.RichText, "quote": faq.Quote}

    def load(self):
        with named(file := self.root / "groups.toml"):
            for values in tomllib.loads(file.read_text())["groups"]:
                write = partial(_write_record, faq.Group, values)
                self.loader.load(f"question group {values['slug']}", values, write, faq.Group)
        for language in ("en", "es"):  # what is translated comes before its translation
            prefix = "" if language == "en" else f"/{language}"
            for file in sorted(self.root.glob(f"{language}/*.toml")):
                path = f"{prefix}/faq/{file.stem}/"
                self.load_file(f"question {language} {file.stem}", file, path, faq.Question, language)

    def values(self, path, data):
        groups = faq.Group.objects.all()
        group = groups.filter(pk=self.loader.key_of(f"question group {data['group']}")).first()
        original = self.loader.key_of(f"question en {data['translation_of']}") if "translation_of" in data else None
        fields = {
            "group": group or groups.first(),  # an editor has deleted that of the file
            "position": data["position"],
            "translation_of": faq.Question.objects.filter(pk=original).first(),
        }
        return fields, self.terms(data, "topics", "roles"), list(
            _relation_rows(faq.QuestionRelation, path, data.get("related", []))
        )  # fmt: skip


def _write_record(model, values, record):
    if record is None and model.objects.filter(slug=values["slug"]).exists():
        return None  # an editor was there first
    record = record or model()
    for name, value in values.items():
        setattr(record, name, value)
    record.full_clean()
    record.save()
    return record
