"""Use cases around bundles: check, deploy, find, and keep them ready to run."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from uuid import UUID

from engine.errors import DefinitionRefusedError, NotFoundError
from engine.model import Bundle, Deployment, Finding, Severity
from engine.persistence.repositories.definitions import KIND, DefinitionRepository
from engine.persistence.unit_of_work import UnitOfWork
from engine.ports import Catalogue, CompiledBundle, ProcessRunner

CACHED = 64
PROCESS = "Proces"

ArmStart = Callable[[UnitOfWork, UUID, str, str], None]
"""Arms the timer of a start event: its key, its element id, its rule."""


class Definitions:
    """The bundles of the city."""

    def __init__(self, *, runner: ProcessRunner, catalogue: Catalogue) -> None:
        self._runner = runner
        self._catalogue = catalogue
        self._arm_start: ArmStart | None = None
        self._cache = CompiledCache(CACHED)

    def on_start_timer(self, arm_start: ArmStart) -> None:
        """Tell who arms timer start events: timers start instances of definitions."""
        self._arm_start = arm_start

    def check(self, bundle: Bundle) -> list[Finding]:
        """Return all findings on a bundle; nothing is stored."""
        return self._runner.check(bundle, self._catalogue)

    def deploy(self, work: UnitOfWork, bundle: Bundle, *, by: str) -> Deployment:
        """Make *bundle* the newest version of its key.

        Raises ``DefinitionRefusedError`` on findings of severity error. The
        content that is the newest version already stays so: a second
        deployment changes nothing.
        """
        self._refuse_errors(bundle)
        rows = DefinitionRepository(work.session)
        rows.lock_deployments()
        latest = rows.latest(bundle.key)
        if latest is not None and latest.content_hash == bundle.content_hash:
            return latest
        compiled = self._runner.compile(bundle, self._catalogue)
        deployment = Deployment(
            key=bundle.key,
            version=1 if latest is None else latest.version + 1,
            content_hash=bundle.content_hash,
            deployed_at=work.now,
            deployed_by=by,
        )
        rows.add_content(bundle, compiled)
        rows.add_version(deployment)
        self._register_starts(work, deployment, compiled)
        return deployment

    def latest(self, work: UnitOfWork, key: str) -> Deployment:
        """Return the newest version of a bundle; ``NotFoundError`` without one."""
        found = DefinitionRepository(work.session).latest(key)
        if found is None:
            raise NotFoundError(KIND, key)
        return found

    def list(self, work: UnitOfWork) -> list[Deployment]:
        """Return the newest version of each bundle, by key."""
        return DefinitionRepository(work.session).all_latest()

    def versions(self, work: UnitOfWork, key: str) -> Sequence[Deployment]:
        """Return all versions of a bundle, newest first."""
        return DefinitionRepository(work.session).versions(key)

    def get(self, work: UnitOfWork, content_hash: str) -> Bundle:
        """Return the files of a content hash; ``NotFoundError`` when unknown."""
        return DefinitionRepository(work.session).bundle(content_hash)

    def compiled(self, work: UnitOfWork, content_hash: str) -> CompiledBundle:
        """Return the bundle of a hash, ready to run."""
        found = self._cache.get(content_hash)
        if found is None:
            bundle = self.get(work, content_hash)
            found = self._runner.compile(bundle, self._catalogue)
            self._cache.put(content_hash, found)
        return found

    def bindings(
        self, work: UnitOfWork, compiled: CompiledBundle, process_id: str
    ) -> Mapping[str, str]:
        """Bind each process that can be called from another bundle, now, to a hash.

        Raises ``NotFoundError`` when no deployed bundle has such a process.
        """
        bound: dict[str, str] = {}
        seen: set[str] = set()
        ahead = [(compiled, process_id)]
        while ahead:
            caller, called = ahead.pop()
            for target in sorted(caller.calls.get(called, frozenset()) - seen):
                seen.add(target)
                home = caller if target in caller.processes else None
                home = home or self._bind(work, target, bound)
                ahead.append((home, target))
        return bound

    def _bind(
        self, work: UnitOfWork, process_id: str, bound: dict[str, str]
    ) -> CompiledBundle:
        found = DefinitionRepository(work.session).with_process(process_id)
        if found is None:
            raise NotFoundError(PROCESS, process_id)
        bound[process_id] = found
        return self.compiled(work, found)

    def _refuse_errors(self, bundle: Bundle) -> None:
        findings = self.check(bundle)
        if any(finding.severity is Severity.ERROR for finding in findings):
            raise DefinitionRefusedError(tuple(findings))

    def _register_starts(
        self, work: UnitOfWork, deployment: Deployment, compiled: CompiledBundle
    ) -> None:
        rows = DefinitionRepository(work.session)
        timers = rows.replace_start_events(deployment, compiled.start_events, work.now)
        for timer in timers:
            if self._arm_start is not None:
                self._arm_start(work, timer.id, timer.element_id, timer.rule)


class CompiledCache:
    """The bundles used last, by hash; safe between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._bundles: OrderedDict[str, CompiledBundle] = OrderedDict()
        self._lock = Lock()

    def get(self, content_hash: str) -> CompiledBundle | None:
        """Return a bundle and remember that it was used."""
        with self._lock:
            found = self._bundles.get(content_hash)
            if found is not None:
                self._bundles.move_to_end(content_hash)
            return found

    def put(self, content_hash: str, bundle: CompiledBundle) -> None:
        """Keep a bundle, and let go of the one that was used longest ago."""
        with self._lock:
            self._bundles[content_hash] = bundle
            self._bundles.move_to_end(content_hash)
            while len(self._bundles) > self._size:
                self._bundles.popitem(last=False)
