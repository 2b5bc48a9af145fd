// What authors of wellbeing questionnaires write: gates with follow-ups, tables of a household,
// scores, and what depends on a page or a panel as a whole.
import { between, chance, maybe, one, shuffled, some } from "./draw.mjs";
import { bool, choices, free, literal, number, select, several, values, word } from "./motifs.mjs";

const YES_NO = [{ value: "kylla", text: "Kyllä" }, { value: "ei", text: "Ei" }];
const SCALE = [{ value: 1, text: "Täysin eri mieltä" }, { value: 2, text: "Eri mieltä" }, { value: 3, text: "Samaa mieltä" }, { value: 4, text: "Täysin samaa mieltä" }, { value: 9, text: "En osaa sanoa" }];
const mode = () => one(["none", "onHidden", "onComplete", "onHiddenContainer"]);

function gate(s) {
  const e = one([
    () => ({ type: "radiogroup", choices: YES_NO, ...maybe(0.4, { isRequired: true }) }),
    () => ({ type: "boolean", ...maybe(0.4, { labelTrue: "Kyllä", labelFalse: "Ei" }), ...maybe(0.3, { valueTrue: "kylla", valueFalse: "ei" }) }),
    () => ({ type: "dropdown", choices: YES_NO }),
  ])();
  e.name = s.name("q");
  const yes = e.type === "boolean" && !e.valueTrue ? true : "kylla";
  const no = e.type === "boolean" && !e.valueTrue ? false : "ei";
  if (chance(0.9)) s.answer(e.name, one([yes, yes, no]));
  return [e, `{${e.name}} = ${literal(yes)}`, `{${e.name}} = ${literal(no)}`];
}

const clears = () => maybe(0.3, () => ({ clearIfInvisible: mode() }));

