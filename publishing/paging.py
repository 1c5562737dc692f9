"""Pages of long lists."""

from django.core import paginator


class Page(paginator.Page):
    @property
    def shown_numbers(self):
        """The numbers that a reader is offered: the first, the last and those near, with an ellipsis between."""
        return self.paginator.get_elided_page_range(self.number, on_each_side=2, on_ends=1)


class Paginator(paginator.Paginator):
    """Django's, whose pages know which numbers to offer."""

    def _get_page(self, *args, **kwargs):
        return Page(*args, **kwargs)
