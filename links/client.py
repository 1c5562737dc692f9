"""One request to another site, within bounds of time and size.

The name is resolved here, its numbers are judged, and the connection goes to the very number that was judged: a name
that means another machine a moment later gains nothing. No cookie, no password, no packed content, no redirect
followed.
"""

import math
import socket
import ssl
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread, Timer

from django.conf import settings

from links.addresses import PORTS, is_public, resolve, target_of
from links.faults import Failed, Fault

NAME = "CommunitySchoolsLinkCheck"  # as robots.txt files may call it
SECONDS_OF_SILENCE = 10  # for the name, for the connection, and between any two pieces of the answer
SECONDS_IN_ALL = 20
SECONDS_OF_A_LOOK = 60  # for all that is asked on the way to one address: other work waits behind it
MOST_NUMBERS = 3  # of one name, which are tried
MOST_NAMES_ASKED = 4  # at one time; only the last of them is still waited for

_asking_names = BoundedSemaphore(MOST_NAMES_ASKED)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict  # names in small letters; of a name that comes twice, the last
    body: bytes


class Client:
    """Asks other sites, one after the other. Tests give it another way to resolve a name and to connect to a number."""

    def __init__(self, resolve=resolve, connect=socket.create_connection, trusted=None, seconds=SECONDS_IN_ALL):
        self.resolve = resolve
        self.connect = connect
        self.trusted = trusted or ssl.create_default_context()
        self.seconds = seconds
        self._look_ends = math.inf

    def begin_look(self):
        """From now on, all that is asked for takes SECONDS_OF_A_LOOK at most, together."""
        self._look_ends = time.monotonic() + SECONDS_OF_A_LOOK

    @property
    def seconds_of_silence(self):
        return min(SECONDS_OF_SILENCE, self.seconds)

    @property
    def look_is_over(self):
        return time.monotonic() >= self._look_ends

    def ask(self, method, address, most_bytes=0):
        """The Answer with up to `most_bytes` of its body; raises Failed where there is none."""
        target = target_of(address)
        if self.look_is_over:
            raise Failed(Fault.TIME)
        ends = min(time.monotonic() + self.seconds, self._look_ends)
        numbers = self._numbers(target, ends)
        # One that is not public among others is no slip: such names are made to get around a check like this.
        if not numbers or not all(is_public(number) for number in numbers):
            raise Failed(Fault.CLOSED)
        connection = Connection(target, numbers[:MOST_NUMBERS], self, ends)
        try:
            with _ended_after(_left(ends), connection):
                connection.request(method, target.path, headers=_headers())
                with connection.getresponse() as response:
                    body = response.read(most_bytes) if most_bytes else b""
                return Answer(response.status, {name.lower(): text for name, text in response.getheaders()}, body)
        except ssl.SSLError:
            raise Failed(Fault.SECURITY) from None
        except TimeoutError:
            raise Failed(Fault.TIME) from None
        except HTTPException:
            raise Failed(Fault.ANSWER) from None
        except OSError:
            raise Failed(Fault.CONNECTION) from None
        finally:
            connection.close()

    def _numbers(self, target, ends):
        """What the name of a target means; raises Failed where it means nothing, or nobody says what in time.

        The name is asked for in a thread, because a question to a name server cannot be broken off: the thread goes
        on until the system gives up. While too many do, no other name is asked for: a TimeoutError, which says
        nothing about the site.
        """
        answers = SimpleQueue()

        def ask():
            try:
                answers.put((self.resolve(target.host, target.port), None))
            except Exception as error:
                answers.put((None, error))
            finally:
                _asking_names.release()

        if not _asking_names.acquire(timeout=min(self.seconds_of_silence, _left(ends))):
            raise TimeoutError("The name server leaves too many questions open.")
        try:
            Thread(target=ask, daemon=True).start()
        except RuntimeError:  # no more threads
            _asking_names.release()
            raise
        try:
            numbers, error = answers.get(timeout=min(self.seconds_of_silence, _left(ends)))
        except Empty:
            raise Failed(Fault.TIME) from None
        if error:
            raise error
        return numbers


def _left(ends):
    """Seconds until then, a little at least: no time at all would mean not to wait, or for ever."""
    return max(ends - time.monotonic(), 0.01)


def _headers():
    return {
        "User-Agent": f"{NAME} (+{settings.SITE_URL}/)",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


class Connection(HTTPConnection):
    """Goes to numbers that were judged, under the name that was asked for; speaks TLS where the address says https."""

    def __init__(self, target, numbers, client, ends):
        super().__init__(target.host, target.port, timeout=client.seconds_of_silence)
        self.ends = ends  # by the monotonic clock
        self.default_port = PORTS[target.scheme]  # it is not written into the Host header
        self.target, self.numbers, self.client = target, numbers, client
        self.held = None  # the parent forgets its socket while an answer is still read from it
        self.is_over = False

    def connect(self):
        self._hold(self._to_first_that_answers())
        if self.target.scheme == "https":
            self._hold(
                self.client.trusted.wrap_socket(
                    self.sock, server_hostname=self.target.host, do_handshake_on_connect=False
                )
            )
            self.sock.do_handshake()

    def _to_first_that_answers(self):
        *others, last = self.numbers
        for number in others:
            with suppress(OSError):
                return self._to(number)
            self._go_on()
        return self._to(last)

    def _to(self, number):
        return self.client.connect((number, self.target.port), min(self.timeout, _left(self.ends)))

    def _hold(self, connected):
        self.sock = self.held = connected
        self._go_on()

    def _go_on(self):
        """Raises TimeoutError where the other thread has hung up before there was anything to hang up on."""
        if self.is_over:
            raise TimeoutError

    def hang_up(self):
        """End whatever another thread waits for on this connection."""
        self.is_over = True
        if self.held:
            with suppress(OSError):
                socket.socket.shutdown(self.held, socket.SHUT_RDWR)


@contextmanager
def _ended_after(seconds, connection):
    """Hang up when the time is over, even if a byte comes now and then; raises TimeoutError."""
    timer = Timer(seconds, connection.hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, HTTPException):
        if connection.is_over:
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
    if connection.is_over:
        raise TimeoutError
