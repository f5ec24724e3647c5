"""The step that a remark is pinned to, found in the files of its version."""

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.model import Bundle, Deployment
from workflows.errors import UnknownError
from workflows.remarks.model import Step

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_FLOW_NODES = frozenset(
    f"{_BPMN}{name}"
    for name in (
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
        "callActivity",
        "subProcess",
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "exclusiveGateway",
        "inclusiveGateway",
        "parallelGateway",
        "eventBasedGateway",
    )
)


def find_step(
    bundle: Bundle, version: Deployment, process_id: str, element_id: str
) -> Step:
    """Return a step of a version; raise ``UnknownError`` for what isn't drawn."""
    for name, process in _processes(bundle.files):
        if process.get("id") != process_id:
            continue
        for element in process.iter(f"{_BPMN}*"):
            if element.get("id") == element_id and element.tag in _FLOW_NODES:
                return Step(
                    bundle_key=bundle.key,
                    bundle_hash=version.content_hash,
                    version=version.version,
                    process_id=process_id,
                    process_name=_name(process) or name,
                    element_id=element_id,
                    element_name=_name(element) or element_id,
                )
    place = f"{process_id}/{element_id}"
    raise UnknownError(place, "De stap")


def process_of(bundle: Bundle, element_id: str, file: str) -> str:
    """Return the id of the process that draws an element in a file; else empty."""
    files = {file: bundle.files[file]} if file in bundle.files else {}
    for _, process in _processes(files):
        if any(each.get("id") == element_id for each in process.iter(f"{_BPMN}*")):
            return process.get("id") or ""
    return ""


def _processes(files: Mapping[str, bytes]) -> Iterator[tuple[str, etree._Element]]:
    """Return the processes of the drawings with the name of their file."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for name in sorted(files):
        if name.endswith(".bpmn"):
            root = etree.fromstring(files[name], parser)
            for process in root.iter(f"{_BPMN}process"):
                yield name, process


def _name(element: etree._Element) -> str:
    return " ".join((element.get("name") or "").split())
