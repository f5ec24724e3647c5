"""The Dutch sentence for each kind of journal line.

``{element}`` is the drawn name, ``{wie}`` who did it and for whom, ``{reden}``
the sentence about a reason that was given; other names are facts.
"""

SYSTEM = "system"
ON_BEHALF_OF = "on_behalf_of"
"""The fact that names the absent person for whom the actor stood in."""
WHO = {SYSTEM: "het systeem", "systeem": "het systeem", "timer": "de tijd"}
UNKNOWN = "{kind}: {element}."

SENTENCES = {
    # what people do
    "task_claimed": "{wie} nam de taak ‘{element}’ op.",
    "task_released": "{wie} gaf de taak ‘{element}’ terug aan de groep.",
    "task_assigned": "{wie} gaf de taak ‘{element}’ aan {assignee}.",
    "task_rescheduled": "{wie} gaf de taak ‘{element}’ als nieuwe datum {due_at}.",
    "task_completed": "{wie} werkte de taak ‘{element}’ af.",
    "instance_cancelled": "{wie} zette het verloop stop.{reden}",
    "instance_suspended": "{wie} schortte het verloop op.{reden}",
    "instance_resumed": "{wie} hervatte het verloop.{reden}",
    "instance_migrated": "{wie} zette het verloop over naar een nieuwe versie.",
    "incident_resolved": "{wie} liet ‘{element}’ opnieuw proberen.",
    "message_received": "Het bericht ‘{name}’ van {wie} kwam aan.",
    "signal_received": "Het signaal ‘{name}’ van {wie} kwam aan.",
    # what follows from it
    "task_opened": "De taak ‘{element}’ staat klaar.",
    "timer_armed": "De termijn ‘{element}’ loopt tot {due_at}.",
    "job_created": "De opdracht ‘{element}’ staat klaar voor uitvoering.",
    "milestone_reached": "Het dossier kwam in de fase ‘{milestone}’.",
    "incident_raised": "‘{element}’ liep vast: {message}",
    # what the diagram does
    "started": "{wie} startte ‘{element}’.",
    "reached": "Het verloop kwam bij ‘{element}’.",
    "repeated": "Het verloop kwam opnieuw bij ‘{element}’.",
    "completed": "‘{element}’ is uitgevoerd.",
    "called": "‘{element}’ riep een ander proces op.",
    "decision": "De beslissing ‘{element}’ is genomen.",
    "fired": "‘{element}’ deed zich voor.",
    "thrown": "‘{element}’ verstuurde het bericht ‘{name}’.",
    "error": "Bij ‘{element}’ trad de fout ‘{code}’ op. {message}",
    "escalation": "‘{element}’ escaleerde.",
    "compensating": "‘{element}’ wordt ongedaan gemaakt.",
    "cancelled": "‘{element}’ verviel.",
    "incident": "‘{element}’ liep vast: {message}",
    "retried": "‘{element}’ probeerde opnieuw.",
    "ended": "Het verloop is afgesloten met ‘{element}’.",
}

DETAIL = frozenset({"reached", "repeated", "job_created", "timer_armed", "thrown"})
"""Kinds that a reader who wants the main lines can do without."""
