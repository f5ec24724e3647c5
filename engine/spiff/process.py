"""A process or sub-process as SpiffWorkflow's spec object, built by us."""

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from engine.spiff.decisions import BundleDecisions
from engine.spiff.flow import Drawn
from engine.spiff.start import Start


class ProcessSpec(BpmnProcessSpec):
    """The elements of one process or sub-process, by name.

    Upstream fills it with a start, an end join and an end of its own, and
    crashes on a drawn element with the id ``Start``; those are thrown away.
    *listeners* are the start events of the event sub-processes inside;
    *compensator* is the event sub-process that undoes this one.
    """

    def __init__(self, *, drawn: Drawn) -> None:
        super().__init__(name=drawn.id, description=drawn.name)
        self.task_specs.clear()
        self.start = Start(self, "(start)", drawn=drawn)
        self.end = None
        self.drawn = drawn
        self.process_id = drawn.id
        self.decisions: BundleDecisions | None = None
        self.listeners: list[str] = []
        self.compensator: str | None = None
