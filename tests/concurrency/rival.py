"""A second writer, stepped by hand: no sleeps, no chance.

A test opens a unit of work, lets a rival run until it waits for what the test
holds, and then decides how the first one ends.
"""

from threading import Event, Thread

from sqlalchemy import text

PATIENCE = 20
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


class Rival(Thread):
    """Does *action* with a unit of work of its own, in a thread of its own."""

    def __init__(self, engine, action):
        super().__init__(daemon=True)
        self._engine = engine
        self._action = action
        self._begun = Event()
        self._outcome = None
        self._error = None

    def run(self):
        """Open a unit of work, do the action, commit."""
        self._begun.set()
        try:
            with self._engine.transaction() as work:
                self._outcome = self._action(work)
        except Exception as error:  # noqa: BLE001 - it is handed to the test
            self._error = error

    def go(self):
        """Run until the rival waits for a lock, or is done.

        SQLite tells nobody that it waits; there the rival has at least begun,
        and whatever comes first, one writer is let in at a time.
        """
        self.start()
        assert self._begun.wait(PATIENCE)
        if self._engine.database.is_sqlite:
            return self
        with self._engine.database.engine.connect() as connection:
            while self.is_alive() and not connection.execute(WAITING).scalar():
                connection.rollback()
        return self

    def outcome(self):
        """Wait for the end; return the result or raise the error."""
        self.join(PATIENCE)
        assert not self.is_alive(), "the rival still waits"
        if self._error is not None:
            raise self._error
        return self._outcome
