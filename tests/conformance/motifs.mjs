// What authors do with more than one question: each motif is a few elements that belong together,
// with the answers that make them work, now and then with a twist.
//
// A motif gets a maker (`s`) and returns the elements; it may add to `s.survey` and to `s.answers`.
import { below, between, chance, maybe, one, shuffled, some } from "./draw.mjs";

const WORDS = ["liikunta", "ravinto", "uni", "perhe", "ystävät", "työ", "koulu", "terveys", "Äänekoski", "1,5 tuntia"];
export const word = () => one(WORDS);
const COUNTS = ["=", ">", "<", ">=", "<=", "<>"];
export const literal = (value) => (typeof value === "string" ? `'${value}'` : `${value}`);

/** Choices with values of one kind; some have texts of their own. */
export function choices(s, count = between(2, 6)) {
  const words = chance(0.5);
  return Array.from({ length: count }, (_, at) => {
    const value = words ? `${one(WORDS.slice(0, 8))}${at}` : at + 1;
    return chance(0.6) ? { value, text: `${word()} ${at}` } : value;
  });
}
const valueOf = (item) => (item !== null && typeof item === "object" ? item.value : item);
export const values = (items) => items.map(valueOf);

/** A question with choices and, mostly, an answer. */
export function select(s, type = one(["radiogroup", "dropdown"]), more = {}) {
  const e = { type, name: s.name("q"), choices: choices(s), ...more };
  if (chance(0.85)) s.answer(e.name, one(values(e.choices)));
  return e;
}
export function several(s, type = one(["checkbox", "checkbox", "tagbox"]), more = {}) {
  const e = { type, name: s.name("q"), choices: choices(s, between(3, 6)), ...more };
  if (chance(0.85)) s.answer(e.name, some(values(e.choices)));
  return e;
}
export function number(s, more = {}) {
  const e = { type: "text", name: s.name("q"), inputType: "number", ...more };
  if (chance(0.8)) s.answer(e.name, between(0, 20));
  return e;
}
export function free(s, more = {}) {
  const e = { type: one(["text", "text", "comment"]), name: s.name("q"), ...more };
  if (chance(0.7)) s.answer(e.name, word());
  return e;
}
export function bool(s, more = {}) {
  const e = { type: "boolean", name: s.name("q"), ...more };
  if (chance(0.85)) s.answer(e.name, chance(0.5));
  return e;
}
export const holds = (q) => {
  switch (q.type) {
    case "boolean": return `{${q.name}} = ${one(["true", "false"])}`;
    case "radiogroup": case "dropdown": return `{${q.name}} ${one(["=", "=", "<>"])} ${literal(one(values(q.choices)))}`;
    case "checkbox": case "tagbox": return `{${q.name}} ${one(["contains", "contains", "notcontains"])} ${literal(one(values(q.choices)))}`;
    case "rating": return `{${q.name}} ${one(COUNTS)} ${between(1, 5)}`;
    default: return q.inputType === "number" ? `{${q.name}} ${one(COUNTS)} ${between(0, 20)}` : `{${q.name}} ${one(["notempty", "empty"])}`;
  }
};
export const source = (s) => one([select, several, number, bool, free])(s);

