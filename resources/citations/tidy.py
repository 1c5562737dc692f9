"""Mends what typists and imports leave behind, once, so that the styles only think about style."""

import re
from dataclasses import fields, replace
from functools import lru_cache

from resources.citations.titles import curled, is_abbreviation

# Not words: left as they are.
MACHINE_READ = {"key", "url", "license", "access", "language", "source"}


@lru_cache(maxsize=1)  # the page of a work asks for the same record in each style
def tidied(record):
    """The same record with single spaces, paired quotation marks and no stray marks at the ends of its words."""
    words = {
        one.name: _mended(getattr(record, one.name))
        for one in fields(record)
        if isinstance(getattr(record, one.name), str) and one.name not in MACHINE_READ
    }
    words |= {"title": _without_final_period(words["title"]), "subtitle": _without_final_period(words["subtitle"])}
    people = (replace(one, name=_mended_name(one.name)) for one in record.contributors)
    identifiers = tuple(replace(one, value=_mended(one.value)) for one in record.identifiers)
    links = tuple(replace(link, address=link.address.strip()) for link in record.links if link.address.strip())
    named = tuple(one for one in people if one.name.literal or one.name.family)
    return replace(record, **words, contributors=named, identifiers=identifiers, links=links)


def _mended(text):
    text = re.sub(r"\.{2,}", "…", " ".join(text.split()))
    text = re.sub(r",(\s*,)+", ",", text).strip(" ,;:")
    return curled(text)


def _mended_name(name):
    """A name's parts; a person of one name has it as the family name, and a suffix alone is nobody."""
    parts = {one.name: _mended(re.sub(r"\.{2,}", ".", getattr(name, one.name))) for one in fields(name)}
    parts = {part: text if any(map(str.isalnum, text)) else "" for part, text in parts.items()}
    if not parts["family"] and not parts["literal"]:
        parts |= {"family": parts["given"], "given": ""}
    return replace(name, **parts)


def _without_final_period(title):
    """“Findings.” as “Findings”, but “Made in the U.S.” and “Schools, Inc.” as they are."""
    last = title.rpartition(" ")[2].strip("(“‘")
    return title.removesuffix(".").rstrip() if last.endswith(".") and not is_abbreviation(last[:-1]) else title
