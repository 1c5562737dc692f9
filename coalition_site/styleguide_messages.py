"""The samples of the style guide for what a page says beside its text: messages, notices, notes on paper."""


def message_states():
    faults = [
        {"text": "Type a year of four digits, such as 2017.", "url": "#wrong-year"},
        {"text": "Choose a language.", "url": "#wrong-language_0"},
    ]
    return [
        ("information", {"word": "Note.", "text": "The page number was not understood; this is the first page."}),
        (
            "success",
            {"kind": "success", "word": "Thank you.", "text": "Your message is on its way. We answer by email."},
        ),
        (
            "error, with links to the fields; a form that comes back opens there",
            {"kind": "error", "word": "Two things need your attention.", "links": faults, "has_focus": False},
        ),
        (
            "warning",
            {
                "kind": "warning",
                "word": "Warning.",
                "text": "The file has no tags for screen readers. You can still publish it.",
            },
        ),
    ]


def print_note_states():
    site = "https://www.example.org"
    links = ["/about/partners/", "https://eric.ed.gov/"]
    return [
        ("on paper only; shown here to look at it", {"url": f"{site}/about/"}),
        ("with the addresses of links", {"url": f"{site}/about/", "links": links, "site_url": site}),
    ]


def notice_states():
    return [
        (
            "not translated yet",
            {
                "language": "es",
                "text": "Esta página todavía no está en español. Puede leerla en inglés:",
                "url": "/about/vision-and-mission/",
                "link": "Vision and mission",
                "link_language": "en",
            },
        ),
        (
            "there is a translation",
            {
                "language": "en",
                "text": "This page is also in Spanish:",
                "url": "/es/about/vision-and-mission/",
                "link": "Visión y misión",
                "link_language": "es",
            },
        ),
    ]
