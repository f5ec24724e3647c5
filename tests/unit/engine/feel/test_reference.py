"""The reference page lists the functions that exist."""

from pathlib import Path

from engine.feel.functions.table import ROOMS
from engine.vocabulary import WORKING_DAYS

PAGE = Path(__file__).parents[4] / "docs/reference/feel.md"


def function_tables():
    """Return the part of the page that is made from the table of functions."""
    lines = []
    for room in (*ROOMS, WORKING_DAYS):
        lines += ["", f"### {room.title}", "", "| Function | Result |", "|---|---|"]
        for function in room.functions.values():
            calls = "<br>".join(
                f"`{function.name}({signature.text})`".replace("|", "\\|")
                for signature in function.signatures
            )
            lines.append(f"| {calls} | {function.summary} |")
    return "\n".join(lines).strip() + "\n"


def test_the_reference_page_has_the_table_of_functions():
    assert PAGE.read_text("utf-8").endswith(function_tables())


def test_every_function_is_explained():
    silent = [
        name
        for room in ROOMS
        for name, function in room.functions.items()
        if not function.summary
    ]

    assert silent == []
