// Makes whole surveys with answers and asks survey-core what becomes of them.
//
//   npm install survey-core@3.1.1          in a folder of its own
//   NM=…/node_modules node make-surveys.mjs realistic|rough|woven|authored|health SEED COUNT > surveys.ndjson
//   NM=…/node_modules node make-surveys.mjs again FILE.ndjson > surveys.ndjson     asks again about the same
//
// Each line: {"kind","survey","answers","locale","expected"}; `expected` is what `kuuluu eval` prints; today
// is always 2026-03-13. A question counts as visible if everything around it is visible too.
// Realistic and rough surveys are drawn element by element, woven ones from motifs.mjs and
// motifs-more.mjs, authored ones from motifs-authors.mjs, health surveys from health.mjs.
// surveys.ndjson is 240 of each kind with seed 11; of health, those of 120 without a language. The small
// ones are others without whatever they agreed or differed without.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { begin, below, chance, one, shuffled, some } from "./draw.mjs";
import { healthSurvey } from "./health.mjs";
import { AUTHOR_MOTIFS } from "./motifs-authors.mjs";
import { MORE_MOTIFS } from "./motifs-more.mjs";
import { MOTIFS } from "./motifs.mjs";

process.env.TZ = "UTC";
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

const require = createRequire(import.meta.url);
const { Model } = require(path.resolve(process.env.NM ?? "node_modules", "survey-core"));
console.warn = () => {};
console.error = () => {};

const [kind = "realistic", seedText = "1", countText = "100"] = process.argv.slice(2);
const rough = kind === "rough";

const WORDS = ["liikunta", "ravinto", "uni", "perhe", "ystävät", "työ", "koulu", "terveys"];
const TYPES = [
  "radiogroup", "radiogroup", "radiogroup", "checkbox", "checkbox", "rating", "boolean", "text",
  "text", "number", "comment", "dropdown", "matrix", "html", "panel", "date",
];
const MORE = ["tagbox", "multipletext", "expression", "ranking", "imagepicker", "matrixdynamic",
  "paneldynamic", "matrixdropdown", "slider"];

