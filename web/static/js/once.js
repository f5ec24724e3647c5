// A form that is under way can't be sent a second time by an impatient click.
// The server guards this with its idempotency key; this only spares a request.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // Back in the history the page must be usable again.
  window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
});
