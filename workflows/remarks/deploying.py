"""Taking a bundle into use: the one door, so that whoever remarked on it is told."""

from collections.abc import Sequence
from typing import Protocol

from engine.model import Bundle, Deployment
from engine.persistence.unit_of_work import UnitOfWork
from workflows.cases.service import CaseEngine
from workflows.remarks.service import deployed


class Deployments(Protocol):
    """Takes bundles into use; ``engine.definitions`` is one."""

    def deploy(self, work: UnitOfWork, bundle: Bundle, *, by: str) -> Deployment:
        """Make a bundle the newest version of its key."""

    def versions(self, work: UnitOfWork, key: str) -> Sequence[Deployment]:
        """Return all versions of a bundle."""


class DeployingEngine(CaseEngine, Protocol):
    """What taking a bundle into use needs of the engine."""

    @property
    def definitions(self) -> Deployments:
        """Where bundles are taken into use."""


def deploy(
    work: UnitOfWork, engine: DeployingEngine, bundle: Bundle, *, by: str
) -> Deployment:
    """Take a bundle into use, and tell the authors of the remarks that it answers.

    Pages, REST interface and commands all come through here.
    """
    before = engine.definitions.versions(work, bundle.key)
    found = engine.definitions.deploy(work, bundle, by=by)
    if found.version not in {each.version for each in before}:
        deployed(work, engine, found.key, found.version, by=by)
    return found