export const AUTHOR_MOTIFS = {
  gateWithFollowUps(s) {
    const [g, yes, no] = gate(s);
    return [g, several(s, "checkbox", { visibleIf: yes, isRequired: true, ...maybe(0.4, { showOtherItem: true }), ...clears() }),
      free(s, { visibleIf: yes, ...maybe(0.5, { isRequired: true }), ...clears() }), number(s, { visibleIf: no, ...clears() })];
  },
  gateWithPanel(s) {
    const [g, yes, no] = gate(s);
    const inner = () => Object.assign(one([free, number, select, several, bool])(s), maybe(0.4, { isRequired: true }), clears());
    return [g, { type: "panel", name: s.name("panel"), title: "Kerro lisää", visibleIf: yes, ...maybe(0.3, { state: one(["collapsed", "expanded"]) }), ...maybe(0.2, { isRequired: true }), elements: [inner(), inner(), ...(chance(0.5) ? [{ type: "panel", name: s.name("panel"), ...maybe(0.5, { visibleIf: no }), ...maybe(0.2, { state: "collapsed" }), elements: [inner()] }] : [])] }];
  },
  gateWithPage(s) {
    const [g, yes, no] = gate(s);
    const rows = tableOf(s);
    s.survey.pages.push({ name: s.name("sivu"), ...one([{ visibleIf: yes }, { visibleIf: no }, { visibleIf: yes, title: `Sivu {${g.name}}` }]), elements: shuffled([rows, free(s, { ...maybe(0.5, { isRequired: true }), ...clears() }), number(s, clears())]) });
    return [g, free(s, { visibleIf: one([`{${rows.name}} notempty`, `{${rows.name}.length} > 0`, `{${rows.name}[0].nimi} notempty`, yes]) })];
  },
  hiddenPanelsEverywhere(s) {
    const [g, yes, no] = gate(s);
    const rows = tableOf(s);
    const shape = one(["own", "panel", "nested", "page"]);
    if (shape === "own") { rows.visibleIf = one([yes, no]); return shuffled([g, rows, ...reader(s, rows)]); }
    const panel = { type: "panel", name: s.name("panel"), visibleIf: one([yes, no]), elements: [rows, ...(chance(0.5) ? [free(s)] : [])] };
    if (shape === "panel") return shuffled([g, panel, ...reader(s, rows)]);
    if (shape === "nested") return shuffled([g, { type: "panel", name: s.name("panel"), ...maybe(0.5, { visibleIf: one([yes, no]) }), elements: [panel, ...(chance(0.5) ? [free(s)] : [])] }, ...reader(s, rows)]);
    s.survey.pages.push({ name: s.name("sivu"), visibleIf: one([yes, no]), elements: [rows, ...(chance(0.5) ? [free(s)] : [])] });
    return [g, ...reader(s, rows)];
  },
  gatedTable(s) {
    const [g, yes] = gate(s);
    const t = tableOf(s);
    t.visibleIf = yes;
    Object.assign(t, clears());
    return [g, t];
  },
  likert(s) {
    const rows = ["uni", "ravinto", "liikunta", "ystävät"].map((value) => ({ value, text: `Minulla on ${value}` }));
    const m = { type: "matrix", name: s.name("q"), columns: SCALE, rows, ...maybe(0.3, { eachRowRequired: true }), ...maybe(0.2, { rowOrder: "initial" }), ...maybe(0.3, { showCommentArea: true }), ...maybe(0.2, { isRequired: true }) };
    s.answer(m.name, Object.fromEntries(some(["uni", "ravinto", "liikunta", "ystävät"]).map((row) => [row, one([1, 2, 3, 4, 9])])));
    const total = s.name("pisteet");
    s.survey.calculatedValues = [...(s.survey.calculatedValues ?? []), { name: total, expression: one([`{${m.name}.uni} + {${m.name}.ravinto}`, `avg({${m.name}.uni}, {${m.name}.ravinto}, {${m.name}.liikunta})`, `iif({${m.name}.uni} = 9, 0, {${m.name}.uni})`, `sum({${m.name}.uni}, {${m.name}.liikunta})`, `count({${m.name}.uni}, {${m.name}.liikunta})`]), ...maybe(0.6, { includeIntoResult: true }) }];
    return [m, free(s, { visibleIf: one([`{${m.name}.uni} anyof [1, 2]`, `{${m.name}.uni} = 1 or {${m.name}.ravinto} = 1`, `{${total}} >= 5`, `{${m.name}.ystävät} < 3`]), title: one([`Vastasit {${m.name}.uni}`, `Pisteet {${total}}`, "Miksi?"]) })];
  },
  comments(s) {
    const a = { type: one(["radiogroup", "checkbox", "rating", "boolean", "dropdown"]), name: s.name("q"), showCommentArea: true, commentText: "Kommentti", ...maybe(0.3, { isRequired: true }) };
    if (["radiogroup", "checkbox", "dropdown"].includes(a.type)) a.choices = choices(s, 3);
    if (chance(0.7)) s.answer(a.name, a.type === "rating" ? between(1, 5) : a.type === "boolean" ? chance(0.5) : a.type === "checkbox" ? some(values(a.choices)) : one(values(a.choices)));
    if (chance(0.6)) s.answer(`${a.name}-Comment`, word());
    const [g, yes] = gate(s);
    if (chance(0.4)) { a.visibleIf = yes; Object.assign(a, clears()); }
    return [g, a, free(s, { title: `Sanoit {${a.name}}: {${a.name}-Comment}` })];
  },
  others(s) {
    const type = one(["radiogroup", "checkbox", "dropdown", "tagbox"]);
    const multi = ["checkbox", "tagbox"].includes(type);
    const a = { type, name: s.name("q"), choices: choices(s, 3), showOtherItem: true, ...maybe(0.3, { showNoneItem: true }), ...maybe(0.3, { otherText: "Muu, mikä?" }), ...maybe(0.3, { isRequired: true }), ...maybe(0.2, { choicesOrder: one(["asc", "desc"]) }), ...maybe(0.2, { otherErrorText: "Kirjoita mikä" }) };
    s.answer(a.name, multi ? one([["other"], [values(a.choices)[0], "other"], values(a.choices)]) : one(["other", "other", values(a.choices)[1]]));
    if (chance(0.7)) s.answer(`${a.name}-Comment`, word());
    const [g, yes] = gate(s);
    if (chance(0.5)) { a.visibleIf = yes; Object.assign(a, clears()); }
    return [g, a, free(s, { visibleIf: multi ? `{${a.name}} contains 'other'` : `{${a.name}} = 'other'`, title: `Sanoit {${a.name}-Comment}, {${a.name}}` })];
  },
  household(s) {
    const p = { type: "paneldynamic", name: s.name("q"), title: "Kotona asuvat", templateTitle: "Henkilö {panelIndex}: {panel.nimi}", panelCount: between(0, 2), ...maybe(0.3, { minPanelCount: between(1, 2) }), ...maybe(0.3, { maxPanelCount: 4 }), ...maybe(0.2, { isRequired: true }),
      templateElements: [
        { type: "text", name: "nimi", ...maybe(0.5, { isRequired: true }) },
        { type: "text", inputType: "number", name: "ika", min: 0, max: 120, ...maybe(0.3, { isRequired: true }) },
        { type: "radiogroup", name: "koulussa", choices: YES_NO, visibleIf: "{panel.ika} < 18", ...maybe(0.4, { isRequired: true }), ...clears() },
        { type: one(["checkbox", "tagbox"]), name: "palvelut", choices: ["neuvola", "koulu", "muu"], ...one([{ visibleIf: "{panel.koulussa} = 'kylla'" }, { requiredIf: "{panel.ika} > 10" }, {}]), ...maybe(0.3, { showOtherItem: true }) },
        ...(chance(0.3) ? [{ type: "expression", name: "luokka", expression: "iif({panel.ika} >= 18, 'aikuinen', 'lapsi')" }] : []),
        ...(chance(0.3) ? [{ type: "panel", name: "sisempi", visibleIf: "{panel.nimi} notempty", elements: [{ type: "comment", name: "terveiset", title: "Terveiset: {panel.nimi}" }] }] : []),
      ] };
    if (chance(0.85)) s.answer(p.name, Array.from({ length: between(1, 3) }, () => ({ ...maybe(0.9, { nimi: one(["Aino", "Eero", "Inka"]) }), ...maybe(0.9, { ika: between(1, 50) }), ...maybe(0.4, { koulussa: one(["kylla", "ei"]) }), ...maybe(0.4, { palvelut: some(["neuvola", "koulu"]) }) })));
    const total = { type: "expression", name: s.name("q"), expression: one([`sumInArray({${p.name}}, 'ika')`, `countInArray({${p.name}}, 'ika', {ika} < 18)`, `avgInArray({${p.name}}, 'ika')`, `maxInArray({${p.name}}, 'ika')`, `minInArray({${p.name}}, 'ika')`, `{${p.name}.length}`]) };
    const all = [p, total, free(s, { visibleIf: one([`{${total.name}} > 1`, `{${p.name}[0].ika} > 17`, `{${p.name}.length} >= 2`]), title: one([`{${p.name}[0].nimi}`, `Yhteensä {${total.name}}`]) })];
    const [g, yes] = gate(s);
    if (chance(0.4)) { p.visibleIf = yes; Object.assign(p, clears()); }
    return [g, ...all];
  },
  expenses(s) {
    const m = { type: "matrixdynamic", name: s.name("q"), rowCount: between(0, 3), ...maybe(0.3, { minRowCount: 1 }), ...maybe(0.2, { maxRowCount: 5 }), ...maybe(0.3, { isRequired: true }),
      columns: [
        { name: "kohde", cellType: one(["dropdown", "text"]), choices: ["ruoka", "vuokra"], ...maybe(0.4, { isRequired: true }) },
        { name: "maara", cellType: "text", inputType: "number", min: 0, ...maybe(0.8, { totalType: one(["sum", "avg", "min", "max", "count"]) }), ...maybe(0.3, { totalFormat: "Yhteensä {0}" }) },
        ...(chance(0.4) ? [{ name: "alv", cellType: "expression", expression: "{row.maara} * 0.24", ...maybe(0.5, { totalType: "sum" }) }] : []),
        ...(chance(0.4) ? [{ name: "lisa", cellType: "comment", visibleIf: "{row.kohde} = 'ruoka'" }] : []),
        ...(chance(0.3) ? [{ name: "tosi", cellType: "boolean", ...maybe(0.5, { defaultValue: false }) }] : []),
      ] };
    if (chance(0.85)) s.answer(m.name, Array.from({ length: between(1, 3) }, () => ({ ...maybe(0.9, { kohde: one(["ruoka", "vuokra"]) }), ...maybe(0.8, { maara: between(1, 900) }), ...maybe(0.2, { lisa: "x" }) })));
    const out = [m, { type: "expression", name: s.name("q"), expression: one([`{${m.name}-total.maara}`, `sumInArray({${m.name}}, 'maara')`, `iif(sumInArray({${m.name}}, 'maara') > 500, 'paljon', 'vähän')`, `{${m.name}[0].maara} + 1`]) }];
    const [g, yes] = gate(s);
    if (chance(0.4)) { m.visibleIf = yes; Object.assign(m, clears()); }
    return [g, ...out];
  },
  services(s) {
    const rows = ["neuvola", "koulu", { value: "nuoriso", text: "Nuorisotyö" }];
    const m = { type: "matrixdropdown", name: s.name("q"), rows, ...maybe(0.3, { isRequired: true }),
      columns: [
        { name: "kaytto", cellType: "radiogroup", choices: ["usein", "joskus", "en"], ...maybe(0.3, { isRequired: true }) },
        { name: "arvio", cellType: "rating", visibleIf: "{row.kaytto} <> 'en'", ...maybe(0.3, { isRequired: true }) },
        { name: "miksi", cellType: "comment", ...one([{ visibleIf: "{row.arvio} < 3" }, { requiredIf: "{row.kaytto} = 'en'" }, { enableIf: "{row.arvio} notempty" }]) },
        ...(chance(0.4) ? [{ name: "kerrat", cellType: "text", inputType: "number", totalType: "sum" }] : []),
      ] };
    s.answer(m.name, Object.fromEntries(some(["neuvola", "koulu", "nuoriso"]).map((row) => [row, { ...maybe(0.9, { kaytto: one(["usein", "joskus", "en"]) }), ...maybe(0.7, { arvio: between(1, 5) }), ...maybe(0.3, { miksi: word() }), ...maybe(0.3, { kerrat: between(1, 9) }) }]).filter(([, it]) => Object.keys(it).length)));
    const [g, yes] = gate(s);
    if (chance(0.4)) { m.visibleIf = yes; Object.assign(m, clears()); }
    return [g, m, free(s, { visibleIf: one([`{${m.name}.neuvola.kaytto} = 'usein'`, `{${m.name}.koulu.arvio} < 3`, `{${m.name}-total.kerrat} > 3`]), title: `Käytit {${m.name}.neuvola.kaytto}` })];
  },
  contact(s) {
    const t = { type: "multipletext", name: s.name("q"), items: [
      { name: "nimi", title: "Nimi", ...maybe(0.5, { isRequired: true }) },
      { name: "sposti", title: "Sähköposti", inputType: "email" },
      { name: "postinumero", validators: [{ type: "regex", regex: "^[0-9]{5}$", text: "Viisi numeroa" }] },
      { name: "vuosi", inputType: "number", validators: [{ type: "numeric", minValue: 1900, maxValue: 2026 }] },
    ], ...maybe(0.2, { isRequired: true }) };
    if (chance(0.85)) s.answer(t.name, { ...maybe(0.7, { nimi: word() }), ...maybe(0.6, { sposti: one(["a@b.fi", "väärä"]) }), ...maybe(0.6, { postinumero: one(["90100", "901"]) }), ...maybe(0.6, { vuosi: one([1850, 1980]) }) });
    const [g, yes] = gate(s);
    if (chance(0.4)) { t.visibleIf = yes; Object.assign(t, clears()); }
    return [g, t, free(s, { title: `Hei {${t.name}.nimi}`, visibleIf: `{${t.name}.vuosi} ${one(["<", ">"])} 1960` })];
  },
  bmi(s) {
    const [a, b] = [number(s, { min: 100, max: 230 }), number(s, { min: 30 })];
    const e = { type: "expression", name: s.name("q"), expression: one([`round({${b.name}} / ({${a.name}} / 100 * {${a.name}} / 100), 1)`, `iif({${a.name}} notempty and {${b.name}} notempty, {${b.name}} / {${a.name}}, 0)`, `{${b.name}} / ({${a.name}} * {${a.name}})`]), ...maybe(0.4, { displayStyle: one(["decimal", "currency", "percent"]), currency: "EUR", maximumFractionDigits: 1 }) };
    return [a, b, e, free(s, { visibleIf: `{${e.name}} > 25` }), { type: "html", name: s.name("q"), html: `<p>Tulos {${e.name}}</p>`, visibleIf: `{${e.name}} notempty` }];
  },
  audit(s) {
    const items = Array.from({ length: 3 }, () => ({ type: "radiogroup", name: s.name("q"), choices: [{ value: 0, text: "En koskaan" }, { value: 1, text: "Harvoin" }, { value: 2, text: "Usein" }], ...maybe(0.4, { isRequired: true }) }));
    for (const it of items) if (chance(0.8)) s.answer(it.name, between(0, 2));
    const total = s.name("summa");
    s.survey.calculatedValues = [...(s.survey.calculatedValues ?? []), { name: total, expression: items.map((it) => `{${it.name}}`).join(" + "), includeIntoResult: chance(0.6) }];
    return [...items, { type: "html", name: s.name("q"), html: `Pisteet: {${total}}`, visibleIf: `{${total}} >= 3` }, free(s, { visibleIf: one([`{${total}} >= 3`, `{${total}} > 0 and {${items[0].name}} = 2`, `{${items[0].name}} = 0`, `{${items[0].name}} empty`]) })];
  },
  dates(s) {
    const a = { type: "text", inputType: "date", name: s.name("q"), ...one([{}, { max: "2026-03-13" }, { maxValueExpression: "today()" }, { minValueExpression: "dateAdd(today(), -100, 'years')" }, { min: "1900-01-01" }]), ...maybe(0.3, { isRequired: true }) };
    if (chance(0.9)) s.answer(a.name, `${between(1900, 2030)}-0${between(1, 9)}-${between(10, 28)}`);
    const e = { type: "expression", name: s.name("q"), expression: one([`age({${a.name}})`, `dateDiff({${a.name}}, today(), 'days')`, `dateDiff({${a.name}}, today(), 'months')`, `year({${a.name}})`, `month({${a.name}})`, `weekday({${a.name}})`, `dateAdd({${a.name}}, 1, 'months')`, `currentYear() - year({${a.name}})`]) };
    return [a, e, free(s, { visibleIf: one([`age({${a.name}}) >= 18`, `{${e.name}} > 10`, `{${a.name}} < today()`, `{${a.name}} notempty`]), title: `Päivä {${a.name}}` })];
  },
  carriedMatrix(s) {
    const a = several(s, "checkbox", { ...maybe(0.4, { showOtherItem: true }), ...maybe(0.3, { showNoneItem: true }) });
    const m = { type: "matrix", name: s.name("q"), columns: SCALE.slice(0, 3), rows: values(a.choices), rowsVisibleIf: `{${a.name}} contains {item}`, ...maybe(0.4, { eachRowRequired: true }), ...maybe(0.4, { hideIfRowsEmpty: true }) };
    if (chance(0.6)) s.answer(m.name, Object.fromEntries(some(values(a.choices)).map((row) => [row, between(1, 3)])));
    const r = { type: one(["radiogroup", "ranking", "checkbox", "dropdown"]), name: s.name("q"), choicesFromQuestion: a.name, choicesFromQuestionMode: one(["selected", "unselected", "all"]), ...maybe(0.5, { hideIfChoicesEmpty: true }), ...maybe(0.4, { isRequired: true }), ...maybe(0.3, { visibleIf: `{${a.name}.length} > 1` }) };
    if (chance(0.5)) s.answer(r.name, ["radiogroup", "dropdown"].includes(r.type) ? one(values(a.choices)) : some(values(a.choices)));
    return [a, m, r];
  },
  limits(s) {
    const a = several(s, one(["checkbox", "tagbox"]), { minSelectedChoices: between(0, 2), maxSelectedChoices: between(4, 6), ...maybe(0.3, { isRequired: true }), ...maybe(0.3, { validators: [{ type: "answercount", minCount: 2, maxCount: 3, ...maybe(0.5, { text: "Valitse 2–3" }) }] }) });
    const b = free(s, { maxLength: between(3, 20), validators: [one([{ type: "text", minLength: 3, maxLength: 8 }, { type: "text", minLength: 10 }, { type: "expression", expression: `{${a.name}.length} > 1`, text: "Valitse ensin" }, { type: "regex", regex: "^\\d+$" }])] });
    const [c, d] = [number(s), number(s)];
    c.validators = [{ type: "expression", expression: `{${c.name}} + {${d.name}} = 24`, text: one(["Yhteensä 24", `Summa {${c.name}} + {${d.name}} ei ole 24`]) }];
    return [a, b, c, d];
  },
  triggersOfPages(s) {
    const [g, yes] = gate(s);
    const [a, b] = [free(s), number(s)];
    s.trigger(one([
      { type: "complete", expression: yes }, { type: "skip", expression: yes, gotoName: a.name },
      { type: "setvalue", expression: yes, setToName: a.name, setValue: "asetettu" }, { type: "setvalue", expression: yes, setToName: b.name, setValue: between(1, 9) },
      { type: "copyvalue", expression: yes, fromName: a.name, setToName: s.name("muisti") }, { type: "runexpression", expression: yes, setToName: b.name, runExpression: "10 * 2" },
      { type: "runexpression", expression: yes, setToName: s.name("laskettu"), runExpression: `{${b.name}} + 1` }, { type: "visible", expression: yes, questions: [a.name], pages: [] },
    ]));
    return [g, a, b];
  },
  setByRule(s) {
    const [g, yes, no] = gate(s);
    const a = number(s);
    return shuffled([g, a, one([
      free(s, { setValueIf: yes, setValueExpression: `{${a.name}} + 1` }), free(s, { resetValueIf: no }), free(s, { resetValueIf: no, defaultValue: "alku" }),
      select(s, "radiogroup", { setValueIf: yes }), number(s, { defaultValueExpression: `iif(${yes}, 10, 5)` }), number(s, { setValueExpression: `iif(${yes}, {${a.name}}, 0)` }), bool(s, { setValueExpression: yes }),
      bool(s, { defaultValueExpression: yes }),
    ])]);
  },
  groups(s) {
    const [g, yes, no] = gate(s);
    return [g, { type: "panel", name: s.name("panel"), ...one([{ enableIf: yes }, { readOnly: true }, { requiredIf: yes, isRequired: true }, { requiredIf: no }, { isRequired: true, requiredErrorText: "Vastaa johonkin" }]), elements: [free(s, maybe(0.4, { isRequired: true })), several(s, "checkbox", maybe(0.4, { isRequired: true })), { type: "panel", name: s.name("panel"), ...maybe(0.4, { enableIf: no }), elements: [number(s, maybe(0.4, { isRequired: true }))] }] }];
  },
  languages(s) {
    const t = () => ({ default: word(), fi: `${word()} fi`, sv: `${word()} sv` });
    const a = { type: one(["radiogroup", "checkbox", "dropdown"]), name: s.name("q"), title: t(), choices: ["a", "b", "c"].map((value) => ({ value, text: t() })), ...maybe(0.4, { choicesOrder: one(["asc", "desc"]) }), ...maybe(0.3, { isRequired: true, requiredErrorText: t() }) };
    if (chance(0.7)) s.answer(a.name, a.type === "checkbox" ? some(["a", "b", "c"]) : one(["a", "b", "c"]));
    return [a, free(s, { title: { default: `You chose {${a.name}}`, fi: `Valitsit {${a.name}}`, sv: `Du valde {${a.name}}` }, ...maybe(0.5, { isRequired: true }) }), number(s, { min: 5, ...maybe(0.3, { validators: [{ type: "numeric", maxValue: 10, text: t() }] }) })];
  },
  readers(s) {
    const [a, b, c] = [select(s), several(s), bool(s)];
    return [a, b, c, free(s, { visibleIf: one([`displayValue('${a.name}') notempty`, `{${b.name}} allof [${values(b.choices).slice(0, 2).map(literal)}]`, `{${b.name}} noneof [${values(b.choices).slice(0, 2).map(literal)}]`, `{${a.name}} anyof [${values(a.choices).slice(0, 2).map(literal)}]`, `count({${a.name}}, {${c.name}}) = 2`, `iif({${c.name}}, {${a.name}}, 'x') notempty`, `{${b.name}[0]} = ${literal(values(b.choices)[0])}`, `!({${c.name}} = true)`, `{${c.name}} and {${a.name}} notempty`, `{${c.name}} = true or ({${a.name}} empty and {${b.name}} empty)`]), title: `{${a.name}}, {${b.name}}, {${c.name}}` })];
  },
  yesNoMatrix(s) {
    const m = { type: "matrix", name: s.name("q"), columns: ["on", "ei"], rows: ["a", "b", "c"] };
    s.answer(m.name, Object.fromEntries(some(["a", "b", "c"]).map((row) => [row, one(["on", "ei"])])));
    return [m, ...["a", "b"].map((row) => free(s, { visibleIf: `{${m.name}.${row}} = 'on'`, isRequired: true })), { type: "paneldynamic", name: s.name("q"), visibleIf: `{${m.name}.c} = 'on'`, panelCount: 1, templateElements: [{ type: "text", name: "mika", isRequired: true }] }];
  },
  shared(s) {
    const [g, yes, no] = gate(s);
    const stored = s.name("v");
    s.answer(stored, word());
    return [g, { type: "text", name: s.name("q"), valueName: stored, visibleIf: yes, ...clears() }, { type: "comment", name: s.name("q"), valueName: stored, visibleIf: no, ...clears() }];
  },
  ratingsBranch(s) {
    const a = { type: "rating", name: s.name("q"), rateMin: 0, rateMax: 10, minRateDescription: "En", maxRateDescription: "Kyllä" };
    s.answer(a.name, between(0, 10));
    return [a, free(s, { visibleIf: `{${a.name}} <= 6`, isRequired: true, title: `Annoit {${a.name}}` }), free(s, { visibleIf: `{${a.name}} > 6 and {${a.name}} < 9` }), several(s, "checkbox", { visibleIf: `{${a.name}} >= 9`, ...clears() })];
  },
};

