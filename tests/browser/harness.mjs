// One `kuuluu serve` and one Chromium for each test file.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const DIST = process.env.KUULUU_DIST ?? path.resolve("dist");
const BINARY = process.env.KUULUU_BIN ?? path.resolve("target/debug/kuuluu");

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

/** Everything that axe-core has to say about the page as it stands. */
export async function axe(page) {
  await page.evaluate(AXE);
  const result = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return result.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
