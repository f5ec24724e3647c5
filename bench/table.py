"""The results as a table, printed or written into the page about them."""

from pathlib import Path

PAGE = Path("docs/explanation/performance.md")
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
HEAD = (
    "| what | median | p95 | CPU | target | |",
    "|---|---:|---:|---:|---:|---|",
)


def table(rows):
    """Return the lines of a table."""
    return [*HEAD, *map(line, rows)]


def line(row):
    """Return the line of one row."""
    wanted = ""
    if row.wanted is not None:
        wanted = f"{row.sense} {_number(row.wanted)}{_unit(row)}"
    cells = (
        row.what,
        f"{_number(row.value)}{_unit(row)}",
        "" if row.p95 is None else _number(row.p95),
        "" if row.cpu is None else _number(row.cpu),
        wanted,
        {True: "met", False: "**missed**", None: ""}[row.is_met],
    )
    return f"| {' | '.join(cells)} |"


def page(facts, command, sections):
    """Return the text between the markers: machine, command, tables."""
    lines = [f"Command: `{command}`.", ""]
    lines += [f"- {name}: {value}" for name, value in facts.items()]
    for title, rows in sections.items():
        lines += ["", f"### {title}", "", *table(rows)]
    return "\n".join(lines)


def write(text, path=PAGE):
    """Put *text* between the markers of the page."""
    whole = path.read_text(encoding="utf-8")
    before, rest = whole.split(BEGIN)
    after = rest.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def _unit(row):
    return f" {row.unit}" if row.unit else ""


def _number(value):
    """Write a number with three digits that count, whole ones whole."""
    if value == int(value) or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"
