"""The site, and a careless line that asks the database while the code is loaded, before the processes are forked."""

from django.db import connection

from coalition_site.wsgi import application as site


def backend():
    """Which of Postgres' processes answers this process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


asked_while_loading = backend()


def application(environ, start_response):
    if environ["PATH_INFO"] != "/backend":
        return site(environ, start_response)
    import gc
    import os

    words = f"{os.getpid()} {backend()} {asked_while_loading} {gc.get_freeze_count()} {gc.isenabled()}".encode()
    start_response("200 OK", [("Content-Length", str(len(words)))])
    return [words]
