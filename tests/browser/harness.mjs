// One `kuuluu serve` and one Chromium for each test file.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const DIST = process.env.KUULUU_DIST ?? path.resolve("dist");
const BINARY = process.env.KUULUU_BIN ?? path.resolve("target/debug/kuuluu");

/** The browser of this test file, from [`onStage`] on. */
export let browser;
/** The `kuuluu serve` of this test file, from [`onStage`] on. */
export let server;

/**
 * Starts a browser and a server before the tests of a file and ends them after; Node runs each file in a process of its own.
 * With `change` the server has a `dist/` of its own, see [`ownDist`].
 */
export function onStage(change) {
  let dist;
  before(async () => {
    dist = change && ownDist(change);
    [browser, server] = await Promise.all([launch(), serve({ dist })]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    server?.remove();
    if (dist) rmSync(dist, { recursive: true, force: true });
  });
}

async function freePort() {
  const server = net.createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts `kuuluu serve`; gives its origin, data folder, what it printed, and the organiser's links. */
export async function serve({ dist = DIST, options = [], port } = {}) {
  const chosen = port ?? (await freePort());
  const data = mkdtempSync(path.join(os.tmpdir(), "kuuluu-"));
  const child = spawn(BINARY, ["serve", "--port", String(chosen), "--data", data, "--dist", dist, ...options]);
  let printed = "";
  child.stdout.on("data", (chunk) => (printed += chunk));
  child.stderr.on("data", (chunk) => (printed += chunk));
  const origin = `http://127.0.0.1:${chosen}`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`kuuluu serve ended: ${printed}`);
    return (await fetch(`${origin}/config.json`).catch(() => null))?.ok;
  }, 30_000);
  await until(() => printed.includes("#key="), 10_000);
  return {
    origin,
    data,
    printed: () => printed,
    organiser: (survey) => {
      const link = printed.match(new RegExp(`${origin}/organise/${survey}#key=\\S+`))?.[0];
      if (!link) throw new Error(`no organiser's link for ${survey} in:\n${printed}`);
      return link;
    },
    key: (survey) => printed.match(new RegExp(`/organise/${survey}#key=(\\S+)`))[1],
    async stop() {
      if (child.exitCode === null) {
        child.kill("SIGTERM");
        await new Promise((done) => child.once("exit", done));
      }
    },
    remove() {
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A copy of `dist/` in a folder of its own, changed by `change(folder)`; what was compressed is served as it stands. */
export function ownDist(change) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "kuuluu-dist-"));
  cpSync(DIST, folder, { recursive: true });
  change(folder);
  for (const file of readdirSync(folder, { recursive: true })) if (/\.(br|gz)$/.test(file)) rmSync(path.join(folder, file));
  return folder;
}

/** Waits until `check` gives something true. */
export async function until(check, milliseconds = 10_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${milliseconds} ms for ${check}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

export function launch() {
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return chromium.launch({ executablePath: process.env.CHROMIUM, args });
}

/** Opens a page that records what a careful reader would ask for: requests, errors, policy violations. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "fi-FI", ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const seen = { requests: [], errors: [], violations: [] };
  page.on("request", (request) => seen.requests.push({ method: request.method(), url: request.url(), body: request.postData(), headers: request.headers() }));
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && seen.errors.push(`${message.text()} ${message.location().url}`));
  await page.addInitScript(() => {
    window.__violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.__violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(url);
  page.seen = seen;
  return page;
}

/** What sticks out of the page at its end, by how much; in a language from right to left that is the left. */
export const tooWide = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const over = (it) => Math.round(document.documentElement.dir === "rtl" ? -it.getBoundingClientRect().left : it.getBoundingClientRect().right - width);
    return [...document.querySelectorAll("body *")].filter((it) => over(it) > 1).map((it) => `${it.tagName}.${it.className} ${over(it)}`).slice(0, 5);
  });

/** Everything that axe-core has to say about the page as it stands. */
export async function axe(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const result = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return result.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

/** The contrast of each pair of colour tokens, as the page has them now (WCAG's formula, 1 to 21). */
export function contrasts(page, pairs) {
  return page.evaluate((pairs) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const paint = canvas.getContext("2d", { willReadFrequently: true });
    const probe = document.body.appendChild(document.createElement("i"));
    const luminance = (name) => {
      probe.style.setProperty("color", `var(--${name})`);
      paint.fillStyle = getComputedStyle(probe).color;
      paint.fillRect(0, 0, 1, 1);
      const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map((it) => it / 255).map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return pairs.map(([one, other]) => {
      const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    });
  }, pairs);
}
