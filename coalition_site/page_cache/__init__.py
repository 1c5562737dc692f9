"""The page cache: answers for readers from the memory of this process, in front of Django.

Right before fast: what is kept is given only while this process knows that nothing has been published since
(`publishing.freshness`). Views say by `publishing.http.for_everyone` which answers may be kept. While the database is
away, the last good answer is given, and marked as stale.
"""

from coalition_site.page_cache.wsgi import PageCache

__all__ = ["PageCache"]