function makeSurvey() {
  const known = [];
  let count = 0;
  const name = (prefix) => `${prefix}${++count}`;
  const literal = (value) => (typeof value === "number" ? `${value}` : `'${value}'`);
  const atom = () => {
    const q = one(known);
    switch (q.type) {
      case "radiogroup": case "dropdown": case "imagepicker":
        return one([
          `{${q.name}} = ${literal(one(q.values))}`, `{${q.name}} <> ${literal(one(q.values))}`,
          `{${q.name}} anyof [${some(q.values).map(literal)}]`, `{${q.name}} notempty`,
        ]);
      case "checkbox": case "tagbox":
        return one([
          `{${q.name}} contains ${literal(one(q.values))}`,
          `{${q.name}} anyof [${some(q.values).map(literal)}]`,
          `{${q.name}} empty`, `{${q.name}.length} > ${below(3)}`,
          `{${q.name}} notcontains ${literal(one(q.values))}`,
        ]);
      case "rating": case "number": case "slider":
        return `{${q.name}} ${one([">", ">=", "<", "<=", "=", "<>"])} ${1 + below(6)}`;
      case "boolean":
        return `{${q.name}} = ${one(["true", "false"])}`;
      case "matrix":
        return `{${q.name}.${one(q.rows)}} ${one(["=", "<>", ">="])} ${literal(one(q.values))}`;
      case "calculated": case "expression":
        return `{${q.name}} ${one([">", "<", ">="])} ${below(12)}`;
      case "date":
        return `{${q.name}} ${one([">", "<"])} '2026-0${1 + below(9)}-15'`;
      case "multipletext":
        return `{${q.name}.${one(q.items)}} notempty`;
      case "matrixdynamic": case "paneldynamic":
        return one([`{${q.name}.length} > ${below(3)}`, `{${q.name}[0].${q.columns[0]}} notempty`,
          `sumInArray({${q.name}}, '${q.columns.at(-1)}') > 5`]);
      default:
        return one([`{${q.name}} notempty`, `{${q.name}} = '${one(WORDS)}'`, `{${q.name}} empty`]);
    }
  };
  const condition = () => {
    const pieces = Array.from({ length: one([1, 1, 1, 2, 2, 3]) }, () =>
      chance(0.1) ? `!(${atom()})` : atom());
    return pieces.join(one([" and ", " or "]));
  };
  const numeric = () => known.filter((q) => ["rating", "number", "slider"].includes(q.type));
  const pipe = () => (known.length && chance(rough ? 0.3 : 0.12)
    ? ` ${one(["{", "{", "{ "])}${one(known.filter((q) => !["matrix", "matrixdynamic", "paneldynamic",
      "matrixdropdown", "multipletext", "expression", "calculated"].includes(q.type)) .concat([{ name: "ei-ole" }])).name}}` : "");
  const choices = () => Array.from({ length: 2 + below(5) }, (_, at) => {
    const value = chance(0.5) ? at + 1 : `${one(WORDS)}${at}`;
    const item = chance(0.5) ? value : { value, text: `${one(WORDS)} ${at}` };
    if (known.length && chance(rough ? 0.15 : 0.04)) {
      return { value, text: item.text ?? `${value}`, [one(["visibleIf", "enableIf"])]: condition() };
    }
    return item;
  });
  const valuesOf = (items) => items.map((it) => (typeof it === "object" ? it.value : it));
  const specials = (element) => {
    if (chance(0.15)) element[chance(0.5) ? "showOtherItem" : "hasOther"] = true;
    if (chance(0.12)) element.showNoneItem = true;
    if (chance(0.06)) element.showDontKnowItem = true;
    if (chance(0.04)) element.showRefuseItem = true;
    if (chance(rough ? 0.1 : 0.03)) element.choicesOrder = one(["asc", "desc"]);
  };
  const common = (element) => {
    if (chance(0.8)) element.title = `${one(WORDS)} ${count}${pipe()}`;
    if (chance(0.3)) element.isRequired = true;
    if (known.length) {
      if (chance(0.3)) element.visibleIf = condition();
      if (chance(0.06)) element.enableIf = condition();
      if (chance(0.06)) element.requiredIf = condition();
      if (rough && chance(0.05)) element.resetValueIf = condition();
    }
    if (chance(0.02)) element.readOnly = true;
    if (chance(0.03)) element.visible = false;
    if (rough && chance(0.05)) element.clearIfInvisible = one(["none", "onHidden", "onComplete"]);
    if (rough && chance(0.08)) element.showCommentArea = true;
    if (chance(0.06) && element.isRequired) element.requiredErrorText = "Vastaa tähän";
  };
  const cell = (prefix) => {
    const column = { name: name(prefix), cellType: one(["text", "text", "dropdown", "boolean", "comment"]) };
    if (column.cellType === "dropdown") column.choices = [1, 2, 3];
    if (column.cellType === "text" && chance(0.6)) column.inputType = "number";
    if (chance(0.2)) column.isRequired = true;
    return column;
  };
  const element = (depth) => {
    let type = one(chance(rough ? 0.35 : 0.15) ? MORE : TYPES);
    if (type === "panel" && depth > 1) type = "text";
    const e = { type, name: name("q") };
    const q = { name: e.name, type };
    switch (type) {
      case "panel":
        e.name = name("panel");
        e.elements = Array.from({ length: 1 + below(4) }, () => element(depth + 1));
        if (known.length && chance(0.4)) e.visibleIf = condition();
        if (chance(0.08) && known.length) e.enableIf = condition();
        return e;
      case "radiogroup": case "dropdown": case "checkbox": case "tagbox":
        e.choices = choices();
        if (type === "dropdown" && chance(0.2)) { delete e.choices; e.choicesMin = 1; e.choicesMax = 6; }
        q.values = e.choices ? valuesOf(e.choices) : [1, 2, 3, 4, 5, 6];
        specials(e);
        if (["checkbox", "tagbox"].includes(type) && chance(0.15)) e.minSelectedChoices = 2;
        if (["checkbox", "tagbox"].includes(type) && chance(0.1)) e.showSelectAllItem = true;
        if (chance(rough ? 0.1 : 0.04)) {
          const source = known.filter((it) => ["checkbox", "tagbox"].includes(it.type)).at(-1);
          if (source) {
            e.choicesFromQuestion = source.name;
            if (chance(0.7)) e.choicesFromQuestionMode = one(["selected", "unselected"]);
            q.values = source.values;
          }
        }
        if (e.choices && known.length && chance(rough ? 0.08 : 0.02)) {
          e.choicesVisibleIf = `{item} <> ${literal(one(q.values))} or ${atom()}`;
        }
        if (chance(0.06)) {
          e.defaultValue = ["checkbox", "tagbox"].includes(type) ? [q.values[0]] : q.values[0];
        }
        if (type === "checkbox" && chance(0.1)) {
          e.validators = [{ type: "answercount", minCount: 1 + below(2), maxCount: 3 }];
        }
        break;
      case "ranking": case "imagepicker":
        e.choices = choices().filter((it) => !it.visibleIf && !it.enableIf);
        if (!e.choices.length) e.choices = [1, 2];
        q.values = valuesOf(e.choices);
        break;
      case "rating":
        if (chance(0.3)) e.rateMax = 3 + below(8);
        if (chance(0.1)) { e.rateMin = 0; e.rateMax = 10; }
        break;
      case "boolean":
        if (chance(0.1)) e.defaultValue = chance(0.5);
        if (chance(0.2)) { e.labelTrue = "Kyllä"; e.labelFalse = "Ei"; }
        break;
      case "number":
        e.type = "text"; e.inputType = "number";
        if (chance(0.4)) e.min = below(3);
        if (chance(0.4)) e.max = 5 + below(90);
        if (chance(0.1)) e.defaultValue = 1 + below(5);
        if (chance(0.15)) e.validators = [{ type: "numeric", minValue: 1, ...(chance(0.5) ? { maxValue: 50 } : {}) }];
        if (numeric().length && chance(0.06)) e.defaultValueExpression = `{${one(numeric()).name}} + 1`;
        if (numeric().length && chance(0.04)) e.setValueExpression = `{${one(numeric()).name}} * 2`;
        break;
      case "date":
        e.type = "text"; e.inputType = "date";
        if (chance(0.2)) e.min = "2026-01-01";
        break;
      case "text":
        if (chance(0.1)) e.inputType = "email";
        else if (chance(0.15)) e.validators = [{ type: "text", minLength: 3, ...(chance(0.4) ? { maxLength: 6 } : {}) }];
        else if (chance(0.08)) e.validators = [{ type: "email" }];
        else if (chance(0.08)) e.validators = [{ type: "regex", regex: "^[a-zä-ö]+$", text: "Vain kirjaimia" }];
        if (chance(0.05)) e.defaultValue = one(WORDS);
        break;
      case "comment":
        if (chance(0.1)) e.validators = [{ type: "text", minLength: 4 }];
        break;
      case "matrix":
        e.columns = Array.from({ length: 2 + below(4) }, (_, at) => (chance(0.5) ? at + 1 : { value: at + 1, text: `${one(WORDS)}` }));
        e.rows = Array.from({ length: 1 + below(4) }, (_, at) => `${one(WORDS)}${at}`);
        q.rows = [...e.rows];
        q.values = valuesOf(e.columns);
        if (chance(0.25)) e[chance(0.5) ? "eachRowRequired" : "isAllRowRequired"] = true;
        if (known.length && chance(rough ? 0.2 : 0.08)) {
          e.rows = e.rows.map((value) => (chance(0.3) ? { value, visibleIf: condition() } : value));
        }
        break;
      case "multipletext":
        e.items = Array.from({ length: 1 + below(3) }, () => ({ name: name("i"), ...(chance(0.3) ? { isRequired: true } : {}) }));
        q.items = e.items.map((it) => it.name);
        break;
      case "html":
        e.html = `Tietoa${pipe()}`;
        if (known.length && chance(0.4)) e.visibleIf = condition();
        return e;
      case "expression":
        e.expression = numeric().length
          ? one([`{${one(numeric()).name}} + {${one(numeric()).name}}`, `{${one(numeric()).name}} * 2`,
            `iif({${one(numeric()).name}} > 3, 10, 1)`]) : "1 + 1";
        break;
      case "slider":
        break;
      case "matrixdynamic":
        e.columns = Array.from({ length: 1 + below(3) }, () => cell("c"));
        e.rowCount = below(3);
        q.columns = e.columns.map((it) => it.name);
        if (e.columns.length > 1 && chance(0.3)) {
          e.columns[1].visibleIf = `{row.${e.columns[0].name}} notempty`;
        }
        break;
      case "matrixdropdown":
        e.columns = Array.from({ length: 1 + below(3) }, () => cell("c"));
        e.rows = ["r1", "r2"];
        q.columns = e.columns.map((it) => it.name);
        break;
      case "paneldynamic":
        e.templateElements = Array.from({ length: 1 + below(3) }, () => {
          const inner = { type: one(["text", "text", "radiogroup", "comment"]), name: name("p") };
          if (inner.type === "radiogroup") inner.choices = [1, 2, 3];
          if (chance(0.2)) inner.isRequired = true;
          return inner;
        });
        if (e.templateElements.length > 1 && chance(0.5)) {
          e.templateElements[1].visibleIf = `{panel.${e.templateElements[0].name}} notempty`;
        }
        e.panelCount = below(3);
        q.columns = e.templateElements.map((it) => it.name);
        break;
    }
    common(e);
    q.element = e;
    known.push(q);
    return e;
  };
  const pages = Array.from({ length: 1 + below(4) }, (_, at) => {
    const page = { name: `page${at + 1}`, elements: [] };
    if (known.length && chance(0.25)) page.visibleIf = condition();
    page.elements = Array.from({ length: 1 + below(6) }, () => element(0));
    return page;
  });
  const survey = { pages };
  if (numeric().length && chance(0.3)) {
    survey.calculatedValues = [{
      name: "summa",
      expression: `{${one(numeric()).name}} + {${one(numeric()).name}}`,
      ...(chance(0.5) ? { includeIntoResult: true } : {}),
    }];
    known.push({ name: "summa", type: "calculated" });
    const last = pages.at(-1);
    last.elements.push({ type: "text", name: name("q"), visibleIf: `{summa} > ${below(8)}` });
  }
  const texts = known.filter((q) => q.type === "text" || q.type === "comment");
  if (texts.length && chance(rough ? 0.3 : 0.1)) {
    survey.triggers = [one([
      { type: "setvalue", expression: condition(), setToName: one(texts).name, setValue: one(WORDS) },
      { type: "copyvalue", expression: condition(), fromName: one(texts).name, setToName: one(texts).name },
      { type: "runexpression", expression: condition(), setToName: one(texts).name, runExpression: "1 + 2" },
    ])];
  }
  if (rough && chance(0.15)) survey.clearInvisibleValues = one(["none", "onHidden", "onHiddenContainer"]);
  if (rough && chance(0.1)) survey.showQuestionNumbers = "on";
  return { survey, known: known.filter((q) => q.element) };
}

