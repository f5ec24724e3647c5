"""Run the benches: ``python -m bench [names] [--quick] [--write]``."""

import argparse
import sys
from importlib import import_module

from bench import table
from bench.machine import facts
from bench.place import Place
from bench.quiet import hush

SUBJECTS = (
    "completion",
    "step",
    "svk",
    "use_cases",
    "site",
    "weekly",
    "task_list",
    "timers",
    "feel",
    "diagram",
)


def main(arguments=None):
    """Measure, print, and with ``--write`` fill in the page."""
    given = _parser().parse_args(arguments)
    hush()
    names = given.names or SUBJECTS
    if given.write and (given.names or given.quick):
        message = "--write fills in the whole page: without names, without --quick"
        raise SystemExit(message)
    with Place(quick=given.quick) as place:
        found = facts(place)
        for name, value in found.items():
            print(f"{name}: {value}")
        sections = dict(measured(place, name) for name in names)
    if given.write:
        table.write(table.page(found, "python -m bench --write", sections))


def measured(place, name):
    """Measure one subject, printing as it goes; return its title and its rows."""
    subject = import_module(f"bench.{name}")
    print(f"\n{subject.TITLE}\n")
    for one in table.HEAD:
        print(one)
    rows = []
    for row in subject.measure(place):
        print(table.line(row), flush=True)
        rows.append(row)
    return subject.TITLE, rows


def _parser():
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(SUBJECTS))
    parser.add_argument("--quick", action="store_true", help="smallest run, no figures")
    parser.add_argument("--write", action="store_true", help=f"fill in {table.PAGE}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
