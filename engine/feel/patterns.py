"""Regular expressions of XPath, run by ``re`` within a bound on backtracking.

``re`` can't be stopped once it runs, so a pattern is measured first. What may
take exponential time gets short texts only, the rest a bound on the power of
the length of the text.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from engine.feel.errors import BudgetError, Limit
from engine.feel.run import Run

MAX_PATTERN: Final = 1_000
MAX_RISKY_TEXT: Final = 20
MAX_WORK: Final = 100_000_000

_FLAGS: Final = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": re.VERBOSE}
_PIECE: Final = re.compile(
    r"(?P<subtraction>\[(?P<whole>(?:\\.|[^\]\\\[])*?)-\[(?P<less>(?:\\.|[^\]\\\[])*)\]\])"
    r"|(?P<atom>\\.|\[\^?(?:\\.|[^\]\\])+\])"
    r"|(?P<open>\((?:\?:)?)|(?P<close>\))"
    r"|(?P<repeat>[*+?]\??|\{(?P<least>\d+)(?P<range>,(?P<most>\d*))?\}\??)"
    r"|(?P<bar>\|)|(?P<char>.)",
    re.DOTALL,
)


@dataclass(slots=True)
class _Group:
    """What is known of a group so far: whether it varies, and its atoms."""

    varies: bool = False
    atoms: list[str] = field(default_factory=list)

    def is_separated(self) -> bool:
        """Tell whether a first character, met nowhere else, parts the rounds."""
        if not self.atoms:
            return False
        first = self.atoms[0]
        letter = first.removeprefix("\\")
        if len(letter) != 1 or (first.startswith("\\") and letter.isalnum()):
            return False
        return first != "." and not any(
            _compiled(atom, re.IGNORECASE).fullmatch(letter) for atom in self.atoms[1:]
        )


class Pattern:
    """A pattern, checked; raises ``ValueError`` when it is none."""

    def __init__(self, pattern: str, flags: str) -> None:
        if len(pattern) > MAX_PATTERN:
            raise BudgetError(Limit.REGEX, MAX_PATTERN)
        self._risky, self._power = False, 1
        literal = "q" in flags
        options = _options(flags.replace("q", ""))
        translated = (
            re.escape(pattern) if literal else self._translate(pattern, options)
        )
        self._regex = _compiled(translated, options)

    def _translate(self, pattern: str, options: re.RegexFlag) -> str:
        if re.search(r"\(\?(?!:)", re.sub(r"\\.", "", pattern)):
            message = "no extensions"
            raise ValueError(message)
        groups, last, parts = [_Group()], _Group(), []
        for match in _PIECE.finditer(pattern):
            last = self._measure(match, groups, last)
            parts.append(_translated(match, options))
        return "".join(parts)

    def _measure(
        self, match: re.Match[str], groups: list[_Group], last: _Group
    ) -> _Group:
        """Follow the groups; return the group or atom that was just closed."""
        kind = match.lastgroup
        if kind == "open":
            groups.append(_Group())
        elif kind == "close" and len(groups) > 1:
            last = groups.pop()
            groups[-1].varies |= last.varies
            groups[-1].atoms += last.atoms
        elif match["repeat"]:
            self._repeat(match, groups, last)
        elif kind == "bar":
            groups[-1].varies = True
            # A branch may begin anywhere, so nothing parts the rounds.
            groups[-1].atoms.append(".")
            groups[-1].atoms.insert(0, ".")
        else:
            groups[-1].atoms.append(match[0])
            last = _Group()
        return last

    def _repeat(self, match: re.Match[str], groups: list[_Group], last: _Group) -> None:
        fixed = match["least"] is not None and match["range"] is None
        many = match[0][0] in "*+" or _most(match) > 1
        if many and last.varies and not last.is_separated():
            self._risky = True
        if many and not fixed:
            self._power += 1
        groups[-1].varies |= not fixed
        # A first character that is repeated parts nothing.
        if len(groups[-1].atoms) <= max(1, len(last.atoms)):
            groups[-1].atoms.insert(0, ".")

    def _check(self, text: str) -> None:
        if self._risky and len(text) > MAX_RISKY_TEXT:
            raise BudgetError(Limit.REGEX, MAX_RISKY_TEXT)
        power = self._power - self._regex.pattern.startswith("^")
        if (len(text) + 1) ** power > MAX_WORK:
            raise BudgetError(Limit.REGEX, MAX_WORK)

    def found_in(self, text: str) -> bool:
        """Tell whether the pattern is found in *text*."""
        self._check(text)
        return self._regex.search(text) is not None

    def replaced(self, text: str, replacement: str, run: Run) -> str:
        """Return *text* with each match replaced; ``$1`` is the first group."""
        self._check(text)

        def expand(match: re.Match[str]) -> str:
            made = re.sub(
                r"\\([\\$])|\$(\d)", lambda part: _expanded(part, match), replacement
            )
            run.meter.grow(len(made))
            return made

        return self._regex.sub(expand, text)

    def split(self, text: str) -> list[str]:
        """Return what stands between the matches."""
        self._check(text)
        ends = [(0, 0), *(match.span() for match in self._regex.finditer(text))]
        starts = [start for start, _ in ends[1:]] + [len(text)]
        return [text[end:start] for (_, end), start in zip(ends, starts, strict=True)]


def _expanded(part: re.Match[str], match: re.Match[str]) -> str:
    if part[1]:
        return part[1]
    number = int(part[2])
    return (match[number] or "") if number <= match.re.groups else ""


def _most(match: re.Match[str]) -> int:
    if match["least"] is None:
        return 1
    if match["range"] is None:
        return int(match["least"][:6])
    return int(match["most"][:6]) if match["most"] else MAX_WORK


def _translated(match: re.Match[str], options: re.RegexFlag) -> str:
    if match["subtraction"]:
        return f"(?:(?![{match['less']}])[{match['whole']}])"
    # The dollar of XPath is the very end; that of ``re`` allows a line break.
    if match[0] == "$" and not options & re.MULTILINE:
        return r"\Z"
    return _CLASSES.get(match[0], match[0])


_CLASSES: Final = {
    r"\i": r"[^\W\d]",
    r"\I": r"[\W\d]",
    r"\c": r"[\w.:-]",
    r"\C": r"[^\w.:-]",
}


def _options(flags: str) -> re.RegexFlag:
    options = re.RegexFlag(0)
    for flag in flags:
        if flag not in _FLAGS:
            message = f"no flag {flag}"
            raise ValueError(message)
        options |= _FLAGS[flag]
    return options


@lru_cache(maxsize=256)
def _compiled(pattern: str, options: re.RegexFlag) -> re.Pattern[str]:
    try:
        return re.compile(pattern, options)
    except (re.error, OverflowError, RecursionError) as error:
        message = f"no pattern: {error}"
        raise ValueError(message) from error
