"""Every door through which a bundle comes into use tells who remarked on it."""

from pathlib import Path

ROOT = Path(__file__).parents[4]
ALLOWED = {
    "workflows/remarks/deploying.py",
    # The demo city begins with an empty database: nobody remarked on anything.
    "workflows/demo/service.py",
}


def test_bundles_come_into_use_through_one_door():
    callers = {
        str(path.relative_to(ROOT))
        for package in ("web", "workflows")
        for path in (ROOT / package).rglob("*.py")
        if "definitions.deploy(" in path.read_text()
    }

    assert callers == ALLOWED
