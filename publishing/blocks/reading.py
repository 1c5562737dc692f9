"""What a page makes of its blocks: groups, sections, reading time, links on paper."""

from itertools import groupby

from publishing.blocks.kinds import Heading

BLOCKS_SEEN_FIRST = 2


def in_region(blocks, region):
    return [block for block in blocks if block.region == region]


def grouped(blocks):
    """Pairs (template name, blocks): neighbors of a listed kind together, every other block alone."""
    groups = []
    for block in blocks[:BLOCKS_SEEN_FIRST]:
        block.is_first = True
    for (kind, listed), run in groupby(blocks, key=lambda block: (type(block), block.is_listed)):
        run = list(run)
        groups += [(kind.template_name, run)] if listed else [(kind.template_name, [block]) for block in run]
    return groups


def sections(blocks):
    """Pairs (heading block or None, blocks below it): the text split at its headings of the first level."""
    parts = [(None, [])]
    for block in blocks:
        if isinstance(block, Heading) and block.level == Heading.Level.SECTION:
            parts.append((block, []))
        else:
            parts[-1][1].append(block)
    return [part for part in parts if part[0] or part[1]]


def links_on_paper(blocks):
    """Number the links in the text of blocks in memory; return their addresses in the order of the numbers."""
    numbers = {}
    for block in blocks:
        block.number_links(numbers)
    return list(numbers)


def reading_minutes(blocks, words_a_minute=200):
    """Minutes that an adult needs for the text, at least 1.

    200 words a minute lies in the range that studies of silent reading report for non-fiction:
    Brysbaert (2019), How many words do we read per minute?, Journal of Memory and Language 109.
    """
    words = sum(len(block.words().split()) for block in blocks)
    return max(1, round(words / words_a_minute))
