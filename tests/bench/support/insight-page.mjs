// What the insight benchmark does inside the page.

const MUNICIPALITIES = ["061", "082", "086", "103", "109", "165", "169", "433", "694", "834", "981"];
const AGES = ["1829", "3044", "4564", "65p"];
const SCALE = ["1", "2", "3", "4", "5", "dk"];

/** Thirty questions with a code each; the first two are backgrounds. */
function survey() {
  const single = (name, choices, role) => ({
    type: "radiogroup", name, title: name, choices, kuuluu: { role },
  });
  const elements = [single("municipality", MUNICIPALITIES, "background"), single("age_band", AGES, "background")];
  for (let i = 2; i < 30; i++) elements.push(single(`q${i}`, SCALE, "outcome"));
  return { title: "Bench", pages: [{ name: "p", elements }], kuuluu: { id: "bench", version: "1", languages: ["fi"] } };
}

function random(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * n);
  };
}

/** Chunks of about 256 KB with `n` responses in all. */
function ndjson(n) {
  const next = random(7);
  const encoder = new TextEncoder();
  const chunks = [];
  let text = "";
  for (let row = 0; row < n; row++) {
    const answers = { municipality: MUNICIPALITIES[next(11)], age_band: AGES[next(4)] };
    for (let i = 2; i < 30; i++) if (next(20) > 0) answers[`q${i}`] = SCALE[next(6)];
    const id = row.toString(16).padStart(32, "0");
    text += JSON.stringify({
      format: "kuuluu-response/1", id, survey: "bench", version: "1", language: "fi", day: "2026-11-22", answers,
    });
    text += "\n";
    if (text.length > 262144) {
      chunks.push(encoder.encode(text));
      text = "";
    }
  }
  chunks.push(encoder.encode(text));
  return chunks;
}

/** A worker that is fed lines as the organiser's page feeds ours. */
class Reader {
  constructor(script) {
    this.worker = new Worker(script);
    this.waiting = [];
    this.worker.onmessage = (it) => {
      const reply = typeof it.data === "string" ? JSON.parse(it.data) : it.data;
      const ix = this.waiting.findIndex(([wanted]) => wanted(reply));
      if (ix >= 0) this.waiting.splice(ix, 1)[0][1](reply);
      else if (reply.say === "failed") console.error(reply.reason);
    };
  }
  until(wanted) {
    return new Promise((resolve) => this.waiting.push([wanted, resolve]));
  }
  said(word) {
    return this.until((it) => it.say === word);
  }
  ask(request) {
    this.worker.postMessage(JSON.stringify(request));
  }
  async load(chunks, times) {
    const timed = this.said("timed");
    this.ask({ do: "begin", source: "bench", bytes: null });
    let sent = 0;
    for (let time = 0; time < times; time++) {
      for (const chunk of chunks) {
        const piece = chunk.slice();
        this.worker.postMessage(piece, [piece.buffer]);
        // As a stream would: not more than some megabytes ahead of the worker.
        sent += chunk.length;
        if (sent > 24e6) {
          await this.said("progress");
          sent -= 4.2e6;
        }
      }
    }
    const loaded = this.said("loaded");
    this.ask({ do: "end" });
    await loaded;
    return timed;
  }
}

/** Our worker. */
class Engine extends Reader {
  async tabulate(query) {
    const timed = this.said("timed");
    const released = this.said("released");
    const start = performance.now();
    this.ask({ do: "tabulate", id: 1, query: { filter: null, groups: [], base: "valid", rounding: "half-up", questions: [], ...query } });
    const reply = await released;
    const total = performance.now() - start;
    const inside = await timed;
    return { total, inside: inside.end - inside.start, release: reply.release };
  }
  memory() {
    const told = this.until((it) => "memory" in it);
    this.worker.postMessage({ memory: true });
    return told.then((it) => it.memory);
  }
}

