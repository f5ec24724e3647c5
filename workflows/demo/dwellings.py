"""The dwellings of the demo city: real streets, invented houses and owners."""

from collections.abc import Iterator, Mapping

_STREETS = (
    ("Hoogstraat", "2800"),
    ("Adegemstraat", "2800"),
    ("Battelsesteenweg", "2800"),
    ("Liersesteenweg", "2800"),
    ("Leuvensesteenweg", "2800"),
    ("Brusselsesteenweg", "2800"),
    ("Nekkerspoelstraat", "2800"),
    ("Tervuursesteenweg", "2800"),
    ("Koningin Astridlaan", "2800"),
    ("Caputsteenstraat", "2800"),
    ("Oude Antwerpsebaan", "2800"),
    ("Dorpsstraat", "2811"),
    ("Heffen-Dorp", "2801"),
    ("Trianonlaan", "2812"),
)
_OWNERS = (
    "Marc De Smet",
    "Fatima El Idrissi",
    "Rita Claes",
    "Jan Verlinden",
    "Emeka Okafor",
    "Hilde Van Roy",
    "Luc Segers",
    "Aylin Yilmaz",
    "Paul Lambrechts",
    "Greta Somers",
    "Bv Pandbeheer Dijle",
    "Koen Mertens",
    "Maria Silva",
)
_OCCUPANTS = (None, None, "Elif Demir", None, "Dirk Goris", None, "Amina Haddad")
_KINDS = ("ZW", "ZW", "ZW", "NZW", "ZW")


def dwellings() -> Iterator[Mapping[str, object]]:
    """Give offers without end; each is another dwelling."""
    turn = 0
    while True:
        street, postcode = _STREETS[turn % len(_STREETS)]
        owner = _OWNERS[turn % len(_OWNERS)]
        occupant = _OCCUPANTS[turn % len(_OCCUPANTS)]
        yield {
            "street": street,
            "house_number": str(7 + turn * 13 % 180),
            "box": str(1 + turn % 3) if turn % 4 == 1 else None,
            "postcode": postcode,
            "unit_type": _KINDS[turn % len(_KINDS)],
            "bedrooms": 1 + turn % 3,
            "owner_name": owner,
            "owner_email": f"{owner.lower().replace(' ', '.')}@eigenaar.example",
            "owner_phone": f"015 00 {10 + turn:02d} {20 + turn * 3 % 70:02d}",
            "occupied": occupant is not None,
            "occupant_name": occupant,
            "consent_given": True,
        }
        turn += 1
