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

// Below the least scale nobody can read the labels: then only a part is shown,
// around the step that is under way, or from the upper left.
const LEAST_SCALE = 0.45;
const READING_SCALE = 0.75;

function show(viewer, rows) {
  const canvas = viewer.get("canvas");
  canvas.zoom("fit-viewport", "auto");
  if (canvas.zoom() >= LEAST_SCALE) return;
  const registry = viewer.get("elementRegistry");
  const now = rows
    .filter((row) => ["late", "busy", "error", "warning"].includes(row.dataset.state))
    .map((row) => registry.get(row.dataset.element))
    .find((shape) => shape);
  const { clientWidth, clientHeight } = canvas.getContainer();
  const width = clientWidth / READING_SCALE;
  const height = clientHeight / READING_SCALE;
  const { inner } = canvas.viewbox();
  const x = now ? now.x + now.width / 2 - width / 2 : inner.x - 20;
  const y = now ? now.y + now.height / 2 - height / 2 : inner.y - 20;
  canvas.viewbox({ x: Math.max(x, inner.x - 20), y: Math.max(y, inner.y - 20), width, height });
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
  show(viewer, rows);
}

document.querySelectorAll("[data-diagram]").forEach((host) => {
  draw(host).catch(() => {
    host.textContent = "Het diagram kon niet getekend worden. De stappen staan in de lijst.";
  });
});
