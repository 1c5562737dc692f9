"""Pages of long lists."""

from django.core import paginator
from django.utils.functional import cached_property

MOST_PAGES = 500  # of a list: for a later one the database would read all rows before it, to skip them


class Page(paginator.Page):
    """`is_instead`: it is the last one, and a later one was asked for."""

    is_instead = False

    @property
    def shown_numbers(self):
        """The numbers that a reader is offered: the first, the last and those near, with an ellipsis between."""
        return self.paginator.get_elided_page_range(self.number, on_each_side=2, on_ends=1)

    def end_index(self):
        """Django takes the last page for the end of the list, which it is not where the list is cut."""
        return min(self.paginator.count, self.number * self.paginator.per_page)


class Paginator(paginator.Paginator):
    """Django's, whose pages know which numbers to offer, and of which there are not too many.

    `count`: how many rows there are, where that is known.
    """

    def __init__(self, rows, per_page, *, count=None):
        super().__init__(rows, per_page)
        if count is not None:
            self.count = count

    @cached_property
    def num_pages(self):
        return min(super().num_pages, MOST_PAGES)

    @property
    def number_reached(self):
        """How many rows stand on the pages: the last of very many stand on none."""
        return min(self.count, self.num_pages * self.per_page)

    @property
    def is_cut(self):
        return self.number_reached < self.count

    def get_page(self, number):
        page = super().get_page(number)
        page.is_instead = isinstance(number, int) and number > page.number
        return page

    def _get_page(self, *args, **kwargs):
        return Page(*args, **kwargs)
