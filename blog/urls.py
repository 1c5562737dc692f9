from django.urls import path, register_converter
from django.urls.converters import StringConverter

from blog import feeds, views
from blog.archives import KINDS


class ArchiveConverter(StringConverter):
    """What the archives go by. No entry may have one as its address."""

    regex = "|".join(KINDS)


class FeedConverter(StringConverter):
    regex = "|".join(feeds.FEEDS)


class YearConverter:
    """Four digits, so that what a reader shortens or mistypes is no date of another time."""

    regex = "[0-9]{4}"
    to_python = int

    def to_url(self, value):
        return f"{value:04}"


class TwoDigitsConverter(YearConverter):
    """A month or a day, with or without its zero."""

    regex = "[0-9]{1,2}"

    def to_url(self, value):
        return f"{value:02}"


register_converter(ArchiveConverter, "archive")
register_converter(FeedConverter, "feed")
register_converter(YearConverter, "year")
register_converter(TwoDigitsConverter, "two_digits")

app_name = "blog"

urlpatterns = [
    path("", views.entry_list, name="entry_list"),
    path("feed/<feed:kind>/", feeds.feed, name="feed"),
    path("<archive:name>/<str:slug>/", views.archive, name="archive"),
    path("<archive:name>/<str:slug>/feed/<feed:kind>/", feeds.archive_feed, name="archive_feed"),
    path("<year:year>/", views.of_time, name="year"),
    path("<year:year>/<two_digits:month>/", views.of_time, name="month"),
    # As other programs for blogs write their addresses, the Coalition's former one among them.
    path("<year:year>/<two_digits:month>/<slug:slug>/", views.former_address, name="former_address"),
    path("<year:year>/<two_digits:month>/<slug:slug>.html", views.former_address, name="former_page"),
    path(
        "<year:year>/<two_digits:month>/<two_digits:day>/<slug:slug>/",
        views.former_address,
        name="former_address_of_day",
    ),
    path("<slug:slug>/", views.entry_detail, name="entry_detail"),
]
