"""The faults, each a function that brings it about on a running machine and gives a remark for the log, or ''.

A fault calls `over()` when its cause has ended: recovery is counted from there.
"""

import os
import signal
import socket
import time
from contextlib import ExitStack, closing, suppress

import psycopg2
from django.conf import settings

from tests.faults.machine import HOST, wait_until

DATABASE_AWAY = 10  # seconds
WITHOUT_CONNECTIONS = 5
WITHOUT_ROOM = 8
SLOW_CLIENTS = 200
SLOW_FOR = 15
LEAVING_CLIENTS = 100


def kill_a_web_process(machine, over):
    """`kill -9` of a web worker"""
    os.kill(machine.web_processes()[0], signal.SIGKILL)
    over()
    return ""


def kill_the_web_server(machine, over):
    """`kill -9` of gunicorn's master"""
    before = machine.door.server
    os.kill(before.pid, signal.SIGKILL)
    over()
    wait_until(lambda: machine.door.server is not before)
    with machine.web.by_hand:  # free again when it is loaded
        pass
    return "systemd is simulated: the socket stays open, the master is started again a second later."


def restart(machine, over):
    """A restart behind the socket"""
    taken = machine.restart_web()
    over()
    return f"As deploy/update.py has it done. {taken}"


def new_release(machine, over):
    """A new release with a migration"""
    with closing(psycopg2.connect(settings.DATABASE_URL)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE pages_page ADD COLUMN of_the_next_release text NOT NULL DEFAULT ''")
            taken = machine.restart_web()
            over()
            cursor.execute("ALTER TABLE pages_page DROP COLUMN of_the_next_release")
    return (
        "The migration is a new column of the table of pages, made and taken away under load; the code is the same. "
        f"{taken}"
    )


def reload(machine, over):
    """`HUP`"""
    before = set(machine.web_processes())
    machine.door.server.send_signal(signal.SIGHUP)
    wait_until(lambda: len(after := set(machine.web_processes())) == len(before) and not after & before)
    over()
    return ""


def database_killed(machine, over):
    """Postgres stopped with `-m immediate`, for ten seconds"""
    pid = int((machine.folder / "data" / "pg" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGQUIT)  # what `pg_ctl stop -m immediate` sends
    time.sleep(DATABASE_AWAY)
    machine.postgres.ensure_running()
    over()
    return ""


def no_connections(machine, over):
    """Postgres out of connections"""
    with ExitStack() as held:
        deadline = time.monotonic() + WITHOUT_CONNECTIONS
        number = 0
        while time.monotonic() < deadline:
            try:
                held.enter_context(closing(psycopg2.connect(settings.DATABASE_URL)))
                number += 1
            except psycopg2.OperationalError:
                time.sleep(0.02)
    over()
    return f"{number} were taken, those kept for the superuser too, for {WITHOUT_CONNECTIONS} seconds."


def disk_full(machine, over):
    """Disk full: database, uploads, nginx's cache"""
    if not os.path.ismount(machine.folder):
        over()
        return "Left out: this machine lets nobody mount a small disk."
    filler = machine.folder / "filler"
    try:
        fill(filler)
        uploads = upload_pictures(machine, WITHOUT_ROOM)
    finally:
        filler.unlink(missing_ok=True)
    machine.postgres.ensure_running()  # where the lack of room ended it, as its unit would
    over()
    after = upload_pictures(machine, 1)
    return (
        "All of the site's folders lie on a small disk in memory, nginx's copies of pages too, filled to the last byte "
        f"for {WITHOUT_ROOM} seconds. Uploads of pictures meanwhile: {uploads}; after: {after}."
    )


def fill(path):
    """Write until there is no room."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        size = 1 << 20
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2


def upload_pictures(machine, seconds):
    """Upload a picture a second; gives how the site answered."""
    from collections import Counter

    from tests.faults.uploads import upload_a_picture

    found = Counter()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for way, is_beside in (("", False), (" (at the socket)", True)):
            found[upload_a_picture(machine, is_beside) + way] += 1
        time.sleep(1)
    return ", ".join(f"{times} × {answer}" for answer, times in found.items())


def slow_at_the_socket(machine, over):
    """200 clients that send a byte a second, at the site's own socket"""
    _be_slow(machine.connection)
    over()
    return (
        "They hold the threads that read what they send, and readers wait: not judged, for nobody comes this far on a "
        "server. The socket is a file that only nginx may open, and nginx passes on whole requests alone."
    )


def slow_through_nginx(machine, over):
    """200 clients that send a byte a second, through nginx"""
    if not machine.nginx:
        over()
        return "Left out: there is no nginx here."
    _be_slow(lambda: plain_connection(machine.nginx.http_port, "127.0.0.2"))
    _be_slow(lambda: secure_connection(machine, "127.0.0.3"))
    over()
    return "At both of its doors, one after the other."


def _be_slow(connect):
    lines = []
    text = f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: {'x' * 500}\r\n\r\n".encode()
    for _number in range(SLOW_CLIENTS):
        with suppress(OSError):
            lines.append(connect())
    for place in range(SLOW_FOR):
        for line in lines:
            with suppress(OSError):
                line.send(text[place : place + 1])
        time.sleep(1)
    for line in lines:
        line.close()


def plain_connection(port, source):
    return socket.create_connection(("127.0.0.1", port), timeout=20, source_address=(source, 0))


def secure_connection(machine, source):
    import ssl

    trusted = ssl.create_default_context(cafile=machine.nginx.folder / "fullchain.pem")
    trusted.check_hostname = False
    return trusted.wrap_socket(plain_connection(machine.nginx.https_port, source))


def leave_downloads(machine, over):
    """Clients that go away in the middle of a download"""
    from resources.models import Publication, WorkFile

    before = open_files(machine)
    file = WorkFile.objects.filter(publication__in=Publication.objects.public()).first()
    address = file.get_absolute_url()
    question = f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n\r\n".encode()
    connections = [machine.connection]
    if machine.nginx:
        connections.append(lambda: secure_connection(machine, "127.0.0.4"))
    for number in range(LEAVING_CLIENTS):
        with closing(connections[number % len(connections)]()) as line:
            line.sendall(question)
            assert b" 200 " in line.recv(64)
    over()
    time.sleep(1)
    after = open_files(machine)
    return f"{LEAVING_CLIENTS} times {address}; open files of the web processes before: {before}, after: {after}."


def open_files(machine):
    return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in machine.web_processes())


def kill_the_worker(machine, over):
    """`kill -9` of the task worker in the middle of a PDF"""
    from django_tasks_db.models import DBTaskResult

    from resources.models import StoredFile
    from tests.faults.uploads import store_reports

    files = store_reports(3)
    reading = StoredFile.objects.filter(pk__in=files, state=StoredFile.State.READING)
    wait_until(lambda: reading.filter(pages_read__gt=0).exists())
    half = reading.get()
    os.killpg(machine.worker_process.pid, signal.SIGKILL)
    killed_at = time.monotonic()
    over()
    begun = DBTaskResult.objects.running().get()
    wait_until(lambda: len(DBTaskResult.objects.get(pk=begun.pk).worker_ids) > len(begun.worker_ids))
    waited = time.monotonic() - killed_at
    wait_until(lambda: not StoredFile.objects.filter(pk__in=files).unread().exists(), 120)
    return (
        f"Killed at page {half.pages_read} of {half.page_count}; {waited:.1f} s later the next one, started after "
        "five as by its unit, had begun the same task again. All files are read."
    )


FAULTS = (
    kill_a_web_process, kill_the_web_server, restart, new_release, reload, kill_the_worker, database_killed,
    no_connections, disk_full, slow_at_the_socket, slow_through_nginx, leave_downloads,
)  # fmt: skip
NOT_JUDGED = (slow_at_the_socket,)
MAY_REFUSE = (database_killed, no_connections, disk_full)  # pages that nobody asked for before
