// A static server on a free port: Kuuluu's dist at the root, the peer below /peer, brotli as a host would send it.
import { existsSync, readFileSync, statSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import zlib from "node:zlib";
import { survey } from "./survey.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

const PEER = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>SurveyJS</title>
<link rel="stylesheet" href="/peer/survey-core/survey-core.min.css">
<script src="/peer/survey-core/survey.core.min.js"></script><script src="/peer/survey-js-ui/survey-js-ui.min.js"></script></head>
<body><div id="s"></div><script src="/peer/start.js"></script></body></html>`;

const PEER_START = `fetch("/surveys/" + new URLSearchParams(location.search).get("survey") + ".json").then((it) => it.json()).then((json) => {
  new Survey.Model(json).render(document.getElementById("s"));
});`;

export const QUESTIONS = [30, 200];

/** Starts serving; gives `{ origin, close }`. */
export async function serve(dist, modules) {
  const made = new Map();
  // As the build does: beside the whole file one for the language of the page.
  for (const n of QUESTIONS) for (const name of [`bench${n}`, `bench${n}.fi`]) made.set(`/surveys/${name}.json`, JSON.stringify(survey(n)));
  const config = JSON.parse(readFileSync(path.join(dist, "config.json"), "utf8"));
  for (const n of QUESTIONS) {
    const title = { fi: `Bench ${n}`, sv: `Bench ${n}`, en: `Bench ${n}` };
    config.surveys.push({ id: `bench${n}`, file: `surveys/bench${n}.json`, title });
  }
  made.set("/config.json", JSON.stringify(config));
  made.set("/peer/page.html", PEER);
  made.set("/peer/start.js", PEER_START);
  const cache = new Map();
  const find = (name) => {
    if (made.has(name)) return [path.extname(name), Buffer.from(made.get(name))];
    const folder = name.startsWith("/peer/") ? modules : dist;
    let file = path.join(folder, name.replace(/^\/peer\//, "/"));
    if (!existsSync(file) || statSync(file).isDirectory()) {
      if (path.extname(file)) return null;
      file = path.join(dist, "index.html");
    }
    return [path.extname(file), readFileSync(file)];
  };
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://local").pathname);
    if (!cache.has(name)) {
      const found = find(name);
      const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 };
      cache.set(name, found && [found[0], zlib.brotliCompressSync(found[1], { params })]);
    }
    const found = cache.get(name);
    if (!found) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": TYPES[found[0]] ?? "application/octet-stream",
      "content-encoding": "br",
      "content-length": found[1].length,
      "cache-control": "no-store",
    });
    response.end(found[1]);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** The two pages for a number of questions, ours first. */
export function pages(origin, n) {
  return [
    ["kuuluu", `${origin}/s/bench${n}`],
    ["surveyjs", `${origin}/peer/page.html?survey=bench${n}`],
  ];
}
