"""Links above and below a list, as `components/toolbar.html` shows them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    text: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class FeedLink(Link):
    media_type: str = ""


@dataclass(frozen=True)
class Group:
    """Links that belong together. `is_said`: their label stands before them."""

    label: str
    links: list
    is_said: bool = False
