"""The units for systemd: they name what there is, shut the services in, and agree with the rest of deploy/."""

import configparser
import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

DEPLOY = Path(settings.BASE_DIR) / "deploy"
UNITS = DEPLOY / "systemd"
OURS = ("coalition-web.service", "coalition-worker.service")
NIGHTLY = ("coalition-backup.service", "coalition-prove.service", "coalition-check.service")
# What docs/install.md makes, and what lies in it.
PLACES = (
    "/srv/coalition/repository",
    "/srv/coalition/releases",
    "/srv/coalition/current",
    "/srv/coalition/site.env",
    "/var/lib/coalition/media",
    "/var/backups/coalition",
)
WHOLE = ("/srv/coalition", "/var/lib/coalition")
SHUT_IN = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    "SystemCallFilter": "@system-service",
    "Restart": "always",
    "User": "coalition",
}


def read(name):
    unit = configparser.ConfigParser(interpolation=None, strict=False)  # a key may stand twice
    unit.optionxform = str
    unit.read_string((UNITS / name).read_text())
    return unit


@pytest.mark.parametrize("name", OURS)
def test_a_service_is_shut_in_and_comes_back(name):
    service = dict(read(name)["Service"])
    assert {key: service.get(key) for key in SHUT_IN} == SHUT_IN
    assert "MemoryMax" in service and "TasksMax" in service
    assert read(name)["Unit"]["StartLimitIntervalSec"] == "0", "it is never given up"


@pytest.mark.parametrize("name", OURS)
def test_what_a_service_starts_is_there(name):
    service = read(name)["Service"]
    python, *rest = service["ExecStart"].split()
    assert python == f"{service['WorkingDirectory']}/.venv/bin/python"
    for word in rest:
        if word.endswith(".py"):
            assert (DEPLOY.parent / word).is_file(), word
    if "manage.py" in rest:
        assert (DEPLOY.parent / "publishing" / "management" / "commands" / f"{rest[-1]}.py").is_file()


def test_systemd_waits_longer_than_requests_may_take_to_end():
    patience = re.search(r"^graceful_timeout = (\d+)", (DEPLOY / "gunicorn.conf.py").read_text(), re.MULTILINE)
    assert int(read("coalition-web.service")["Service"]["TimeoutStopSec"]) > int(patience[1])


def test_as_many_processes_serve_as_there_are_cores_within_what_the_unit_has_memory_for():
    asks = (
        "import os, runpy\n"
        "for cores in (None, 1, 3, 64):\n"
        "    os.cpu_count = lambda: cores\n"
        "    print(runpy.run_path('deploy/gunicorn.conf.py')['workers'])"
    )
    environment = os.environ | {"WEB_CONCURRENCY": ""}
    said = subprocess.run(
        [sys.executable, "-c", asks], cwd=DEPLOY.parent, env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["2", "2", "3", "4"]


def test_socket_nginx_and_update_script_mean_the_same_door():
    door = read("coalition-web.socket")["Socket"]["ListenStream"]
    assert f"server unix:{door} " in (DEPLOY / "nginx.conf").read_text()
    assert f'"{door}"' in (DEPLOY / "update.py").read_text()


def test_the_page_of_instructions_names_every_unit_and_setting():
    page = (DEPLOY.parent / "docs" / "install.md").read_text()
    for name in (*OURS, "coalition-web.socket"):
        assert name in page or name.removesuffix(".service") in page
    explained = set(re.findall(r"^([A-Z_]+)=", (DEPLOY.parent / ".env.example").read_text(), re.MULTILINE))
    named = set(re.findall(r"^    ([A-Z_]+)=", page, re.MULTILINE))
    assert named <= explained
    assert {"SITE_ENV", "SITE_URL", "SECRET_KEY", "DATABASE_URL", "MAIL_HOST", "MAIL_FROM", "PROXIES"} <= named


@pytest.mark.parametrize("name", NIGHTLY)
def test_what_runs_by_a_timer_runs_where_the_site_does(name):
    """With its settings too: those are read from `.env` of that folder, which leads to site.env."""
    service = read(name)["Service"]
    assert service["WorkingDirectory"] == read("coalition-web.service")["Service"]["WorkingDirectory"]
    assert service["User"] == "coalition"
    command = re.search(r"manage\.py (\w+)", service["ExecStart"])[1]
    assert (DEPLOY.parent / "keeping" / "management" / "commands" / f"{command}.py").is_file()
    assert (UNITS / name.replace(".service", ".timer")).is_file()


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        ("ExecStartPre", {"site-2026-10-01-023000.tar.partial", "site-2026-11-02-023000.tar.partial"}),
        ("ExecStartPost", {"site-2026-10-01-023000.tar"}),
    ],
)
def test_old_archives_go_after_a_backup_and_what_was_never_ended_before_it(tmp_path, moment, goes):
    """A disk that is full of unfinished archives has no room for one that would end well."""
    hours = {
        "site-2026-10-01-023000.tar": 24 * 33,
        "site-2026-11-02-023000.tar": 24,
        "site-2026-10-01-023000.tar.partial": 24 * 33,
        "site-2026-11-02-023000.tar.partial": 24,
        "site-2026-11-03-023000.tar.partial": 0,  # is being written
        "before-the-update.tar": 24 * 33,
        "before-the-update.tar.partial": 24 * 33,
    }
    for name, age in hours.items():
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (time.time() - age * 3600,) * 2)
    service = read("coalition-backup.service")["Service"]
    command = shlex.split(service[moment].replace("/var/backups/coalition", str(tmp_path)))
    subprocess.run(command, check=True, env=os.environ | {"BACKUP_DAYS": "14"})
    assert hours.keys() - {path.name for path in tmp_path.iterdir()} == goes


@pytest.mark.parametrize(
    "path",
    [*sorted(UNITS.iterdir()), DEPLOY / "update.py", *sorted((DEPLOY.parent / "docs").glob("*.md"))],
    ids=lambda path: path.name,
)
def test_only_places_are_named_that_the_page_of_instructions_makes(path):
    named = re.findall(r"/(?:srv|etc|var/lib|var/backups)/coalition\b[\w./-]*", path.read_text())
    strange = [place for place in named if not place.startswith(PLACES) and place.rstrip("/.") not in WHOLE]
    assert not strange
