"""Reads the ``zeebe`` extension elements (the Camunda 8 dialect) into values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.spiff.texts import Feel, Value, feel, value
from engine.spiff.xml import (
    ZEEBE,
    Element,
    child,
    child_text,
    children,
    flag,
    local,
)

DEFAULT_RETRIES = 3
DEFAULT_PRIORITY = 50
_LONG = 10
"""Numbers with as many digits are none that a person meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who may do a user task; a static list of candidates is comma separated."""

    assignee: Value | None = None
    candidate_groups: Value | None = None
    candidate_users: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a user task should be done, and when to look at it again."""

    due_date: Value | None = None
    follow_up_date: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDefinition:
    """The registered operation of a service task."""

    type: str
    retries: int = DEFAULT_RETRIES
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """One line of an input or output mapping: *source* is put into *target*."""

    source: Value | None
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IoMapping:
    """The input and output mappings of an element, in their order."""

    inputs: tuple[Mapped, ...] = ()
    outputs: tuple[Mapped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledElement:
    """The process of a call activity, and what goes in and out by itself.

    With *propagate_all_parent_variables* false only the inputs go in; with
    *propagate_all_child_variables* false only the outputs come back.
    """

    process_id: str
    propagate_all_parent_variables: bool = True
    propagate_all_child_variables: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledDecision:
    """The decision of a business rule task, and where its result goes."""

    decision_id: str
    result_variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A FEEL script, and where its result goes."""

    expression: Feel
    result_variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiInstance:
    """Repeats an activity per item of *collection*, or *cardinality* times."""

    collection: Feel | None = None
    cardinality: Feel | None = None
    element: str | None = None
    output_collection: str | None = None
    output_element: Feel | None = None
    sequential: bool = False
    completion_condition: Feel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardLoop:
    """Repeats an activity while *condition* holds, at most *maximum* times."""

    condition: Feel | None = None
    maximum: int | None = None
    test_before: bool = False


Loop = MultiInstance | StandardLoop


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the extension elements and the loop of one element tell."""

    assignment: Assignment = field(default_factory=Assignment)
    schedule: Schedule = field(default_factory=Schedule)
    priority: Value | None = None
    form_id: str | None = None
    task: TaskDefinition | None = None
    io: IoMapping = field(default_factory=IoMapping)
    called_element: CalledElement | None = None
    called_decision: CalledDecision | None = None
    script: Script | None = None
    loop: Loop | None = None
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def milestone(self) -> str | None:
        """The phase of the case that begins here."""
        return self.properties.get("milestone") or None


def extensions(element: Element) -> Mapping[str, Element]:
    """Return the zeebe elements of *element* by local name; the first one counts."""
    found: dict[str, Element] = {}
    holder = child(element, "extensionElements")
    if holder is not None:
        for extension in holder.iterchildren(f"{{{ZEEBE}}}*"):
            found.setdefault(local(extension), extension)
    return found


def read(element: Element) -> Facts:
    """Read the facts of a checked element."""
    found = extensions(element)
    return Facts(
        assignment=_assignment(found.get("assignmentDefinition")),
        schedule=_schedule(found.get("taskSchedule")),
        priority=value(_get(found.get("priorityDefinition"), "priority")),
        form_id=_get(found.get("formDefinition"), "formId"),
        task=_task(found),
        io=_io(found.get("ioMapping")),
        called_element=_called_element(element, found.get("calledElement")),
        called_decision=_called_decision(found.get("calledDecision")),
        script=_script(found.get("script")),
        loop=loop(element),
        properties=_properties(found.get("properties")),
    )


def _get(element: Element | None, name: str) -> str | None:
    raw = element.get(name) if element is not None else None
    return (raw or "").strip() or None


def _whole(raw: str | None) -> int | None:
    # The check refuses what is no number; before it, reading must not fail.
    digits = raw is not None and raw.isascii() and raw.isdigit() and len(raw) < _LONG
    return int(raw) if raw and digits else None


def _zeebe(element: Element | None, name: str) -> list[Element]:
    return [] if element is None else list(element.iterchildren(f"{{{ZEEBE}}}{name}"))


def _assignment(element: Element | None) -> Assignment:
    return Assignment(
        assignee=value(_get(element, "assignee")),
        candidate_groups=value(_get(element, "candidateGroups")),
        candidate_users=value(_get(element, "candidateUsers")),
    )


def _schedule(element: Element | None) -> Schedule:
    return Schedule(
        due_date=value(_get(element, "dueDate")),
        follow_up_date=value(_get(element, "followUpDate")),
    )


def _task(found: Mapping[str, Element]) -> TaskDefinition | None:
    element = found.get("taskDefinition")
    kind = _get(element, "type")
    if kind is None:
        return None
    return TaskDefinition(
        type=kind,
        retries=_whole(_get(element, "retries")) or DEFAULT_RETRIES,
        headers={
            header.get("key") or "": header.get("value") or ""
            for header in _zeebe(found.get("taskHeaders"), "header")
        },
    )


def _io(element: Element | None) -> IoMapping:
    return IoMapping(
        inputs=tuple(map(_mapped, _zeebe(element, "input"))),
        outputs=tuple(map(_mapped, _zeebe(element, "output"))),
    )


def _mapped(element: Element) -> Mapped:
    return Mapped(
        source=value(element.get("source")),
        target=_get(element, "target") or "",
    )


def _called_element(
    element: Element, extension: Element | None
) -> CalledElement | None:
    process_id = _get(extension, "processId") or _get(element, "calledElement")
    if process_id is None:
        return None
    if extension is None:
        return CalledElement(process_id=process_id)
    return CalledElement(
        process_id=process_id,
        propagate_all_parent_variables=flag(
            extension, "propagateAllParentVariables", default=True
        ),
        propagate_all_child_variables=flag(
            extension, "propagateAllChildVariables", default=True
        ),
    )


def _called_decision(element: Element | None) -> CalledDecision | None:
    decision_id = _get(element, "decisionId")
    if decision_id is None:
        return None
    return CalledDecision(
        decision_id=decision_id,
        result_variable=_get(element, "resultVariable") or "",
    )


def _script(element: Element | None) -> Script | None:
    expression = feel(_get(element, "expression"))
    if expression is None:
        return None
    return Script(
        expression=expression, result_variable=_get(element, "resultVariable") or ""
    )


def _properties(element: Element | None) -> dict[str, str]:
    return {
        name: (entry.get("value") or "").strip()
        for entry in _zeebe(element, "property")
        if (name := _get(entry, "name"))
    }


def loop(element: Element) -> Loop | None:
    """Read how an activity repeats."""
    for found in children(
        element, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"
    ):
        if local(found) == "standardLoopCharacteristics":
            return _standard_loop(found)
        return _multi_instance(found)
    return None


def _standard_loop(element: Element) -> StandardLoop:
    return StandardLoop(
        condition=feel(child_text(element, "loopCondition")),
        maximum=_whole(_get(element, "loopMaximum")),
        test_before=flag(element, "testBefore"),
    )


def _multi_instance(element: Element) -> MultiInstance:
    zeebe = extensions(element).get("loopCharacteristics")
    return MultiInstance(
        collection=feel(_get(zeebe, "inputCollection")),
        cardinality=feel(child_text(element, "loopCardinality")),
        element=_get(zeebe, "inputElement"),
        output_collection=_get(zeebe, "outputCollection"),
        output_element=feel(_get(zeebe, "outputElement")),
        sequential=flag(element, "isSequential"),
        completion_condition=feel(child_text(element, "completionCondition")),
    )


def condition(flow: Element) -> Feel | None:
    """Read the condition of a sequence flow."""
    return feel(child_text(flow, "conditionExpression"))
