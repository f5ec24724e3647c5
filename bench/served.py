"""A real ``woonflow serve`` on loopback, in a process of its own, and a visitor."""

import http.client
import os
import re
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import perf_counter
from urllib.parse import urlencode

PATIENCE_SECONDS = 60
PAUSE = Event()
TREE = Path("/proc")


@contextmanager
def served(url, folder):
    """Serve the database at *url*; stop when left."""
    site = Site(url, folder)
    try:
        site.wait()
        yield site
    finally:
        site.stop()


class Site:
    """The process, its port, and how long it took to answer."""

    def __init__(self, url, folder):
        self.port = _free_port()
        self._began = perf_counter()
        settings = {
            "WOONFLOW_DATABASE_URL": url,
            "WOONFLOW_DATA": str(folder),
            "WOONFLOW_PORT": str(self.port),
            "WOONFLOW_SECRET_KEY": "x" * 32,
            # Nobody listens there: mail waits, as with a mail server that is away.
            "WOONFLOW_SMTP_URL": f"smtp://127.0.0.1:{_free_port()}",
        }
        command = [sys.executable, "-c", "from web.cli.main import main; main()"]
        self._process = subprocess.Popen(
            [*command, "serve"],
            env=_environment(folder) | settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def wait(self):
        """Wait for the first answer; keep how many milliseconds it took."""
        while not self._answers():
            if self._process.poll() is not None:
                raise RuntimeError(self._process.stderr.read().decode())
            if perf_counter() - self._began > PATIENCE_SECONDS:
                message = "woonflow serve does not answer"
                raise TimeoutError(message)
            PAUSE.wait(0.005)
        self.first_answer = (perf_counter() - self._began) * 1000

    def _answers(self):
        try:
            with self.visitor() as visitor:
                return visitor.get("/healthz").status == 200
        except OSError:
            return False

    @contextmanager
    def visitor(self):
        """Give somebody with a browser."""
        visitor = Visitor(self.port)
        try:
            yield visitor
        finally:
            visitor.leave()

    def processor_ms(self):
        """Return the processor time of all processes of the site."""
        ticks = sum(_ticks(one) for one in self.processes())
        return ticks * 1000 / os.sysconf("SC_CLK_TCK")

    def megabytes(self):
        """Return the memory of all processes; what they share counts once."""
        return sum(_proportional_kb(one) for one in self.processes()) / 1024

    def processes(self):
        """Return the ids of the process and its children."""
        own = self._process.pid
        children = TREE / f"{own}/task/{own}/children"
        return [own, *map(int, children.read_text().split())]

    def stop(self):
        """Stop it as an operator would."""
        self._process.terminate()
        self._process.communicate(timeout=PATIENCE_SECONDS)


class Visitor:
    """A browser without JavaScript: one connection and its cookies."""

    def __init__(self, port):
        self._port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies = {}

    def get(self, path):
        """Open a page."""
        return self._ask("GET", path)

    def post(self, path, **fields):
        """Send a form."""
        return self._ask("POST", path, urlencode(fields))

    def sign_in(self, name, password):
        """Sign in, or fail."""
        answer = self.post("/aanmelden", _name=name, _password=password)
        assert answer.status == 302, answer.status

    def leave(self):
        """Close the browser."""
        self._connection.close()

    def _ask(self, method, path, body=None):
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": self._cookie()}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        answer.text = answer.read().decode(errors="replace")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, value = re.match(r"([^=]+)=([^;]*)", cookie).groups()
            self._cookies[name] = value
        return answer

    def _cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())


def _environment(folder):
    """Let Python keep its bytecode, as an installed package has it."""
    kept = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder.parent / "bytecode")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _ticks(process):
    fields = (TREE / f"{process}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def _proportional_kb(process):
    lines = (TREE / f"{process}/smaps_rollup").read_text().splitlines()
    (found,) = (line for line in lines if line.startswith("Pss:"))
    return int(found.split()[1])
