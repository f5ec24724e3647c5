// The weekly meeting by keyboard: data-key="g" on a button, link, field or summary.
// Single keys work outside of fields only, and can be switched off (WCAG 2.1.4).
// What is typed is kept by itself; of two writers the slower one is told, and his
// text stays where it is.
const PAUSE_IN_MS = 1200;
const OFF = "woonflow-weekly-keys-off";
const AWAY = "Geen verbinding: nog niet bewaard. We proberen opnieuw bij uw volgende wijziging.";
const SIGNED_OUT = "U bent afgemeld. Uw tekst staat nog op deze pagina: leg hem vast en meld u opnieuw aan.";

const isField = (element) => element.matches("input:not([type=checkbox]), textarea, select");

function areOff() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}

function use(target) {
  if (isField(target)) return target.focus();
  if (target.tagName !== "SUMMARY") return target.click();
  target.parentElement.open = true;
  (target.parentElement.querySelector("input:not([data-keys-off]), select") ?? target).focus();
}

function find(key) {
  const all = [...document.querySelectorAll("[data-key]")];
  return all.find((one) => one.dataset.key.split(" ").includes(key));
}

function press(event) {
  const { target, key } = event;
  const whole = event.ctrlKey || event.metaKey ? `Ctrl+${key}` : key;
  if (event.altKey || event.isComposing) return;
  if (isField(target)) {
    if (key === "Escape") return target.blur();
    if (key === "Enter" && !event.ctrlKey && target.dataset.enter) {
      event.preventDefault();
      return document.querySelector(`button[value="${target.dataset.enter}"]`).click();
    }
    if (whole !== "Ctrl+Enter") return;
  } else if (whole.startsWith("Ctrl+") ? whole !== "Ctrl+Enter" : areOff()) return;
  const wanted = find(whole);
  if (!wanted) return;
  event.preventDefault();
  use(wanted);
}

class Keeper {
  constructor(form) {
    this.form = form;
    this.timer = 0;
    this.dirty = false;
    this.saving = null;
    for (const kind of ["input", "change"]) form.addEventListener(kind, (event) => this.later(event));
    form.addEventListener("submit", (event) => this.send(event));
    window.addEventListener("pagehide", () => this.leave());
  }

  body() {
    const data = new FormData(this.form);
    const kept = ["version", "note", "decision", "concludes"];
    return new URLSearchParams([...data].filter(([name]) => kept.includes(name)));
  }

  say(text) {
    this.form.querySelector("[data-note]").textContent = text;
  }

  later(event) {
    if (!["note", "decision", "concludes"].includes(event.target.name)) return;
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE_IN_MS);
  }

  save() {
    if (this.saving) return this.later({ target: { name: "note" } });
    this.dirty = false;
    this.saving = this.post()
      .catch(() => {
        this.dirty = true;
        this.say(AWAY);
      })
      .finally(() => {
        this.saving = null;
      });
  }

  async post() {
    const answer = await fetch(this.form.dataset.save, {
      method: "POST",
      body: this.body(),
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    if (answer.status === 401) return this.say(SIGNED_OUT);
    const told = await answer.json();
    if (!answer.ok) return this.say(told.detail);
    this.form.elements.version.value = told.version;
    return this.say(told.note);
  }

  send(event) {
    clearTimeout(this.timer);
    this.dirty = false;
    if (!this.saving) return;
    // The version of what is being kept must come back first.
    event.preventDefault();
    const button = event.submitter;
    this.saving.finally(() => this.form.requestSubmit(button));
  }

  leave() {
    if (this.dirty && !this.saving) navigator.sendBeacon(this.form.dataset.save, this.body());
  }
}

function offerKeys() {
  const off = areOff();
  for (const one of document.querySelectorAll("[data-keys]")) {
    one.hidden = off && one.tagName === "KBD";
  }
}

function switchKeys(box) {
  box.checked = areOff();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, box.checked ? "yes" : "no");
    } catch {
      // A browser that keeps nothing keeps the keys.
    }
    offerKeys();
  });
}

document.addEventListener("keydown", press);
document.querySelectorAll("form[data-save]").forEach((form) => new Keeper(form));
document.querySelectorAll("[data-keys-off]").forEach(switchKeys);
offerKeys();
