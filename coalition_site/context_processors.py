"""What every template may say about the site as a whole. Nothing here asks the database."""

from django.conf import settings


def site(request):
    """`site_url`: the public address of the site; `page_url`: that of this page, without its query string;
    `preview_of`: on previews of drafts, a dict with `edit_url`, `public_url` and `is_unsaved`."""
    return {
        "site_url": settings.SITE_URL,
        "page_url": settings.SITE_URL + request.path,
        "preview_of": getattr(request, "preview_of", None),
    }
