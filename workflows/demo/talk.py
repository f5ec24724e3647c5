"""What was said in the meetings of the demo city. All of it is invented."""

from collections.abc import Mapping

from workflows.demo.office import Told
from workflows.meetings.model import PointKind

SUMMER: Mapping[str, Told] = {
    "K1": Told(
        discussion="De woonmaatschappij en het SVK geven hun aanbod per wijk.",
        conclusion="Het SVK-aanbod groeit trager dan afgesproken.",
    ),
    "K2": Told(
        discussion="De wachtlijst voor grote gezinnen blijft het langst.",
        conclusion="De cijfers worden voortaan per gezinsgrootte gegeven.",
    ),
    "K3": Told(discussion="Het lokaal toewijzingsreglement blijft ongewijzigd."),
    "K4": Told(discussion="Willebroek en Lier werken mee aan het gedeelde loket."),
    "K5": Told(
        discussion="De woonmaatschappij stelt het project Nekkerspoel voor.",
        conclusion="Het project past in het beleid van de stad.",
        decision="Positief advies voor het project Nekkerspoel.",
    ),
    "K6": Told(discussion="De kerncijfers van het eerste halfjaar zijn besproken."),
    "K7": Told(discussion="Geen nieuwe plannen met gevolgen voor het woonaanbod."),
    "K8": Told(
        discussion="De toewijzingen van het afgelopen jaar zijn overlopen.",
        conclusion="Versnelde toewijzingen zijn telkens gemotiveerd.",
        decision="De toewijzingspraktijk wordt jaarlijks in de zomer besproken.",
    ),
    "K9": Told(discussion="Minder aanvragen voor de stedelijke premie dan vorig jaar."),
    "K10": Told(discussion="Op het woonwagenterrein staan geen plaatsen leeg."),
    "K11": Told(
        discussion="Bram Verbeeck vraagt een overzicht van de noodwoningen.",
        actions=(
            ("Overzicht van de noodwoningen bezorgen aan de kerngroep.", "griet", 40),
        ),
    ),
    PointKind.QUESTION: Told(
        discussion="Na een ongeschiktverklaring duurt het zoeken te lang.",
        conclusion="Meerdere diensten zijn nodig: een werkgroep zoekt dit uit.",
    ),
}

AUTUMN: Mapping[str, Told] = {
    **SUMMER,
    "K1": Told(
        discussion="Het SVK nam sinds de zomer veertien woningen in huur.",
        conclusion="Het aanbod zit opnieuw op schema.",
    ),
    "K2": Told(
        discussion="De wachtlijsten per gezinsgrootte zijn voorgesteld.",
        actions=(
            ("De wachtlijst van het SVK per wijk opvragen.", "an", 33),
            ("Cijfers over verhuisbewegingen bezorgen.", "Nadia Amrani", 52),
        ),
    ),
    "K5": Told(discussion="Geen nieuwe projecten voor de Projectenlijst."),
    "K6": Told(
        discussion="De markt- en kwaliteitscijfers zijn overlopen.",
        conclusion="Zeven op de tien woningen zijn conform bij het eerste bezoek.",
    ),
    "K7": Told(
        discussion="Het ruimtelijk uitvoeringsplan Ragheno komt op kruissnelheid.",
        decision="De kerngroep vraagt een toelichting door de dienst Ruimtelijke"
        " Planning op de volgende vergadering.",
        actions=(("Toelichting over Ragheno vragen aan de dienst.", "griet", 34),),
    ),
    "K8": Told(discussion="In de zomer besproken; geen nieuwe elementen."),
    "K11": Told(discussion="De klankbordgroep komt dit jaar nog samen."),
    PointKind.FEEDBACK: Told(
        discussion="Leila Benali licht de nota van de werkgroep toe.",
        conclusion="De kerngroep vraagt een voorstel tegen de volgende vergadering.",
    ),
}

NOTE = (
    "De werkgroep bracht de stappen na een ongeschiktverklaring in kaart. Het langst"
    " duurt het zoeken van een tijdelijke woning: gemiddeld zeven weken. Voorstel: een"
    " gedeelde lijst van noodwoningen, die het Sociaal Huis en het SVK samen bijhouden."
)

INVENTED = "verzonnen voor de demo"
"""The source of each figure: none of them is real."""

FIGURES = """thema;cijfer;waarde;eenheid;bron
aanbod;Sociale huurwoningen;3.412;woningen;verzonnen voor de demo
aanbod;Woningen in beheer van het SVK;318;woningen;verzonnen voor de demo
behoefte;Kandidaat-huurders;2.764;gezinnen;verzonnen voor de demo
markt;Mediane huurprijs appartement;845;euro per maand;verzonnen voor de demo
kwaliteit;Woningen op de inventaris ongeschikt;57;woningen;verzonnen voor de demo
premies;Stedelijke renovatiepremies;96;dossiers;verzonnen voor de demo
"""

GRANTS = """Premie;Aanvragen;Toegekend;Bedrag in euro
Stedelijke renovatiepremie;118;96;412.500
Mijn VerbouwPremie;341;287;1.206.300
Huurpremie;204;188;336.700
"""

WAITING_LIST = """Gezinsgrootte;Woonmaatschappij;SVK
1 persoon;1.204;211
2 personen;498;96
3 of 4 personen;402;83
5 personen of meer;214;56
"""
