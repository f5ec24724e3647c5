"""The seams of the engine, as small as their callers need."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from engine.model import Bundle, Finding
from engine.step import Command, Saved, Step, Variables, World


class Clock(Protocol):
    """Tells the time: aware, UTC."""

    def now(self) -> datetime:
        """Return the present moment."""


class Catalogue(Protocol):
    """Knows the registered service tasks; ``engine.registry.Registry`` is one."""

    def knows(self, service_type: str) -> bool:
        """Tell whether a service task of this type is registered."""

    def required_inputs(self, service_type: str) -> frozenset[str]:
        """Name the inputs that a diagram must map."""


class StartEvent(Protocol):
    """An event that begins a process by itself."""

    @property
    def process_id(self) -> str:
        """The process that it begins."""

    @property
    def element_id(self) -> str:
        """The start event."""

    @property
    def kind(self) -> str:
        """``message``, ``signal`` or ``timer``."""

    @property
    def name(self) -> str:
        """The name of the message or signal, or the text of the timer.

        A text that begins with ``=`` is FEEL.
        """


class CompiledBundle(Protocol):
    """A checked bundle, ready to run; cached per content hash, never stored."""

    content_hash: str
    processes: Mapping[str, str]
    """Executable process ids and their names."""
    calls: Mapping[str, frozenset[str]]
    """Per process the ids of the processes that it calls."""
    start_events: tuple[StartEvent, ...]

    def form(self, form_id: str) -> bytes | None:
        """Return the form-js schema with this id."""

    def element_name(self, process_id: str, element_id: str) -> str:
        """Return the drawn name of an element, or its id."""


class ProcessRunner(Protocol):
    """Executes BPMN; the only door to SpiffWorkflow (``engine.spiff.runner``)."""

    def check(self, bundle: Bundle, catalogue: Catalogue) -> list[Finding]:
        """Return all findings on the files of *bundle*."""

    def compile(self, bundle: Bundle, catalogue: Catalogue) -> CompiledBundle:
        """Compile *bundle*; raise ``DefinitionRefusedError`` on errors."""

    def advance(
        self,
        bundle: CompiledBundle,
        saved: Saved | None,
        command: Command,
        world: World,
        other_bundles: Callable[[str], CompiledBundle],
    ) -> Step:
        """Run until every token waits; *saved* is None for ``Start`` only.

        *other_bundles* gives the bundle of a hash in ``Start.bindings``.
        """

    def visible(self, saved: Saved, token: int) -> Variables:
        """Return the variables that the element of *token* sees."""

    def live(self, saved: Saved) -> Mapping[int, str]:
        """Return the element id of each live token."""
