"""Minutes as linked data, in the terms of OSLO Besluit.

Made to be handed to whoever publishes decisions of the city; Woonflow itself
publishes nothing, so nothing bears a public address: things have ``urn:uuid``
names, and a mandate bears its own URI where the city knows it. The meetings are
not public, so neither is any point (``besluit:openbaar``).
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from workflows.calendar import ZONE
from workflows.meetings.model import AgendaPoint, Attendance, Presence
from workflows.minutes.reading import Record

CONTEXT: Mapping[str, object] = {
    "besluit": "http://data.vlaanderen.be/ns/besluit#",
    "mandaat": "http://data.vlaanderen.be/ns/mandaat#",
    "dct": "http://purl.org/dc/terms/",
    "ext": "http://mu.semte.ch/vocabularies/ext/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def linked_data(record: Record) -> dict[str, object]:
    """Return the minutes as JSON-LD; ``export.schema.json`` describes the shape."""
    meeting = record.meeting
    start = meeting.starts_at.astimezone(ZONE)
    end = start + timedelta(minutes=meeting.minutes_long)
    return {
        "@context": dict(CONTEXT),
        "@id": _name(f"meeting/{meeting.number}"),
        "@type": "besluit:Zitting",
        "dct:identifier": meeting.number,
        "besluit:geplandeStart": _moment(start.isoformat()),
        "prov:startedAtTime": _moment(start.isoformat()),
        "prov:endedAtTime": _moment(end.isoformat()),
        "prov:atLocation": meeting.place,
        "besluit:isGehoudenDoor": {
            "@id": _name(f"body/{record.body.key}"),
            "@type": "org:Organization",
            "skos:prefLabel": record.body.name,
        },
        **_leader("besluit:heeftVoorzitter", record.chair_name),
        **_leader("besluit:heeftSecretaris", record.secretary_name),
        "besluit:heeftAanwezigeBijStart": _people(record, Presence.PRESENT),
        "ext:heeftAfwezigeBijStart": [
            *_people(record, Presence.EXCUSED),
            *_people(record, Presence.ABSENT),
        ],
        "besluit:behandelt": [_agenda_point(point) for point in record.points],
        "@included": [_treatment(record, point) for point in record.points],
    }


def _leader(term: str, name: str) -> dict[str, object]:
    """Name who leads, when that is somebody."""
    return {term: {"@type": "foaf:Person", "foaf:name": name}} if name else {}


def _people(record: Record, presence: Presence) -> list[dict[str, object]]:
    return [
        _member(each, record.uris.get(each.member_id))
        for each in record.attendance
        if each.presence is presence
    ]


def _member(each: Attendance, uri: str | None) -> dict[str, object]:
    found: dict[str, object] = {
        "@type": "mandaat:Mandataris" if uri else "foaf:Person",
        "foaf:name": each.member_name,
        "org:role": each.capacity,
    }
    if uri:
        found["@id"] = uri
    if each.organisation_name:
        found["org:memberOf"] = each.organisation_name
    if each.replaced_by:
        found["schema:alternateName"] = each.replaced_by
    return found


def _agenda_point(point: AgendaPoint) -> dict[str, object]:
    return {
        "@id": _urn(point.id),
        "@type": "besluit:Agendapunt",
        "schema:position": point.position,
        "dct:title": point.title,
        "dct:description": point.explanation,
        "besluit:geplandOpenbaar": False,
        **({"dct:identifier": point.code} if point.code else {}),
    }


def _treatment(record: Record, point: AgendaPoint) -> dict[str, object]:
    return {
        "@id": _name(f"treatment/{point.id}"),
        "@type": "besluit:BehandelingVanAgendapunt",
        "dct:subject": {"@id": _urn(point.id)},
        "schema:position": point.position,
        "besluit:openbaar": False,
        "dct:description": point.discussion,
        "besluit:gevolg": point.conclusion,
        "prov:generated": [
            {
                "@id": _urn(each.id),
                "@type": "besluit:Besluit",
                "dct:identifier": each.number,
                "eli:title": each.title,
                "prov:value": each.text,
                "eli:date_document": {
                    "@type": "xsd:date",
                    "@value": each.decided_on.isoformat(),
                },
            }
            for each in record.decisions
            if each.point_id == point.id
        ],
    }


def _moment(text: str) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": text}


def _urn(key: UUID) -> str:
    return f"urn:uuid:{key}"


def _name(path: str) -> str:
    """Return a name that is the same at each export, and no address of anything."""
    return _urn(uuid5(NAMESPACE_URL, f"urn:woonflow:{path}"))
