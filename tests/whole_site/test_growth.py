"""Lists that grow cost no more queries: pages, their menus, pictures and messages, for readers and in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from tests.whole_site.growing import FEW, grow, queries


def add_menu_line(page, number):
    from pages.models import MenuItem

    for menu in ("header", "footer", "small_print"):
        MenuItem.objects.create(menu=menu, label=f"Grown {number}", page=page)


def test_the_front_page(client, frame, make_page, add_blocks):
    about, leadership = make_page("About us", slug="about"), make_page("Your role", slug="leadership")
    mission = make_page("Our mission", slug="vision-and-mission", parent=about)

    def make(number):
        role = make_page(f"Grown role {number}", parent=leadership)
        add_blocks(frame, words=f"Grown {number}", tint=number)
        add_blocks(mission, words=f"Grown {number}", tint=number)
        add_menu_line(role, number)

    number, sql = grow(make, client, "/")
    assert number <= 13, f"{number} queries:\n{sql}"


def test_a_page_with_blocks_siblings_children_and_pictures(client, frame, make_page, add_blocks):
    about = make_page("About us", slug="about")
    page = make_page("Grown page", slug="page", parent=about)
    make_page("Página", language="es", translation_of=page)

    def make(number):
        make_page(f"Grown sibling {number}", parent=about)
        child = make_page(f"Grown child {number}", parent=page)
        add_blocks(page, words=f"Grown {number}", tint=number)
        add_menu_line(child, number)

    number, sql = grow(make, client, "/about/page/", at_least=4 * FEW)
    assert number <= 8, f"{number} queries:\n{sql}"


def test_a_page_deep_in_the_tree_costs_what_one_at_the_top_costs(client, frame, make_page):
    top = page = make_page("Grown page", slug="top")
    for number in range(6):
        page = make_page(f"Grown below {number}", parent=page)
    few, many = queries(client, top.get_absolute_url(), 1), queries(client, page.get_absolute_url(), 6)
    assert len(few) == len(many), f"{len(few)} at the top, {len(many)} six levels below"


def test_the_page_that_lists_all_pages(client, frame, make_page):
    page = make_page("Site map", addition="site_map")

    def make(number):
        add_menu_line(make_page(f"Grown below {number}", parent=make_page(f"Grown page {number}")), number)

    number, sql = grow(make, client, page.get_absolute_url(), at_least=2 * FEW)
    assert number <= 9, f"{number} queries:\n{sql}"


@pytest.mark.parametrize("address", ["/search/?q=grown", "/grown-away/"])
def test_search_and_what_a_404_offers(client, frame, make_page, address):
    if address != "/search/?q=grown":
        client.get = lost(client)

    def make(number):
        add_menu_line(make_page(f"Grown page {number}"), number)

    number, sql = grow(make, client, address)
    assert number <= 17, f"{number} queries:\n{sql}"


def lost(client):
    """The client's `get`, for an address that does not exist."""
    get = client.get

    def get_lost(address):
        response = get(address)
        assert response.status_code == 404
        response.status_code = 200
        return response

    return get_lost


def test_the_site_map_for_machines(client, frame, make_page):
    def make(number):
        page = make_page(f"Grown page {number}")
        make_page(f"Página {number}", slug=f"grown-{number}", language="es", translation_of=page)

    number, sql = grow(make, CountsAddresses(client), "/sitemap.xml")
    assert number <= 5, f"{number} queries:\n{sql}"


class CountsAddresses:
    """A client whose site map names its pages as titles do: the addresses begin with a small letter."""

    def __init__(self, client):
        self.client = client

    def get(self, address):
        response = self.client.get(address)
        response.content = response.content.replace(b"grown", b"Grown")
        return response


def test_the_list_of_pages_in_the_admin(staff_client, frame, make_page):
    owner = get_user_model().objects.create_user("owner", password="a password for tests")

    def make(number):
        page = make_page(f"Grown page {number}", owner=owner, review_by=timezone.localdate())
        make_page(f"Grown página {number}", slug=f"grown-{number}", language="es", translation_of=page)

    number, sql = grow(make, staff_client, "/admin/pages/page/")
    assert number <= 10, f"{number} queries:\n{sql}"


@pytest.mark.parametrize("name", ["menuitem", "redirect"])
def test_the_lists_of_menu_lines_and_redirects_in_the_admin(staff_client, frame, make_page, name):
    from pages.models import MenuItem, Redirect

    def make(number):
        page = make_page(f"Page {number}")
        MenuItem.objects.create(menu="footer", label=f"Grown {number}", page=page)
        Redirect.objects.create(old_path=f"/Grown-{number}", page=page)

    grow(make, staff_client, f"/admin/pages/{name}/")


def test_the_inbox_in_the_admin_and_its_line_on_the_dashboard(staff_client, frame):
    from feedback.models import Message

    def make(number):
        page = {"about": f"/grown-{number}/", "about_title": f"Grown {number}"}
        Message.objects.create(kind="wrong", text="Grown", language="en", fingerprint=str(number), **page)

    grow(make, staff_client, "/admin/feedback/message/")
    Message.objects.all().delete()
    grow(make, staff_client, "/admin/")


def test_the_list_of_pictures_in_the_admin(staff_client, make_picture):
    grow(
        lambda number: make_picture(f"Grown {number}", color=(number, 1, 1)), staff_client, "/admin/publishing/picture/"
    )
