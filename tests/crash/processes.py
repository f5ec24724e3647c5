"""Processes that may be killed, and databases of their own."""

import multiprocessing
import shutil
from contextlib import contextmanager
from uuid import uuid4

from tests.conftest import TEMPLATE

# Forked from a server that has imported everything: a process costs little.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.crash.clerk"])
PATIENCE = 60


def wait_for_lines(outside, process, number):
    """Watch the file of the outside until it has *number* lines."""
    while process.is_alive() and len(outside.heard()) < number:
        process.join(0.005)


def ended(process):
    """Wait for the end of a process and return its status."""
    process.join(PATIENCE)
    status = process.exitcode
    process.close()
    return status


@contextmanager
def fresh_url(kind, tmp_path, request):
    """Give a database of its own to each pass."""
    if kind == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        path = tmp_path / f"{uuid4().hex}.db"
        shutil.copy(template, path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres_server")
    with server.database(TEMPLATE) as url:
        yield url