export const MOTIFS = {
  setValueTrigger(s) {
    const [a, b] = [source(s), free(s)];
    const variable = chance(0.3);
    s.trigger({ type: "setvalue", expression: holds(a), setToName: variable ? "muuttuja" : b.name, setValue: chance(0.7) ? word() : between(1, 9), ...maybe(variable ? 1 : 0, { isVariable: true }) });
    return variable ? [a, b, free(s, { visibleIf: "{muuttuja} notempty", title: "Arvo {muuttuja}" })] : [a, b];
  },
  copyTrigger(s) {
    const [a, b, c] = [select(s), free(s), bool(s)];
    s.trigger({ type: "copyvalue", expression: holds(c), fromName: a.name, setToName: b.name, ...maybe(0.4, { copyDisplayValue: true }) });
    return shuffled([a, b, c]);
  },
  runTrigger(s) {
    const [a, b, c] = [number(s), number(s), free(s)];
    s.trigger({ type: "runexpression", expression: `{${a.name}} ${one(COUNTS)} ${between(0, 20)}`, setToName: c.name, runExpression: one([`{${a.name}} + {${b.name}}`, `iif({${b.name}} > 5, 'paljon', 'vähän')`, `{${b.name}} * 2`]) });
    return [a, b, c];
  },
  visibleTrigger(s) {
    const [a, b] = [source(s), free(s, { visible: false })];
    s.trigger({ type: "visible", expression: holds(a), questions: [b.name] });
    return [a, b];
  },
  completeTrigger(s) {
    const a = bool(s);
    s.trigger({ type: "complete", expression: `{${a.name}} = false` });
    return [a, free(s, maybe(0.5, { isRequired: true }))];
  },
  skipTrigger(s) {
    const [a, b] = [bool(s), free(s)];
    s.trigger({ type: "skip", expression: holds(a), gotoName: b.name });
    return [a, free(s), b];
  },
  setValueExpression(s) {
    const [a, b] = [number(s), number(s)];
    return [a, b, number(s, { setValueExpression: one([`{${a.name}} + {${b.name}}`, `{${a.name}} * 2`, `iif({${a.name}} > {${b.name}}, {${a.name}}, {${b.name}})`]), ...maybe(0.4, { setValueIf: `{${a.name}} ${one(COUNTS)} ${between(0, 20)}` }) })];
  },
  resetValue(s) {
    const [a, b] = [source(s), select(s)];
    b.resetValueIf = holds(a);
    if (chance(0.5)) b.defaultValue = one(values(b.choices));
    return [a, b];
  },
  defaultExpression(s) {
    const a = number(s);
    const b = { type: "text", name: s.name("q"), inputType: "number", defaultValueExpression: one([`{${a.name}} + 1`, `{${a.name}} * 10`, "5 + 5"]) };
    if (chance(0.3)) s.answer(b.name, between(0, 20));
    return [a, b, { type: "text", name: s.name("q"), visibleIf: `{${b.name}} > ${between(0, 20)}`, ...maybe(0.3, { defaultValueExpression: "'oletus'" }) }];
  },
  dateDefaults(s) {
    const a = { type: "text", inputType: "date", name: s.name("q"), ...maybe(0.5, { defaultValueExpression: one(["today()", "dateAdd(today(), -7, 'days')"]) }) };
    if (chance(0.6)) s.answer(a.name, date());
    return [a, free(s, { visibleIf: `{${a.name}} ${one(["<", ">", "=", "<=", ">="])} ${one(["today()", "today(-30)", "'2026-03-13'", "dateAdd(today(), -18, 'years')"])}` })];
  },
  ages(s) {
    const a = { type: "text", inputType: "date", name: s.name("q") };
    s.answer(a.name, `${between(1930, 2020)}-0${between(1, 9)}-${between(10, 28)}`);
    s.survey.calculatedValues = [...(s.survey.calculatedValues ?? []), { name: s.name("ika"), expression: `age({${a.name}})`, ...maybe(0.5, { includeIntoResult: true }) }];
    const name = s.survey.calculatedValues.at(-1).name;
    return [a, free(s, { visibleIf: `{${name}} >= ${one([18, 65, 75])}`, title: `Olet {${name}} vuotta` }), free(s, { visibleIf: `dateDiff({${a.name}}, today(), 'years') < 18` })];
  },
  dateBounds(s) {
    const a = { type: "text", inputType: "date", name: s.name("q"), ...one([{ min: "2026-01-01" }, { max: "2026-03-13" }, { minValueExpression: "today()" }, { maxValueExpression: "today()" }, { minValueExpression: "today(-30)", maxValueExpression: "today(30)" }]) };
    s.answer(a.name, date());
    const b = { type: "text", inputType: "date", name: s.name("q"), minValueExpression: `{${a.name}}` };
    if (chance(0.7)) s.answer(b.name, date());
    return [a, b];
  },
  numberBounds(s) {
    const a = number(s, { ...maybe(0.5, { min: 3 }), ...maybe(0.5, { max: 15 }), ...maybe(0.2, { step: 5 }), ...maybe(0.2, { minErrorText: "Liian vähän, vähintään {0}" }) });
    return [a, number(s, { minValueExpression: `{${a.name}}` }), number(s, { maxValueExpression: `{${a.name}} + 5` })];
  },
  calculatedChain(s) {
    const [a, b] = [number(s), number(s)];
    const [x, y] = [s.name("summa"), s.name("luokka")];
    s.survey.calculatedValues = [...(s.survey.calculatedValues ?? []), ...shuffled([
      { name: x, expression: `{${a.name}} + {${b.name}}`, ...maybe(0.5, { includeIntoResult: true }) },
      { name: y, expression: `iif({${x}} > 15, 'iso', iif({${x}} > 5, 'keski', 'pieni'))`, ...maybe(0.5, { includeIntoResult: true }) },
    ])];
    return [a, b, free(s, { visibleIf: `{${y}} = '${one(["iso", "keski", "pieni"])}'`, title: `Summa on {${x}} eli {${y}}` })];
  },
  carryForward(s) {
    const a = several(s, "checkbox", { ...maybe(0.4, { showOtherItem: true }), ...maybe(0.3, { showNoneItem: true }) });
    if (a.showOtherItem && chance(0.5)) {
      s.answer(a.name, [...some(values(a.choices)), "other"]);
      if (chance(0.8)) s.answer(`${a.name}-Comment`, word());
    }
    const b = { type: one(["radiogroup", "checkbox", "dropdown", "ranking"]), name: s.name("q"), choicesFromQuestion: a.name, choicesFromQuestionMode: one(["all", "selected", "unselected"]), ...maybe(0.3, { hideIfChoicesEmpty: true }), ...maybe(0.2, { choicesOrder: "desc" }) };
    if (chance(0.6)) s.answer(b.name, ["radiogroup", "dropdown"].includes(b.type) ? one(values(a.choices)) : some(values(a.choices)));
    return [a, b, ...(chance(0.3) ? [{ type: "radiogroup", name: s.name("q"), choicesFromQuestion: b.name, ...maybe(0.5, { choicesFromQuestionMode: "selected" }) }] : [])];
  },
  carryFromRows(s) {
    const panels = chance(0.5);
    const [x, y] = [s.name("c"), s.name("c")];
    const inner = [{ [panels ? "type" : "cellType"]: "text", name: x }, { [panels ? "type" : "cellType"]: "text", name: y }];
    const a = panels ? { type: "paneldynamic", name: s.name("q"), templateElements: inner } : { type: "matrixdynamic", name: s.name("q"), rowCount: 0, columns: inner };
    s.answer(a.name, some(WORDS).slice(0, 3).map((text) => ({ [x]: text, ...maybe(0.7, { [y]: word() }) })));
    return [a, { type: one(["radiogroup", "checkbox"]), name: s.name("q"), choicesFromQuestion: a.name, ...maybe(0.7, { choiceValuesFromQuestion: x }), ...maybe(0.4, { choiceTextsFromQuestion: y }) }];
  },
  piping(s) {
    const made = [
      select(s, "radiogroup", maybe(0.3, { useDisplayValuesInDynamicTexts: false })), several(s, "checkbox"),
      bool(s, maybe(0.5, { labelTrue: "Kyllä", labelFalse: "Ei" })), number(s), free(s),
      ratingOf(s),
    ];
    const picked = some(made, 1);
    return [...picked, free(s, { title: picked.map((it) => `{${it.name}}`).join(" ja "), description: "{ei-ole}" }),
      ...(chance(0.4) ? [{ type: "html", name: s.name("q"), html: `Sanoit {${picked[0].name}}.` }] : [])];
  },
  pipedParts(s) {
    const m = { type: "matrix", name: s.name("q"), columns: [{ value: 1, text: "hyvä" }, { value: 2, text: "huono" }], rows: ["koti", { value: "tyo", text: "Työ" }] };
    if (chance(0.8)) s.answer(m.name, { koti: between(1, 2), ...maybe(0.5, { tyo: 1 }) });
    const t = { type: "multipletext", name: s.name("q"), items: [{ name: "katu" }, { name: "kunta", title: "Kunta" }] };
    if (chance(0.8)) s.answer(t.name, { katu: word(), ...maybe(0.5, { kunta: "Oulu" }) });
    return [m, t, free(s, { title: one([`Koti on {${m.name}.koti}`, `Asut {${t.name}.kunta}`, `{${t.name}.katu}, {${t.name}.kunta}`]), visibleIf: one([`{${m.name}.koti} = 1`, `{${t.name}.kunta} notempty`, `{${m.name}.tyo} empty`]) })];
  },
  otherAndComment(s) {
    const type = one(["radiogroup", "checkbox", "dropdown"]);
    const a = { type, name: s.name("q"), choices: choices(s), showOtherItem: true, ...maybe(0.2, { otherText: "Jokin muu" }), ...maybe(0.2, { otherErrorText: "Kerro mikä" }), ...maybe(0.2, { storeOthersAsComment: false }) };
    if (a.storeOthersAsComment === false) {
      if (chance(0.7)) s.answer(a.name, type === "checkbox" ? [valueOf(a.choices[0]), "omaa"] : "omaa");
    } else {
      s.answer(a.name, type === "checkbox" ? [...some(values(a.choices)), "other"] : one(["other", "other", valueOf(a.choices[0])]));
      if (chance(0.6)) s.answer(`${a.name}-Comment`, word());
    }
    return [a, free(s, { visibleIf: one([`{${a.name}} ${type === "checkbox" ? "contains" : "="} 'other'`, `{${a.name}-Comment} notempty`]), title: `Muu: {${a.name}}` })];
  },
  commentArea(s) {
    const a = { ...source(s), showCommentArea: true, ...maybe(0.4, { commentText: "Kerro lisää" }) };
    if (chance(0.6)) s.answer(`${a.name}-Comment`, word());
    return [a, free(s, { visibleIf: `{${a.name}-Comment} ${one(["notempty", "empty", "contains 'u'"])}` })];
  },
  specialItems(s) {
    const a = { type: one(["checkbox", "radiogroup", "tagbox", "dropdown"]), name: s.name("q"), choices: choices(s), showNoneItem: chance(0.6), showRefuseItem: chance(0.4), showDontKnowItem: chance(0.4) };
    const special = [...(a.showNoneItem ? ["none"] : []), ...(a.showRefuseItem ? ["refused"] : []), ...(a.showDontKnowItem ? ["dontknow"] : [])];
    if (special.length && chance(0.6)) s.answer(a.name, ["checkbox", "tagbox"].includes(a.type) ? [one(special)] : one(special));
    else s.answer(a.name, ["checkbox", "tagbox"].includes(a.type) ? some(values(a.choices)) : one(values(a.choices)));
    return [a, free(s, { visibleIf: one([`{${a.name}} <> 'none'`, `{${a.name}} noneof ['none', 'refused', 'dontknow']`, `{${a.name}} anyof ['none', 'dontknow']`]), title: `Valitsit {${a.name}}` })];
  },
  selectAll(s) {
    const a = { type: one(["checkbox", "tagbox"]), name: s.name("q"), choices: choices(s), showSelectAllItem: true, ...maybe(0.3, { minSelectedChoices: 2 }), ...maybe(0.3, { isRequired: true }) };
    if (chance(0.8)) s.answer(a.name, chance(0.4) ? values(a.choices) : some(values(a.choices)));
    return [a, free(s, { visibleIf: `{${a.name}.length} >= ${between(1, 4)}` })];
  },
  itemConditions(s) {
    const a = source(s);
    const type = one(["radiogroup", "checkbox", "dropdown", "tagbox"]);
    const items = choices(s, 4).map((it) => ({ value: valueOf(it), text: `${word()}`, ...maybe(0.5, { [one(["visibleIf", "visibleIf", "enableIf"])]: holds(a) }) }));
    const b = { type, name: s.name("q"), choices: items, ...maybe(0.3, { hideIfChoicesEmpty: true }) };
    if (chance(0.7)) s.answer(b.name, ["checkbox", "tagbox"].includes(type) ? some(values(items)) : one(values(items)));
    return shuffled([a, b]);
  },
  choicesVisibleIf(s) {
    const a = several(s);
    const b = { type: one(["radiogroup", "checkbox"]), name: s.name("q"), choices: a.choices, [one(["choicesVisibleIf", "choicesVisibleIf", "choicesEnableIf"])]: one([`{${a.name}} contains {item}`, `{${a.name}} notcontains {item}`, `{item} <> ${literal(valueOf(a.choices[0]))} or {${a.name}} notempty`]) };
    if (chance(0.6)) s.answer(b.name, b.type === "checkbox" ? some(values(a.choices)) : one(values(a.choices)));
    return [a, b];
  },
  matrixItems(s) {
    const a = several(s);
    const m = { type: "matrix", name: s.name("q"), columns: chance(0.5) ? [1, 2, 3] : ["huono", "hyvä"], rows: values(a.choices),
      ...one([{ rowsVisibleIf: `{${a.name}} contains {item}` }, { columnsVisibleIf: `{item} <> 2 or {${a.name}} notempty` }, { rows: values(a.choices).map((value) => ({ value, text: word(), ...maybe(0.4, { visibleIf: `{${a.name}} contains ${literal(value)}` }) })) }]),
      ...maybe(0.3, { isRequired: true }), ...maybe(0.3, { eachRowRequired: true }), ...maybe(0.2, { eachRowUnique: true }), ...maybe(0.2, { hideIfRowsEmpty: true }), ...maybe(0.2, { isAllRowRequired: true }) };
    if (chance(0.8)) s.answer(m.name, Object.fromEntries(some(values(a.choices)).map((row) => [row, one(m.columns)])));
    return [a, m];
  },
  matrixConditions(s) {
    const rows = ["uni", "ruoka", { value: "liike", text: "Liikkuminen" }];
    const m = { type: "matrix", name: s.name("q"), columns: [1, 2, { value: 3, text: "en osaa sanoa" }], rows, ...maybe(0.3, { eachRowRequired: true }), ...maybe(0.2, { cellType: "checkbox" }) };
    const cell = () => (m.cellType ? some([1, 2, 3]) : between(1, 3));
    if (chance(0.85)) s.answer(m.name, Object.fromEntries(some(["uni", "ruoka", "liike"]).map((row) => [row, cell()])));
    return [m, free(s, { visibleIf: one([`{${m.name}.uni} >= 2`, `{${m.name}.liike} anyof [1, 2]`, `{${m.name}} notempty`, `{${m.name}.ruoka} = 1 or {${m.name}.uni} = 1`, `sum({${m.name}.uni}, {${m.name}.ruoka}) > 3`, `{${m.name}.uni} contains 2`]) })];
  },
  requiredIf(s) {
    const a = source(s);
    return [a, free(s, { requiredIf: holds(a), ...maybe(0.3, { isRequired: true }), ...maybe(0.4, { requiredErrorText: `Vastaa, koska {${a.name}}` }) }),
      ...(chance(0.4) ? [{ type: "panel", name: s.name("panel"), [one(["requiredIf", "enableIf", "visibleIf"])]: holds(a), elements: [free(s), number(s)] }] : [])];
  },
  validators(s) {
    const severity = () => maybe(0.25, { notificationType: one(["warning", "info"]) });
    const text = () => maybe(0.3, { text: "Tarkista {vastaus}" });
    const a = number(s, { validators: [{ type: "numeric", ...one([{ minValue: 5 }, { maxValue: 10 }, { minValue: 2, maxValue: 8 }]), ...severity(), ...text() }] });
    const b = free(s, { validators: [one([{ type: "text", minLength: 5 }, { type: "text", maxLength: 5 }, { type: "text", minLength: 2, maxLength: 6 }, { type: "text", allowDigits: false, minLength: 1 }, { type: "regex", regex: "^[a-z]+$" }, { type: "regex", regex: "^[A-Z]+$", caseInsensitive: true }, { type: "email" }, { type: "expression", expression: `{${a.name}} > 5` }])].map((it) => ({ ...it, ...severity(), ...text() })) });
    const c = several(s, "checkbox", { validators: [{ type: "answercount", ...one([{ minCount: 2 }, { maxCount: 2 }, { minCount: 1, maxCount: 3 }]), ...text() }] });
    return some([a, b, c], 2);
  },
  expressionValidator(s) {
    const a = number(s);
    return [a, number(s, { validators: [{ type: "expression", expression: `{${s.next("q")}} >= {${a.name}}`, text: "Liian pieni" }] })];
  },
  dropdownMatrix(s) {
    const [x, y, z] = [s.name("c"), s.name("c"), s.name("c")];
    const columns = [
      { name: x, cellType: "dropdown", choices: ["hyvä", "huono"], ...maybe(0.2, { isRequired: true }) },
      { name: y, cellType: "text", inputType: "number", ...one([{ visibleIf: `{row.${x}} = 'hyvä'` }, { requiredIf: `{row.${x}} = 'huono'` }, { enableIf: `{row.${x}} notempty` }, {}]), ...maybe(0.3, { totalType: one(["sum", "min", "max", "avg", "count"]) }) },
      ...(chance(0.4) ? [{ name: z, cellType: "expression", expression: `{row.${y}} * 2`, ...maybe(0.4, { totalType: "sum" }) }] : []),
    ];
    const m = { type: "matrixdropdown", name: s.name("q"), columns, rows: ["eka", { value: "toka", text: "Toinen" }], ...maybe(0.2, { isRequired: true }) };
    if (chance(0.8)) s.answer(m.name, Object.fromEntries(some(["eka", "toka"]).map((row) => [row, { ...maybe(0.8, { [x]: one(["hyvä", "huono"]) }), ...maybe(0.7, { [y]: between(1, 9) }) }]).filter(([, it]) => Object.keys(it).length)));
    return [m, free(s, { visibleIf: one([`{${m.name}.eka.${x}} = 'hyvä'`, `{${m.name}.toka.${y}} > 3`, `{${m.name}-total.${y}} > 5`, `{${m.name}} notempty`]) })];
  },
  dynamicMatrix(s) {
    const [x, y, z] = [s.name("c"), s.name("c"), s.name("c")];
    const columns = [
      { name: x, cellType: one(["text", "text", "dropdown"]), choices: ["a", "b", "c"], ...maybe(0.2, { isRequired: true }), ...maybe(0.2, { isUnique: true }) },
      { name: y, cellType: "text", inputType: "number", ...one([{ visibleIf: `{row.${x}} = 'a'` }, { requiredIf: `{row.${x}} notempty` }, { visibleIf: "{rowIndex} > 1" }, { min: 2 }, {}]), ...maybe(0.3, { totalType: one(["sum", "max", "avg"]) }) },
      ...(chance(0.4) ? [{ name: z, cellType: one(["boolean", "comment", "rating"]) }] : []),
    ];
    const m = { type: "matrixdynamic", name: s.name("q"), columns, rowCount: below(4), ...maybe(0.2, { minRowCount: 1 }), ...maybe(0.2, { maxRowCount: 3 }), ...maybe(0.2, { keyName: x }), ...maybe(0.2, { isRequired: true }) };
    if (chance(0.8)) s.answer(m.name, Array.from({ length: between(1, 3) }, () => ({ ...maybe(0.9, { [x]: one(["a", "b", "c"]) }), ...maybe(0.7, { [y]: between(1, 9) }) })));
    return [m, free(s, { visibleIf: one([`{${m.name}.length} > ${below(3)}`, `{${m.name}[0].${x}} = 'a'`, `sumInArray({${m.name}}, '${y}') > 8`, `countInArray({${m.name}}, '${x}', {${y}} > 3) > 0`, `{${m.name}} notempty`, `{${m.name}-total.${y}} >= 8`]) })];
  },
  rowCountExpression(s) {
    const a = { type: "text", inputType: "number", name: s.name("q"), ...maybe(0.3, { defaultValue: 2 }) };
    if (chance(0.8)) s.answer(a.name, between(0, 4));
    const x = s.name("c");
    return [a, one([
      { type: "matrixdynamic", name: s.name("q"), rowCount: 0, rowCountExpression: `{${a.name}}`, columns: [{ name: x, cellType: "text", ...maybe(0.5, { isRequired: true }) }] },
      { type: "paneldynamic", name: s.name("q"), panelCountExpression: `{${a.name}}`, templateElements: [{ type: "text", name: x, ...maybe(0.5, { isRequired: true }) }] },
    ])];
  },
  dynamicPanel(s) {
    const [x, y] = [s.name("p"), s.name("p")];
    const p = { type: "paneldynamic", name: s.name("q"), panelCount: below(3), templateTitle: `Henkilö {panelIndex}: {panel.${x}}`,
      templateElements: [
        { type: one(["text", "comment", "dropdown"]), choices: ["a", "b", "c"], name: x, ...maybe(0.3, { isRequired: true }) },
        { type: "text", inputType: "number", name: y, title: `Ikä {panel.${x}}`, ...one([{ visibleIf: `{panel.${x}} notempty` }, { requiredIf: `{panel.${x}} = 'a'` }, { enableIf: `{panel.${x}} <> 'b'` }, { visibleIf: `{prevPanel.${x}} notempty` }, { visibleIf: "{panelIndex} > 0" }, { isRequired: true }, { min: 3 }]) },
      ],
      ...maybe(0.2, { minPanelCount: 1 }), ...maybe(0.2, { maxPanelCount: 2 }), ...maybe(0.2, { keyName: x }), ...maybe(0.2, { isRequired: true }), ...maybe(0.15, { templateVisibleIf: `{panel.${x}} <> 'a'` }) };
    if (chance(0.8)) s.answer(p.name, Array.from({ length: between(1, 3) }, () => ({ ...maybe(0.9, { [x]: one(["a", "b", "c"]) }), ...maybe(0.7, { [y]: between(1, 9) }) })));
    return [p, free(s, { visibleIf: one([`{${p.name}.length} > ${below(3)}`, `{${p.name}[0].${x}} = 'a'`, `sumInArray({${p.name}}, '${y}') > 8`, `{${p.name}[-1].${y}} > 4`, `{${p.name}} notempty`]), ...maybe(0.4, { title: `Ensin {${p.name}[0].${x}}` }) })];
  },
  hiddenRows(s) {
    const a = bool(s);
    const x = s.name("p");
    const q = one([
      { type: "paneldynamic", panelCount: below(3), ...maybe(0.3, { minPanelCount: 1 }), templateElements: [{ type: "text", name: x }, { type: "boolean", name: s.name("p"), ...maybe(0.5, { visibleIf: `{panel.${x}} notempty` }) }] },
      { type: "matrixdynamic", rowCount: below(3), ...maybe(0.3, { minRowCount: 1 }), columns: [{ name: x, cellType: "text" }] },
      { type: "matrixdropdown", rows: ["r1", "r2"], columns: [{ name: x, cellType: "text" }] },
    ]);
    q.name = s.name("q");
    q.visibleIf = holds(a);
    if (chance(0.6)) s.answer(q.name, q.type === "matrixdropdown" ? { r1: { [x]: word() } } : Array.from({ length: between(1, 3) }, () => ({ ...maybe(0.8, { [x]: word() }) })));
    return shuffled([a, chance(0.3) ? { type: "panel", name: s.name("panel"), elements: [q] } : q]);
  },
  nestedPanels(s) {
    const [a, b] = [source(s), source(s)];
    return [a, { type: "panel", name: s.name("panel"), title: `Osio {${a.name}}`, visibleIf: holds(a), elements: [b, { type: "panel", name: s.name("panel"), ...one([{ visibleIf: holds(b) }, { enableIf: holds(b) }, { requiredIf: holds(b) }, { isRequired: true }, { readOnly: true }]), elements: [free(s, maybe(0.4, { isRequired: true })), number(s, maybe(0.3, { isRequired: true }))] }] }];
  },
  textFields(s) {
    const t = { type: "multipletext", name: s.name("q"), items: [{ name: "ika", inputType: "number", ...maybe(0.4, { min: 18 }), ...maybe(0.3, { isRequired: true }) }, { name: "posti", ...one([{ inputType: "email" }, { validators: [{ type: "email" }] }, { validators: [{ type: "text", minLength: 4 }] }, { maxLength: 10 }]) }], ...maybe(0.3, { isRequired: true }) };
    if (chance(0.8)) s.answer(t.name, { ...maybe(0.8, { ika: between(1, 90) }), ...maybe(0.7, { posti: one(["a@b.fi", "abc", "Oulu"]) }) });
    return [t, free(s, { visibleIf: one([`{${t.name}.ika} > 40`, `{${t.name}.posti} notempty`, `{${t.name}.ika} < 18 or {${t.name}} empty`]) })];
  },
  clearing(s) {
    const a = bool(s);
    const mode = () => one(["none", "onHidden", "onComplete", "onHiddenContainer"]);
    const b = free(s, { visibleIf: holds(a), ...maybe(0.6, () => ({ clearIfInvisible: mode() })) });
    const c = number(s, { ...maybe(0.5, () => ({ clearIfInvisible: mode() })) });
    return shuffled([b, { type: "panel", name: s.name("panel"), visibleIf: holds(a), elements: [c] }, a, free(s, { visibleIf: `{${b.name}} notempty` })]);
  },
  sharedName(s) {
    const stored = s.name("v");
    const [a, b] = [{ type: "text", name: s.name("q"), valueName: stored }, { type: "text", name: s.name("q"), valueName: stored, ...maybe(0.5, { visibleIf: `{${stored}} <> 'uni'` }) }];
    if (chance(0.8)) s.answer(stored, word());
    return [a, b, free(s, { visibleIf: `{${stored}} ${one(["notempty", "= 'uni'", "<> 'uni'"])}`, title: `Arvo {${stored}}` })];
  },
  sharedRows(s) {
    const stored = s.name("v");
    const [x, y] = [s.name("c"), s.name("c")];
    if (chance(0.8)) s.answer(stored, Array.from({ length: between(1, 3) }, () => ({ [x]: word() })));
    return [{ type: "matrixdynamic", name: s.name("q"), valueName: stored, rowCount: 0, columns: [{ name: x, cellType: "text" }] }, { type: "paneldynamic", name: s.name("q"), valueName: stored, templateTitle: `{panel.${x}}`, templateElements: [{ type: "text", name: y, ...maybe(0.4, { isRequired: true }) }] }];
  },
  booleanValues(s) {
    const a = { type: "boolean", name: s.name("q"), valueTrue: one(["kyllä", "Y", 1]), valueFalse: one(["ei", "N", 0]), ...maybe(0.3, { defaultValue: one([true, "true", false]) }), ...maybe(0.4, { labelTrue: "Joo", labelFalse: "Ei ei" }) };
    if (chance(0.7)) s.answer(a.name, one([a.valueTrue, a.valueFalse]));
    return [a, free(s, { visibleIf: one([`{${a.name}} = ${literal(a.valueTrue)}`, `{${a.name}} <> ${literal(a.valueFalse)}`, `{${a.name}} = true`]), title: `Vastasit {${a.name}}` })];
  },
  ratings(s) {
    const a = ratingOf(s);
    return [a, free(s, { visibleIf: `{${a.name}} ${one(COUNTS)} ${between(1, 6)}`, title: `Annoit {${a.name}}` })];
  },
  ranks(s) {
    const items = choices(s, 4);
    const a = { type: "ranking", name: s.name("q"), choices: items, ...maybe(0.3, { selectToRankEnabled: true, minSelectedChoices: 2 }), ...maybe(0.3, { isRequired: true }) };
    if (chance(0.7)) s.answer(a.name, a.selectToRankEnabled ? some(values(items)) : shuffled(values(items)));
    const first = valueOf(items[0]);
    return [a, free(s, { visibleIf: one([`{${a.name}[0]} = ${literal(first)}`, `{${a.name}} contains ${literal(first)}`, `{${a.name}} notempty`]), title: `Järjestys {${a.name}}` })];
  },
  images(s) {
    const a = { type: "imagepicker", name: s.name("q"), choices: [{ value: "kissa", text: "Kissa" }, { value: "koira" }], ...maybe(0.4, { multiSelect: true }), ...maybe(0.3, { isRequired: true }) };
    if (chance(0.7)) s.answer(a.name, a.multiSelect ? some(["kissa", "koira"]) : "kissa");
    return [a, free(s, { visibleIf: a.multiSelect ? `{${a.name}} contains 'kissa'` : `{${a.name}} = 'kissa'`, title: `{${a.name}}` })];
  },
  sliders(s) {
    const a = { type: "slider", name: s.name("q"), ...maybe(0.4, { min: 10, max: 50 }), ...maybe(0.3, { sliderType: "range" }), ...maybe(0.3, { isRequired: true }) };
    if (chance(0.7)) s.answer(a.name, a.sliderType ? [between(10, 20), between(20, 50)] : between(10, 50));
    return [a, free(s, { visibleIf: a.sliderType ? `{${a.name}[0]} > 15` : `{${a.name}} > 25` })];
  },
  expressions(s) {
    const [a, b] = [number(s), number(s)];
    const e = { type: "expression", name: s.name("q"), expression: one([`{${a.name}} + {${b.name}}`, `avg({${a.name}}, {${b.name}})`, `round({${a.name}} / {${b.name}}, 2)`, `iif({${a.name}} > {${b.name}}, 'enemmän', 'vähemmän')`, `{${a.name}} * 1.24`]), ...maybe(0.3, { displayStyle: one(["decimal", "percent"]) }), ...maybe(0.2, { format: "Yhteensä {0}" }) };
    return [a, b, e, free(s, { visibleIf: `{${e.name}} ${one(COUNTS)} ${between(0, 30)}`, title: `Tulos {${e.name}}` })];
  },
  functionsOfQuestions(s) {
    const [a, b] = [select(s), several(s)];
    const n = s.next("q");
    return [a, b, free(s, { visibleIf: one([`displayValue('${a.name}') = '${word()} 0'`, `displayValue('${b.name}') notempty`, `isContainerReady('page1')`, `{${a.name}} = 'x' or {${n}} empty`]) })];
  },
  language(s) {
    return [free(s, { visibleIf: one(["{locale} = 'en'", "{locale} = 'fi'", "{locale} notempty"]) })];
  },
  rightAnswers(s) {
    const a = select(s);
    a.correctAnswer = one(values(a.choices));
    return [a, free(s, { title: "Oikein {correctAnswers}, väärin {incorrectAnswers}" })];
  },
  readOnly(s) {
    const a = source(s);
    return [{ ...a, readOnly: true, isRequired: true }, free(s, { visibleIf: holds(a), ...maybe(0.5, { enableIf: holds(a), isRequired: true }) })];
  },
  choiceExtras(s) {
    const a = { type: one(["radiogroup", "checkbox"]), name: s.name("q"), choices: [{ value: "muu", text: "Muu", showCommentArea: true, ...maybe(0.5, { isCommentRequired: true }) }, 1, { value: 2, text: "Kaksi" }] };
    s.answer(a.name, a.type === "checkbox" ? some(["muu", 1, 2]) : one(["muu", 1, 2]));
    return [a];
  },
  questionsBelowChoices(s) {
    const inner = { type: "text", name: s.name("q"), ...maybe(0.5, { isRequired: true }) };
    const a = { type: one(["radiogroup", "checkbox"]), name: s.name("q"), choices: [{ value: "muu", text: "Muu", elements: [inner] }, 1] };
    s.answer(a.name, a.type === "checkbox" ? some(["muu", 1]) : one(["muu", 1]));
    if (chance(0.5)) s.answer(inner.name, word());
    return [a];
  },
  panelInPanel(s) {
    const [x, y] = [s.name("p"), s.name("p")];
    const inner = { type: "paneldynamic", name: s.name("p"), ...maybe(0.5, { panelCount: 1 }), templateElements: [{ type: "text", name: y, ...one([{ visibleIf: `{parentPanel.${x}} = 'a'` }, { title: `{parentPanel.${x}}` }, { isRequired: true }, {}]) }] };
    const p = { type: "paneldynamic", name: s.name("q"), ...maybe(0.5, { panelCount: 1 }), templateElements: [{ type: "text", name: x }, inner] };
    if (chance(0.8)) s.answer(p.name, Array.from({ length: between(1, 2) }, () => ({ ...maybe(0.8, { [x]: one(["a", "b"]) }), ...maybe(0.6, { [inner.name]: [{ ...maybe(0.7, { [y]: word() }) }] }) })));
    return [p];
  },
  choicesInRows(s) {
    const [x, y] = [s.name("p"), s.name("p")];
    const p = { type: "paneldynamic", name: s.name("q"), templateElements: [{ type: "checkbox", name: x, choices: ["a", "b", "c"], ...maybe(0.4, { minSelectedChoices: 2 }), ...maybe(0.3, { showOtherItem: true }) }, { type: "radiogroup", name: y, choices: [1, { value: 2, visibleIf: `{panel.${x}} contains 'a'` }, 3], ...maybe(0.4, { isRequired: true }) }] };
    if (chance(0.85)) s.answer(p.name, Array.from({ length: between(1, 2) }, () => ({ ...maybe(0.8, { [x]: some(["a", "b", "c"]) }), ...maybe(0.7, { [y]: between(1, 3) }) })));
    return [p];
  },
  defaults(s) {
    const a = one([
      { type: "checkbox", choices: [1, 2, 3], defaultValue: [1, 3] }, { type: "radiogroup", choices: ["a", "b"], defaultValue: "b" },
      { type: "matrix", columns: [1, 2], rows: ["a", "b"], defaultValue: { a: 1 } }, { type: "text", defaultValue: "oletus" }, { type: "boolean", defaultValue: "true" },
      { type: "rating", defaultValue: 3 }, { type: "paneldynamic", templateElements: [{ type: "text", name: "pd" }], defaultValue: [{ pd: "x" }, { pd: "y" }] },
      { type: "paneldynamic", panelCount: 2, templateElements: [{ type: "text", name: "pd", defaultValue: "alku" }] },
      { type: "matrixdynamic", rowCount: 2, columns: [{ name: "cd", cellType: "text" }], defaultRowValue: { cd: "rivi" } },
      { type: "paneldynamic", panelCount: 2, templateElements: [{ type: "text", name: "pd" }], defaultPanelValue: { pd: "rivi" } },
      { type: "multipletext", items: [{ name: "i1" }, { name: "i2" }], defaultValue: { i1: "x" } }, { type: "dropdown", choices: ["a", "b"], defaultValue: "c" },
    ]);
    a.name = s.name("q");
    const b = bool(s);
    if (chance(0.3)) a.visibleIf = holds(b);
    return [b, a, free(s, { visibleIf: `{${a.name}} notempty` })];
  },
};

const date = () => `202${between(5, 6)}-0${between(1, 9)}-${between(10, 28)}`;

function ratingOf(s) {
  const a = { type: "rating", name: s.name("q"), ...one([{}, { rateMax: 10 }, { rateMin: 0, rateMax: 3 }, { rateValues: [1, 2, { value: 3, text: "kolme" }] }, { rateMin: 2, rateMax: 10, rateStep: 2 }, { rateType: "stars", rateCount: 4, rateMax: 4 }]), ...maybe(0.3, { isRequired: true }) };
  if (chance(0.8)) s.answer(a.name, between(1, 3));
  return a;
}
