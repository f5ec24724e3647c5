import pytest

from tests.unit.engine.spiff.playing import RUNNERS, Play


@pytest.fixture(params=sorted(RUNNERS))
def play(request):
    """Draws and plays a process: restored after each step, and kept alive."""
    return Play(RUNNERS[request.param])
