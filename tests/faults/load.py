"""The steady load: readers of known pages, a reader of pages that nobody asked for before, and an editor."""

import http.client
import itertools
import re
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.drafts import change_url, fields_of
from tests.faults.machine import HOST

KNOWN = (
    "/",
    "/about/",
    "/blog/",
    "/blog/feed/atom/",
    "/resources/publications/",
    "/faq/",
    "/search/?q=community+school",
)
AWAY = "The site is away for a moment"
AWAY_ANSWER = "503 in the site’s look"  # with Retry-After
READERS, BESIDE = 4, 2  # of known pages: as people come, and at the site's own socket
BETWEEN = 0.05  # seconds between two requests of a reader
PUBLISHES = 5  # each so many saves
SLOW = 2  # seconds
WARM = 5  # seconds without a failure


@dataclass(frozen=True)
class Asked:
    """One request: when it began and ended, who asked for what, and what was wrong with the answer ("": nothing)."""

    began: float
    ended: float
    who: str
    address: str
    fault: str = ""


class Browser:
    """Keeps its connection, as browsers do; a reading request that a kept one loses is sent once more on a new one."""

    def __init__(self, machine, *, is_beside=False, cookie=""):
        self.machine, self.is_beside = machine, is_beside or not machine.nginx
        self.headers = {"Host": HOST} | ({"X-Forwarded-Proto": "https"} if self.is_beside else {})
        if cookie:
            self.headers["Cookie"] = cookie
        self.connection = None

    def ask(self, method, address, body=None, **headers):
        """(status, headers, text). Raises OSError or HTTPException."""
        was_kept = self.connection is not None
        try:
            return self._ask(method, address, body, headers)
        except (ConnectionError, http.client.RemoteDisconnected):
            if not was_kept or method != "GET":
                raise
            return self._ask(method, address, body, headers)

    def _ask(self, method, address, body, headers):
        if self.connection is None:
            self.connection = self._connect()
        try:
            self.connection.request(method, address, body, self.headers | headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except BaseException:
            self.close()
            raise
        if answer.will_close:
            self.close()
        return answer.status, answer.headers, text

    def _connect(self):
        if not self.is_beside:
            return self.machine.nginx.connection()
        connection = http.client.HTTPConnection(HOST, timeout=20)
        connection.sock = self.machine.connection()
        return connection

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Load:
    """All of it. `asked`: every request so far; `saves`: number of each save → whether it was answered."""

    def __init__(self, machine, page, cookie, known=KNOWN):
        self.machine, self.page, self.cookie, self.known = machine, page, cookie, known
        self.asked, self.saves, self.publishes = [], {}, {}
        self._ends = threading.Event()
        self._threads = [
            *(threading.Thread(target=self._read, args=[number, False]) for number in range(READERS)),
            *(threading.Thread(target=self._read, args=[number, True]) for number in range(BESIDE)),
            threading.Thread(target=self._look_for_new),
            threading.Thread(target=self._edit),
        ]

    def start(self):
        for thread in self._threads:
            thread.start()

    def is_warm(self):
        """Whether each reader has got every page of late, and the editor has saved."""
        last = [one for one in self.asked if one.began > time.monotonic() - WARM]
        got = {(one.who, one.address) for one in last if not one.fault}
        readers = {(who, address) for who in ("reader", "socket") for address in self.known}
        return readers <= got and any(one.who == "editor" for one in last) and not any(one.fault for one in last)

    def end(self):
        self._ends.set()
        for thread in self._threads:
            thread.join()

    def _read(self, number, is_beside):
        browser = Browser(self.machine, is_beside=is_beside)
        browser.headers["Accept-Encoding"] = "identity"
        titles = {}
        for address in itertools.islice(itertools.cycle(self.known), number, None):
            if self._ends.wait(BETWEEN):
                return
            self._note("socket" if is_beside else "reader", browser, address, lambda *a: _judged(titles, *a))

    def _look_for_new(self):
        browser = Browser(self.machine)
        for number in itertools.count():
            if self._ends.wait(2 * BETWEEN):
                return
            self._note("newcomer", browser, f"/search/?q=partners+{number}", lambda *answer: _judged({}, *answer))

    def _note(self, who, browser, address, judge):
        began = time.monotonic()
        try:
            fault = judge(address, *browser.ask("GET", address))
        except TimeoutError:
            fault = "no answer in 20 s"
        except (OSError, http.client.HTTPException) as error:
            fault = f"cut off ({type(error).__name__})"
        self.asked.append(Asked(began, time.monotonic(), who, address, fault))

    def _edit(self):
        browser = Browser(self.machine, cookie=self.cookie)
        for number in itertools.count(1):
            began = time.monotonic()
            fault = self._save(browser, number)
            self.asked.append(Asked(began, time.monotonic(), "editor", f"save {number}", fault))
            if self._ends.wait(max(0, 1 - (time.monotonic() - began))):
                return

    def _save(self, browser, number):
        address = change_url(self.page)
        self.last_number = number
        try:
            status, _headers, text = browser.ask("GET", address)
            if status != 200:
                return f"form: {status}"
            fields = fields_of(text.decode())
            words = {"summary": f"Save {number}.", "pages_richtext_set-0-text": f"<p>Save {number}.</p>", "_save": "1"}
            self.saves[number] = False
            status, *_rest = self._send(browser, address, fields | words)
            if status != 302:
                return f"save: {status}"
            self.saves[number] = True
            if number % PUBLISHES:
                return ""
            _status, _headers, text = browser.ask("GET", address)
            self.publishes[number] = False
            revision = fields_of(text.decode())["_base"]
            step = {"_revision": revision, "csrfmiddlewaretoken": fields["csrfmiddlewaretoken"]}
            status, *_rest = self._send(browser, address.replace("/change/", "/publish/"), step)
            self.publishes[number] = status == 302
            return "" if status == 302 else f"publish: {status}"
        except (OSError, http.client.HTTPException, StopIteration, KeyError) as error:
            return f"no answer ({type(error).__name__})"

    def _send(self, browser, address, fields):
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
        return browser.ask("POST", address, urlencode(fields, doseq=True), **form)


def _judged(titles, address, status, headers, text):
    """What is wrong with an answer: its status, or a page that is not the one it was before."""
    if status == 503 and headers.get("Retry-After") == "30" and AWAY in text.decode():
        return AWAY_ANSWER
    if status != 200:
        return str(status)
    title = re.search(rb"<title[^>]*>(.*?)</title>", text, re.DOTALL)
    if not title or titles.setdefault(address, title[1]) != title[1]:
        return "another page"
    return ""
