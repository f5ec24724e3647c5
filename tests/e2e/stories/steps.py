"""What people do with a case, page by page; each step reads what it led to."""

import io
import re

from PIL import Image
from playwright.sync_api import expect

DAMP = ("Dak of plafond: insijpelend vocht", "II", "Keuken", "Optrekkend vocht")
CATEGORIES = {
    "I": "Categorie I – klein gebrek",
    "II": "Categorie II – ernstig gebrek",
    "III": "Categorie III – gevaar of mensonwaardig",
}


def offers(who, *, street, house_number, owner="Marc De Smet"):
    """Offer a dwelling as a rental agency; return the number of the case."""
    who.goes("/svk")
    who.follows("Woning aanbieden")
    who.types("Straat", street)
    who.types("Huisnummer", house_number)
    who.selects("Postcode en gemeente", "2800 Mechelen")
    who.selects("Soort woning", "Zelfstandige woning")
    who.types("Naam van de eigenaar", owner)
    who.types("E-mailadres", "marc.de.smet@eigenaar.example")
    who.chooses("Wordt de woning bewoond?", "nee")
    who.ticks("De eigenaar stemt in met het plaatsbezoek")
    who.page.get_by_role("button", name="Woning aanbieden").click()
    told = who.page.get_by_role("status").first
    expect(told).to_contain_text("is geopend")
    return re.search(r"\d{4}-\d{4}", told.inner_text())[0]


def checks(who, number):
    """Find the offer complete."""
    who.opens_task(number, "Volledigheid nakijken")
    who.chooses("Is het aanbod volledig?", "ja")
    who.finishes()


def plans(who, number, site, name="Plaatsbezoek plannen", inspector="Tom Wouters"):
    """Plan a visit for this afternoon."""
    who.opens_task(number, name)
    who.selects("Woningcontroleur", inspector)
    who.types("Datum van het bezoek", site.at(site.today, 17))
    who.finishes()


def visits(who, number):
    """Go to the dwelling, and get in."""
    who.opens_task(number, "Plaatsbezoek uitvoeren")
    who.chooses("Hebt u toegang gekregen?", "ja")
    who.finishes()


def records(who, number, findings, *, photo=False):
    """Enter what was found, with a photo of each defect when asked."""
    who.opens_task(number, "Vaststellingen invoeren")
    adds(who, findings, photo=photo)
    who.finishes()


def adds(who, findings, *, photo=False):
    """Add a row per defect to the form that is open."""
    for row, (item, category, room, note) in enumerate(findings):
        who.presses(re.compile("Nog een toevoegen"))
        group = who.page.locator("fieldset.item").nth(row)
        expect(group).to_be_visible()
        group.get_by_label("Onderdeel").select_option(label=item)
        group.get_by_label("Categorie").select_option(label=CATEGORIES[category])
        group.get_by_label("Plaats").fill(room)
        group.get_by_label("Vaststelling").fill(note)
        if photo:
            group.get_by_label("Foto's").set_input_files(a_photo(f"{room}.jpg"))


def writes_report(inspector, admin, number):
    """Write the report, review its form, and sign it; it is sent by itself."""
    inspector.opens_task(number, "Verslag opstellen")
    inspector.types("Samenvatting voor het verslag", "Zie de vaststellingen.")
    inspector.finishes()
    admin.opens_task(number, "Vorm nakijken")
    admin.chooses("Is de vorm in orde?", "ja, het verslag kan ondertekend worden")
    admin.finishes()
    inspector.opens_task(number, "Verslag ondertekenen")
    inspector.types("Referentie van het onderzoek in VLOK", f"VLOK-{number}")
    inspector.ticks("Ik onderteken dit verslag")
    inspector.finishes()


def prepares_certificate(who, number):
    """Prepare the certificate."""
    who.opens_task(number, "Attest voorbereiden")
    who.chooses("Beslissing", "Het attest afleveren")
    who.types("Hoogste aantal bewoners", "4")
    who.finishes()


def signs(who, number, name="Attest ondertekenen"):
    """Sign the certificate."""
    who.opens_task(number, name)
    who.chooses("Ondertekent u het attest?", "ja")
    who.finishes()


def notifies(who, number):
    """Give notice of the certificate, which makes it valid."""
    who.opens_task(number, "Kennis geven van attest")
    who.ticks("Ik geef kennis van het attest")
    who.finishes()


def section(who, heading):
    """Return the part of a page under a heading."""
    title = who.page.get_by_role("heading", name=heading, exact=True)
    return who.page.locator("section, article").filter(has=title).last


def a_photo(name):
    """A picture as a camera would bring it."""
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(buffer, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": buffer.getvalue()}
