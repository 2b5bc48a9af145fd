// The engine beside survey-core, on the same files in one run: load, one answer, everything again.
//
//   node tests/bench/engine.mjs [path of the engine_bench example]
//
// Without a path it builds the example with `cargo build --release -p questionnaire --example
// engine_bench` (in KUULUU_TARGET, if that is set). survey-core comes from tests/bench/node_modules,
// or from the folder SURVEY_CORE.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { argv, env, exit } from "node:process";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const { Model, settings } = createRequire(join(env.SURVEY_CORE ?? here, "x.js"))("survey-core");
console.warn = () => {};
if (settings.showTimer !== undefined) settings.showTimer = false;

// ---- a survey with the conditions that authors write ------------------------------------------

const CODES = ["hyva", "melko_hyva", "keski", "melko_huono", "huono"];
const choices = () => CODES.map((value, at) => ({ value, text: { default: `Answer ${at + 1}`, fi: `Vaihtoehto ${at + 1}` } }));

/** A question; `back(n)` names the question of a kind some places before it on its own or the last page. */
function question(i) {
  const name = `q${i}`;
  const back = (kind) => {
    for (let at = i - 1; at >= 0; at--) if (at % 10 === kind) return `q${at}`;
    return undefined;
  };
  const radio = back(0);
  const several = back(3);
  const score = back(1);
  const number = back(6);
  const title = { default: `Question ${i}`, fi: `Kysymys ${i}`, sv: `Fråga ${i}` };
  switch (i % 10) {
    case 0: return { type: "radiogroup", name, title, choices: choices(), isRequired: true };
    case 1: return { type: "rating", name, title: { default: `How is {${radio}}?`, fi: `Millaista on {${radio}}?` }, rateMin: 1, rateMax: 5, visibleIf: `{${radio}} = 'hyva' or {${radio}} = 'keski' or {${radio}} = 'huono'` };
    case 2: return { type: "comment", name, title, visibleIf: `{${score}} <= 2 and {${radio}} notempty` };
    case 3: return { type: "checkbox", name, title, choices: choices(), hasOther: true, visibleIf: several && `{${several}} notcontains 'huono' or {${score}} > 3` };
    case 4: return { type: "dropdown", name, title, choices: choices().map((choice, at) => (at === 4 ? { ...choice, visibleIf: `{${several}} contains 'keski'` } : choice)), requiredIf: `{${radio}} = 'melko_huono'` };
    case 5: return { type: "matrix", name, title, columns: [1, 2, 3, 4, 5], rows: ["a", "b", "c", "d"], visibleIf: `{${several}} anyof ['hyva', 'keski'] or {${score}} empty` };
    case 6: return { type: "text", inputType: "number", name, title, min: 0, max: 150, validators: [{ type: "expression", expression: `{${name}} empty or {${name}} >= 10`, text: "Too small" }] };
    case 7: return { type: "text", name, title, enableIf: `{${number}} >= 18 and {${number}} < 65`, visibleIf: `{${back(5)}.a} > 2 or {${back(5)}.b} notempty` };
    case 8: return { type: "boolean", name, title, visibleIf: `{${number}} > 30` };
    default: return { type: "expression", name, title, expression: `round(avg({${score}}, {${number}}), 1)` };
  }
}

function survey(n) {
  const pages = [];
  for (let at = 0; at < n; at += 15) {
    const elements = Array.from({ length: Math.min(15, n - at) }, (_, k) => question(at + k));
    pages.push({ name: `page${pages.length + 1}`, elements, ...(at > 60 && pages.length % 5 === 0 ? { visibleIf: `{q${at - 40}} notempty or {q0} = 'hyva'` } : {}) });
  }
  const calculatedValues = [{ name: "low", expression: "iif({q1} <= 2, 'kyllä', 'ei')" }];
  return { title: `Bench ${n}`, locale: "fi", pages, calculatedValues };
}

