"""Whatever is uploaded, the check answers with findings, never with an exception."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from engine.model import LARGEST_FILE, Severity
from engine.spiff.check import MAX_FINDINGS, check_files, is_refused
from engine.spiff.prepass import prepare
from engine.spiff.support import ELEMENTS
from engine.spiff.xml import MAX_DEPTH, MAX_ELEMENTS, bpmn
from engine.testing import Harness
from tests.unit.engine.spiff import test_traps
from tests.unit.engine.spiff.drawing import (
    HEAD,
    codes,
    diagram,
    flow,
    node,
    process,
    simple,
    start,
    user,
)

DOCTYPE = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
SIMPLE = diagram(simple())

ATTACKS = {
    "nothing": (b"", "not_xml"),
    "no xml": (b"\x00\x01\x02", "not_xml"),
    "half a file": (SIMPLE[:300], "not_xml"),
    "no utf-8": (SIMPLE.replace(b'"u"', b'"\xff"'), "not_xml"),
    "unknown entity": (SIMPLE.replace(b'"u"', b'"&lol;"'), "not_xml"),
    "entity bomb": (DOCTYPE.encode() + SIMPLE, "document_type"),
    "entity bomb in UTF-16": (
        (DOCTYPE + SIMPLE.decode()).encode("utf-16"),
        "document_type",
    ),
    "entity bomb in UTF-7": (
        b'<?xml version="1.0" encoding="UTF-7"?>' + (DOCTYPE).encode("utf-7") + SIMPLE,
        "not_xml",
    ),
    "external entity": (
        b'<!DOCTYPE d SYSTEM "http://example.org/x.dtd">' + SIMPLE,
        "document_type",
    ),
    "too many bytes": (SIMPLE + b" " * LARGEST_FILE, "file_too_large"),
    "too many elements": (
        (HEAD + "<x/>" * MAX_ELEMENTS + "</bpmn:definitions>").encode(),
        "file_too_complex",
    ),
    "too deep": (
        (
            HEAD + "<x>" * MAX_DEPTH + "</x>" * MAX_DEPTH + "</bpmn:definitions>"
        ).encode(),
        "file_too_complex",
    ),
    "too many attributes": (
        SIMPLE.replace(
            b'id="u"', b'id="u" ' + b" ".join(b'a%d=""' % i for i in range(99))
        ),
        "file_too_complex",
    ),
    "far too deep": (b"<x>" * 100_000, "not_xml"),
    "another document": (b"<html/>", "not_bpmn"),
    "another namespace": (SIMPLE.replace(b"20100524", b"20300101"), "not_bpmn"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_unusable_file_gives_one_finding(name):
    content, code = ATTACKS[name]

    found = check_files({"p.bpmn": content})

    assert [finding.code for finding in found] == [code]
    assert found[0].severity is Severity.ERROR


def test_other_encodings_are_read():
    text = diagram(simple(middle=user("u", name="Conformiteit é"))).decode()
    declared = '<?xml version="1.0" encoding="ISO-8859-1"?>' + text

    assert codes(declared.encode("iso-8859-1")) == set()
    assert codes(text.encode("utf-16")) == set()
    assert codes(b"\xef\xbb\xbf" + text.encode()) == set()


def test_sub_processes_up_to_the_bound_are_checked():
    inner = user("inner")
    for level in range(MAX_DEPTH - 4):
        inner = f'<bpmn:subProcess id="sub{level}">{inner}</bpmn:subProcess>'

    assert codes(diagram(process(inner))) == set()


def test_an_unknown_kind_of_file_is_refused():
    assert ("unknown_file_type", "-") in codes(SIMPLE, notes_txt=b"")


MANY = 3000


def many(draw):
    return "".join(draw(number) for number in range(MANY))


def link(key, name, tag="intermediateThrowEvent"):
    return node(tag, key, f'<bpmn:linkEventDefinition name="{name}"/>')


LARGE = {
    "chain": process(
        start("u0"), many(lambda i: user(f"u{i + 1}") + flow(f"u{i}", f"u{i + 1}"))
    ),
    "links": process(
        start(),
        flow("s", "t0"),
        many(lambda i: link(f"t{i}", i) + link(f"c{i}", i, "intermediateCatchEvent")),
        many(lambda i: flow(f"c{i}", f"t{i + 1}") if i < MANY - 1 else ""),
    ),
    "calls in a ring": many(
        lambda i: process(
            node("callActivity", f"c{i}", calledElement=f"p{(i + 1) % MANY}"),
            key=f"p{i}",
        )
    ),
    "conditions": process(
        start(),
        node("exclusiveGateway", "g"),
        flow("s", "g"),
        many(lambda i: user(f"u{i}") + flow("g", f"u{i}", f"=a{i} > 1")),
    ),
    "undone": process(
        start("t0"),
        many(
            lambda i: (
                node(
                    "intermediateThrowEvent",
                    f"t{i + 1}",
                    '<bpmn:compensateEventDefinition activityRef="x"/>',
                )
                + flow(f"t{i}", f"t{i + 1}")
            )
        ),
    ),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", LARGE)
def test_the_work_on_a_large_file_is_bounded(name):
    found = check_files({"p.bpmn": diagram(LARGE[name])})

    assert len(found) <= MAX_FINDINGS + 1


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "expression", ["1+" * 500_000, "(" * 500_000, "[" * 500_000, "a" * 500_000]
)
def test_a_huge_expression_is_answered(expression):
    content = diagram(simple(user("v"), flow("u", "v", f"={expression}")))

    assert check_files({"p.bpmn": content})


SEEDS = [trap.content for trap in test_traps.TRAPS.values()]
NAMES = sorted(ELEMENTS)
VALUES = [
    "",
    "-1",
    "u",
    "p",
    "e",
    "true",
    "=",
    "= x +",
    "P10",
    "\N{NO-BREAK SPACE}",
    "9" * 40,
    "{",
    "{0}",
]


@st.composite
def mutated(draw):
    content = draw(st.sampled_from(SEEDS))
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return content
    for _ in range(draw(st.integers(1, 4))):
        elements = list(root.iter(etree.Element))
        one = elements[draw(st.integers(0, len(elements) - 1))]
        MUTATIONS[draw(st.sampled_from(sorted(MUTATIONS)))](draw, one, elements)
    return etree.tostring(root)


def _drop(draw, one, _):
    if one.getparent() is not None:
        one.getparent().remove(one)


def _rename(draw, one, _):
    one.tag = bpmn(draw(st.sampled_from(NAMES)))


def _set(draw, one, _):
    names = [*one.attrib, "id", "default", "name", "loopMaximum", "sourceRef"]
    one.set(draw(st.sampled_from(names)), draw(st.sampled_from(VALUES)))


def _unset(draw, one, _):
    if one.attrib:
        del one.attrib[draw(st.sampled_from(sorted(one.attrib)))]


def _move(draw, one, elements):
    target = draw(st.sampled_from(elements))
    if target is not one and one not in target.iterancestors():
        target.append(one)


def _write(draw, one, _):
    one.text = draw(st.sampled_from(VALUES))


MUTATIONS = {f.__name__: f for f in (_drop, _rename, _set, _unset, _move, _write)}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_a_mutated_diagram_gives_findings_and_what_passes_starts(content):
    found = check_files({"p.bpmn": content})

    assert all(re.fullmatch(r"[a-z_]+", finding.code) for finding in found)
    if not is_refused(found):
        harness = Harness(files={"p.bpmn": content})
        harness.start(next(iter(harness.bundle.processes)))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(SIMPLE)))
def test_bytes_thrown_into_a_file_give_findings(junk, at):
    found = check_files({"p.bpmn": SIMPLE[:at] + junk + SIMPLE[at:]})

    assert isinstance(found, list)


def test_a_start_alone_can_be_prepared():
    assert prepare(diagram(process(start()))).processes
