"""A way to the database of the tests that can fall silent, as if a host had vanished or a firewall dropped packets."""

import socket
import threading
from contextlib import suppress


class Relay:
    """Takes connections at `port` and passes them on to the database at `host`, a folder of sockets or a name.

    Unless it is to refuse, nothing is hung up: whoever waits for an answer waits as long as they care to.
    """

    def __init__(self, host, port):
        self.is_silent = False  # new connections are taken and get no answer
        self.is_refusing = False  # they are hung up on
        self._there = (host or "localhost", port)
        self._ends, self._lost = [], set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._take, daemon=True).start()

    def lose_open_connections(self):
        """From here on nothing comes through those that are open, whatever becomes of new ones."""
        self._lost |= set(self._ends)

    def vanish(self):
        self.is_silent = True
        self.lose_open_connections()

    def refuse(self):
        self.is_refusing = True
        self._hang_up()

    def close(self):
        self._hang_up(self._door)

    def _hang_up(self, *doors):
        for end in (*doors, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _take(self):
        with suppress(OSError):
            while True:
                near = self._door.accept()[0]
                self._ends.append(near)
                if self.is_refusing:
                    near.close()
                elif not self.is_silent:
                    far = self._connect()
                    self._ends.append(far)
                    for ends in ((near, far), (far, near)):
                        threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _connect(self):
        host, port = self._there
        if not host.startswith("/"):
            return socket.create_connection(self._there)
        far = socket.socket(socket.AF_UNIX)
        far.connect(f"{host}/.s.PGSQL.{port}")
        return far

    def _pass_on(self, source, target):
        with suppress(OSError):
            while data := source.recv(65536):
                if source not in self._lost:
                    target.sendall(data)
            if source not in self._lost:
                target.shutdown(socket.SHUT_WR)
