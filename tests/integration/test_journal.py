import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update

from engine.journal import sentence
from engine.journal_texts import SENTENCES
from engine.model import JournalEntry
from engine.persistence.tables.instances import JournalRow
from tests.conftest import NOON
from tests.factories import begin, complete, deploy, open_task, two_tasks
from tests.unit.engine.spiff.drawing import extended, zeebe

MILESTONE = extended(
    zeebe("properties", zeebe("property", name="milestone", value="Bezoek"))
)


@pytest.fixture
def instance(engine):
    deploy(engine, two_tasks())
    instance = begin(engine)
    complete(engine, open_task(engine, instance), remark="é", rooms=3)
    return instance


def verify(engine, instance):
    with engine.reading() as work:
        return engine.journal.verify(work, instance.id)


def tamper(engine, statement):
    with engine.transaction() as work:
        work.session.execute(statement)


def test_an_untouched_journal_is_whole(engine, instance):
    assert verify(engine, instance) is None


def test_a_changed_line_is_found(engine, instance):
    changed = update(JournalRow).where(JournalRow.sequence == 3).values(actor="an")
    tamper(engine, changed)

    assert verify(engine, instance).sequence == 3


def test_changed_facts_are_found(engine, instance):
    changed = update(JournalRow).where(JournalRow.sequence == 2)
    tamper(engine, changed.values(facts={"x": 1}))

    assert verify(engine, instance).sequence == 2


def test_a_removed_line_is_found(engine, instance):
    tamper(engine, delete(JournalRow).where(JournalRow.sequence == 2))

    assert verify(engine, instance).sequence == 2


def test_a_removed_last_line_is_found(engine, instance):
    with engine.reading() as work:
        last = engine.journal.of(work, instance.id)[-1].sequence
    tamper(engine, delete(JournalRow).where(JournalRow.sequence == last))

    assert verify(engine, instance).sequence == last


def test_lines_are_numbered_without_a_gap_over_all_use_cases(engine, instance):
    task = open_task(engine, instance)
    with engine.transaction() as work:
        engine.tasks.claim(work, task.id, by="jan")
    with engine.transaction() as work:
        engine.instances.suspend(work, instance.id, by="eva", reason="r")

    with engine.reading() as work:
        entries = engine.journal.of(work, instance.id)
    assert [e.sequence for e in entries] == list(range(1, len(entries) + 1))
    assert [e.kind for e in entries[-2:]] == ["task_claimed", "instance_suspended"]
    assert verify(engine, instance) is None


def test_the_journal_tells_what_happened_in_dutch(engine, instance):
    with engine.reading() as work:
        told = [
            engine.journal.sentence(e) for e in engine.journal.of(work, instance.id)
        ]

    assert told == [
        "eva startte ‘p’.",
        "Het verloop kwam bij ‘s’.",
        "Het verloop kwam bij ‘Eerste’.",
        "De taak ‘Eerste’ staat klaar.",
        "jan werkte de taak ‘Eerste’ af.",
        "Het verloop kwam bij ‘Tweede’.",
        "De taak ‘Tweede’ staat klaar.",
    ]


def test_the_values_of_a_form_stay_out_of_the_journal(engine, instance):
    with engine.reading() as work:
        text = str(engine.journal.of(work, instance.id))

    assert "é" not in text


def an_entry(kind, **facts):
    return JournalEntry(
        instance_id=None,
        sequence=1,
        at=NOON,
        kind=kind,
        actor="jan",
        element_id="a",
        element_name="Bezoek",
        facts=facts,
    )


@given(st.sampled_from(sorted(SENTENCES)), st.dictionaries(st.text(), st.integers()))
def test_each_kind_has_a_sentence_whatever_its_facts(kind, facts):
    assert sentence(an_entry(kind, wat=1)).strip()
    assert "{" not in sentence(an_entry(kind))


def test_an_unknown_kind_still_names_its_element():
    assert "Bezoek" in sentence(an_entry("vreemd"))


def test_a_fact_can_not_smuggle_in_a_format():
    entry = an_entry("incident", message="{wie.__class__}")

    assert sentence(entry) == "‘Bezoek’ liep vast: {wie.__class__}"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"reason": "Brand"}, "eva hervatte het verloop. Reden: Brand"),
        ({"reason": ""}, "eva hervatte het verloop."),
        ({}, "eva hervatte het verloop."),
    ],
)
def test_a_reason_is_told_when_there_is_one(instance, facts, words):
    entry = JournalEntry(
        instance_id=instance.id,
        sequence=1,
        at=NOON,
        kind="instance_resumed",
        actor="eva",
        element_id=None,
        element_name=None,
        facts=facts,
        digest="",
    )

    assert sentence(entry) == words
