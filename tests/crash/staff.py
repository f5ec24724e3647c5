"""The commands of Woonflow as processes that die and are started again."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress

from engine import faults

ENTRY = "from web.cli.main import main; main()"


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Process:
    """One command, alive until ``kill`` or until its fault point."""

    def __init__(self, given, *arguments):
        self._given = given
        self._arguments = arguments
        self._running = None
        self._fault = ""
        self.started = 0

    def start(self, fault=""):
        """Start, or start again, armed with a fault point."""
        self._fault = fault
        armed = {faults.VARIABLE: fault} if fault else {}
        # A session of its own, so that the children die with it.
        self._running = subprocess.Popen(
            [sys.executable, "-c", ENTRY, *self._arguments],
            env=os.environ | self._given | armed,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started += 1

    @property
    def is_alive(self):
        return self._running is not None and self._running.poll() is None

    def disarm(self):
        """Start again without a fault point, when there was one.

        A web process that died is followed by a child of the same parent, with
        the same fault point: alone, it would die for ever.
        """
        if self._fault:
            self.kill()
            self.start()

    def kill(self):
        """Kill it, and its children, as a power cut would."""
        if self._running is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()


class Site:
    """Two web processes and a worker on one database, which die in turn."""

    def __init__(self, given):
        self.ports = [free_port(), free_port()]
        serve = [("serve", "--port", str(port)) for port in self.ports]
        self.staff = [Process(given, *words) for words in (*serve, ("worker",))]
        self._turn = 0

    def open(self):
        for process in self.staff:
            process.start()

    def lose_one(self, fault):
        """Kill the next process in the row and start it again, armed."""
        process = self.staff[self._turn % len(self.staff)]
        self._turn += 1
        process.kill()
        process.start(fault)

    def mend(self):
        """Start again whoever died at its fault point."""
        for process in self.staff:
            if not process.is_alive:
                process.start()

    def hung_up(self, port):
        """Start again the web process that died amid a request."""
        self.staff[self.ports.index(port)].disarm()

    def disarm(self):
        """Let nobody die any more."""
        for process in self.staff:
            process.disarm()

    def close(self):
        for process in self.staff:
            process.kill()
