"""Reading: on a small phone, without a script, with the keyboard alone, over a slow line, on paper."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

KILOBYTE = 1000
SCROLLS_SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1);
  return [`${document.documentElement.scrollWidth} px`, ...wide.slice(-3).map(e => e.outerHTML.slice(0, 100))];
}"""


def test_at_320_pixels_no_page_scrolls_sideways(site, open_page):
    from pages.models import Page

    addresses = [page.get_absolute_url() for page in Page.objects.public().order_by("path")]
    others = [
        "/es/",
        "/es/about/",
        "/blog/",
        "/blog/partners-first/",
        "/faq/?print=y",
        "/faq/is-it-a-public-school/",
        "/faq/is-it-a-public-school/card/",
        "/search/?q=school",
        "/search/?q=zeppelin",
        "/no-such-page-about-schools/",
        "/styleguide/",
    ]
    page = open_page(f"{site}/", width=320, height=640)
    wide = {}
    for address in [*addresses, *others]:
        page.goto(site + address, wait_until="domcontentloaded")
        if found := page.evaluate(SCROLLS_SIDEWAYS):
            wide[address] = found
    assert len(addresses) > 35
    assert not wide


def test_a_page_that_is_too_wide_would_be_seen(site, open_page):
    page = open_page(f"{site}/about/", width=320)
    page.evaluate("""() => document.querySelector("main").insertAdjacentHTML("beforeend", "<p>" + "x".repeat(200))""")
    assert not page.evaluate(SCROLLS_SIDEWAYS), "long words break, so there is nothing to see"
    page.evaluate("""() => { document.querySelector("main").style.minInlineSize = "500px" }""")
    assert page.evaluate(SCROLLS_SIDEWAYS)


def test_the_longest_word_of_an_address_breaks_on_a_phone(site, open_page):
    page = open_page(f"{site}/no-such-page-{'x' * 150}/?y={'z' * 200}", width=320)
    assert not page.evaluate(SCROLLS_SIDEWAYS)


def test_on_a_phone_without_a_script_the_menu_link_leads_to_the_menu(site, open_page):
    page = open_page(f"{site}/", width=390, height=700, java_script_enabled=False)
    menu = page.locator("#site-menu")
    expect(menu).not_to_be_in_viewport()
    page.get_by_role("banner").get_by_role("link", name="Menu", exact=True).click()
    expect(menu).to_be_in_viewport()
    menu.get_by_role("link", name="Policy", exact=True).click()
    expect(page).to_have_url(f"{site}/policy/")


def test_on_a_phone_without_a_script_the_search_link_leads_to_results(site, open_page):
    page = open_page(f"{site}/", width=390, java_script_enabled=False)
    page.get_by_role("banner").get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("main").get_by_role("searchbox").fill("principal")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("main").get_by_role("link", name="Principal", exact=True)).to_be_visible()


def test_on_a_desk_without_a_script_the_header_searches(site, open_page):
    page = open_page(f"{site}/about/", java_script_enabled=False)
    field = page.get_by_role("banner").get_by_role("searchbox")
    field.fill("principal")
    field.press("Enter")
    expect(page).to_have_url(f"{site}/search/?q=principal")
    page.get_by_role("main").get_by_role("link", name="Principal", exact=True).click()
    expect(page).to_have_url(f"{site}/leadership/principal/")


def test_the_first_tab_reaches_the_skip_link_which_moves_the_focus_to_the_text(site, open_page):
    page = open_page(f"{site}/")
    for address in ("/", "/about/", "/search/", "/es/about/", "/no-such-page/"):
        page.goto(site + address)
        link = page.locator(".skip-link")
        expect(link).not_to_be_in_viewport()
        page.keyboard.press("Tab")
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main, footer') !== null"), address