function makeAnswers(known) {
  const answers = {};
  for (const q of known) {
    if (!chance(0.75)) continue;
    const value = answerTo(q);
    if (value === undefined) continue;
    answers[q.name] = value;
    const chosen = Array.isArray(value) ? value : [value];
    if (chosen.includes("other") && chance(0.7)) answers[`${q.name}-Comment`] = one(WORDS);
    if (q.element.showCommentArea && chance(0.4)) answers[`${q.name}-Comment`] = one(WORDS);
  }
  if (rough) {
    for (const q of known) {
      if (chance(0.1)) { delete answers[q.name]; const value = answerTo(q); if (value !== undefined) answers[q.name] = value; }
    }
  }
  return answers;
}

function answerTo(q) {
  const e = q.element;
  const special = () => [
    ...(e.showOtherItem || e.hasOther ? ["other"] : []),
    ...(e.showNoneItem ? ["none"] : []), ...(e.showDontKnowItem ? ["dontknow"] : []),
  ];
  const cellAnswer = (column) => ({
    dropdown: () => 1 + below(3), boolean: () => chance(0.5), radiogroup: () => 1 + below(3),
  }[column.cellType ?? column.type] ?? (() => (column.inputType === "number" ? 1 + below(9) : one(WORDS))))();
  const row = (columns) => Object.fromEntries(columns.filter(() => chance(0.8)).map((it) => [it.name, cellAnswer(it)]));
  switch (q.type) {
    case "radiogroup": case "dropdown": return one([...q.values, ...special()]);
    case "imagepicker": return one(q.values);
    case "checkbox": case "tagbox": return chance(0.1) && special().length ? [one(special())] : some(q.values);
    case "ranking": return some(q.values, q.values.length);
    case "rating": return 1 + below(e.rateMax ?? 5);
    case "slider": return below(100);
    case "boolean": return chance(0.5);
    case "number": return rough && chance(0.2) ? one(["7", "12", 3.5, -2]) : below(60);
    case "date": return `202${5 + below(2)}-0${1 + below(9)}-1${below(9)}`;
    case "matrix": return Object.fromEntries(q.rows.filter(() => chance(0.8)).map((it) => [it, one(q.values)]));
    case "multipletext": return Object.fromEntries(q.items.filter(() => chance(0.8)).map((it) => [it, one(WORDS)]));
    case "matrixdynamic": return Array.from({ length: 1 + below(3) }, () => row(e.columns));
    case "matrixdropdown": return Object.fromEntries(["r1", "r2"].map((it) => [it, row(e.columns)]).filter(([, it]) => Object.keys(it).length));
    case "paneldynamic": return Array.from({ length: 1 + below(3) }, () => row(e.templateElements));
    case "expression": return undefined;
    case "text": return e.inputType === "email" && chance(0.7) ? "a@b.fi" : one(WORDS);
    default: return one(WORDS);
  }
}

