"""A case of the demo city: what people do with it, through the use cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO

from PIL import Image, ImageDraw

from engine.bootstrap import Engine
from engine.model import HumanTask, TaskState
from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import local_day, local_moment
from workflows.cases import service as cases
from workflows.cases.model import CaseKind
from workflows.cases.repository import case as read_case
from workflows.cases.service import NewCase, WorksDone
from workflows.people.service import actor
from workflows.uploads import service as uploads
from workflows.works.proofs import taken_in

Findings = tuple[tuple[str, str, str, str], ...]
"""Of each defect: item, category, room and note."""


@dataclass
class DemoCase:
    """One case; *agency* is the account that offers the dwelling."""

    engine: Engine
    offer: Mapping[str, object]
    agency: str = "sofie"
    inspector: str = "tom"
    number: str = field(default="", init=False)

    @property
    def today(self) -> date:
        """The local day on the clock."""
        return local_day(self.engine.clock.now())

    def offered(self) -> None:
        """The rental agency offers the dwelling."""
        self._open(CaseKind.SVK_INTAKE, {"offer": self.offer}, by=self.agency)

    def requested(self) -> None:
        """The owner asks the city for a certificate."""
        request = {
            "received_on": self.today,
            "channel": "web_form",
            "secured_delivery": True,
            "applicant_capacity": "owner",
        }
        data = {"offer": self.offer, "request": request}
        self._open(CaseKind.CERTIFICATE, data, by="an")

    def does(self, who: str, element_id: str, **data: object) -> None:
        """*who* completes the open task of an element."""
        with self.engine.transaction() as work:
            task = _named(element_id, self._open_tasks(work), self.number)
            self.engine.tasks.claim(work, task.id, by=who)
            self.engine.tasks.complete(work, task.id, data=data, by=who)

    def is_waiting_for(self, element_id: str) -> bool:
        """Tell whether the task of an element is open."""
        with self.engine.reading() as work:
            return any(one.element_id == element_id for one in self._open_tasks(work))

    def plans(self, element_id: str, *, days: int, hour: int) -> datetime:
        """Plan a visit some days ahead; return its moment."""
        day = date.fromordinal(self.today.toordinal() + days)
        visit_at = local_moment(day, time(hour))
        self.does("an", element_id, inspector=self.inspector, visit_at=visit_at)
        return visit_at

    def finds(self, element_id: str, defects: Findings, **more: object) -> None:
        """The inspector enters what was found, with a photo per serious defect."""
        findings = [
            {
                "item": item,
                "category": category,
                "room": room,
                "note": note,
                "rubric": None,
                "photos": [self._photo(room)] if category != "I" else [],
            }
            for item, category, room, note in defects
        ]
        earlier = self._checked_again(element_id, defects)
        known = {(each["item"], each["room"]) for each in earlier}
        self.does(
            self.inspector,
            element_id,
            findings=[
                each for each in findings if (each["item"], each["room"]) not in known
            ],
            earlier_defects=earlier,
            occupants=2 if self.offer["occupied"] else 0,
            occupancy_norm=4,
            smoke_detectors_ok=True,
            parapets_ok=True,
            health_safety_risk=False,
            **more,
        )

    def _checked_again(
        self, element_id: str, defects: Findings
    ) -> list[dict[str, object]]:
        """Tell of each earlier defect whether it is among *defects* again."""
        left = {(item, room) for item, _, room, _ in defects}
        return [
            {
                **each,
                "outcome": "not"
                if (each["item"], each["room"]) in left
                else "repaired",
            }
            for each in self._earlier_defects(element_id)
        ]

    def _earlier_defects(self, element_id: str) -> list[dict[str, object]]:
        """Read what a task of the inspector knows of the visit before."""
        with self.engine.reading() as work:
            task = _named(element_id, self._open_tasks(work), self.number)
            seen = self.engine.tasks.form(work, task.id).variables
        earlier = seen.get("earlier_defects")
        return list(earlier) if isinstance(earlier, list) else []

    def _open_tasks(self, work: UnitOfWork) -> list[HumanTask]:
        instance = read_case(work.session, self.number).instance_id
        assert instance is not None  # noqa: S101 - each demo case has a process
        return [
            one
            for one in self.engine.tasks.of_instance(work, instance)
            if one.state is TaskState.OPEN
        ]

    def works_are_done(self) -> None:
        """The rental agency tells that the works are finished."""
        shown = taken_in("na de werken.jpg", _picture("na de werken"))
        with self.engine.transaction() as work:
            remarks = "Een foto van het resultaat is bijgevoegd."
            done = WorksDone(on=self.today, remarks=remarks, proofs=(shown,))
            who = actor(work, self.agency)
            cases.report_works_done(work, self.engine, self.number, by=who, done=done)

    def is_withdrawn(self, reason: str) -> None:
        """The rental agency withdraws."""
        with self.engine.transaction() as work:
            who = actor(work, self.agency)
            cases.withdraw(work, self.engine, self.number, by=who, reason=reason)

    def is_noted(self, who: str, text: str) -> None:
        """*who* writes a note."""
        with self.engine.transaction() as work:
            cases.note(work, self.number, by=actor(work, who), text=text)

    def _open(self, kind: CaseKind, data: Mapping[str, object], *, by: str) -> None:
        with self.engine.transaction() as work:
            new = NewCase(kind=kind, data=data)
            opened = cases.open_case(work, self.engine, new, by=actor(work, by))
            self.number = opened.number

    def _photo(self, room: str) -> str:
        new = uploads.cleaned(f"{room}.jpg", _picture(room))
        with self.engine.transaction() as work:
            who = actor(work, self.inspector)
            return str(uploads.add(work, self.number, new, by=who).id)


def _named(element_id: str, tasks: list[HumanTask], number: str) -> HumanTask:
    for task in tasks:
        if task.element_id == element_id:
            return task
    found = ", ".join(task.element_id for task in tasks) or "nothing"
    message = f"{number} waits for {found}, not for {element_id}"
    raise LookupError(message)


def _picture(caption: str) -> bytes:
    """Draw a stand-in for a photo, which says that it is one."""
    picture = Image.new("RGB", (640, 480), (214, 209, 200))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((40, 60, 600, 420), outline=(150, 140, 128), width=4)
    pen.line((40, 300, 600, 330), fill=(120, 110, 98), width=6)
    pen.text((60, 80), f"Demofoto: {caption}", fill=(60, 60, 60), font_size=28)
    content = BytesIO()
    picture.save(content, "JPEG", quality=70)
    return content.getvalue()
