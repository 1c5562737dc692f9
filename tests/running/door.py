"""What systemd does for the site: holds its socket, starts gunicorn on it, and waits until that says it is loaded."""

import os
import socket
import subprocess
import sys


class Door:
    """The socket `path`, behind which gunicorn serves what is in the folder `current`. `log`: a file for its output."""

    def __init__(self, path, current, environment=None, log=None):
        self.path, self.current, self.environment = path, current, environment or {}
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen(2048)
        self.server = None
        self.log = log or current.parent / "server.log"

    def start(self):
        """Start the server, as a unit of Type=notify: until it is loaded. Gives whether it came so far."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear, self.log.open("ab") as log:
            address = f"{self.path}.notify"
            ear.bind(address)
            ear.settimeout(0.2)
            self.server = subprocess.Popen(
                ["/bin/sh", "-c", 'LISTEN_PID=$$ exec "$@"', "sh"]
                + [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"],
                cwd=self.current,
                env=os.environ | self.environment | {"LISTEN_FDS": "1", "NOTIFY_SOCKET": address},
                stdout=log,
                stderr=log,
                close_fds=False,
                process_group=0,  # so that all of them can be reached, as in a unit
                preexec_fn=self._hand_over,
            )
            try:
                return self._hears(ear)
            finally:
                os.unlink(address)

    def _hand_over(self):
        os.dup2(self.listener.fileno(), 3)
        os.set_inheritable(3, True)  # dup2 leaves it as it is where it was the third already

    def _hears(self, ear):
        while self.server.poll() is None:
            try:
                if b"READY=1" in ear.recv(1000):
                    return True
            except TimeoutError:
                continue
        return False

    def restart(self):
        self.stop()
        return self.start()

    def stop(self):
        if self.server and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(timeout=40)

    def close(self):
        self.stop()
        self.listener.close()
