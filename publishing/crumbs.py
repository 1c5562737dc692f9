"""The way from the front page to a page, where no item of the page tree leads there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Crumb:
    title: str
    url: str

    def get_absolute_url(self):
        return self.url
