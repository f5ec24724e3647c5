// Builds the vendored browser files into web/static/vendor.
// The output is committed, so that installing Woonflow needs no Node; names
// carry a hash of their content, manifest.json maps plain names to them.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
const modules = path.join(here, "node_modules");
const target = path.join(here, "..", "static", "vendor");

const BUNDLES = { "diagram.js": "src/diagram.js", "diagram.css": "src/diagram.css" };
const COPIES = {
  "htmx.js": "htmx.org/dist/htmx.min.js",
  "inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  "inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
};

// The ranges are those of the packages' own style sheets.
const FACES = [
  ["inter-latin-ext.woff2", "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF"],
  ["inter-latin.woff2", "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"],
];

function fontFace([name, range], manifest) {
  return `@font-face {
  font-family: "Inter";
  font-style: normal;
  font-weight: 100 900;
  font-display: swap;
  src: url("${manifest[name]}") format("woff2");
  unicode-range: ${range};
}
`;
}

function hashed(name, content) {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const { name: stem, ext } = path.parse(name);
  return `${stem}-${digest}${ext}`;
}

async function emit(manifest, name, content) {
  manifest[name] = hashed(name, content);
  await writeFile(path.join(target, manifest[name]), content);
}

async function bundle(source) {
  const result = await build({
    entryPoints: [path.join(here, source)],
    absWorkingDir: here,
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    legalComments: "none",
    metafile: true,
    target: ["chrome120", "firefox120", "safari17"],
  });
  return { content: result.outputFiles[0].contents, inputs: Object.keys(result.metafile.inputs) };
}

function packageOf(input) {
  const match = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input);
  return match ? match[1] : null;
}

async function licenceText(folder) {
  const names = (await readdir(folder)).filter((name) => /^licen[cs]e/i.test(name));
  return names.length ? (await readFile(path.join(folder, names[0]), "utf8")).trim() : "";
}

async function notice(name) {
  const folder = path.join(modules, name);
  const about = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const text = await licenceText(folder);
  return `## ${name} ${about.version} (${about.license})\n\n${text || "(no licence file in the package)"}\n`;
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const manifest = {};
const packages = new Set(Object.values(COPIES).map((file) => packageOf(`node_modules/${file}`)));
for (const [name, source] of Object.entries(BUNDLES)) {
  const { content, inputs } = await bundle(source);
  inputs.map(packageOf).filter(Boolean).forEach((found) => packages.add(found));
  await emit(manifest, name, content);
}
for (const [name, source] of Object.entries(COPIES)) {
  await emit(manifest, name, await readFile(path.join(modules, source)));
}
await emit(manifest, "inter.css", FACES.map((face) => fontFace(face, manifest)).join("\n"));
const notices = await Promise.all([...packages].sort().map(notice));
await writeFile(
  path.join(target, "THIRD_PARTY_NOTICES.md"),
  `# Third-party notices\n\nThe files in this folder are built from these packages.\n\n${notices.join("\n")}`,
);
await writeFile(path.join(target, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
