"""Loading the demo city: whole, or not at all."""

import pytest

from web.cli import demo


class PowerCutError(Exception):
    """The load is cut off here."""


@pytest.fixture
def cut_off(monkeypatch):
    def load(_given):
        raise PowerCutError

    monkeypatch.setattr(demo, "_load", load)


@pytest.mark.usefixtures("cut_off")
def test_a_fresh_load_that_was_cut_off_does_not_pass_for_a_whole_one(tmp_path):
    (tmp_path / demo.LOADED).touch()

    with pytest.raises(PowerCutError):
        demo.prepare(tmp_path, {}, fresh=True)

    assert not (tmp_path / demo.LOADED).exists()
