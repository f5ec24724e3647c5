"""The steps of a drawn process, for the list that stands beside its picture."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
_FAR = (float("inf"), 0.0)

CALL = "deelproces"
KINDS = {
    "userTask": "taak",
    "serviceTask": "systeemtaak",
    "scriptTask": "berekening",
    "businessRuleTask": "beslissing",
    "sendTask": "bericht",
    "receiveTask": "wacht op bericht",
    "callActivity": CALL,
    "subProcess": CALL,
    "startEvent": "start",
    "endEvent": "einde",
    "intermediateCatchEvent": "wacht",
    "intermediateThrowEvent": "gebeurtenis",
    "boundaryEvent": "onderbreking of herinnering",
    "exclusiveGateway": "keuze",
    "task": "taak",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStep:
    """An element with a name, in the order in which it is drawn."""

    id: str
    name: str
    kind: str


def steps_of(content: bytes) -> list[DrawnStep]:
    """Return the named elements of a BPMN file from left to right."""
    root = _parse(content)
    if root is None:
        return []
    places = dict(_places(root))
    return sorted(_named(root), key=lambda step: places.get(step.id, _FAR))


def element_names(content: bytes) -> dict[str, str]:
    """Return the name of each element; a nameless one bears that of what holds it."""
    root = _parse(content)
    named: dict[str, str] = {}
    for element in () if root is None else root.iter(f"{BPMN}*"):
        identity = element.get("id")
        held = [element, *element.iterancestors(f"{BPMN}subProcess")]
        name = next((each.get("name") for each in held if each.get("name")), None)
        if identity and name:
            named[identity] = " ".join(name.split())
    return named


def _named(root: etree._Element) -> Iterator[DrawnStep]:
    for tag, kind in KINDS.items():
        for element in root.iter(f"{BPMN}{tag}"):
            name, identity = element.get("name"), element.get("id")
            if name and identity:
                yield DrawnStep(id=identity, name=" ".join(name.split()), kind=kind)


def _places(root: etree._Element) -> Iterator[tuple[str, tuple[float, float]]]:
    for shape in root.iter(f"{DI}BPMNShape"):
        bounds = shape.find(f"{DC}Bounds")
        if bounds is not None:
            place = (_number(bounds.get("x")), _number(bounds.get("y")))
            yield shape.get("bpmnElement") or "", place


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        return 0.0


def _parse(content: bytes) -> etree._Element | None:
    """Parse without entities or network; what is no XML has no steps."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
