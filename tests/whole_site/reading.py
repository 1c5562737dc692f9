"""An HTML page as a strict parser reads it: its title, its head links, its ids, its links."""

import html5lib
from html5lib.html5parser import ParseError


class Reading:
    """A page. `fault` is the first thing that is not valid HTML, or ''; the rest is read all the same."""

    def __init__(self, html):
        text = html.decode()
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        try:
            self.tree = parser.parse(text)
            self.fault = ""
        except ParseError as error:
            line, column = parser.tokenizer.stream.position()
            self.fault = f"line {line}, column {column}: {error} {text.splitlines()[line - 1].strip()[:120]}"
            self.tree = html5lib.parse(text, namespaceHTMLElements=False)

    def all(self, tag, **attributes):
        return [
            element
            for element in self.tree.iter(tag)
            if all(element.get(name.replace("_", "-")) == value for name, value in attributes.items())
        ]

    @property
    def language(self):
        return self.tree.get("lang")

    @property
    def title(self):
        return " ".join(self.tree.findtext("head/title", "").split())

    def words(self):
        return " ".join("".join(self.tree.find("body").itertext()).split())

    def meta(self, name):
        """Contents of <meta name=…> or <meta property=…>."""
        found = self.all("meta", name=name) + self.all("meta", property=name)
        return [element.get("content") for element in found]

    def head_links(self, rel):
        return [element.get("href") for element in self.all("link", rel=rel)]

    @property
    def alternates(self):
        return {element.get("hreflang"): element.get("href") for element in self.all("link", rel="alternate")}

    @property
    def is_hidden_from_search_engines(self):
        return "noindex" in self.meta("robots")

    @property
    def ids(self):
        return [element.get("id") for element in self.tree.iter() if isinstance(element.tag, str) and element.get("id")]

    @property
    def links(self):
        """Every address that the page names: links, pictures, styles, scripts, where its forms go to look something up.

        Where a form only sends something, nobody arrives.
        """
        asking = (element for element in self.tree.iter() if element.get("method") != "post")
        found = (element.get(name) for element in asking for name in ("href", "src", "action"))
        return [address for address in found if address]
