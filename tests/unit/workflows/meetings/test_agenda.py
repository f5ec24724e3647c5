"""What an agenda says of its required points."""

from datetime import date

from workflows.bodies.model import RequiredPoint
from workflows.meetings.agenda import forced_because, last_discussed_in_words
from workflows.meetings.model import LastDiscussed

K8 = RequiredPoint(code="K8", title="Toewijzing", position=8, yearly_minimum=1)
K9 = RequiredPoint(code="K9", title="Premies", position=9)


def last(times, on=date(2026, 3, 5)):
    return LastDiscussed(code="K8", on=on, this_year=times)


def test_a_yearly_point_is_forced_until_it_was_discussed_that_year():
    assert "nog niet gebeurd" in forced_because(K8, None)
    assert "nog niet gebeurd" in forced_because(K8, last(0))
    assert forced_because(K8, last(1)) is None


def test_a_point_that_must_come_twice_is_forced_after_once():
    twice = RequiredPoint(code="K8", title="Toewijzing", position=8, yearly_minimum=2)

    assert "dit jaar pas 1 keer" in forced_because(twice, last(1))


def test_a_point_without_minimum_is_never_forced():
    assert forced_because(K9, None) is None


def test_a_point_tells_when_it_was_discussed_last():
    assert last_discussed_in_words(None) == "Nog niet eerder besproken."
    assert (
        last_discussed_in_words(last(1))
        == "Laatst besproken op donderdag 5 maart 2026."
    )
