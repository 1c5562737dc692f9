"""What a page says that refuses a request, for tests."""

from tests.whole_site.reading import Reading


def assert_stands_in_both_languages(response, english, spanish):
    page = Reading(response.content)
    assert not page.fault
    assert (page.language, len(page.all("h1"))) == ("en", 1)
    assert english in page.title and page.meta("description") and page.is_hidden_from_search_engines
    (part,) = [element for element in page.tree.iter() if element.get("lang") == "es"]
    assert spanish in "".join(part.itertext())
    assert {"/", "/es/"} & set(page.links)
    assert page.all("link", rel="stylesheet")
