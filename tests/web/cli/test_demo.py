"""Loading the demo city: whole, or not at all."""

import os
from pathlib import Path

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


def test_the_city_is_loaded_in_another_process_than_the_one_that_will_fork(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(demo, "_fill", note_process)
    told = tmp_path / "process"
    demo._load({"told": str(told)})

    assert int(told.read_text()) != os.getpid()


def note_process(given):
    """Write down in which process this runs."""
    Path(given["told"]).write_text(str(os.getpid()))
