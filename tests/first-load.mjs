// Which functions run until the first question can be answered, in every survey and language and
// when something fails; called by `cargo xtask first-load`.
// usage: node first-load.mjs DIST GOAL [START COUNT]
// Writes `place count` a line: of the exported globals hit0, hit1, …, or of COUNT counters of eight
// bytes at START in the program's memory.
import { readFileSync, readdirSync, writeFileSync, existsSync, statSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { launch } from "./browser/harness.mjs";

const [dist, goal, start, count] = process.argv.slice(2);
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml" };
const server = http.createServer((request, response) => {
  let file = path.join(dist, new URL(request.url, "http://localhost").pathname);
  if (!existsSync(file) || statSync(file).isDirectory()) file = path.join(dist, "index.html");
  response.writeHead(200, { "content-type": types[path.extname(file)] ?? "application/octet-stream" });
  response.end(readFileSync(file));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const surveys = readdirSync(path.join(dist, "surveys")).map((it) => it.replace(/\.json$/, ""));
const languages = readdirSync(path.join(dist, "words")).filter((it) => !it.startsWith("organise")).map((it) => it.replace(/\.json$/, ""));
const visits = surveys.flatMap((survey) => languages.map((language) => ({ url: `/s/${survey}?lang=${language}` })));
visits.push({ url: "/s/asukas" }, { url: "/s/asukas", dark: true });
for (const fails of ["config.json", "surveys/asukas.json", "words/fi.json"]) {
  for (const how of ["abort", 500, 404]) visits.push({ url: "/s/asukas", fails, how });
}

const browser = await launch();
const sums = new Map();

const globals = () =>
  Object.entries(window.exported)
    .filter(([name, it]) => name.startsWith("hit") && it.value === 1)
    .map(([name]) => [Number(name.slice(3)), 1]);
const counters = ([start, count]) => {
  const memory = new DataView(window.exported.memory.buffer, start);
  const found = [];
  for (let ix = 0; ix < count; ix += 1) {
    const it = Number(memory.getBigUint64(ix * 8, true));
    if (it) found.push([ix, it]);
  }
  return found;
};

for (const { url, fails, how, dark } of visits) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "fi-FI", colorScheme: dark ? "dark" : "light" });
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    if (!fails) throw error;
  });
  if (fails) await page.route(`**/${fails}`, (route) => (how === "abort" ? route.abort() : route.fulfill({ status: how, body: "" })));
  await page.addInitScript(() => addEventListener("TrunkApplicationStarted", (event) => (window.exported = event.detail.wasm)));
  await page.goto(origin + url);
  await page.waitForSelector("h1");
  await page.waitForLoadState("networkidle");
  const run = start ? await page.evaluate(counters, [Number(start), Number(count)]) : await page.evaluate(globals);
  for (const [place, n] of run) sums.set(place, (sums.get(place) ?? 0) + n);
  await context.close();
}
await browser.close();
server.close();
writeFileSync(goal, [...sums].map(([place, n]) => `${place} ${n}\n`).join(""));
console.log(`${visits.length} first loads: ${sums.size} counters`);
