// Makes expressions.ndjson: expressions, values, and what survey-core 3.1.1 answers.
//
//   npm install --no-save survey-core@3.1.1       (in any folder)
//   node …/make-expressions.mjs [--seed N] [--count N] [--out FILE]     (in that folder)
//
// Nothing but the seed decides what is made. Half are conditions as authors write them ("authored"),
// half are rough ("rough"): grammar, type mixing, odd spacing, missing values. Each line is
// {"kind","expr","values"?} and {"value"} or {"error":"parse"}; today is always 2026-03-13. A line
// that makes survey-core itself fail is left out.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { argv, cwd, env } from "node:process";

env.TZ = "UTC";
const option = (name, otherwise) => {
  const at = argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : argv[at + 1];
};
const here = dirname(fileURLToPath(import.meta.url));
const seed = Number(option("seed", "20260313"));
const count = Number(option("count", "6000"));
const out = option("out", join(here, "expressions.ndjson"));

const NOW = "2026-03-13T00:00:00Z";
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(NOW);
    else super(...parts);
  }
  static now() {
    return new RealDate(NOW).getTime();
  }
};
console.warn = () => {};
console.error = () => {};
const { ConditionsParser, ExpressionRunner } = createRequire(join(cwd(), "x.js"))("survey-core");

// ---- chance -------------------------------------------------------------------------------

let state = seed >>> 0;
function chance() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(chance() * n);
const one = (list) => list[below(list.length)];
const often = (share) => chance() < share;
const some = (list, most) => {
  const left = [...list];
  const taken = [];
  for (let n = below(most + 1); n > 0 && left.length > 0; n--) {
    taken.push(left.splice(below(left.length), 1)[0]);
  }
  return taken;
};

// ---- a questionnaire as authors write them ---------------------------------------------------

const NAMES = ["kunta", "q1", "q2", "q3", "q12a", "hyvinvointi", "palvelut", "gender", "age_band",
  "tyytyvaisyys", "liikunta", "yksinaisyys", "asuminen", "muni", "Työtilanne", "terveys"];
const CODES = ["yes", "no", "kyllä", "ei", "other", "none", "dontknow", "refused", "very_good",
  "Erittäin hyvä", "en osaa sanoa", "item1", "item2", "item-1", "1", "2", "3", "4", "5", "001", "M", "F",
  "65-74", "alle 25", "Äänekoski", "Päijät-Häme", "a", "b", "c", "true", "false"];
const FINNISH = ["Olen asunut täällä kauan", "en", "Kyllä!", "ehkä joskus", "terve", "liikun  paljon", " ",
  "Hyvä palvelu, kiitos", "1,5 tuntia", "noin 3", "Jyväskylä", "åäö ÅÄÖ"];
const DATES = ["2026-03-13", "2026-03-12", "2026-03-14", "2000-02-29", "1958-07-01", "2008-03-13", "2008-03-14",
  "2025-12-31", "2026-01-01", "1990-05-06", "2024-02-29", "2026-03-31"];

