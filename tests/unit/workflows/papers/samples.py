"""What the papers of a meeting can be made of, with everything filled in."""

HEAD = {
    "city": {"name": "Mechelen", "sender": "Dienst Wonen", "contact": "015 29 76 00"},
    "reference": {"label": "Vergadering", "number": "KG-2026-3"},
    "made": {"year": 2026, "month": 11, "day": 18, "text": "18 november 2026"},
}
MEETING = {
    "number": "KG-2026-3",
    "day": "woensdag 25 november 2026",
    "from": "14.00",
    "until": "16.30",
    "place": "Stadhuis",
    "reason": "",
}
LONG = "De leden vragen een overzicht per wijk.\n\nEn een vergelijking met vorig jaar."
MEMBER = {
    "name": "Nadia Amrani",
    "organisation": "Woonmaatschappij Dijleland",
    "capacity": "directeur",
    "replaced_by": "Koen De Smet",
}
ATTENDANCE = {
    "present": [MEMBER],
    "excused": [MEMBER],
    "absent": [],
    "neglected": ["VMSW"],
}
ACTION = {
    "number": "AP-2026-12",
    "text": LONG,
    "owner": "Nadia Amrani",
    "due": "15 december 2026",
    "case": "2026-0412",
}
DECISION = {"number": "BS-2026-7", "title": "K5", "text": "Gunstig advies."}
FIGURE = {"label": "Onderzoeken", "value": "214", "source": "geteld", "hidden": False}
SHEET = {
    "number": "2026-0412",
    "address": "Hoogstraat 12, 2800 Mechelen",
    "kind": "Inhuurneming SVK",
    "phase": "Werken",
    "view": "findings",
    "explanation": "Twee diensten nodig.",
    "applicant": "SVK Mechelen",
    "inspector": "Tom Wouters",
    "opened": "2 september 2026",
    "terms": [
        {"name": "Termijn", "due": "1 mei 2026", "state": state, "told": state}
        for state in ("good", "late", "running", "none")
    ],
    "course": [
        {"name": "Fase", "state": state, "day": ""}
        for state in ("done", "now", "next", "missed")
    ],
    "inspections": [
        {
            "kind": "Eerste onderzoek",
            "day": "9 september 2026",
            "result": "Niet conform",
            "findings": [
                {
                    "category": "II",
                    "subject": "rookmelder",
                    "room": "Gang",
                    "note": "Ontbreekt",
                    "outcome": "niet hersteld",
                }
            ],
        },
        {"kind": "Varia", "day": "1 mei 2026", "result": "Conform", "findings": []},
    ],
    "works": [
        {
            "category": "I",
            "subject": "kelder",
            "room": "Kelder",
            "goal": "Droog",
            "must": False,
        }
    ],
    "works_done": "1 oktober 2026",
}
PACK = {
    "title": "Agendabundel Kerngroep",
    "audience": "x",
    "audience_name": "Woonmaatschappij Dijleland",
    "body": "Kerngroep",
    "meeting": {
        "number": "KG-2026-3",
        "day": MEETING["day"],
        "hours": "van 14.00 tot 16.30 uur",
        "place": "Stadhuis",
        "reason": "Vraag van de schepen",
    },
    "points": [
        {
            "position": 1,
            "code": "K8",
            "kind": "Vast punt",
            "title": "Toewijzingspraktijk",
            "explanation": "Nog niet besproken.",
            "warning": "Moet dit jaar nog.",
            "case_number": "",
        },
        {
            "position": 2,
            "code": "",
            "kind": "Dossier",
            "title": "Hoogstraat",
            "explanation": LONG,
            "warning": "",
            "case_number": "2026-0412",
        },
    ],
    "feedback": [
        {
            "group": "Leegstand",
            "state": "Ontbreekt",
            "late": True,
            "due": "18 november",
            "note": "",
        },
        {"group": "Kamers", "state": "Bezorgd", "late": False, "due": "", "note": LONG},
    ],
    "actions": [
        {
            "number": "AP-2026-1",
            "text": LONG,
            "owner": "An",
            "due": "1 november 2026",
            "overdue": True,
            "case_number": "2026-0412",
        }
    ],
    "topics": [{"position": 3, "kind": "Beleidsvraag", "title": "Hoe?", "text": LONG}],
    "figures_year": 2026,
    "quality": [FIGURE, FIGURE | {"value": "minder dan 5", "hidden": True}],
    "figures": [{"title": "Woningmarkt", "lines": [FIGURE]}],
    "tables": [],
    "lists": [
        {
            "title": "Wachtlijst",
            "theme": "Woonbehoeften",
            "head": ["Maatschappij", "Kandidaten"],
            "rows": [[f"Maatschappij {number}", "812"] for number in range(60)],
            "source": "Stad",
        }
    ],
    "cases": [SHEET],
}
MINUTES = {
    "title": "Verslag van Kerngroep",
    "body": "Kerngroep",
    "meeting": MEETING,
    "chair": "Eva Lambrecht",
    "secretary": "An Peeters",
    "attendance": ATTENDANCE,
    "points": [
        {
            "position": 1,
            "code": "K1",
            "kind": "Vast punt",
            "title": "Woonaanbod",
            "explanation": "",
            "case": "2026-0412",
            "discussion": LONG,
            "conclusion": LONG,
            "decision": LONG,
            "actions": [ACTION],
        }
    ],
    "decisions": [DECISION],
    "actions": [ACTION],
    "hidden": 0,
    "approved": "vrijdag 11 december 2026",
}
NOTE = {
    "title": "Nota voor het college: Kerngroep",
    "body": "Kerngroep",
    "meeting": MEETING,
    "question": "Het college wordt gevraagd kennis te nemen.",
    "groups": [
        {
            "number": "BV-2026-4",
            "name": "Leegstand",
            "mandate": LONG,
            "responsible": "Leila Benali",
            "frequency": "2 maanden",
            "ends_on": "30 juni 2027",
        }
    ],
    "decisions": [DECISION],
    "actions": [ACTION],
    "attendance": ATTENDANCE,
}
REPORT = {
    "number": "BV-2026-4",
    "name": "Leegstand",
    "mandate": LONG,
    "frequency": "2 maanden",
    "founded_on": "25 november 2026",
    "founded_in": "KG-2026-3",
    "noted_on": "14 december 2026",
    "closed_on": "30 juni 2027",
    "closed_in": "Kerngroep (KG-2027-2)",
    "question": {
        "title": "Hoe?",
        "text": LONG,
        "reason": "Vraag van handelaars.",
        "wished_result": "",
        "asked_by": "Griet Declercq",
        "asked_on": "2 oktober 2026",
    },
    "members": [{"name": "Eva Lambrecht", "capacity": "schepen"}],
    "responsibles": [{"name": "Leila Benali", "from": "1 maart 2026", "until": ""}],
    "meetings": [{"day": "12 januari 2027", "note": LONG}],
    "feedback": [
        {
            "meeting": "KG-2027-1",
            "day": "17 maart 2027",
            "state": "Bezorgd",
            "note": LONG,
        }
    ],
    "final_report": LONG,
    "answer": "Een premie.",
    "decision": "Akkoord.",
}
