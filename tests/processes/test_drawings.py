"""The diagrams of all families can be read: nothing hides or crosses anything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import ceil

import pytest
from lxml import etree

from workflows.definitions import bundles

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
FRAMES = {"participant", "lane", "subProcess"}
LETTER, LINE = 5.3, 14
"""About the width of a letter of a label, and the height of a line, in pixels."""


@dataclass(frozen=True, kw_only=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def shrunk(self, by: float) -> "Box":
        return Box(
            left=self.left + by,
            top=self.top + by,
            right=self.right - by,
            bottom=self.bottom - by,
        )

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def touches(self, point: tuple[float, float]) -> bool:
        """Tell whether a point lies on the edge, or within two pixels of it."""
        x, y = point
        around = self.shrunk(-2)
        inside = self.shrunk(2)
        return (
            around.left <= x <= around.right
            and around.top <= y <= around.bottom
            and not (inside.left < x < inside.right and inside.top < y < inside.bottom)
        )


def box(bounds) -> Box:
    x, y, w, h = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return Box(left=x, top=y, right=x + w, bottom=y + h)


class Drawing:
    """The shapes, edges and labels of one file."""

    def __init__(self, content: bytes) -> None:
        tree = etree.fromstring(content)
        self.elements = {each.get("id"): each for each in tree.iter() if each.get("id")}
        self.shapes = {
            each.get("bpmnElement"): box(each.find(f"{DC}Bounds"))
            for each in tree.iter(f"{DI}BPMNShape")
        }
        self.edges = {
            each.get("bpmnElement"): [
                (float(point.get("x")), float(point.get("y")))
                for point in each
                if point.tag.endswith("waypoint")
            ]
            for each in tree.iter(f"{DI}BPMNEdge")
        }
        self.labels = {
            each.getparent().get("bpmnElement"): each.find(f"{DC}Bounds")
            for each in tree.iter(f"{DI}BPMNLabel")
        }

    def kind(self, element_id: str) -> str:
        return etree.QName(self.elements[element_id]).localname

    def nodes(self) -> dict[str, Box]:
        """Return the shapes that nothing may stand in."""
        return {k: b for k, b in self.shapes.items() if self.kind(k) not in FRAMES}

    def words(self) -> Iterator[tuple[str, Box]]:
        """Yield where the text of each label stands: centred, in as many lines."""
        for key, bounds in self.labels.items():
            name = self.elements[key].get("name") or ""
            given = box(bounds)
            room, needed = given.right - given.left, len(name) * LETTER
            width, lines = min(needed, room), ceil(needed / room)
            middle = (given.left + given.right) / 2
            yield (
                key,
                Box(
                    left=middle - width / 2,
                    right=middle + width / 2,
                    top=given.top + 2,
                    bottom=given.top + lines * LINE - 2,
                ),
            )

    def host(self, element_id: str) -> str | None:
        return self.elements[element_id].get("attachedToRef")

    def segments(self) -> Iterator[tuple[str, Box]]:
        for key, points in self.edges.items():
            for (x1, y1), (x2, y2) in pairwise(points):
                yield (
                    key,
                    Box(
                        left=min(x1, x2) - 0.5,
                        right=max(x1, x2) + 0.5,
                        top=min(y1, y2) - 0.5,
                        bottom=max(y1, y2) + 0.5,
                    ),
                )


DRAWINGS = {
    f"{one.key}/{name}": Drawing(content)
    for one in bundles()
    for name, content in sorted(one.files.items())
    if name.endswith(".bpmn")
}


@pytest.fixture(params=sorted(DRAWINGS))
def drawing(request):
    return DRAWINGS[request.param]


def test_all_that_executes_is_drawn(drawing):
    flows = {k for k in drawing.elements if drawing.kind(k) == "sequenceFlow"}
    nodes = {
        drawing.elements[key].get(end)
        for key in flows
        for end in ("sourceRef", "targetRef")
    }

    assert flows <= set(drawing.edges)
    assert nodes <= set(drawing.shapes)


def test_an_arrow_leaves_and_arrives_at_the_edge_of_its_elements(drawing):
    loose = []
    for key, points in drawing.edges.items():
        flow = drawing.elements[key]
        for end, point in (("sourceRef", points[0]), ("targetRef", points[-1])):
            if not drawing.shapes[flow.get(end)].touches(point):
                loose.append((key, end))

    assert loose == []


def test_arrows_are_straight(drawing):
    slanted = [
        key
        for key, points in drawing.edges.items()
        for (x1, y1), (x2, y2) in pairwise(points)
        if abs(x1 - x2) > 1 and abs(y1 - y2) > 1
    ]

    assert slanted == []


def test_elements_do_not_overlap(drawing):
    overlaps = [
        (a, b)
        for (a, one), (b, other) in combinations(drawing.nodes().items(), 2)
        if one.meets(other) and drawing.host(a) != b and drawing.host(b) != a
    ]

    assert overlaps == []


def test_no_arrow_runs_through_an_element(drawing):
    through = []
    for key, segment in drawing.segments():
        flow = drawing.elements[key]
        ends = {flow.get("sourceRef"), flow.get("targetRef")}
        ends |= {drawing.host(end) for end in ends}
        for node, shape in drawing.nodes().items():
            if node not in ends and segment.meets(shape.shrunk(1)):
                through.append((key, node))

    assert through == []


def test_no_label_covers_an_element(drawing):
    covered = [
        (label, node)
        for label, words in drawing.words()
        for node, shape in drawing.nodes().items()
        if node not in {label, drawing.host(label)} and words.meets(shape.shrunk(1))
    ]

    assert covered == []


def test_no_arrow_runs_through_a_label(drawing):
    struck = [
        (key, label)
        for key, segment in drawing.segments()
        for label, words in drawing.words()
        if segment.meets(words.shrunk(1))
    ]

    assert struck == []


def test_labels_do_not_overlap(drawing):
    overlaps = [
        (a, b)
        for (a, one), (b, other) in combinations(drawing.words(), 2)
        if one.meets(other)
    ]

    assert overlaps == []


def test_an_element_stands_in_the_lane_that_names_it(drawing):
    lanes = [k for k in drawing.shapes if drawing.kind(k) == "lane"]
    outside = [
        (lane, ref.text)
        for lane in lanes
        for ref in drawing.elements[lane].iter(f"{BPMN}flowNodeRef")
        if not drawing.shapes[lane].meets(drawing.shapes[ref.text].shrunk(1))
    ]

    assert outside == []
