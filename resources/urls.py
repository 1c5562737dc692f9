from django.urls import path, register_converter
from django.urls.converters import StringConverter

from resources import feeds
from resources.shelves import SHELVES
from resources.views import exports, files, lists, records


class ShelfConverter(StringConverter):
    """The name of a shelf. No work may have one as its address."""

    regex = "|".join(SHELVES)


register_converter(ShelfConverter, "shelf")

app_name = "resources"

urlpatterns = [
    path("", lists.publication_list, name="publication_list"),
    path("feed/<str:kind>/", feeds.feed, name="feed"),
    path("export/<str:name>/", exports.export, name="export"),
    path("found/export/<str:name>/", exports.search_export, name="search_export"),
    path("chosen/", exports.chosen, name="chosen"),
    path("chosen/export/<str:name>/", exports.chosen_export, name="chosen_export"),
    path("<shelf:shelf>/", lists.shelf_index, name="shelf_index"),
    path("<shelf:shelf>/<str:slug>/", lists.shelf, name="shelf"),
    path("<shelf:shelf>/<str:slug>/feed/<str:kind>/", feeds.shelf_feed, name="shelf_feed"),
    path("<shelf:shelf>/<str:slug>/export/<str:name>/", exports.shelf_export, name="shelf_export"),
    path("<slug:slug>/", records.publication_detail, name="publication_detail"),
    path("<slug:slug>/cover.webp", files.cover, name="cover"),
    path("<slug:slug>/export/<str:name>/", exports.work_export, name="work_export"),
    path("<slug:slug>/files/<str:name>", files.work_file, name="work_file"),
]
