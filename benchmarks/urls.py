"""The addresses of the site, and those of the stock admin, which only the benchmarks know."""

from django.urls import path

from benchmarks.stock_admin import stock_site
from coalition_site.urls import urlpatterns as site_patterns

urlpatterns = [path("stock/", stock_site.urls), *site_patterns]