export function expectedOf(survey, answers, locale) {
  const model = new Model(survey);
  if (locale) model.locale = locale;
  for (const [name, value] of Object.entries(answers)) {
    if (name.endsWith("-Comment")) model.setComment(name.slice(0, -8), value);
    else model.setValue(name, structuredClone(value));
  }
  model.validate();
  const pages = Object.fromEntries(model.pages.map((it) => [it.name, { visible: it.isVisible }]));
  const questions = {};
  const stand = (q, isOpen) => {
    questions[q.name] = {
      visible: isOpen && q.isVisible && q.isParentVisible && q.page.isVisible,
      enabled: !q.isReadOnly,
      required: q.isRequired,
      title: q.processedTitle,
      errors: q.errors.map((it) => it.locText.renderedHtml),
      choices: (q.visibleChoices ?? []).map((it) => it.value),
    };
    (q.jsonObj?.choices ?? []).forEach((it, at) => {
      if (!it?.elements) return;
      const isChosen = [q.value].flat().includes(q.choices[at].value);
      for (const below of q.choices[at].panel.questions) stand(below, isChosen);
    });
  };
  for (const q of model.getAllQuestions()) stand(q, true);
  const calculated = Object.fromEntries(model.calculatedValues
    .filter((it) => it.value !== undefined && it.value !== null).map((it) => [it.name, it.value]));
  model.doComplete();
  return { pages, questions, calculated, data: model.data };
}

