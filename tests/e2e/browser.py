"""The Chromium of the tests: the one that ``bring_chromium.sh`` found."""

import shutil
from pathlib import Path

QUIET = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch(play):
    """Start the browser; it talks to nobody but the site under test."""
    told = Path(".venv/.chromium")
    path = told.read_text().strip() if told.exists() else shutil.which("chromium")
    return play.chromium.launch(executable_path=path, args=list(QUIET))
