// Draws a process beside a list of its steps; the list is the real interface.
//
// <div data-diagram data-source="/…/intake.bpmn" data-list="steps">…</div>, or
// data-inline="id" when the XML stands in the page; data-file keeps to its rows.
// Rows of the list: <tr data-element="site_visit" data-state="busy" data-badge="● bezig">.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const MARKERS = { done: "wf-done", busy: "wf-busy", late: "wf-late", error: "wf-error", warning: "wf-warning" };

function badge(row) {
  const element = document.createElement("div");
  element.className = `wf-badge ${MARKERS[row.dataset.state]}`;
  element.textContent = row.dataset.badge;
  return element;
}

function decorate(viewer, row) {
  const marker = MARKERS[row.dataset.state];
  const id = row.dataset.element;
  if (!marker || !viewer.get("elementRegistry").get(id)) return;
  viewer.get("canvas").addMarker(id, marker);
  if (row.dataset.badge) {
    viewer.get("overlays").add(id, { position: { top: -12, left: 8 }, html: badge(row) });
  }
}

function link(viewer, rows) {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  let chosen = null;
  const choose = (id) => {
    if (chosen) canvas.removeMarker(chosen, "wf-chosen");
    chosen = registry.get(id) ? id : null;
    if (!chosen) return;
    canvas.addMarker(chosen, "wf-chosen");
    canvas.scrollToElement(chosen, 60);
  };
  rows.forEach((row) => row.addEventListener("focusin", () => choose(row.dataset.element)));
  viewer.on("element.click", ({ element }) => {
    const row = rows.find((candidate) => candidate.dataset.element === element.id);
    row?.querySelector("a, button")?.focus();
  });
}

function zoomButtons(viewer, host) {
  const canvas = viewer.get("canvas");
  const step = { in: 1.25, out: 0.8 };
  host.parentElement.querySelectorAll("[data-zoom]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const factor = step[button.dataset.zoom];
      canvas.zoom(factor ? canvas.zoom() * factor : "fit-viewport", "auto");
    });
  });
}

function fit(viewer) {
  const canvas = viewer.get("canvas");
  canvas.zoom("fit-viewport", "auto");
  // Below this scale nobody can read the labels: start at the left instead.
  if (canvas.zoom() >= 0.45) return;
  const { inner } = canvas.viewbox();
  canvas.viewbox({ x: inner.x - 20, y: inner.y - 20, width: canvas.getContainer().clientWidth / 0.6, height: canvas.getContainer().clientHeight / 0.6 });
}

function showBusy(viewer, rows) {
  const now = rows.find((row) => ["late", "busy", "error"].includes(row.dataset.state));
  if (now && viewer.get("elementRegistry").get(now.dataset.element)) {
    viewer.get("canvas").scrollToElement(now.dataset.element, 120);
  }
}

async function readXml(host) {
  if (host.dataset.inline) return document.getElementById(host.dataset.inline).textContent;
  const answer = await fetch(host.dataset.source, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.text();
}

function rowsOf(host) {
  const list = document.getElementById(host.dataset.list);
  const rows = list ? [...list.querySelectorAll("[data-element]")] : [];
  return rows.filter((row) => !host.dataset.file || row.dataset.file === host.dataset.file);
}

async function draw(host) {
  const xml = await readXml(host);
  host.replaceChildren();
  const viewer = new NavigatedViewer({ container: host });
  await viewer.importXML(xml);
  const rows = rowsOf(host);
  const svg = host.querySelector("svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", host.dataset.label ?? "Diagram van het proces");
  rows.forEach((row) => decorate(viewer, row));
  link(viewer, rows);
  zoomButtons(viewer, host);
  fit(viewer);
  showBusy(viewer, rows);
}

document.querySelectorAll("[data-diagram]").forEach((host) => {
  draw(host).catch(() => {
    host.textContent = "Het diagram kon niet getekend worden. De stappen staan in de lijst.";
  });
});
