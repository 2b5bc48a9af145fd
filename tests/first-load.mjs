// Which points of the program are arrived at until the first question can be answered, in every survey and language and
// in one whose first page has the usual kinds of questions.
// usage: node first-load.mjs DIST HITS; called by `cargo xtask first-load`. Writes
// their numbers, one a line, in order.
import { cpSync, readFileSync, readdirSync, writeFileSync, existsSync, statSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { survey } from "./bench/support/survey.mjs";
import { launch } from "./browser/harness.mjs";

const [dist, goal] = process.argv.slice(2);
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml" };
const server = http.createServer((request, response) => {
  let file = path.join(dist, new URL(request.url, "http://localhost").pathname);
  // The words of the first page are known once the first half is.
  if (!existsSync(file)) file = file.replace(".first.", ".");
  // Where a file is missing, some hosts say so and others send the page.
  const isMissing = !existsSync(file) || statSync(file).isDirectory();
  if (isMissing && file.includes("/surveys/bench")) return response.writeHead(404).end();
  if (isMissing) file = path.join(dist, "index.html");
  response.writeHead(200, { "content-type": types[path.extname(file)] ?? "application/octet-stream" });
  response.end(readFileSync(file));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

cpSync(new URL("fixtures/first-page.json", import.meta.url), path.join(dist, "surveys/first-page.json"));
// What is measured beside others is a survey as any other, without anything of ours in it.
writeFileSync(path.join(dist, "surveys/bench.json"), JSON.stringify(survey(200)));
// A survey whose answers stay on the device gets both halves at once.
const staysHere = (file) => JSON.parse(readFileSync(path.join(dist, "surveys", file))).kuuluu?.mode === "device";
const isWhole = (file) => !file.replace(/\.json$/, "").includes(".");
const surveys = readdirSync(path.join(dist, "surveys")).filter((it) => isWhole(it) && !staysHere(it)).map((it) => it.replace(/\.json$/, ""));
const languages = readdirSync(path.join(dist, "words")).filter((it) => isWhole(it) && !it.startsWith("organise")).map((it) => it.replace(/\.json$/, ""));
const visits = surveys.flatMap((survey) => languages.map((language) => ({ url: `/s/${survey}?lang=${language}` })));
visits.push({ url: "/s/asukas" }, { url: "/s/asukas", dark: true }, { url: "/s/first-page", wide: true });

const browser = await launch();
const hits = new Set();
for (const { url, dark, wide } of visits) {
  const context = await browser.newContext({ viewport: { width: wide ? 1280 : 390, height: 844 }, locale: "fi-FI", colorScheme: dark ? "dark" : "light" });
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.addInitScript(() => addEventListener("TrunkApplicationStarted", (event) => (window.exported = event.detail.wasm)));
  await page.goto(origin + url);
  await page.waitForSelector("h1");
  await page.waitForLoadState("networkidle");
  if (!(await page.$(".survey"))) throw new Error(`${url} cannot be answered: ${await page.textContent("main")}`);
  const run = await page.evaluate(() => {
    const numbers = [];
    for (let ix = 0; window.exported[`hits${ix}`]; ix += 1) {
      const bits = window.exported[`hits${ix}`].value;
      for (let bit = 0; bit < 32; bit += 1) if ((bits >> bit) & 1) numbers.push(ix * 32 + bit);
    }
    return numbers;
  });
  run.forEach((it) => hits.add(it));
  await context.close();
}
await browser.close();
server.close();
writeFileSync(goal, [...hits].sort((a, b) => a - b).join("\n"));
console.log(`${visits.length} first loads arrive at ${hits.size} points`);