const quoted = (text) => {
  const plain = String(text).replace(/['"]/g, "");
  return often(0.8) ? `'${plain}'` : `"${plain}"`;
};
const written = (value) =>
  typeof value === "string" ? (/^[A-Za-z_]\w*$/.test(value) && often(0.15) ? value : quoted(value))
    : Array.isArray(value) ? `[${value.map(written).join(often(0.5) ? ", " : ",")}]`
      : String(value);
const equals = () => one(["=", "=", "=", "==", "equal", "equals"]);
const differs = () => one(["!=", "<>", "!=", "notequal", "notequals"]);
const order = () => one([">", "<", ">=", "<=", ">", "<", "greater", "less", "greaterorequal", "lessorequal", "=>", "=<"]);
const or = () => one(["or", "or", "OR", "||"]);
const and = () => one(["and", "and", "AND", "&&", "And"]);

const digits = (number, decimals) => {
  const text = number.toFixed(decimals);
  return often(0.4) ? text.replace(".", ",") : text;
};
const score = () => (often(0.15) ? undefined : often(0.7) ? 1 + below(5) : String(1 + below(5)));
const quantity = () =>
  often(0.15) ? undefined
    : often(0.5) ? below(100)
      : often(0.5) ? String(below(100))
        : often(0.5) ? digits(chance() * 100, 1 + below(2))
          : Math.round(chance() * 1000) / 10;
const code = () => (often(0.15) ? undefined : one(CODES));
const codes = () => (often(0.15) ? undefined : often(0.1) ? [] : some(CODES, 4));
const date = () => (often(0.12) ? undefined : often(0.9) ? one(DATES) : `${one(DATES)}T${one(["08:30", "00:00", "23:59:30"])}`);
const text = () => (often(0.2) ? undefined : often(0.2) ? "" : one(FINNISH));
const put = (values, name, value) => {
  if (value !== undefined) values[name] = value;
  return value;
};
const near = (value, otherwise) => (value !== undefined && often(0.6) ? value : otherwise);
const nearNumber = (value) => {
  const number = Number(String(value ?? "").replace(",", "."));
  return value !== undefined && value !== "" && Number.isFinite(number) && often(0.5) ? number : below(100);
};

const SHAPES = [
  // One choice.
  (v, n) => { const x = put(v, n, code()); return `{${n}} ${often(0.75) ? equals() : differs()} ${written(near(x, one(CODES)))}`; },
  (v, n) => { const x = put(v, n, code()); return `{${n}} anyof ${written([near(x, one(CODES)), ...some(CODES, 3)])}`; },
  (v, n) => { const x = put(v, n, code()); return `{${n}} noneof ${written([near(x, one(CODES)), ...some(CODES, 3)])}`; },
  (v, n) => { const x = put(v, n, often(0.2) ? undefined : often(0.5)); return one([`{${n}} = ${near(x, often(0.5))}`, `{${n}} = '${near(x, often(0.5))}'`, `!{${n}}`, `{${n}} != ${often(0.5)}`, `{${n}}`, `{${n}} = ${one(["yes", "'Kyllä'"])}`]); },
  // Several choices.
  (v, n) => { const x = put(v, n, codes()); return `{${n}} ${one(["contains", "contains", "notcontains", "contain", "*=", "Contains"])} ${written(near(x?.[0], one(CODES)))}`; },
  (v, n) => { const x = put(v, n, codes()); return `{${n}} ${one(["allof", "anyof", "noneof", "contains", "="])} ${written(x?.length && often(0.5) ? some(x, 3) : some(CODES, 3))}`; },
  (v, n) => { put(v, n, codes()); return `{${n}.length} ${order()} ${below(4)}`; },
  // Scores and amounts.
  (v, n) => { const x = put(v, n, score()); return `{${n}} ${often(0.6) ? order() : equals()} ${near(x, 1 + below(5))}`; },
  (v, n) => { const x = put(v, n, quantity()); return `{${n}} ${often(0.8) ? order() : differs()} ${nearNumber(x)}`; },
  (v, n) => { const x = put(v, n, quantity()); const low = nearNumber(x); return `{${n}} >= ${low} ${and()} {${n}} <= ${low + below(30)}`; },
  (v, n) => { put(v, n, quantity()); put(v, `${n}_b`, quantity()); return `{${n}} ${one(["+", "-", "*", "/", "%"])} {${n}_b} ${order()} ${below(80)}`; },
  (v, n) => { put(v, n, quantity()); put(v, `${n}_b`, quantity()); return `${one(["", "0.5 * ", "1.5 + "])}{${n}} ${one(["+", "-", "*", "/"])} {${n}_b}`; },
  (v, n) => { put(v, n, quantity()); put(v, `${n}_b`, quantity()); return `{${n}} ${order()} {${n}_b}`; },
  (v, n) => { const w = put(v, "paino", often(0.1) ? undefined : 45 + below(70)); put(v, "pituus", w === undefined && often(0.5) ? undefined : 150 + below(50)); return `round({paino} / (({pituus} / 100) * ({pituus} / 100)), ${below(3)})${often(0.5) ? ` ${order()} ${18 + below(15)}` : ""}`; },
  // Empties.
  (v, n) => { put(v, n, one([code, codes, text, score, () => ({}), () => [{}], () => [], () => 0, () => false])()); return `{${n}} ${one(["empty", "notempty", "notempty", "Empty", "NOTEMPTY"])}`; },
  (v, n) => { put(v, n, text()); return one([`{${n}} = ''`, `{${n}} != ''`, `{${n}.length} > ${below(20)}`, `!{${n}}`, `{${n}} = undefined`, `{${n}} = null`, `{${n}} contains ${quoted(one(["asunut", "KYLLÄ", "en", "ä", "kiitos"]))}`]); },
  // Dates.
  (v, n) => { const x = put(v, n, date()); return `{${n}} ${often(0.8) ? order() : equals()} ${quoted(near(x, one(DATES)))}`; },
  (v, n) => { put(v, n, date()); return `{${n}} ${order()} ${one(["today()", "today(-7)", "today(30)", "currentDate()", "dateAdd(today(), -18, 'years')", "dateAdd(today(), 1, 'months')", "getDate('2026-03-01')"])}`; },
  (v, n) => { put(v, n, date()); return `age({${n}}) ${order()} ${one([17, 18, 25, 65, 66, 75])}`; },
  (v, n) => { put(v, n, date()); put(v, `${n}_end`, date()); return `dateDiff({${n}}, {${n}_end}${one(["", ", 'days'", ", 'months'", ", 'years'", ", 'hours'"])}) ${one(["> 30", ">= 12", "< 0", "= 0", "<= 366", ""])}`; },
  (v, n) => { put(v, n, date()); return `${one(["year", "month", "day", "weekday", "getYear"])}({${n}})${one(["", " = 2026", " > 6", " <= 3"])}`; },
  (v, n) => { put(v, n, date()); put(v, `${n}_end`, date()); return `{${n}_end} ${order()} {${n}}`; },
  (v, n) => { put(v, n, date()); return `dateAdd({${n}}, ${one([1, -1, 30, 6, -18])}, ${one(["'days'", "'months'", "'years'"])})`; },
  (v, n) => { put(v, n, date()); return `diffDays({${n}}, today()) ${order()} ${one([0, 1, 14, 365])}`; },
  // Matrices, panels, rows, items, comments.
  (v, n) => { const rows = {}; for (const row of some(["puisto", "kirjasto", "terveys", "row 1", "Liikunta"], 4)) rows[row] = often(0.8) ? 1 + below(5) : one(CODES); if (often(0.9)) v[n] = rows; const row = one([...Object.keys(rows), "puisto"]); return one([`{${n}.${row}} ${order()} ${1 + below(5)}`, `{${n}.${row}} = ${written(near(rows[row], 3))}`, `{${n}.${row}} notempty`, `{${n}} notempty`, `{${n}.${row}} anyof [1, 2]`]); },
  (v, n) => { const list = panels(); if (often(0.9)) v[n] = list; const at = one([0, 0, 1, -1, 5]); return one([`{${n}[${at}].name} = ${quoted(one(CODES))}`, `{${n}[${at}].amount} ${order()} ${below(50)}`, `{${n}.length} ${order()} ${below(4)}`, `{${n}[${at}].tags} contains ${quoted(one(CODES))}`]); },
  (v, n) => { const list = panels(); if (often(0.9)) v[n] = list; return `${one(["sumInArray", "minInArray", "maxInArray", "avgInArray", "countInArray"])}({${n}}, 'amount'${one(["", "", ", {name} = 'a'", ", '{amount} > 10'", ", {amount} >= 20 and {name} notempty"])})${one(["", " > 20", " >= 1", " = 0"])}`; },
  (v, n) => { v.panel = { [n]: code() ?? "" }; v.row = { [n]: score() ?? null }; return one([`{panel.${n}} ${equals()} ${written(one(CODES))}`, `{row.${n}} ${order()} 3`, `{panel.${n}} empty`, `{row.${n}} notempty and {panel.${n}} ${differs()} ''`]); },
  (v, n) => { v.item = one(CODES); put(v, n, codes()); return one([`{${n}} contains {item}`, `{item} != 'none'`, `{${n}} notcontains {item} and {item} <> 'other'`, `[${some(CODES, 3).map(quoted).join(", ")}] contains {item}`]); },
  (v, n) => { put(v, n, often(0.5) ? "other" : code()); put(v, `${n}-Comment`, text()); return one([`{${n}} = 'other' and {${n}-Comment} notempty`, `{${n}-Comment} empty`, `{${n}-Comment} contains 'e'`]); },
  // Functions.
  (v, n) => { const names = [1, 2, 3, 4].map((i) => `${n}_${i}`); for (const name of names) put(v, name, often(0.85) ? score() : quantity()); return `${one(["sum", "avg", "min", "max", "count"])}(${names.map((name) => `{${name}}`).join(", ")})${one(["", "", ` ${order()} ${below(16)}`, ` / 4 >= 2.5`, ` * 4`])}`; },
  (v, n) => { const x = put(v, n, score()); put(v, `${n}_2`, score()); return `iif({${n}} ${order()} ${near(x, 3)}, ${one(["'hyvä'", "1", "{" + n + "_2}"])}${one(["", ", 'huono'", ", 0", `, iif({${n}} empty, 'puuttuu', 'muu')`])})`; },
  (v, n) => { put(v, n, quantity()); return `${one(["round", "trunc"])}({${n}}${one(["", ", 0", ", 1", ", 2"])})`; },
  (v, n) => { put(v, n, text()); return `substring({${n}}, ${below(4)}${one(["", ", 5", ", 10"])})${one(["", " = 'Olen'", " notempty"]).replace(" notempty", "")}`; },
  (v, n) => { v.name = text(); return `{name} + ' ' + ${quoted(one(FINNISH))}`; },
];

function panels() {
  return Array.from({ length: below(4) }, () => {
    const panel = {};
    put(panel, "name", code());
    put(panel, "amount", quantity());
    if (often(0.5)) put(panel, "tags", codes());
    return panel;
  });
}

function clause(values, depth) {
  const name = one(NAMES);
  const simple = () => one(SHAPES)(values, one(NAMES));
  if (depth <= 0 || often(0.55)) return one(SHAPES)(values, name);
  const parts = Array.from({ length: 2 + below(3) }, () => (often(0.25) ? `(${clause(values, depth - 1)})` : simple()));
  const joiner = often(0.4) ? or() : and();
  const joined = parts.join(` ${joiner} `);
  return often(0.12) ? `!(${joined})` : joined;
}

function authored() {
  const values = {};
  const expr = clause(values, 2);
  const spaced = often(0.1) ? expr.replace(/ /g, () => one([" ", "  ", " "])) : expr;
  return { kind: "authored", expr: spaced, values };
}

// ---- rough ones -----------------------------------------------------------------------------

const ODD = [null, true, false, 0, 1, -1, 2, 5, 10, 1.5, 0.1, "", " ", "0", "1", "5", "05", "1.5", "1,5", "x", "X", " x ", "xy", "true",
  "FALSE", "yes", "undefined", "null", "10", "9", "abc", [], [1], ["1"], ["x"], ["x", "y"], ["y", "x"], [1, 2, 3], [3, 1, 2], [{}],
  [null], [true], [[1]], {}, { a: 1 }, { a: "" }, { b: { c: "5" } }, [{ a: 1 }, { a: "2" }, {}], "2026-03-13", "2020-1-5", "13.3.2026",
  "2026-03-13T10:00", "1e3", "-5", "+5", "12345678901234567890", "Ä", "1 000", "a.b", "'q'", "5 kpl"];
const VARS = ["a", "b", "c", "A", "d.e", "d", "a.a", "c[0]", "c[-1]", "c[0].a", "c.length", "a.length", "missing", "missing.x", "#a", "#b", "b-c", "a b", " a"];
const WORDS = ["and", "or", "empty", "notempty", "contains", "anyof", "negate", "not", "equal", "equals", "nullable", "true1", "null", "undefined",
  "True", "x", "x1", "_y", "foo-bar", "Ä", "item1", "andy", "order", "empties", "5a", "power", "less"];
const LITERALS = ["5", "-5", "05", "0", "1.50", "1.", ".5", "0x10", "0x1F", "1e3", "''", '""', "' '", "'x'", '"x"', "'X '", "'it\\'s'", "\"it's\"",
  "'a \\\"b\\\" c'", "'5'", "'05'", "'1,5'", "1,5", "true", "false", "TRUE", "null", "undefined", "'true'", "'undefined'", "[]", "[1]", "[1, 'x']",
  "['x','y']", "[ 'y' , 'x' ]", "[{a}]", "[1,[2]]", "['x'", "'=>'", "'equals'", "'<>'", "10", "2", "0.1", "0.2", "100000000000000000000", "'2026-03-13'"];
const OPERATORS = ["=", "==", "!=", "<>", "<", ">", "<=", ">=", "=>", "=<", "+", "-", "*", "/", "%", "^", "and", "or", "&&", "||", "contains", "notcontains",
  "contain", "notcontain", "*=", "anyof", "allof", "noneof", "equal", "notequal", "less", "greater", "lessorequal", "greaterorequal", "power", "AND", "Or",
  "&", "===", "! =", "equals", "notequals"];
const FUNCTIONS = ["sum", "min", "max", "count", "avg", "round", "trunc", "iif", "age", "dateDiff", "dateAdd", "today", "year", "month", "day", "weekday",
  "diffDays", "getYear", "getDate", "substring", "sumInArray", "countInArray", "maxInArray", "minInArray", "avgInArray", "IIF", "unknown", "currentYear",
  "isContainerReady", "getComment", "propertyValue"];

function operand(depth) {
  const r = chance();
  if (r < 0.4) return `{${one(VARS)}}`;
  if (r < 0.7) return one(LITERALS);
  if (r < 0.75) return one(WORDS);
  if (r < 0.8) return `{${one(VARS)}} ${one(["empty", "notempty", "EMPTY"])}`;
  if (r < 0.86) return `${one(["!", "!", "negate ", "! ", "-"])}${operand(depth - 1)}`;
  if (depth <= 0) return `{a}`;
  if (r < 0.93) return `(${rough(depth - 1)}${often(0.95) ? ")" : ""}`;
  const given = Array.from({ length: below(4) }, () => (often(0.8) ? operand(depth - 1) : rough(depth - 1)));
  return `${one(FUNCTIONS)}(${given.join(one([",", ", "]))}${often(0.96) ? ")" : ""}`;
}

function rough(depth) {
  let expr = operand(depth);
  for (let n = below(4); n > 0; n--) {
    const operator = one(OPERATORS);
    const tight = !/[a-z]/i.test(operator) && often(0.3);
    expr += tight ? operator + operand(depth) : `${often(0.95) ? " " : ""}${operator}${often(0.95) ? " " : ""}${operand(depth)}`;
  }
  return expr;
}

function damaged(expr) {
  const at = below(expr.length + 1);
  switch (below(4)) {
    case 0: return expr.slice(0, at) + expr.slice(at + 1);
    case 1: return expr.slice(0, at) + one([" ", "(", ")", "'", '"', "{", "}", "[", "]", ",", "=", "\t", "\n", "!", ".", "-", "ä", "\\"]) + expr.slice(at);
    case 2: return expr.slice(0, at);
    default: return expr + one([" ", ")", " and", " or {a}", " empty", "  = 1", ";"]);
  }
}

function roughly() {
  const values = {};
  for (const name of ["a", "b", "c", "d"]) if (often(0.75)) values[name] = structuredClone(one(ODD));
  if (often(0.1)) values["d.e"] = one(ODD);
  if (often(0.1)) values["b-c"] = one(ODD);
  let expr = rough(2);
  if (often(0.15)) expr = damaged(expr);
  return { kind: "rough", expr, values };
}

// ---- the reference's answers ------------------------------------------------------------------

function asked({ kind, expr, values }) {
  if (expr.length > 400 || /displayValue/.test(expr)) return null;
  const line = { kind, expr };
  if (Object.keys(values).length > 0) line.values = values;
  try {
    if (!new ConditionsParser().parseExpression(expr)) return { ...line, error: "parse" };
    const value = new ExpressionRunner(expr).runValues(structuredClone(values));
    return { ...line, value: value === undefined ? { undefined: true } : value };
  } catch {
    return null;
  }
}

const lines = new Set();
while (lines.size < count) {
  const line = asked(lines.size % 2 === 0 ? authored() : roughly());
  if (line) lines.add(JSON.stringify(line));
}
writeFileSync(out, `${[...lines].join("\n")}\n`);
console.log(`${lines.size} vectors, seed ${seed}: ${out}`);
