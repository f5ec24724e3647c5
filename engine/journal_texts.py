"""The Dutch sentence for each kind of journal line.

``{element}`` is the drawn name, ``{wie}`` who did it, other names are facts.
"""

SYSTEM = "system"
WHO = {SYSTEM: "het systeem"}
UNKNOWN = "{kind}: {element}."

SENTENCES = {
    # the instance
    "instance_started": "{wie} startte het dossierverloop.",
    "instance_completed": "Het dossierverloop is afgesloten: ‘{element}’.",
    "instance_cancelled": "{wie} zette het dossierverloop stop. Reden: {reason}",
    "instance_suspended": "{wie} schortte het dossierverloop op. Reden: {reason}",
    "instance_resumed": "{wie} hervatte het dossierverloop.",
    "milestone_reached": "Het dossier kwam in de fase ‘{milestone}’.",
    # people
    "task_opened": "De taak ‘{element}’ staat klaar.",
    "task_claimed": "{wie} nam de taak ‘{element}’ op.",
    "task_released": "{wie} gaf de taak ‘{element}’ terug aan de groep.",
    "task_assigned": "{wie} gaf de taak ‘{element}’ aan {assignee}.",
    "task_completed": "{wie} werkte de taak ‘{element}’ af.",
    "task_cancelled": "De taak ‘{element}’ verviel.",
    # time
    "timer_armed": "Voor ‘{element}’ loopt een termijn tot {due_at}.",
    "timer_fired": "De termijn van ‘{element}’ liep af.",
    "timer_cancelled": "De termijn van ‘{element}’ verviel.",
    # messages
    "message_sent": "Het bericht ‘{name}’ vertrok vanuit het dossier.",
    "message_received": "Het bericht ‘{name}’ kwam aan.",
    "message_buffered": "Het bericht ‘{name}’ wacht tot iemand het verwacht.",
    "signal_sent": "Het signaal ‘{name}’ vertrok vanuit het dossier.",
    "signal_received": "Het signaal ‘{name}’ kwam aan.",
    # automatic work
    "job_created": "De opdracht ‘{element}’ staat klaar voor uitvoering.",
    "service_called": "Het systeem voerde ‘{element}’ uit.",
    "decision_evaluated": "De beslissing ‘{element}’ is genomen.",
    "error_thrown": "Bij ‘{element}’ trad de fout ‘{error_code}’ op.",
    "incident_raised": "‘{element}’ liep vast: {message}",
    "incident_resolved": "{wie} liet ‘{element}’ opnieuw proberen.",
    "instance_migrated": "{wie} zette het dossier over naar een nieuwe versie.",
}
