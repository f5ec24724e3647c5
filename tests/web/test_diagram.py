"""The list beside a drawing tells the same as the drawing."""

from importlib.resources import files

from web.diagram import element_names, steps_of

INTAKE = files("bpmn.svk").joinpath("svk_intake.bpmn").read_bytes()
REPORT = files("bpmn.svk").joinpath("technical_report.bpmn").read_bytes()


def test_steps_stand_in_the_order_in_which_they_are_drawn():
    names = [step.name for step in steps_of(INTAKE)]

    assert names.index("Volledigheid nakijken") < names.index("Plaatsbezoek plannen")
    assert names.index("Plaatsbezoek plannen") < names.index("Vaststellingen invoeren")


def test_a_nameless_start_of_an_event_process_bears_the_name_of_that_process():
    assert element_names(REPORT)["reminder_due"] == "Herinnering"


def test_what_is_no_xml_has_no_steps():
    assert steps_of(b"<bpmn:definitions") == []
    assert element_names(b"") == {}


def test_an_entity_is_not_followed():
    bomb = b"""<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>
    <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
    <process id="p"><task id="t" name="a"/><documentation>&x;</documentation></process>
    </definitions>"""

    assert [step.name for step in steps_of(bomb)] == ["a"]
