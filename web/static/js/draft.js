// Keeps what is typed on a task page: a while after the last change it is
// posted as a draft. <form data-draft="/taken/…/concept"> with a
// <p data-draft-note aria-live="polite"> in it.
const PAUSE_IN_MS = 1500;

const TEXTS = {
  busy: "Concept wordt bewaard …",
  away: "Geen verbinding: het concept is nog niet bewaard. We proberen opnieuw bij uw volgende wijziging.",
  signedOut: "U bent afgemeld. Wat u typte staat nog op deze pagina: druk op de knop onderaan en meld u opnieuw aan, dan gaat niets verloren.",
  refused: "Het concept kon niet bewaard worden. Wat u typte staat nog op deze pagina.",
};

function say(form, text) {
  form.querySelector("[data-draft-note]").textContent = text;
}

async function save(form) {
  const data = new FormData(form);
  [...data].filter(([, value]) => value instanceof File).forEach(([name]) => data.delete(name));
  say(form, TEXTS.busy);
  const answer = await fetch(form.dataset.draft, {
    method: "POST",
    body: new URLSearchParams(data),
    headers: { Accept: "application/json" },
    redirect: "manual",
  });
  if (answer.status === 401) return say(form, TEXTS.signedOut);
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    return say(form, problem.detail ?? TEXTS.refused);
  }
  const kept = await answer.json();
  // What the next save must know, such as the version that this one made.
  for (const [name, value] of Object.entries(kept.fields ?? {})) form.elements[name].value = value;
  return say(form, kept.note);
}

function watch(form) {
  let timer = 0;
  // One save at a time: each must know what the one before it made.
  let saving = Promise.resolve();
  let busy = 0;
  const keep = () => {
    busy += 1;
    saving = saving
      .then(() => save(form))
      .catch(() => say(form, TEXTS.away))
      .finally(() => (busy -= 1));
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_IN_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!busy) return;
    event.preventDefault();
    saving.finally(() => form.requestSubmit(event.submitter));
  });
}

document.querySelectorAll("form[data-draft]").forEach(watch);
