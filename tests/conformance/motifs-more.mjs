// More of what authors do with more than one question: tables, languages, pages, old names.
import { below, between, chance, maybe, one, shuffled, some } from "./draw.mjs";
import { bool, free, holds, literal, number, several, source, values, word } from "./motifs.mjs";

export const MORE_MOTIFS = {
  rowsOfTables(s) {
    const a = several(s);
    const x = s.name("c");
    const rows = values(a.choices);
    const m = { type: "matrixdropdown", name: s.name("q"), rows, columns: [{ name: x, cellType: one(["text", "boolean", "rating"]), ...maybe(0.4, { isRequired: true }) }, { name: s.name("c"), cellType: "dropdown", choices: [1, 2, { value: 3, visibleIf: `{row.${x}} notempty` }] }], ...one([{ rowsVisibleIf: `{${a.name}} contains {item}` }, { rows: rows.map((value) => ({ value, text: word(), ...maybe(0.5, { visibleIf: `{${a.name}} contains ${literal(value)}` }) })) }]), ...maybe(0.3, { hideIfRowsEmpty: true }) };
    if (chance(0.8)) s.answer(m.name, Object.fromEntries(some(rows).map((row) => [row, { [x]: m.columns[0].cellType === "text" ? word() : m.columns[0].cellType === "boolean" ? chance(0.5) : 3 }])));
    return [a, m];
  },
  languages(s) {
    const t = () => ({ default: word(), fi: `${word()} suomeksi`, ...maybe(0.5, { en: `${word()} in English` }) });
    const a = { type: one(["radiogroup", "checkbox"]), name: s.name("q"), title: t(), choices: [1, 2, 3].map((value) => ({ value, text: t() })), ...maybe(0.3, { choicesOrder: one(["asc", "desc"]) }) };
    s.answer(a.name, a.type === "checkbox" ? some([1, 2, 3]) : between(1, 3));
    return [a, { type: "text", name: s.name("q"), title: { default: `Chose {${a.name}}`, fi: `Valitsit {${a.name}}` }, description: t() }, { type: "text", name: s.name("q"), visibleIf: one(["{locale} = 'fi'", "{locale} = 'en'", "{locale} <> 'en'"]) }];
  },
  objectsAsValues(s) {
    const a = { type: "checkbox", name: s.name("q"), choices: ["a", "b", "c"], valuePropertyName: "koodi", ...maybe(0.4, { minSelectedChoices: 2 }) };
    if (chance(0.8)) s.answer(a.name, some(["a", "b", "c"]).map((koodi) => ({ koodi })));
    return [a, free(s, { visibleIf: one([`{${a.name}.length} > 1`, `{${a.name}} notempty`, `{${a.name}[0].koodi} = 'a'`]) })];
  },
  sharedWithPanels(s) {
    const stored = s.name("v");
    const x = s.name("p");
    if (chance(0.8)) s.answer(stored, some(["a", "b", "c"]).map((koodi) => ({ koodi })));
    return [{ type: "checkbox", name: s.name("q"), choices: ["a", "b", "c"], valueName: stored, valuePropertyName: "koodi" }, { type: "paneldynamic", name: s.name("q"), valueName: stored, templateTitle: "{panel.koodi}", templateElements: [{ type: "text", name: x, title: "Kerro: {panel.koodi}", ...maybe(0.4, { isRequired: true }), ...maybe(0.3, { visibleIf: "{panel.koodi} = 'a'" }) }] }];
  },
  exclusive(s) {
    const a = { type: "checkbox", name: s.name("q"), choices: [1, 2, { value: "ei", text: "Ei mitään", isExclusive: true }], ...maybe(0.3, { isRequired: true }) };
    s.answer(a.name, one([[1], [1, 2], ["ei"]]));
    return [a, free(s, { visibleIf: `{${a.name}} notcontains 'ei'` })];
  },
  numbersToChoose(s) {
    const a = { type: "dropdown", name: s.name("q"), choicesMin: 1, choicesMax: between(5, 30), ...maybe(0.3, { choicesStep: 5 }), ...maybe(0.2, { choices: ["ei"] }) };
    s.answer(a.name, one([1, 3, 6, 11]));
    return [a, free(s, { visibleIf: `{${a.name}} > 4`, title: `{${a.name}}` })];
  },
  cellTexts(s) {
    const m = { type: "matrix", name: s.name("q"), columns: [1, 2], rows: ["a", "b"], cells: { a: { 1: "vasen", 2: "oikea" } }, ...maybe(0.3, { eachRowUnique: true }), ...maybe(0.3, { eachRowRequired: true }) };
    s.answer(m.name, { a: between(1, 2), ...maybe(0.6, { b: between(1, 2) }) });
    return [m, free(s, { title: `{${m.name}.a}` })];
  },
  setIfOnly(s) {
    const [a, b] = [source(s), number(s)];
    return shuffled([a, b, { ...free(s), setValueIf: holds(a), setValueExpression: one([`{${b.name}} + 1`, "'asetettu'", `{${b.name}}`]) }]);
  },
  triggerIntoPanel(s) {
    const a = bool(s);
    const x = s.name("p");
    const p = { type: "multipletext", name: s.name("q"), items: [{ name: x }] };
    s.trigger({ type: "setvalue", expression: holds(a), setToName: `${p.name}.${x}`, setValue: word() });
    return [p, a];
  },
  tableInPanel(s) {
    const [x, y, m] = [s.name("p"), s.name("c"), s.name("p")];
    const p = { type: "paneldynamic", name: s.name("q"), templateElements: [{ type: "text", name: x }, { type: one(["matrixdynamic"]), name: m, rowCount: one([0, 0, 2]), columns: [{ name: y, cellType: "text", ...maybe(0.4, { isRequired: true }) }] }] };
    if (chance(0.8)) s.answer(p.name, Array.from({ length: between(1, 2) }, () => ({ [x]: word(), ...maybe(0.6, { [m]: [{ [y]: word() }] }) })));
    return [p, free(s, { visibleIf: one([`{${p.name}[0].${m}[0].${y}} notempty`, `{${p.name}.length} > 1`]) })];
  },
  computedCells(s) {
    const [x, y, z] = [s.name("c"), s.name("c"), s.name("c")];
    const m = { type: "matrixdynamic", name: s.name("q"), rowCount: below(3), columns: [{ name: x, cellType: "text", inputType: "number" }, { name: y, cellType: "text", inputType: "number" }, { name: z, cellType: "expression", expression: `{row.${x}} * {row.${y}}`, ...maybe(0.7, { totalType: "sum" }) }] };
    if (chance(0.9)) s.answer(m.name, Array.from({ length: between(1, 3) }, () => ({ [x]: between(1, 9), ...maybe(0.8, { [y]: between(1, 9) }) })));
    return [m, { type: "expression", name: s.name("q"), expression: one([`sumInArray({${m.name}}, '${z}')`, `{${m.name}-total.${z}} * 2`]) }];
  },
  pageConditions(s) {
    const a = source(s);
    const extra = { name: s.name("sivu"), elements: [free(s, maybe(0.4, { isRequired: true })), number(s)], ...one([{ visibleIf: holds(a) }, { enableIf: holds(a) }, { requiredIf: holds(a) }, { readOnly: true }, { visible: false }]) };
    s.survey.pages.push(extra);
    return [a];
  },
  flags(s) {
    Object.assign(s.survey, one([{ storeOthersAsComment: false }, { showQuestionNumbers: "on" }, { checkErrorsMode: "onValueChanged" }, { questionsOnPageMode: "singlePage" }, { firstPageIsStartPage: true }, { readOnly: true }, { questionTitlePattern: "numTitle" }, { requiredMark: "(pakollinen)" }, { autoAdvanceEnabled: true }, { validateVisitedEmptyFields: true }, { textUpdateMode: "onTyping" }]));
    const a = { type: one(["radiogroup", "checkbox"]), name: s.name("q"), choices: [1, 2], showOtherItem: true };
    s.answer(a.name, a.type === "checkbox" ? one([[1], [2, "omaa"], ["other"]]) : one([1, "omaa", "other"]));
    return [a, free(s, { isRequired: true, title: `Sanoit {${a.name}}` })];
  },
  oldNames(s) {
    const a = several(s, "checkbox", { hasOther: true, hasNone: chance(0.5), hasSelectAll: chance(0.5) });
    const m = { type: "matrix", name: s.name("q"), isAllRowRequired: true, columns: [1], rows: ["a", "b"] };
    s.answer(m.name, { a: 1 });
    s.survey.triggers = [...(s.survey.triggers ?? []), { type: "visible", name: a.name, operator: "notempty", questions: [m.name] }];
    return [a, m, { type: "comment", name: s.name("q"), hasComment: true }];
  },
  emails(s) {
    const a = { type: "text", name: s.name("q"), inputType: one(["email", "tel", "url", "time", "month", "datetime-local", "week", "color"]), ...maybe(0.3, { maxLength: 5 }), ...maybe(0.3, { isRequired: true }) };
    s.answer(a.name, { email: one(["a@b.fi", "a@b", "x"]), tel: "+358 40 1234567", url: "https://a.fi", time: "12:30", month: "2026-03", "datetime-local": "2026-03-13T12:00", week: "2026-W10", color: "#ff0000" }[a.inputType]);
    return [a, free(s, { title: `{${a.name}}`, visibleIf: `{${a.name}} notempty` })];
  },
  emptyAnswers(s) {
    const a = one([() => number(s), () => free(s), () => bool(s)])();
    s.answer(a.name, a.type === "boolean" ? one(["", null, false]) : one(["", null, "  ", 0]));
    return [a, free(s, { visibleIf: `{${a.name}} ${one(["empty", "notempty", "= 0", "= ''", "= false"])}` })];
  },
  afterEquals(s) {
    const a = { type: "text", inputType: "date", name: s.name("q"), ...one([{ defaultValue: "=today()" }, { min: "=today()" }, { max: "=today(30)" }]) };
    if (chance(0.6)) s.answer(a.name, `2026-0${between(1, 6)}-${between(10, 28)}`);
    const b = { type: "text", inputType: "number", name: s.name("q"), defaultValue: "=1 + 2" };
    return [a, b, free(s, { visibleIf: `{${b.name}} = 3`, title: `{${a.name}} {${b.name}}` })];
  },
  defaultsInPanels(s) {
    const [x, y, z] = [s.name("p"), s.name("p"), s.name("p")];
    const a = number(s);
    const p = { type: "paneldynamic", name: s.name("q"), panelCount: below(3), templateElements: [{ type: "text", name: x }, { type: one(["text", "boolean"]), name: y, defaultValue: true }, { type: "text", name: z, defaultValueExpression: one(["1 + 1", `{${a.name}} + 1`]) }] };
    if (chance(0.8)) s.answer(p.name, Array.from({ length: between(1, 3) }, () => ({ [x]: word(), ...maybe(0.3, { [y]: false }), ...maybe(0.3, { [z]: 9 }) })));
    return shuffled([a, p]);
  },
  countedAnswers(s) {
    const a = { type: "text", inputType: "number", name: s.name("q") };
    s.answer(a.name, between(1, 3));
    const x = s.name("c");
    const limits = (kind) => maybe(0.3, { [`min${kind}Count`]: 1, [`max${kind}Count`]: 2 });
    const q = one([
      { type: "matrixdynamic", name: s.name("q"), rowCountExpression: `{${a.name}}`, columns: [{ name: x, cellType: "text" }], ...limits("Row") },
      { type: "paneldynamic", name: s.name("q"), panelCountExpression: `{${a.name}}`, templateElements: [{ type: "text", name: x }], ...limits("Panel") },
    ]);
    if (chance(0.8)) s.answer(q.name, Array.from({ length: between(1, 3) }, () => ({ [x]: word() })));
    return [a, q];
  },
  neighbours(s) {
    const [x, y] = [s.name("p"), s.name("p")];
    const p = { type: "paneldynamic", name: s.name("q"), templateVisibleIf: `{panel.${x}} <> 'c'`, templateElements: [{ type: "text", name: x }, { type: "text", name: y, visibleIf: one([`{prevPanel.${x}} = 'a'`, `{nextPanel.${x}} notempty`, "{visiblePanelIndex} = 1"]) }] };
    s.answer(p.name, Array.from({ length: between(2, 3) }, () => ({ [x]: one(["a", "b", "c"]), [y]: word() })));
    return [p];
  },
  computedItems(s) {
    const a = number(s);
    const t = { type: "multipletext", name: s.name("q"), items: [{ name: "eka" }, { name: "toka", defaultValueExpression: `{${a.name}} + 1` }, { name: "kolmas", inputType: "number", minValueExpression: `{${a.name}}` }] };
    if (chance(0.7)) s.answer(t.name, { eka: word(), ...maybe(0.3, { toka: 9 }), ...maybe(0.5, { kolmas: between(0, 20) }) });
    return shuffled([a, t, free(s, { visibleIf: `{${t.name}.toka} > 5`, title: `{${t.name}.toka}` })]);
  },
  carriedFromHidden(s) {
    const a = bool(s);
    const b = several(s, "checkbox", { visibleIf: holds(a) });
    const c = { type: one(["checkbox", "tagbox", "radiogroup"]), name: s.name("q"), choicesFromQuestion: b.name, choicesFromQuestionMode: one(["selected", "unselected", "unselected"]), ...maybe(0.3, { showOtherItem: true }), ...maybe(0.2, { showNoneItem: true }), ...maybe(0.3, { isRequired: true }) };
    s.answer(c.name, c.type === "radiogroup" ? one(values(b.choices)) : some(values(b.choices)));
    return shuffled([a, b, c]);
  },
  rounded(s) {
    const [a, b] = [number(s), number(s)];
    const e = { type: "expression", name: s.name("q"), expression: `{${a.name}} / {${b.name}}`, ...maybe(0.6, { precision: between(0, 2) }) };
    return [a, b, e, free(s, { visibleIf: `{${e.name}} > 1`, title: `Tulos {${e.name}}` })];
  },
  unwrapped(s) {
    const a = { type: "checkbox", name: s.name("q"), choices: ["a", "b", { value: "c", text: "Cee" }], valuePropertyName: "koodi" };
    s.answer(a.name, some(["a", "b", "c"]).map((koodi) => ({ koodi })));
    return [a, free(s, { visibleIf: one([`{${a.name}} contains 'a'`, `{${a.name}} anyof ['a', 'c']`, `{${a.name}[0].koodi} = 'b'`]), title: `{${a.name}}` })];
  },
  comments(s) {
    const a = { type: "radiogroup", name: s.name("q"), choices: [1, 2], showCommentArea: true };
    s.answer(a.name, between(1, 2));
    if (chance(0.6)) s.answer(`${a.name}-Comment`, word());
    return [a, free(s, { visibleIf: one([`getComment('${a.name}') notempty`, `getComment('${a.name}') = 'uni'`, `{${a.name}-Comment} empty`]) })];
  },
  disabledAround(s) {
    const [a, b] = [number(s), bool(s)];
    return [a, b, { type: "panel", name: s.name("panel"), enableIf: holds(b), elements: [{ type: "expression", name: s.name("q"), expression: one([`iif({${a.name}} > 3, 10, 1)`, "1 + 1", `{${a.name}} * 2`]) }, free(s, maybe(0.5, { isRequired: true }))] }];
  },
};
