"""Every address of the site. English stands without a prefix, Spanish under /es/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from coalition_site import probes, views
from resources.oai.views import provide

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("", include("publishing.urls")),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", views.sitemap_part, name="sitemap_part"),
    path("favicon.ico", views.favicon, name="favicon"),
    # Harvesters write it both ways, and a POST does not follow a redirect.
    re_path(r"^oai/?$", provide, name="oai"),
    path("resources/", include("resources.api.urls")),
]
urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("search/", include("search.urls")),
    path("resources/publications/", include("resources.urls")),
    path("blog/", include("blog.urls")),
    path("faq/", include("faq.urls")),
    path("feedback/", include("feedback.urls")),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("", include("pages.urls")),  # last: it takes every address that is left
    prefix_default_language=False,
)

handler400 = "coalition_site.errors.bad_request"
handler403 = "coalition_site.errors.permission_denied"
handler404 = "coalition_site.errors.page_not_found"
handler429 = "accounts.lockout.answer"  # asked for by django-allauth
handler500 = "coalition_site.errors.server_error"
