// The gallery's stories, served as files with the policy that the product has.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";

export const GALLERY = process.env.KUULUU_GALLERY ?? path.resolve("target/web/gallery");
export const STORIES = ["choices", "lists", "order", "scales", "fields", "matrices", "rows", "panels", "long"];
export const STATES = ["empty", "answered", "error", "disabled", "read-only"];
export const LANGUAGES = ["fi", "sv", "en", "fi-x-selko"];

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/** Starts a server for the gallery; gives its origin and a way to stop it. */
export async function serveGallery() {
  const html = await readFile(path.join(GALLERY, "gallery.html"), "utf8").catch(() => readFile(path.join(GALLERY, "index.html"), "utf8"));
  const scripts = [...html.matchAll(/<script type="module">([\s\S]*?)<\/script>/g)].map((it) => it[1]);
  const hashes = await Promise.all(
    scripts.map(async (script) => {
      const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
      return `'sha256-${Buffer.from(digest).toString("base64")}'`;
    }),
  );
  const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' ${hashes.join(" ")}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'`;
  const server = createServer(async (request, response) => {
    const name = new URL(request.url, "http://x").pathname.replace(/^\/+/, "");
    const file = path.join(GALLERY, path.normalize(name));
    const body = name && file.startsWith(GALLERY) ? await readFile(file).catch(() => null) : html;
    if (body === null) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[path.extname(name) || ".html"] ?? "application/octet-stream", "content-security-policy": policy });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((done) => server.close(done)) };
}

/** Goes to a story; waits until its questions stand on the page. */
export async function story(page, origin, name, { state = "empty", lang = "fi" } = {}) {
  await page.goto(`${origin}/?story=${name}&state=${state}&lang=${lang}`);
  await page.locator("main .question").first().waitFor();
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

/** The answers as the engine has them now. */
export async function data(page) {
  await page.getByRole("button", { name: "Data", exact: true }).click();
  return JSON.parse(await page.locator("#data").innerText());
}

const CONTROLS = new Set(["DisclosureTriangle", "button", "checkbox", "combobox", "link", "option", "radio", "slider", "spinbutton", "switch", "textbox", "DateTime", "Date", "InputTime", "ColorWell", "menuitem"]);
const AROUND = new Set(["alert", "banner", "complementary", "contentinfo", "dialog", "group", "heading", "image", "list", "listbox", "main", "navigation", "note", "progressbar", "radiogroup", "region", "status", "table", "columnheader", "rowheader"]);
/** What is read as the name of something else, or is named by what stands in it. */
const NAMES = new Set([...CONTROLS, "heading", "columnheader", "rowheader", "LabelText", "Legend"]);
const STATES_SAID = ["checked", "expanded", "required", "invalid", "readonly", "disabled", "selected", "level"];

/** The accessibility tree as a screen reader would read it: role, name, value, state, description, and the texts between. */
export async function readOut(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines = [];
  const walk = (node, depth, isNamed) => {
    const role = node.role?.value;
    const name = node.name?.value ?? "";
    // What Chromium's own buttons say is its own, and another thing in each version.
    const isForeign = role === "button" && /^Show .+ picker/.test(name);
    const isSilent = role === "status" && !name && !node.childIds?.length;
    const said = !node.ignored && !isSilent && !isForeign && (CONTROLS.has(role) || AROUND.has(role));
    if (said) {
      const states = (node.properties ?? [])
        .filter((it) => STATES_SAID.includes(it.name) && (it.name === "expanded" || !["", false, "false"].includes(it.value.value)))
        .map((it) => (it.name === "expanded" ? (it.value.value ? "expanded" : "collapsed") : it.value.value === true || it.value.value === "true" ? it.name : `${it.name}=${it.value.value}`));
      const parts = [role];
      if (name || CONTROLS.has(role)) parts.push(JSON.stringify(name));
      if (![undefined, ""].includes(node.value?.value)) parts.push(`= ${JSON.stringify(node.value.value)}`);
      if (states.length) parts.push(`[${states.sort().join(", ")}]`);
      if (node.description?.value) parts.push(`(${node.description.value})`);
      lines.push("  ".repeat(depth) + parts.join(" "));
    } else if (role === "StaticText" && !node.ignored && !isNamed && name.trim()) {
      lines.push(`${"  ".repeat(depth)}“${name.trim()}”`);
    }
    for (const id of node.childIds ?? []) {
      const child = byId.get(id);
      if (child) walk(child, depth + (said && AROUND.has(role) ? 1 : 0), isNamed || NAMES.has(role));
    }
  };
  walk(nodes[0], 0, false);
  await session.detach();
  return lines.join("\n") + "\n";
}

/** Holds what is read out to the file that was agreed; `UPDATE_READ_OUT=1` writes it anew. */
export function agrees(name, now) {
  const file = path.resolve("tests/browser/read-out", `${name}.txt`);
  if (process.env.UPDATE_READ_OUT) writeFileSync(file, now);
  assert.equal(now, readFileSync(file, "utf8"), `${name}; UPDATE_READ_OUT=1 writes it anew`);
}
