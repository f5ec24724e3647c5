"""A person at a browser: signs in, opens what the page offers, and reads."""

import re

from playwright.sync_api import expect

from workflows.demo.people import PASSWORD


class Person:
    """Somebody with an account, on a page of a browser."""

    def __init__(self, page, name):
        self.page = page
        self.name = name

    def signs_in(self):
        """Sign in by the form, from whatever page asked for it."""
        if not self.page.get_by_label("Wachtwoord").count():
            self.page.goto("/aanmelden")
        self.page.get_by_label("Gebruikersnaam").fill(self.name)
        self.page.get_by_label("Wachtwoord").fill(PASSWORD)
        self.page.get_by_role("button", name="Aanmelden").click()
        expect(self.page.get_by_label("Wachtwoord")).to_have_count(0)
        return self

    def goes(self, path):
        """Open an address."""
        self.page.goto(path)
        return self.page

    def presses(self, name):
        """Press a button, by what it says."""
        self.page.get_by_role("button", name=name).first.click()

    def follows(self, name):
        """Follow a link, by what it says."""
        self.page.get_by_role("link", name=name).first.click()

    def opens_task(self, number, name):
        """Find a task in the list of tasks, and open it."""
        self.goes(f"/taken?q={number}")
        table = self.page.locator("#lijst")
        table.get_by_role("link", name=name, exact=True).first.click()
        side = self.page.locator(".side")
        expect(side.get_by_text(f"Dossier {number}")).to_be_visible()
        expect(side.locator("dd").first).to_contain_text(name)
        side.get_by_role("link", name="Taak uitvoeren").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(name)

    def fills(self, **by_label):
        """Type values; the keyword is the label with ``_`` for a space."""
        for label, value in by_label.items():
            self.types(label.replace("_", " "), value)

    def types(self, label, value):
        """Type a value in the field with a label."""
        self.field(label).fill(value)

    def selects(self, label, option):
        """Choose an option of a list."""
        self.field(label).select_option(label=option)

    def chooses(self, question, answer):
        """Choose an answer to a question."""
        group = self.page.get_by_role("radiogroup", name=question)
        group.get_by_label(answer, exact=True).check()
        expect(group.get_by_label(answer, exact=True)).to_be_checked()

    def ticks(self, label):
        """Tick a box."""
        self.page.get_by_label(label).check()

    def field(self, label):
        """Return the field of a label, with or without ``(niet verplicht)``."""
        text = re.compile(rf"^\s*{re.escape(label)}(\s+\(niet verplicht\))?\s*$")
        return self.page.get_by_label(text)

    def finishes(self):
        """Complete the open task, and read that it is done."""
        name = self.page.get_by_role("heading", level=1).inner_text()
        self.page.get_by_role("button", name="Taak afwerken").click()
        done = self.page.get_by_text(f"De taak ‘{name}’ is afgewerkt")
        errors = self.page.locator(".error-summary")
        expect(done.or_(errors).first).to_be_visible()
        wrong = errors.all_inner_texts()
        assert not wrong, wrong

    def sees(self, text):
        """Read a text somewhere on the page."""
        expect(self.page.locator("body")).to_contain_text(text)

    def sees_no(self, text):
        """Find a text nowhere on the page."""
        expect(self.page.locator("body")).not_to_contain_text(text)

    def downloads(self, path):
        """Fetch a document with the session of the browser."""
        return self.page.request.get(path)
