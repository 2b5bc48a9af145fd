// Holds `kuuluu eval` against what survey-core makes of the same surveys, and counts apart what
// docs/format/session.md lists as different on purpose.
//
//   node compare-surveys.mjs FILE.ndjson [SHOWN]     FILE from make-surveys.mjs
//
// KUULUU is the program, target/debug/kuuluu otherwise.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [file, shown = "5"] = process.argv.slice(2);
const lines = readFileSync(file, "utf8").split("\n").filter(Boolean).map((it) => JSON.parse(it));
const input = lines.map(({ survey, answers, locale }) => JSON.stringify({ survey, answers, locale })).join("\n");
const run = spawnSync(process.env.KUULUU ?? "target/debug/kuuluu", ["eval", "--batch", "--today", "2026-03-13"], { input: `${input}\n`, maxBuffer: 2 ** 30 });
if (run.status !== 0) throw new Error(String(run.stderr ?? run.error));
const ours = String(run.stdout).split("\n").filter(Boolean).map((it) => JSON.parse(it));

const isObject = (it) => it !== null && typeof it === "object" && !Array.isArray(it);
const sorted = (it) => (isObject(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it);
const written = (it) => JSON.stringify(it ?? null, (_, value) => sorted(value));

/** Everything named in a survey, by name. */
function named(survey) {
  const all = new Map();
  const walk = (it) => {
    if (it === null || typeof it !== "object") return;
    if (typeof it.name === "string" && (it.type || it.expression)) all.set(it.name, it);
    Object.values(it).forEach(walk);
  };
  walk(survey);
  return all;
}

/** Names whose formulas or texts read `{group.length}` of a group of panels, or the group itself where its panels have defaults, or read such a name. */
function readersOfLength(all) {
  const found = new Set();
  const reads = (it, name) => written({ ...it, elements: undefined, templateElements: undefined }).includes(`{${name}}`);
  for (const [name, it] of all) {
    if (it.type !== "paneldynamic") continue;
    const hasDefaults = written(it.templateElements).includes('"defaultValue"');
    for (const [reader, by] of all) if (reads(by, `${name}.length`) || (hasDefaults && reads(by, name))) found.add(reader);
  }
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [reader, it] of all) if ([...found].some((name) => reads(it, name))) found.add(reader);
  }
  return found;
}

const ROWS = ["matrix", "matrixdropdown", "matrixdynamic", "paneldynamic", "multipletext"];

/** A text with its numbers, dates and lists as this program writes them. */
const local = (text) => text.replace(/(\d{4})-(\d\d)-(\d\d)/g, (_, year, month, day) => `${+day}.${+month}.${year}`)
  .replace(/(\d)\.(\d+)(?!\d*\.)/g, "$1,$2").replace(/, ?/g, ",");

/** Rows or panels without texts beside answers that are not there. */
const withoutLeftTexts = (rows) => rows.map((row) => (isObject(row)
  ? Object.fromEntries(Object.entries(row).filter(([name]) => !name.endsWith("-Comment") || name.slice(0, -8) in row)) : row));

/** Whether rows are the same but for those that are there only because there must be so many. */
function sameButForced(asked, theirs, own) {
  const start = asked.rowCount ?? asked.panelCount ?? (asked.type === "matrixdynamic" ? 2 : 0);
  const given = Math.min(theirs.length, own.length, Math.max(start, theirs.filter((it) => Object.keys(it).length > 0).length));
  const isForced = (it) => Object.keys(it).length === 0 || written(it) === written(asked.defaultRowValue);
  const count = own.length < theirs.length ? own.length : given;
  return written(theirs.slice(0, count)) === written(own.slice(0, count)) && theirs.slice(count).every(isForced);
}

