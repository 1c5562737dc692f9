"""Links to other sites: which are looked at, when, and what the staff see of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from blog.models import Entry
from links import tasks
from links.collecting import collect, used_addresses
from links.faults import Fault
from links.looking import Seen, State
from links.models import OutwardLink
from pages.models import MenuItem, RichText
from publishing import daily, health
from publishing.retiring import retire
from resources.models import Publication
from tests.articles import draft_of, publish_entry
from tests.closed.other_sites import client_for, served
from tests.library import publish_work

NOW = datetime(2026, 11, 3, 15, tzinfo=UTC)
DAY = timedelta(days=1)
LINKED = '<p><a href="https://eric.ed.gov/?id=ED1">A report</a> and <a href="/about/">us</a>.</p>'
FAILED = Seen(State.FAILS, 404, fault=Fault.STATUS)

pytestmark = pytest.mark.django_db


@pytest.fixture
def switched_on(settings):
    settings.LINK_CHECKS = True
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def link():
    return save("https://eric.ed.gov/?id=ED1")


def save(address, used_in=(), **values):
    link = OutwardLink.to(address, list(used_in))
    vars(link).update(values)
    link.save()
    return link


def test_addresses_are_found_wherever_readers_meet_them(make_page):
    page = make_page("Partners")
    RichText.objects.create(parent=page, region="main", ordering=1, text=LINKED)
    entry = publish_entry(text=LINKED)
    menu = MenuItem.objects.create(menu="header", label="Elsewhere", address="https://elsewhere.example/")
    work = publish_work(links=[("record", "https://one.example/")], identifiers=[("doi", "10.5555/everything")])
    found = used_addresses()
    assert found == {
        "https://eric.ed.gov/?id=ED1": [["pages.page", page.pk], ["blog.entry", entry.pk]],
        "https://elsewhere.example/": [["pages.menuitem", menu.pk]],
        "https://one.example/": [["resources.publication", work.pk]],
        "https://doi.org/10.5555/everything": [["resources.publication", work.pk]],
    }


def test_what_readers_do_not_see_is_not_looked_at(make_page, clock):
    draft_of(Entry, "A draft", text=LINKED)
    page = make_page("Partners")
    RichText.objects.create(parent=page, region="main", ordering=1, text=LINKED)
    retire(page)
    assert used_addresses() == {}


def test_mail_and_addresses_that_no_table_holds_are_left_out(make_page):
    page = make_page("Partners")
    for number, address in enumerate(["mailto:a@example.org", "https://long.example/" + "ñ" * 1200, "/about/", "#a"]):
        RichText.objects.create(parent=page, region="main", ordering=number, text=f'<p><a href="{address}">A</a></p>')
    assert used_addresses() == {}


def test_rows_follow_what_is_used_and_keep_what_was_learned(make_page):
    work = publish_work(links=[("record", "https://one.example/")])
    save("https://gone.example/")
    collect()
    OutwardLink.objects.update(failures=2, first_failed_on=NOW, last_failed_on=NOW)
    menu = MenuItem.objects.create(menu="header", label="Elsewhere", address="https://one.example/")
    collect()
    (link,) = OutwardLink.objects.all()
    assert (link.address, link.host, link.failures) == ("https://one.example/", "one.example", 2)
    assert sorted(link.used_in) == [["pages.menuitem", menu.pk], ["resources.publication", work.pk]]


def test_an_address_is_dead_after_failures_on_three_days(link, clock):
    for day, failures in ((0, 1), (0, 1), (1, 2), (2, 3)):
        clock(NOW + day * DAY)
        link.note(FAILED)
        assert (link.failures, link.is_dead) == (failures, failures == 3)
        assert OutwardLink.objects.dead().exists() == link.is_dead
    assert link.first_failed_on == NOW.date() and link.next_look_at == NOW + 9 * DAY


def test_one_that_works_again_is_alive(link, clock):
    clock(NOW)
    link.note(FAILED)
    assert link.next_look_at == NOW + DAY
    link.note(Seen(State.MOVED, 200, "https://new.example/"))
    link.refresh_from_db()
    assert (link.failures, link.first_failed_on, link.seen_on) == (0, None, NOW.date())
    assert (link.moved_to, link.next_look_at) == ("https://new.example/", NOW + 7 * DAY)


def test_what_cannot_be_told_changes_no_count(link, clock):
    clock(NOW)
    link.note(FAILED)
    link.note(Seen(State.UNCLEAR, 403, fault=Fault.REFUSED))
    assert (link.failures, link.seen_on) == (1, None)


def test_a_site_that_wants_to_rest_is_left_alone_with_all_its_addresses(link, clock):
    clock(NOW)
    same, other = save("https://eric.ed.gov/?id=ED2"), save("https://one.example/")
    OutwardLink.objects.update(next_look_at=NOW)
    link.note(Seen(State.UNCLEAR, 429, wait=9 * DAY))
    same.refresh_from_db()
    assert link.next_look_at == same.next_look_at == NOW + 9 * DAY
    assert list(OutwardLink.objects.due()) == [other]


@pytest.mark.parametrize("delay", ["9999999999", "999999999999", "9" * 400])
def test_a_site_that_wants_to_rest_for_ages_is_looked_at_again_and_so_are_others(clock, delay):
    clock(NOW)
    cache.clear()
    links = [save(f"http://{name}.example/a", next_look_at=NOW) for name in ("one", "two")]
    rules = f"User-agent: *\nCrawl-delay: {delay}".encode()
    with served({"/robots.txt": (200, {}, rules), "/a": 200}) as server:
        tasks.look_step(client_for(server))
    for link in links:
        link.refresh_from_db()
        assert (link.state, link.next_look_at) == (State.WORKS, NOW + 7 * DAY)


def test_a_step_asks_each_site_once(clock):
    cache.clear()
    for name in ("one.example/a", "one.example/b", "two.example/a"):
        save(f"http://{name}")
    with served({"/a": 200, "/b": 404}) as server:
        tasks.look_step(client_for(server))
        assert [host for _method, host, path, _headers in server.asked if path != "/robots.txt"] == [
            "one.example",
            "two.example",
        ]
        tasks.look_step(client_for(server))
    states = {link.address: (link.state, link.failures) for link in OutwardLink.objects.all()}
    assert states["http://one.example/a"] == states["http://two.example/a"] == (State.WORKS, 0)
    assert states["http://one.example/b"] == (State.FAILS, 1)
    assert not OutwardLink.objects.due().exists()


def test_a_fault_of_ours_keeps_no_other_address_from_its_turn(monkeypatch, caplog):
    def break_at_one(address, client):
        if "one" in address:
            raise RuntimeError
        return Seen(State.WORKS, 200)

    monkeypatch.setattr(tasks, "look_at", break_at_one)
    save("http://one.example/")
    save("http://two.example/")
    tasks.look_step(None)
    assert set(OutwardLink.objects.values_list("host", "state")) == {
        ("one.example", "unclear"),
        ("two.example", "works"),
    }
    assert "could not be looked at" in caplog.text


def test_the_daily_work_begins_one_chain_of_steps_and_each_step_the_next(switched_on, monkeypatch):
    publish_work(links=[("record", "https://one.example/a"), ("record", "https://one.example/b")])
    asked = DBTaskResult.objects.filter(task_path=tasks.look_at_some.module_path)
    daily.run()
    daily.run()
    assert asked.count() == 1
    monkeypatch.setattr(tasks, "look_at", lambda address, client: Seen(State.WORKS, 200))
    tasks.look_at_some.func()
    assert asked.count() == 2 and asked.filter(run_after__lt=timezone.now() + tasks.PAUSE).count() == 1
    tasks.look_at_some.func()
    assert asked.count() == 2 and not OutwardLink.objects.due().exists()


def test_where_it_is_switched_off_nothing_goes_out(settings, monkeypatch):
    assert settings.LINK_CHECKS is False
    monkeypatch.setattr(tasks, "look_step", lambda client: pytest.fail("it looks"))
    publish_work(links=[("record", "https://one.example/")])
    tasks.look_daily()
    tasks.look_at_some.func()
    assert not OutwardLink.objects.exists()


def line(user):
    (found,) = (line for line in health.lines_for(user) if str(line.name) == "Links to other sites")
    return found


def test_the_health_page_names_dead_links_and_where_to_mend_them(switched_on, editor, make_page):
    assert line(editor).is_good and line(editor).sentence == "None was looked at yet."
    page = make_page("Partners")
    dead = {"failures": 3, "first_failed_on": NOW, "last_failed_on": NOW, "fault": Fault.STATUS}
    save("https://one.example/", [["pages.page", page.pk]], **dead)
    save("https://two.example/", **dead | {"failures": 2})
    found = line(editor)
    assert not found.is_good and found.sentence == "1 has not answered on three days or more."
    assert found.examples == [
        (
            "https://one.example/",
            f"/admin/pages/page/{page.pk}/change/",
            "the site says that nothing is there, since Nov. 3",
        )
    ]


def test_the_health_page_says_when_it_is_switched_off(editor):
    assert line(editor).sentence == "This server does not look at them."


def test_staff_see_each_link_its_state_and_what_shows_it(sign_in, make_page):
    page = make_page("Partners")
    dead = {"failures": 3, "first_failed_on": NOW, "last_failed_on": NOW, "fault": Fault.STATUS, "status": 404}
    uses = [["pages.page", page.pk], ["pages.page", 999_999]]
    save("https://one.example/", uses, state=State.FAILS, **dead)
    save("https://two.example/", uses, state=State.MOVED, moved_to="https://new.example/<b>")
    html = sign_in("Writers").get("/admin/links/outwardlink/").content.decode()
    assert "dead: the site says that nothing is there (404); since November 3, 2026" in html
    assert "has moved: https://new.example/&lt;b&gt;" in html
    assert f'<a href="/admin/pages/page/{page.pk}/change/">“Partners” (page)</a>' in html
    only_dead = sign_in("Writers", "second").get("/admin/links/outwardlink/?state=dead").content.decode()
    assert "one.example" in only_dead and "two.example" not in only_dead


def test_a_record_says_when_its_link_was_last_seen_working(client, clock):
    work = publish_work(links=[("record", "https://one.example/")])
    collect()
    clock(NOW + 3650 * DAY)
    OutwardLink.objects.get().note(Seen(State.WORKS, 200))
    assert "last seen working on" in client.get(work.get_absolute_url()).content.decode()
    assert Publication.objects.public().exists()
