"""Named points at which a crash test may kill the process; elsewhere no-ops.

Armed by ``WOONFLOW_FAULT=name`` (die on the first pass) or ``name:3`` (on the
third). A process that isn't under test has no such variable.
"""

import os

VARIABLE = "WOONFLOW_FAULT"
EXIT_STATUS = 86

POINTS = (
    "after_load",
    "after_advance",
    "after_instance_row",
    "after_variables",
    "after_closed_rows",
    "after_opened_rows",
    "after_journal",
    "before_commit",
    "after_commit",
    "after_job_run",
    "after_mail_sent",
)

_passes: dict[str, int] = {}


def point(name: str) -> None:
    """Pass the fault point *name*; the process ends here when it is armed."""
    armed = os.environ.get(VARIABLE)
    if armed is not None:
        _maybe_die(name, armed)


def _maybe_die(name: str, armed: str) -> None:
    target, _, nth = armed.partition(":")
    if target != name:
        return
    _passes[name] = _passes.get(name, 0) + 1
    if _passes[name] == int(nth or 1):
        # As a kill -9: no finally, no rollback, no flush.
        os._exit(EXIT_STATUS)
