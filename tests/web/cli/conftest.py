"""The command in a data folder of its own."""

import pytest
from click.testing import CliRunner

from web.cli.main import woonflow


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Run ``woonflow`` with arguments; gives the result."""
    for name in ("WOONFLOW_DATABASE_URL", "WOONFLOW_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WOONFLOW_DATA", str(tmp_path / "data"))

    def run(*arguments, **options):
        return CliRunner().invoke(woonflow, [str(one) for one in arguments], **options)

    return run