function answers(n) {
  let state = 7;
  const chance = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 4294967296;
  const one = (list) => list[Math.floor(chance() * list.length)];
  const given = [];
  for (let round = 0; given.length < Math.max(300, n); round++) {
    for (let i = 0; i < n; i++) {
      const value = { 0: () => one(CODES), 1: () => 1 + Math.floor(chance() * 5), 2: () => `teksti ${round}`, 3: () => CODES.filter(() => chance() < 0.4), 4: () => one(CODES), 5: () => ({ a: 1 + Math.floor(chance() * 5), b: 3 }), 6: () => Math.floor(chance() * 100), 7: () => "sana", 8: () => chance() < 0.5 }[i % 10];
      if (value && given.length < Math.max(300, n)) given.push([`q${i}`, value()]);
    }
  }
  return given;
}

// ---- survey-core ------------------------------------------------------------------------------

const now = () => performance.now();
const quantile = (list, share) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) * share)];
const timed = (times, run) => Array.from({ length: times }, () => { const begun = now(); run(); return now() - begun; });

function reference(text, given) {
  const load = timed(7, () => new Model(JSON.parse(text)));
  const model = new Model(JSON.parse(text));
  const one = given.map(([name, value]) => timed(1, () => model.setValue(name, structuredClone(value)))[0]);
  const whole = timed(7, () => model.runConditions());
  const questions = model.getAllQuestions();
  // Visible on its page and the page too, as our count has it.
  const shown = questions.filter((question) => question.isVisible && question.page?.isVisible);
  return { load: quantile(load, 0.5), answer: quantile(one, 0.5), answer98: quantile(one, 0.98), whole: quantile(whole, 0.5), visible: shown.length, required: shown.filter((question) => question.isRequired).length };
}

// ---- ours -------------------------------------------------------------------------------------

function example() {
  if (argv[2]) return argv[2];
  const target = env.KUULUU_TARGET ?? env.CARGO_TARGET_DIR ?? join(root, "target");
  const built = spawnSync("cargo", ["build", "--release", "--quiet", "-p", "questionnaire", "--example", "engine_bench"], { cwd: root, stdio: "inherit", env: { ...env, CARGO_TARGET_DIR: target } });
  if (built.status !== 0) exit(1);
  return join(target, "release/examples/engine_bench");
}

const binary = example();
const folder = mkdtempSync(join(tmpdir(), "engine-bench-"));
const row = (cells) => console.log(cells.map((cell, at) => (at === 0 ? cell.padEnd(34) : String(cell).padStart(13))).join(""));
let differing = 0;
for (const n of [30, 200, 1000]) {
  const text = JSON.stringify(survey(n));
  const given = answers(n);
  const files = ["survey", "answers"].map((name) => join(folder, `${name}${n}.json`));
  writeFileSync(files[0], text);
  writeFileSync(files[1], JSON.stringify(given));
  const ran = spawnSync(binary, files, { encoding: "utf8" });
  if (ran.status !== 0) {
    console.error(ran.stderr);
    exit(1);
  }
  const ours = JSON.parse(ran.stdout);
  const theirs = reference(text, given);
  row([`${n} questions, ${given.length} answers`, "survey-core", "kuuluu", "times faster"]);
  for (const [name, what] of [["load", "load, median"], ["answer", "one answer, median"], ["answer98", "one answer, 98 of 100"], ["whole", "everything again, median (1)"]]) {
    row([`  ${what}`, `${theirs[name].toFixed(3)} ms`, `${ours[name].toFixed(4)} ms`, Math.round(theirs[name] / ours[name])]);
  }
  const same = theirs.visible === ours.visible && theirs.required === ours.required;
  differing += same ? 0 : 1;
  row([`  visible / required at the end`, `${theirs.visible} / ${theirs.required}`, `${ours.visible} / ${ours.required}`, same ? "same" : "DIFFERENT"]);
}
rmSync(folder, { recursive: true });
console.log("(1) survey-core: runConditions() on the loaded survey; kuuluu: a session made anew from all answers.");
exit(differing === 0 ? 0 : 1);