/** A survey of a few motifs, on one to three pages. */
function weave() {
  let count = 0;
  const answers = [];
  const survey = { pages: [] };
  const s = {
    survey,
    name: (prefix) => `${prefix}${++count}`,
    next: (prefix) => `${prefix}${count + 1}`,
    answer: (name, value) => answers.push([name, value]),
    trigger: (trigger) => (survey.triggers ??= []).push(trigger),
  };
  const drawn = Object.values(kind === "authored" ? AUTHOR_MOTIFS : { ...MOTIFS, ...MORE_MOTIFS });
  const motifs = Array.from({ length: 1 + below(4) }, () => one(drawn)(s));
  const pages = 1 + below(3);
  for (let at = 1; at <= pages; at += 1) survey.pages.push({ name: `page${at}`, elements: [] });
  for (const elements of motifs) {
    let at = below(pages);
    for (const element of elements) {
      if (at + 1 < pages && chance(0.2)) at += 1;
      survey.pages[at].elements.push(element);
    }
  }
  const asked = survey.pages[0].elements.find((it) => it.type === "boolean");
  if (asked && pages > 1 && chance(0.4)) survey.pages[1].visibleIf = `{${asked.name}} = true`;
  for (const page of survey.pages) if (page.elements.length === 0) page.elements.push({ type: "comment", name: s.name("q") });
  if (chance(0.15)) survey.clearInvisibleValues = one(["none", "onHidden", "onHiddenContainer"]);
  return { survey, answers: Object.fromEntries(chance(0.2) ? shuffled(answers) : answers) };
}

const given = kind === "again" ? readFileSync(seedText, "utf8").split("\n").filter(Boolean).map((it) => JSON.parse(it)) : [];
for (const line of given) {
  line.expected = JSON.parse(JSON.stringify(expectedOf(structuredClone(line.survey), line.answers, line.locale)));
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
for (let at = 0; kind !== "again" && at < Number(countText); at += 1) {
  begin(Number(seedText) * 100003 + at);
  let survey;
  let answers;
  let locale;
  if (kind === "health") {
    ({ survey, answers, locale } = healthSurvey());
  } else if (kind === "woven" || kind === "authored") {
    ({ survey, answers } = weave());
  } else {
    const made = makeSurvey();
    survey = made.survey;
    answers = makeAnswers(made.known);
  }
  const line = { kind, survey, answers, locale };
  try {
    line.expected = JSON.parse(JSON.stringify(expectedOf(structuredClone(survey), answers, locale)));
    process.stdout.write(`${JSON.stringify(line)}\n`);
  } catch (error) {
    process.stderr.write(`${at}: ${error.stack}\n`);
  }
}