async function open() {
  const engine = new Engine("/shell.js");
  await engine.said("ready");
  engine.ask({ do: "open", definition: JSON.stringify(survey()), minima: null });
  await engine.said("opened");
  return engine;
}

const filterOf = (round) => `age_band = "${AGES[round % 4]}"`;

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

export async function run({ responses, rounds, duckdb }) {
  const piece = Math.min(responses, 200_000);
  const chunks = ndjson(piece);
  const megabytes = chunks.reduce((sum, it) => sum + it.length, 0) / 1e6;
  const out = { growth: [], loading: [], parsing: [] };
  const insideOf = async (engine) => {
    const times = [];
    for (let round = 0; round < rounds; round++) times.push((await engine.tabulate({ filter: filterOf(round) })).inside);
    return median(times);
  };

  for (const n of [10_000, 100_000].filter((it) => it < responses)) {
    const engine = await open();
    await engine.load(ndjson(n), 1);
    out.growth.push([n, await insideOf(engine)]);
    engine.worker.terminate();
  }

  // In turn, so that both meet the same machine.
  const speed = (span) => megabytes / ((span.end - span.start) / 1000);
  for (let turn = 0; turn < 5; turn++) {
    const engine = await open();
    out.loading.push(speed(await engine.load(chunks, 1)));
    engine.worker.terminate();
    const parser = new Reader("/parser.js");
    out.parsing.push(speed(await parser.load(chunks, 1)));
    parser.worker.terminate();
  }

  const engine = await open();
  const times = Math.max(1, Math.round(responses / piece));
  await engine.load(chunks, times);
  out.megabytes = megabytes * times;
  out.memory = await engine.memory();
  const first = await engine.tabulate({});
  out.responses = first.release.head.n;
  out.ours = [];
  out.inside = [];
  out.grouped = [];
  for (let round = 0; round < rounds; round++) {
    const it = await engine.tabulate({ filter: filterOf(round) });
    out.ours.push(it.total);
    out.inside.push(it.inside);
    out.grouped.push((await engine.tabulate({ groups: ["municipality"] })).inside);
  }
  out.growth.push([responses, median(out.inside)]);
  engine.worker.terminate();

  out.arrays = typedArrays(responses, rounds);
  if (duckdb) out.duckdb = await inDuckdb(responses, rounds);
  return out;
}

/** One byte per answer and a loop per question. */
function typedArrays(n, rounds) {
  const next = random(7);
  const sizes = [11, 4, ...Array(28).fill(6)];
  const columns = sizes.map((size) => Uint8Array.from({ length: n }, () => next(size)));
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    const wanted = round % 4;
    const ages = columns[1];
    for (const [ix, column] of columns.entries()) {
      const counts = new Uint32Array(sizes[ix]);
      for (let row = 0; row < n; row++) if (ages[row] === wanted) counts[column[row]]++;
      if (counts[0] > n) throw new Error("never");
    }
    times.push(performance.now() - start);
  }
  return times;
}

/** Thirty group-bys with the same filter. */
async function inDuckdb(n, rounds) {
  const duckdb = await import("@duckdb/duckdb-wasm");
  const base = `${location.origin}/modules/@duckdb/duckdb-wasm/dist`;
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(`${base}/duckdb-browser-eh.worker.js`));
  await db.instantiate(`${base}/duckdb-eh.wasm`);
  const link = await db.connect();
  const sizes = [11, 4, ...Array(28).fill(6)];
  const columns = sizes.map((size, ix) => `(hash(i * 31 + ${ix}) % ${size})::UTINYINT AS q${ix}`);
  await link.query(`CREATE TABLE answers AS SELECT ${columns.join(", ")} FROM range(${n}) t(i)`);
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (let ix = 0; ix < sizes.length; ix++) {
      await link.query(`SELECT q${ix}, count(*) FROM answers WHERE q1 = ${round % 4} GROUP BY q${ix}`);
    }
    times.push(performance.now() - start);
  }
  await db.terminate();
  return times;
}
