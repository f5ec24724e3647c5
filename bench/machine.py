"""The facts of the machine, without which no figure means anything."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

import psycopg


def facts(place):
    """Return names and values, in the order of the page."""
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": _postgresql(place),
        "SQLAlchemy": version("SQLAlchemy"),
        "SpiffWorkflow": version("SpiffWorkflow"),
        "load average when it began": load,
    }


def _processor():
    with Path("/proc/cpuinfo").open() as lines:
        named = [line for line in lines if line.startswith("model name")]
    return named[0].split(":")[1].strip() if named else platform.processor()


def _postgresql(place):
    address = place.server.url("postgres").replace("+psycopg", "")
    with psycopg.connect(address) as connection:
        return connection.execute("SHOW server_version").fetchone()[0].split()[0]
