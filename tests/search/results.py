"""The page of results for tests: where it stands, what is found on it, what it says."""

SEARCH, LIBRARY = "/search/", "/resources/publications/"


def titles(response):
    return [hit.title for hit in response.context["results"].hits]


def said(response):
    """The sentence above the results."""
    text = response.content.decode()
    heading = text.partition('class="conditions" id="said">')[2].partition("</h2>")[0]
    return " ".join(heading.replace("<em>", "").replace("</em>", "").split())