function reader(s, rows) {
  return chance(0.5) ? [free(s, { visibleIf: one([`{${rows.name}} notempty`, `{${rows.name}.length} > 0`, `{${rows.name}[0].nimi} notempty`]), ...maybe(0.4, { title: `{${rows.name}[0].nimi}` }) })] : [];
}

/** A table or group of panels, with an answer. */
function tableOf(s) {
  const name = s.name("q");
  const type = one(["paneldynamic", "paneldynamic", "matrixdynamic", "matrixdropdown"]);
  const inner = (kind) => [{ [kind]: "text", name: "nimi", ...maybe(0.3, { isRequired: true }) }, { [kind]: one(["text", "boolean"]), name: "muu", ...maybe(0.3, { defaultValue: true }) }];
  const e = {
    paneldynamic: () => ({ type, name, ...maybe(0.5, { panelCount: between(1, 3) }), ...maybe(0.3, { minPanelCount: between(1, 2) }), templateElements: inner("type") }),
    matrixdynamic: () => ({ type, name, ...maybe(0.5, { rowCount: between(0, 3) }), ...maybe(0.3, { minRowCount: between(1, 2) }), columns: inner("cellType") }),
    matrixdropdown: () => ({ type, name, rows: ["r1", "r2"], columns: inner("cellType") }),
  }[type]();
  if (chance(0.8)) {
    const row = () => ({ ...maybe(0.8, { nimi: word() }), ...maybe(0.4, { muu: true }) });
    s.answer(name, type === "matrixdropdown" ? { r1: { nimi: word() }, ...maybe(0.5, { r2: { nimi: word() } }) } : Array.from({ length: between(1, 4) }, row));
  }
  return e;
}
