"""What an audience may see: the one place where packs ask it."""

import re
from collections.abc import Callable, Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.bodies.model import CaseView
from workflows.bodies.sharing import views_anywhere, views_in
from workflows.cases import repository as cases
from workflows.cases.model import CaseFile

_NUMBER = re.compile(r"\b\d{4}-\d{4,}\b")
_CONTACT = re.compile(
    r"[^\s@,;:<>()]+@[^\s@,;:<>()]+\.\w+"  # an address
    r"|(?<![\w-])(?:(?:\+|00)\d\d|0)(?:[ ./-]?\d){8,9}(?!\d)"  # a telephone
)
_LEFT_OUT = "[weggelaten]"
_LEAST_LETTERS = 4


class Sight:
    """The eyes of an audience on the cases of a body, or of all bodies.

    *organisation_ids* None is the city, which sees everything; empty is somebody
    of whom nothing is known, who sees no case.
    """

    def __init__(
        self,
        session: Session,
        body_key: str | None,
        organisation_ids: Iterable[UUID] | None,
    ) -> None:
        self._session = session
        self.is_city = organisation_ids is None
        self.view_of = _viewer(session, body_key, organisation_ids)

    def sees(self, case_number: str | None) -> bool:
        """Tell whether it may know of a case; of none at all it may."""
        return case_number is None or self.view_of(case_number) is not None

    def reads(self, *texts: str) -> bool:
        """Tell whether free texts name no case that it may not see."""
        if self.is_city:
            return True
        named = {number for text in texts for number in _NUMBER.findall(text)}
        hidden = [number for number in named if not self.sees(number)]
        return not hidden or not cases.addresses(self._session, hidden)

    def spares(self, case: CaseFile, text: str) -> str:
        """Return a text on a case without the people who own or live in it."""
        if self.is_city or not text:
            return text
        found = text
        for name in _names_in(case):
            found = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _LEFT_OUT, found)
        return _CONTACT.sub(_LEFT_OUT, found)


def names_a_case(*texts: str) -> bool:
    """Tell whether free texts hold what looks like the number of a case."""
    return any(_NUMBER.search(text) for text in texts)


def _viewer(
    session: Session, body_key: str | None, organisation_ids: Iterable[UUID] | None
) -> Callable[[str], CaseView | None]:
    """Return what tells how much is seen of a case, None for nothing."""
    if organisation_ids is None:
        return lambda _number: CaseView.FINDINGS
    ids = frozenset(organisation_ids)
    if body_key is None:
        return views_anywhere(session, ids)
    return views_in(session, ids, body_key=body_key)


def _names_in(case: CaseFile) -> list[str]:
    """Return the names of the people of a case, and their last names."""
    whole = [name for name in (case.owner_name, case.occupant_name) if name]
    last = [name.split()[-1] for name in whole]
    return [*whole, *(name for name in last if len(name) >= _LEAST_LETTERS)]