/** Why a difference is meant, if it is. */
function meant({ survey, locale, expected }, data, [part, name, property], theirs, own) {
  const all = named(survey);
  const asked = all.get(name);
  const isForeign = locale && locale !== "en";
  if (property === "errors") {
    const less = (list) => (list ?? []).filter((it) => !/select no more|Valitse enintään|Välj högst/i.test(it));
    if (asked?.maxSelectedChoices && written(less(theirs)) === written(less(own))) return "more choices than maxSelectedChoices";
    if (own?.length === 0 && expected?.questions[name]?.visible === false) return "errors of a hidden question";
    if (isForeign && theirs?.length === own?.length) return "messages in Finnish and Swedish";
    if ((asked?.defaultValueExpression || asked?.setValueExpression) && own?.length === 0 && theirs.every((it) => /should not be (less|greater) than/.test(it))) return "computed value beyond its bounds";
    if (written(asked).includes('"allowDigits":false') && theirs?.length === 0) return "digits anywhere";
    const hasBoth = (asked?.showOtherItem || asked?.hasOther) && (asked?.showCommentArea || asked?.hasComment);
    if (hasBoth && written(theirs.filter((it) => !it.includes("enter another value"))) === written(own)) return "text beside \"other\" with a comment area";
  }
  if (property === "title") {
    if (theirs.includes("[object Object]")) return "a table or group in a text";
    if (theirs.includes("NaN")) return "not a number in a text";
    const core = theirs.replace(/Yes/g, "@").replace(/No/g, "#").replace(/None|Refuse to answer|Don't know|Other \(describe\)/g, "*");
    const mine = own.replace(/Kyllä|Ja/g, "@").replace(/Ei|Nej/g, "#").replace(/Ei mikään[a-zåäö ]*|En halua vastata|En osaa sanoa|Muu.*|Inget av.*|Vill inte svara|Vet inte|Annat.*/g, "*");
    if (isForeign && core === mine) return "words of the interface";
    if (local(theirs) === local(own)) return "numbers, dates and lists in a text";
  }
  if (part === "data" && ROWS.includes(asked?.type)) {
    if (theirs !== null && typeof theirs !== "object") return "an answer that has not the shape of its question";
    if (Array.isArray(theirs) && written(withoutLeftTexts(theirs)) === written(own)) return "text beside a hidden question of a group";
  }
  if (part === "data" && (asked?.minRowCount || asked?.minPanelCount) && Array.isArray(theirs) && Array.isArray(own)) {
    if (sameButForced(asked, theirs, own)) return "rows that only must be there";
  }
  const table = all.get(name.replace(/-total$/, ""));
  const [rows, ownRows] = [expected?.data, data].map((it) => it?.[table?.name]);
  if ((table?.minRowCount || table?.minPanelCount) && Array.isArray(rows) && Array.isArray(ownRows)
    && written(rows) !== written(ownRows) && sameButForced(table, rows, ownRows)) return "rows that only must be there";
  if (part === "data" && asked?.type === "paneldynamic" && (asked.clearIfInvisible ?? survey.clearInvisibleValues) === "none"
    && theirs?.length > 0 && theirs.length === own?.length && theirs.every((it) => written(it) === "{}")) return "kept answers of a hidden group";
  if (survey.firstPageIsStartPage && (part === "data" ? theirs !== null && own === null : property === "errors" && theirs.length === 0)) {
    if (named(survey.pages[0]).has(name)) return "start page";
  }
  if (readersOfLength(all).has(name)) return "how many panels an unseen group has";
  return undefined;
}

/** The differences between two results, as [path, theirs, ours]. */
function differences(theirs, own, depth, path = []) {
  if (depth > 0 && isObject(theirs) && isObject(own)) {
    const names = [...new Set([...Object.keys(theirs), ...Object.keys(own)])];
    return names.flatMap((it) => differences(theirs[it] ?? null, own[it] ?? null, depth - 1, [...path, it]));
  }
  values += 1;
  return written(theirs) === written(own) ? [] : [[path, theirs, own]];
}

let values = 0;
let wrong = 0;
const different = [];
const purposes = {};
lines.forEach((line, at) => {
  const left = differences(line.expected, ours[at], 3).filter(([path, theirs, own]) => {
    const why = meant(line, ours[at].data, path, theirs, own);
    if (why) purposes[why] = (purposes[why] ?? 0) + 1;
    return !why;
  });
  wrong += left.length;
  if (left.length === 0) return;
  different.push(at);
  if (different.length > Number(shown)) return;
  for (const [path, theirs, own] of left) console.log(`${at} ${path.join("/")}: theirs ${written(theirs)}, ours ${written(own)}`);
});
const share = (part, whole) => `${((100 * part) / whole).toFixed(3)} %`;
console.log(`${share(lines.length - different.length, lines.length)} of ${lines.length} surveys, ${share(values - wrong, values)} of ${values} values`);
console.log(`different: ${different.join(" ") || "none"}`);
console.log(`on purpose: ${written(purposes)}`);
process.exitCode = different.length > 0 ? 1 : 0;
