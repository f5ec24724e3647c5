"""Makers of what tests start from."""

import pkgutil
from importlib import import_module
from importlib.util import find_spec

import engine.persistence.migrate  # noqa: F401 - knows the tables of the engine
import workflows
from engine.bootstrap import build_engine
from engine.registry import Registry
from engine.settings import EngineSettings


def table_modules():
    """Name the modules that hold tables of the domain."""
    subjects = pkgutil.iter_modules(workflows.__path__, "workflows.")
    names = (f"{subject.name}.tables" for subject in subjects if subject.ispkg)
    return [name for name in names if find_spec(name) is not None]


def import_tables():
    """Make all tables known, of the engine and of the domain."""
    for name in table_modules():
        import_module(name)


def an_engine(url, clock, *, runner=None, registry=None):
    """Build an engine on a database that has its tables."""
    settings = EngineSettings(database_url=url)
    return build_engine(settings, registry or Registry(), clock, runner=runner)
