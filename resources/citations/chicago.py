"""Chicago, 17th edition: what its bibliography, its notes and its reference lists share.

Source: The Chicago Manual of Style (2017), chapters 14 and 15, as shown at
https://www.chicagomanualofstyle.org/tools_citationguide.html

The places of publishers are not in our records and are left out, as the 18th edition allows.
"""

from resources.citations import dates, names, works
from resources.citations.page_ranges import for_chicago
from resources.citations.runs import italic, joined, upright
from resources.citations.titles import quoted
from resources.citations.works import MEDIA, Form

MOST_NAMES_IN_A_LIST, NAMED_OF_MORE = 10, 7
MOST_NAMES_IN_A_NOTE = 3


def names_in_list(record):
    """Up to ten names, the first inverted; of more, seven and “et al.”."""
    people, are_editors = works.leading_names(record)
    texts = names.first_inverted(people)
    if len(texts) > MOST_NAMES_IN_A_LIST:
        text = f"{', '.join(texts[:NAMED_OF_MORE])}, et al."
    else:
        text = names.listed(texts)
    return f"{text}, {editors_label(people)}" if are_editors else text


def names_in_note(record):
    """Up to three names as people say them; of more, the first and “et al.”."""
    people, are_editors = works.leading_names(record)
    text = few(people)
    return f"{text}, {editors_label(people)}" if are_editors else text


def few(people):
    texts = [name.direct for name in people]
    return f"{texts[0]} et al." if len(texts) > MOST_NAMES_IN_A_NOTE else names.listed(texts)


def all_of(people):
    return names.listed([name.direct for name in people])


def editors_label(people):
    return "eds." if len(people) > 1 else "ed."


def title(record, mark):
    """Whole works italic, the mark after them; parts and posted works in quotation marks, the mark inside."""
    if works.form_of(record) is Form.WHOLE:
        text = record.full_title
        is_closed = mark == "." and text.rstrip("”’")[-1:] in tuple(".?!…")
        return italic(text) + upright("" if is_closed or not text else mark)
    return quoted(record.full_title, mark)


def volume_of_book(record):
    return f"vol. {record.volume}" if record.volume and works.form_of(record) is not Form.ARTICLE else ""


def series(record):
    if works.form_of(record) is Form.ARTICLE:
        return ()
    return works.series_and_number(record), works.report_number(record)


def publisher(record):
    """Joined by semicolons; for a whole work also the author who publishes it."""
    is_posted = works.form_of(record) is Form.POSTED
    return "; ".join(works.other_publishers(record) if is_posted else [name.direct for name in record.publishers])


def medium(record):
    return MEDIA.get(record.kind, "")


def year(record):
    return "n.d." if works.is_undated(record) else str(record.issued.year)


def journal(record, date, number_in_parentheses=False):
    """“*Classical Philology* 111, no. 2 (April 2016): 165–76”; in reference lists without a month “38 (1): 95–109”."""
    number = works.bare_number(record)
    if record.volume and number and number_in_parentheses and not date:
        volume = f" {record.volume} ({number})"
    else:
        volume = f" {record.volume}" if record.volume else ""
        volume += f", no. {number}" if number else ""
    when = f" ({date})" if date else ""
    pages = for_chicago(record.page_range)
    return italic(record.container) + upright(f"{volume}{when}{': ' if pages else ''}{pages}")


def magazine(record):
    """“*Title*, April 17, 2017, 4–9” for articles without volume and number."""
    pages = for_chicago(record.page_range)
    when = dates.month_first(record.issued) if record.issued and record.issued.month else ""
    return joined((italic(record.container), upright(when), upright(pages)), ", ")


def accessed_on(record, accessed):
    """The day of reading, only where no date is known."""
    has_use = accessed and works.is_undated(record) and record.address
    return f"accessed {dates.month_first(accessed)}" if has_use else ""
