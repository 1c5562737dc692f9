"""Pages in the net of links: the links of menus, promotions and redirects, and pages to which nothing leads."""

from pages.models import MenuItem, Page, Promotion, Redirect
from publishing.admin_urls import change_url
from publishing.checks.links import own_path
from publishing.content_checks import Trouble
from publishing.content_links import ContentLink, public_links


def links_of_the_frame():
    """The links around the texts, for `content_links`. Those that lead to a page by its key follow it by themselves."""
    for model, column in ((MenuItem, "address"), (Promotion, "address"), (Redirect, "new_address")):
        for row in model.objects.exclude(**{column: ""}).iterator():
            yield ContentLink(getattr(row, column), str(row), model, row.pk)


def lonely(mend):
    """Public pages that readers find by the site map or the search alone: no text, menu or page above leads there."""
    linked = {link.path for link in public_links() if link.model is not Redirect}
    in_menus = set(MenuItem.objects.exclude(page=None).values_list("page_id", flat=True))
    public = set(Page.objects.public().values_list("pk", flat=True))
    for page in Page.objects.public().order_by("path").iterator():
        above = {page.parent_id, page.translation_of_id} & public
        if not (page.is_home or above or page.pk in in_menus or own_path(page) in linked):
            yield Trouble(f"Nothing leads to the page “{page}”.", change_url(Page, page.pk))
