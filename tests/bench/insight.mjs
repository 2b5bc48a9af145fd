// The insight engine in the browser: loading and counting, beside JSON.parse, typed arrays and
// DuckDB-WASM, in one run. Compare ratios; absolute times are this machine's.
//
//   WORKER=dist/worker CHROMIUM=/path/to/chromium node insight.mjs [responses] [--without-duckdb]
import { createReadStream, existsSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launch, quantile, table } from "./support/chromium.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const WORKER = path.resolve(process.env.WORKER ?? path.join(HERE, "../../dist/worker"));
const MODULES = path.resolve(process.env.MODULES ?? path.join(HERE, "node_modules"));
const RESPONSES = Number(process.argv.find((it) => /^\d+$/.test(it)) ?? 1_000_000);
const DUCKDB = !process.argv.includes("--without-duckdb") && existsSync(path.join(MODULES, "@duckdb"));
const ROUNDS = 15;
const SCRIPTS = { "/shell.js": "insight-shell.js", "/parser.js": "insight-parser.js" };

const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
const IMPORTS = {
  imports: {
    "apache-arrow": "/modules/apache-arrow/Arrow.dom.mjs",
    "@duckdb/duckdb-wasm": "/modules/@duckdb/duckdb-wasm/dist/duckdb-browser.mjs",
    tslib: "/modules/tslib/tslib.es6.mjs",
    flatbuffers: "/modules/flatbuffers/mjs/flatbuffers.js",
  },
};
const PAGE = `<!doctype html><meta charset="utf-8"><title>insight</title><link rel="icon" href="data:,"><script type="importmap">${JSON.stringify(IMPORTS)}</script>`;

function serve() {
  const folders = [["/worker/", WORKER], ["/modules/", MODULES], ["/bench/", path.join(HERE, "support")]];
  const server = http.createServer((request, response) => {
    const name = new URL(request.url, "http://local").pathname;
    const folder = folders.find(([prefix]) => name.startsWith(prefix));
    const file = folder && path.join(folder[1], name.slice(folder[0].length));
    if (name === "/") response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
    else if (SCRIPTS[name]) {
      response.writeHead(200, { "content-type": "text/javascript" });
      createReadStream(path.join(HERE, "support", SCRIPTS[name])).pipe(response);
    }
    else if (!file || !existsSync(file)) response.writeHead(404).end();
    else {
      response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" });
      createReadStream(file).pipe(response);
    }
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

const median = (times) => quantile(times, 0.5);
const shown = (it, digits = 1) => it.toFixed(digits);

const server = await serve();
const browser = await launch();
try {
  const page = await browser.newPage();
  page.on("console", (it) => it.type() === "error" && console.error(it.text()));
  page.on("pageerror", (it) => console.error(it.message));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const measured = await page.evaluate(
    async ({ responses, rounds, duckdb }) => {
      const bench = await import("/bench/insight-page.mjs");
      return bench.run({ responses, rounds, duckdb });
    },
    { responses: RESPONSES, rounds: ROUNDS, duckdb: DUCKDB },
  );

  const ours = median(measured.ours);
  const rows = [["kuuluu", [shown(ours), "1.0"]]];
  const beside = [["typed arrays", measured.arrays], ["duckdb-wasm", measured.duckdb]];
  for (const [name, times] of beside) {
    if (times) rows.push([name, [shown(median(times)), shown(median(times) / ours)]]);
  }
  const n = measured.responses.toLocaleString("en");
  table(`30 questions re-tabulated with a changed filter, ${n} responses (ms)`, ["median", "× kuuluu"], rows);
  console.log(`in the worker's own clock ${shown(median(measured.inside))} ms, slowest ${shown(Math.max(...measured.inside))} ms`);
  console.log(`broken down by municipality ${shown(median(measured.grouped))} ms`);

  table("time to count by responses (ms, worker's clock)", ["responses", "ms", "µs per 1000"],
    measured.growth.map(([n, ms]) => ["", [n, shown(ms, 2), shown((ms * 1e6) / n, 2)]]));

  const [loading, parsing] = [median(measured.loading), median(measured.parsing)];
  const ratio = median(measured.loading.map((it, turn) => it / measured.parsing[turn]));
  table("loading NDJSON (MB/s, five turns)", ["median", "best", "× JSON.parse"], [
    ["kuuluu", [shown(loading), shown(Math.max(...measured.loading)), shown(ratio)]],
    ["JSON.parse", [shown(parsing), shown(Math.max(...measured.parsing)), "1.0"]],
  ]);
  console.log(`memory of the worker's wasm: ${shown(measured.memory / 1048576)} MiB, ${shown(measured.megabytes)} MB read`);
} finally {
  await browser.close();
  server.close();
}