def test_every_stop_of_the_keyboard_can_be_seen(site, open_page):
    """Each has an outline of at least two pixels, and none is lost off the page."""
    page = open_page(f"{site}/")
    faint, stops = [], 0
    for _ in range(120):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
              return {tag: e.tagName, html: e.outerHTML.slice(0, 90), style: s.outlineStyle,
                      width: parseFloat(s.outlineWidth), area: box.width * box.height};
            }"""
        )
        if stop["tag"] == "BODY":
            break
        stops += 1
        if stop["style"] == "none" or stop["width"] < 2 or not stop["area"]:
            faint.append(stop)
    assert stops > 30
    assert not faint


def test_the_first_view_of_the_front_page_is_light_and_needs_no_script(site, new_context):
    """Uncompressed bytes of what a first visit asks for; a real server sends a quarter of the text."""
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    responses = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 – Playwright marks it
    page.goto(f"{site}/", wait_until="networkidle")
    sizes = {}
    for response in responses:
        kind = response.request.resource_type
        sizes[urlsplit(response.url).path] = kind, len(response.body())
    total = sum(size for _kind, size in sizes.values())
    fonts = sum(size for kind, size in sizes.values() if kind == "font")
    listed = "\n".join(f"{size:8,} {kind:10} {path}" for path, (kind, size) in sizes.items())
    print(f"{total - fonts:,} bytes without fonts, {total:,} in all\n{listed}")
    assert {"/", "/static/css/site.css", "/static/css/tokens.css"} <= sizes.keys() and fonts
    assert not [path for path, (kind, _size) in sizes.items() if kind == "script"], listed
    assert total - fonts < 100 * KILOBYTE, listed
    assert total < 200 * KILOBYTE, listed
    assert page.locator("script:not([type='application/ld+json'])").count() == 0
    assert {urlsplit(response.url).netloc for response in responses} == {urlsplit(site).netloc}


def test_on_paper_the_menus_go_and_the_page_says_where_it_comes_from(site, open_page):
    page = open_page(f"{site}/")
    for address in ("/", "/about/vision-and-mission/", "/about-community-schools/", "/es/about/"):
        page.emulate_media(media="screen")
        page.goto(site + address)
        note = page.locator(".print-note")
        expect(note).to_be_hidden()
        page.emulate_media(media="print")
        expect(note).to_be_visible()
        expect(note).to_contain_text(site + address)
        expect(note.locator("svg")).to_be_visible()
        expect(page.locator("h1")).to_be_visible()
        for hidden in (".site-nav", ".site-header__tools", ".breadcrumbs", ".skip-link", "#site-menu", ".section-nav"):
            for part in page.locator(hidden).all():
                expect(part).to_be_hidden()
        assert page.locator(".site-nav").count() == 1 and page.locator("#site-menu").count() == 1, address


def test_on_paper_words_are_black_on_white_whatever_the_screen_likes(site, open_page):
    page = open_page(f"{site}/about/")
    for color_scheme in ("light", "dark"):
        page.emulate_media(media="print", color_scheme=color_scheme)
        colors = page.evaluate("['body', 'h1'].map(s => getComputedStyle(document.querySelector(s)).color)")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (colors, ground) == (["rgb(0, 0, 0)"] * 2, "rgb(255, 255, 255)"), color_scheme


def test_in_forced_colors_the_keyboard_can_still_be_followed(site, open_page):
    page = open_page(f"{site}/", forced_colors="active")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_a_text_of_twice_the_size_needs_no_sideways_scrolling(site, open_page):
    """WCAG 1.4.4 and 1.4.10: 1280 px at 400 percent are 320 px; here the letters grow and the window stays."""
    page = open_page(f"{site}/about/vision-and-mission/", width=640)
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.reload()
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 30
    assert not page.evaluate(SCROLLS_SIDEWAYS)


def test_a_script_that_somebody_smuggled_in_does_not_run(site, new_context):
    """The policy holds in a real browser: neither inline code nor code from elsewhere."""
    page = new_context().new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.route("**/about/", smuggle)
    page.goto(f"{site}/about/")
    assert page.evaluate("window.smuggled") is None
    assert len([text for text in said if "Content Security Policy" in text]) >= 2


def smuggle(route):
    answer = route.fetch()
    evil = (
        '<script>window.smuggled = 1</script><p onclick="1" id="evil"><script src="https://evil.example/x.js"></script>'
    )
    route.fulfill(response=answer, body=answer.text().replace("</main>", f"{evil}</main>"))
