// A health survey as its author would write it from the format's reference alone: sections with
// skip logic, tables and groups with computed parts, checks, piping, triggers and languages. Every
// condition asks about something asked before (now and then after), whatever it is.
import { between, chance, maybe, one, shuffled, some } from "./draw.mjs";

const NAMES = ["Aino", "Eero", "Inka", "Lauri", "Maija"];
const HABITS = ["kävely", "pyöräily", "uinti", "kuntosali"];
const SYMPTOMS = ["päänsärky", "selkäkipu", "unettomuus", "väsymys", "stressi"];
const AGREE = [
  { value: 1, text: { default: "Disagree", fi: "Eri mieltä", sv: "Av annan åsikt" } },
  { value: 2, text: { default: "Neither", fi: "Siltä väliltä", sv: "Varken eller" } },
  { value: 3, text: { default: "Agree", fi: "Samaa mieltä", sv: "Av samma åsikt" } },
];
const quoted = (value) => (typeof value === "string" ? `'${value}'` : `${value}`);
const bare = (items) => items.map((it) => (it !== null && typeof it === "object" ? it.value : it));
const COMPARE = [">", ">=", "<", "<=", "=", "<>"];

/** A survey of three to seven sections, with answers in the order of the questions or another. */
export function healthSurvey() {
  let count = 0;
  const facts = [];
  const answers = [];
  const survey = { pages: [], calculatedValues: [], triggers: [] };
  const name = (stem) => `${stem}${++count}`;
  const answer = (key, value, p = 0.85) => { if (value !== undefined && chance(p)) answers.push([key, value]); };
  const fact = (...conditions) => facts.push(conditions);
  const text = (fi, en) => (chance(0.35) ? { default: en, fi, sv: `${fi} (sv)`, ...maybe(0.5, { "fi-x-selko": `${fi} selkeästi` }) } : fi);

  // What an element asks is about others.
  let own = "";
  const others = () => facts.filter((it) => !own || !it.some((asked) => asked.includes(own)));
  const atom = () => (others().length === 0 ? "{nobody} empty" : one(one(others())));
  const condition = () => {
    const first = atom();
    switch (between(0, 9)) {
      case 0: return `${first} and ${atom()}`;
      case 1: return `${first} or ${atom()}`;
      case 2: return `!(${first})`;
      case 3: return `(${first} or ${atom()}) and ${atom()}`;
      default: return first;
    }
  };
  const dressed = (e) => {
    own = e.name;
    if (others().length > 0) {
      if (chance(0.3)) e.visibleIf = condition();
      if (chance(0.06)) e.enableIf = condition();
      if (chance(0.08)) e.requiredIf = condition();
      if (chance(0.04)) e.resetValueIf = condition();
    }
    own = "";
    if (chance(0.3)) e.isRequired = true;
    if (chance(0.1)) e.clearIfInvisible = one(["none", "onHidden", "onHiddenContainer", "onComplete"]);
    if (chance(0.05)) e.startWithNewLine = false;
    if (chance(0.15)) e.requiredErrorText = "Vastaa, kiitos";
    if (chance(0.1)) e.description = "Kysymme tätä joka vuosi.";
    return e;
  };
  const pipe = () => (facts.length > 0 && chance(0.3) ? ` ({${one(piped)}})` : "");
  const piped = ["eikysytty"];
  const severity = () => maybe(0.3, { notificationType: one(["warning", "info", "error"]) });

  const MAKERS = {
    yesNo() {
      const e = { type: "boolean", name: name("onko"), title: `Onko näin?${pipe()}`, ...maybe(0.3, { labelTrue: text("Kyllä", "Yes"), labelFalse: "Ei" }), ...maybe(0.25, { valueTrue: "k", valueFalse: "e" }), ...maybe(0.1, { defaultValue: one([true, false, "true"]) }) };
      const [yes, no] = e.valueTrue ? ["k", "e"] : [true, false];
      answer(e.name, one([yes, yes, no]));
      fact(`{${e.name}} = ${quoted(yes)}`, `{${e.name}} = ${quoted(no)}`, `{${e.name}} <> ${quoted(yes)}`, `{${e.name}} empty`);
      piped.push(e.name);
      return [dressed(e)];
    },
    single() {
      const choices = one([["hyvä", "kohtalainen", "huono"], [{ value: 1, text: text("Hyvä", "Good") }, { value: 2, text: text("Huono", "Bad") }, 3], [{ value: "a", text: "Työssä" }, { value: "b", text: "Eläkkeellä" }, { value: "c", text: "Muu {onko1}" }]]);
      const e = { type: one(["radiogroup", "radiogroup", "dropdown"]), name: name("valinta"), title: text("Miten voit?", "How are you?"), choices, ...maybe(0.2, { showOtherItem: true }), ...maybe(0.15, { showNoneItem: true, noneText: "En mikään" }), ...maybe(0.1, { showRefuseItem: true }), ...maybe(0.1, { showDontKnowItem: true }), ...maybe(0.15, { choicesOrder: one(["asc", "desc"]) }), ...maybe(0.1, { showCommentArea: true }), ...maybe(0.08, { defaultValue: bare(choices)[0] }), ...maybe(0.1, { separateSpecialChoices: true }) };
      const special = [...(e.showOtherItem ? ["other", "other"] : []), ...(e.showNoneItem ? ["none"] : []), ...(e.showRefuseItem ? ["refused"] : []), ...(e.showDontKnowItem ? ["dontknow"] : [])];
      const chosen = one([...bare(choices), ...special]);
      answer(e.name, chance(0.04) ? one([true, ["a"], 99, { a: 1 }, "aivan muu"]) : chosen);
      if (chosen === "other" || e.showCommentArea) answer(`${e.name}-Comment`, "jotain ihan muuta", 0.6);
      const v = one(bare(choices));
      fact(`{${e.name}} = ${quoted(v)}`, `{${e.name}} <> ${quoted(v)}`, `{${e.name}} anyof [${some(bare(choices)).map(quoted)}]`, `{${e.name}} notempty`, ...special.slice(0, 1).map((it) => `{${e.name}} = '${it}'`), `displayValue('${e.name}') = 'Hyvä'`);
      piped.push(e.name, `${e.name}-Comment`);
      return [dressed(e)];
    },
    symptoms() {
      const choices = SYMPTOMS.slice(0, between(3, 5)).map((value) => one([value, { value, text: `${value}a` }]));
      if (chance(0.3)) choices.push({ value: "ei", text: "Ei mitään näistä", isExclusive: true });
      const e = { type: one(["checkbox", "checkbox", "tagbox"]), name: name("oireet"), title: `Onko sinulla ollut${pipe()}`, choices, ...maybe(0.3, { showNoneItem: true }), ...maybe(0.25, { showOtherItem: true, otherText: "Muuta, mitä?" }), ...maybe(0.2, { minSelectedChoices: 2 }), ...maybe(0.2, { showSelectAllItem: true }), ...maybe(0.2, { validators: [{ type: "answercount", minCount: between(1, 2), maxCount: 3, ...severity(), ...maybe(0.5, { text: "Valitse sopiva määrä" }) }] }), ...maybe(0.15, { choicesOrder: "desc" }) };
      const chosen = one([() => some(bare(choices).filter((it) => it !== "ei")), () => some(SYMPTOMS.slice(0, 3)), () => (e.showNoneItem ? ["none"] : [SYMPTOMS[0]]), () => (e.showOtherItem ? [SYMPTOMS[1], "other"] : [SYMPTOMS[1]])])();
      answer(e.name, chance(0.05) ? one([SYMPTOMS[0], "outo", ["outo", SYMPTOMS[0]], 1, []]) : chosen);
      if (chosen.includes("other")) answer(`${e.name}-Comment`, "nuha", 0.7);
      fact(`{${e.name}} contains '${SYMPTOMS[0]}'`, `{${e.name}} contains '${SYMPTOMS[1]}'`, `{${e.name}} notcontains '${SYMPTOMS[0]}'`, `{${e.name}} anyof ['${SYMPTOMS[0]}', '${SYMPTOMS[2]}']`, `{${e.name}} allof ['${SYMPTOMS[0]}', '${SYMPTOMS[1]}']`, `{${e.name}} noneof ['${SYMPTOMS[1]}']`, `{${e.name}.length} >= 2`, `{${e.name}} empty`);
      piped.push(e.name);
      const out = [dressed(e)];
      if (chance(0.4)) {
        const f = { type: one(["radiogroup", "checkbox", "dropdown", "ranking", "tagbox"]), name: name("pahin"), title: "Mikä näistä on pahin?", choicesFromQuestion: e.name, choicesFromQuestionMode: one(["selected", "selected", "unselected", "all"]), ...maybe(0.4, { hideIfChoicesEmpty: true }), ...maybe(0.2, { showNoneItem: true }) };
        answer(f.name, ["radiogroup", "dropdown"].includes(f.type) ? one(bare(choices)) : some(bare(choices)), 0.6);
        out.push(dressed(f));
        fact(`{${f.name}} notempty`);
      }
      if (chance(0.3)) {
        const rows = SYMPTOMS.slice(0, 4);
        const m = { type: "matrix", name: name("haitta"), columns: AGREE, rows, rowsVisibleIf: `{${e.name}} contains {item}`, ...maybe(0.4, { eachRowRequired: true }), ...maybe(0.3, { hideIfRowsEmpty: true }) };
        answer(m.name, Object.fromEntries(some(rows).map((row) => [row, between(1, 3)])), 0.7);
        fact(`{${m.name}.${rows[0]}} >= 2`, `{${m.name}} notempty`);
        out.push(dressed(m));
      }
      return out;
    },
    amount() {
      const e = { type: "text", inputType: "number", name: name("maara"), title: "Kuinka monta kertaa?", ...maybe(0.3, { min: between(0, 3) }), ...maybe(0.3, { max: between(8, 60) }), ...maybe(0.15, { step: 1 }), ...maybe(0.1, { minErrorText: "Vähintään {0}" }), ...maybe(0.1, { defaultValue: between(1, 5) }),
        ...maybe(0.3, { validators: some([{ type: "numeric", minValue: 1, maxValue: 7, ...severity() }, { type: "numeric", maxValue: 20, text: "Onko varmasti oikein?", notificationType: "warning" }, { type: "expression", expression: condition(), text: `Tarkista{ei}`, ...severity() }]) }) };
      answer(e.name, chance(0.08) ? one(["7", "viisi", true, 3.5, -4, "", null, [3]]) : between(0, 24));
      fact(`{${e.name}} ${one(COMPARE)} ${between(0, 20)}`, `{${e.name}} >= 5 and {${e.name}} < 12`, `{${e.name}} notempty`, `{${e.name}} * 2 > 10`, `{${e.name}} % 2 = 0`, `iif({${e.name}} > 10, 'paljon', 'vähän') = 'paljon'`);
      numbers.push(e.name);
      piped.push(e.name);
      return [dressed(e)];
    },
    open() {
      const e = { type: one(["text", "comment"]), name: name("avoin"), title: `Kerro omin sanoin${pipe()}`, ...maybe(0.2, { maxLength: between(4, 40) }), ...maybe(0.3, { validators: [one([{ type: "text", minLength: 4 }, { type: "text", maxLength: 6 }, { type: "text", minLength: 3, maxLength: 30, text: "3–30 merkkiä" }, { type: "regex", regex: "^[a-zåäö ]+$", text: "Vain kirjaimia" }, { type: "email" }, { type: "expression", expression: condition(), text: "Ei käy" }])].map((it) => ({ ...it, ...severity() })) }), ...maybe(0.08, { defaultValue: "ei mitään" }) };
      answer(e.name, chance(0.06) ? one([5, true, "", ["a", "b"], { a: 1 }]) : one([...NAMES, "ihan hyvä olo", "x", "ÄÄNEKOSKI", "a@b.fi", " uni "]));
      fact(`{${e.name}} notempty`, `{${e.name}} empty`, `{${e.name}} contains 'a'`, `{${e.name}} = 'aino'`, `substring({${e.name}}, 0, 1) = 'A'`);
      piped.push(e.name);
      return [dressed(e)];
    },
    day() {
      const e = { type: "text", inputType: "date", name: name("paiva"), title: "Milloin kävit?", ...one([{}, {}, { max: "2026-03-13" }, { maxValueExpression: "today()" }, { minValueExpression: "today(-365)" }, { min: "2020-01-01", max: "2026-12-31" }]), ...maybe(0.15, { defaultValueExpression: one(["today()", "today(-1)", "dateAdd(today(), 1, 'months')"]) }) };
      answer(e.name, chance(0.04) ? one(["13.3.2026", "2026-02-31", "eilen", 20260313]) : `${between(2018, 2026)}-0${between(1, 9)}-${between(10, 28)}`);
      fact(`{${e.name}} < today()`, `{${e.name}} >= '2025-01-01'`, `age({${e.name}}) > 3`, `dateDiff({${e.name}}, today(), 'days') > 100`, `year({${e.name}}) = 2025`, `{${e.name}} empty`, `{${e.name}} = '2026-03-13'`);
      piped.push(e.name);
      return [dressed(e)];
    },
    scale() {
      const e = { type: "rating", name: name("asteikko"), title: text("Arvioi 1–5", "Rate"), ...one([{}, {}, { rateMin: 0, rateMax: 10 }, { rateCount: 7, rateMax: 7 }, { rateValues: [1, { value: 2, text: "kaksi" }, 5] }]), ...maybe(0.2, { showCommentArea: true }), ...maybe(0.3, { minRateDescription: "huono", maxRateDescription: "hyvä" }) };
      answer(e.name, chance(0.04) ? one(["3", 99, "hyvä", [2]]) : between(1, 5));
      fact(`{${e.name}} ${one(COMPARE)} ${between(1, 5)}`, `{${e.name}} anyof [1, 2]`, `{${e.name}} >= 3 or {${e.name}} empty`);
      numbers.push(e.name);
      piped.push(e.name);
      return [dressed(e)];
    },
    claims() {
      const rows = [{ value: "uni", text: "Nukun hyvin" }, { value: "arki", text: text("Jaksan arjessa", "I cope") }, "ystavat", ...(chance(0.4) ? [{ value: "raha", text: "Rahani riittävät", visibleIf: condition() }] : [])];
      const e = { type: "matrix", name: name("vaitteet"), title: "Mitä mieltä olet?", columns: [...AGREE, ...(chance(0.4) ? [{ value: 9, text: "En osaa sanoa" }] : [])], rows, ...maybe(0.3, { eachRowRequired: true }), ...maybe(0.1, { eachRowUnique: true }), ...maybe(0.1, { cellType: "checkbox" }), ...maybe(0.1, { showCommentArea: true }), ...maybe(0.1, { columnsVisibleIf: `{item} <> 9 or ${atom()}` }), ...maybe(0.1, { defaultValue: { uni: 2 } }) };
      const cell = () => (e.cellType ? some([1, 2, 3]) : between(1, 3));
      answer(e.name, chance(0.04) ? one([{ uni: 99 }, { muu: 1 }, "uni", 3]) : Object.fromEntries(some(["uni", "arki", "ystavat"]).map((row) => [row, cell()])));
      fact(`{${e.name}.uni} = 1`, `{${e.name}.arki} >= 2`, `{${e.name}.uni} anyof [1, 2] and {${e.name}.ystavat} notempty`, `{${e.name}.ystavat} empty`, `{${e.name}} notempty`, `avg({${e.name}.uni}, {${e.name}.arki}) > 1.5`);
      piped.push(`${e.name}.uni`, e.name);
      return [dressed(e)];
    },
    household() {
      const gender = chance(0.4);
      const e = { type: "paneldynamic", name: name("perhe"), title: "Keitä kotona asuu?", templateTitle: one(["Henkilö {panelIndex}", "{panel.nimi}", "Henkilö {panelIndex}: {panel.nimi} ({panel.ika})"]), ...maybe(0.5, { panelCount: between(0, 3) }), ...maybe(0.3, { minPanelCount: between(0, 2) }), ...maybe(0.3, { maxPanelCount: between(2, 4) }), ...maybe(0.1, { keyName: "nimi" }), ...maybe(0.1, { templateVisibleIf: "{panel.ika} <> 0" }), ...maybe(0.15, { templateDescription: "Ikä {panel.ika}" }),
        templateElements: [
          { type: "text", name: "nimi", ...maybe(0.5, { isRequired: true }), ...maybe(0.2, { validators: [{ type: "text", minLength: 3 }] }) },
          { type: "text", inputType: "number", name: "ika", title: "Ikä ({panel.nimi})", ...maybe(0.3, { min: 0, max: 110 }), ...maybe(0.2, { defaultValue: 30 }) },
          ...(gender ? [{ type: "radiogroup", name: "koulu", choices: ["alakoulu", { value: "ylakoulu", text: "Yläkoulu", visibleIf: "{panel.ika} > 12" }, "muu"], visibleIf: "{panel.ika} >= 7 and {panel.ika} < 18", ...maybe(0.5, { isRequired: true }), ...maybe(0.2, { showOtherItem: true }) }] : []),
          ...(chance(0.4) ? [{ type: "checkbox", name: "tuet", choices: ["raha", "palvelu"], requiredIf: "{panel.ika} < 18", ...maybe(0.4, { visibleIf: "{panelIndex} > 0" }) }] : []),
          ...(chance(0.3) ? [{ type: "expression", name: "ryhma", expression: one(["iif({panel.ika} < 18, 'lapsi', 'aikuinen')", "{panel.ika} + 1", "{panel.nimi}"]) }] : []),
          ...(chance(0.25) ? [{ type: "text", name: "edellinen", defaultValueExpression: "{prevPanel.nimi}" }] : []),
          ...(chance(0.2) ? [{ type: "text", name: "vuosi", setValueExpression: "2026 - {panel.ika}" }] : []),
          ...(chance(0.25) ? [{ type: "panel", name: "lisa", title: "Lisää: {panel.nimi}", visibleIf: "{panel.nimi} notempty", elements: [{ type: "boolean", name: "huoltaja", ...maybe(0.3, { defaultValue: false }) }, { type: "comment", name: "viesti", visibleIf: "{panel.huoltaja} = true", ...maybe(0.4, { isRequired: true }) }] }] : []),
        ] };
      const person = () => ({ ...maybe(0.9, { nimi: one(NAMES) }), ...maybe(0.85, { ika: between(0, 70) }), ...(gender ? maybe(0.5, { koulu: one(["alakoulu", "ylakoulu", "muu", "other"]) }) : {}), ...maybe(0.2, { tuet: ["raha"] }), ...maybe(0.2, { huoltaja: true }) });
      answer(e.name, chance(0.05) ? one([[{}], [], {}, "kaksi", [{ nimi: "A" }, {}]]) : Array.from({ length: between(1, 3) }, person));
      fact(`{${e.name}.length} > ${between(0, 2)}`, `{${e.name}[0].ika} >= 18`, `{${e.name}[1].nimi} notempty`, `{${e.name}[-1].nimi} = 'Aino'`, `sumInArray({${e.name}}, 'ika') > 60`, `countInArray({${e.name}}, 'ika', {ika} < 18) > 0`, `maxInArray({${e.name}}, 'ika') >= 65`, `{${e.name}} notempty`);
      piped.push(`${e.name}[0].nimi`);
      return [dressed(e), ...(chance(0.4) ? [{ type: "expression", name: name("laskettu"), expression: one([`avgInArray({${e.name}}, 'ika')`, `countInArray({${e.name}}, 'ika')`, `minInArray({${e.name}}, 'ika')`, `{${e.name}.length} + 1`]), ...maybe(0.5, { title: `Yhteensä {${e.name}.length}` }) }] : [])];
    },
    visits() {
      const e = { type: "matrixdynamic", name: name("kaynnit"), title: "Missä olet käynyt?", ...maybe(0.7, { rowCount: between(0, 3) }), ...maybe(0.25, { minRowCount: between(1, 2) }), ...maybe(0.2, { maxRowCount: 4 }), ...maybe(0.15, { keyName: "paikka" }), ...maybe(0.1, { defaultRowValue: { kerrat: 1 } }), ...maybe(0.1, { copyDefaultValueFromLastEntry: true }),
        columns: [
          { name: "paikka", title: "Paikka", cellType: one(["dropdown", "text", "radiogroup"]), choices: ["terveysasema", "sairaala", { value: "muu", text: "Muualla" }], ...maybe(0.4, { isRequired: true }), ...maybe(0.1, { isUnique: true }) },
          { name: "kerrat", cellType: "text", inputType: "number", ...maybe(0.6, { totalType: one(["sum", "avg", "max", "min", "count"]) }), ...maybe(0.3, { min: 1 }), ...maybe(0.3, { totalFormat: "Yht. {0}" }), ...maybe(0.2, { validators: [{ type: "numeric", maxValue: 20 }] }) },
          ...(chance(0.45) ? [{ name: "hinta", cellType: "expression", expression: one(["{row.kerrat} * 20.6", "iif({row.kerrat} > 3, 'usein', 'harvoin')", "{rowIndex}", "{row.kerrat} + {prevRow.kerrat}"]), ...maybe(0.5, { totalType: "sum" }), ...maybe(0.3, { displayStyle: "currency", currency: "EUR" }) }] : []),
          ...(chance(0.35) ? [{ name: "miksi", cellType: "comment", ...one([{ visibleIf: "{row.paikka} = 'muu'" }, { requiredIf: "{row.kerrat} > 5" }, { enableIf: "{row.paikka} notempty" }]) }] : []),
          ...(chance(0.25) ? [{ name: "auttoi", cellType: "boolean", ...maybe(0.4, { defaultValue: true }) }] : []),
          ...(chance(0.2) ? [{ name: "pvm", cellType: "text", inputType: "date", ...maybe(0.4, { defaultValueExpression: "today()" }) }] : []),
          ...(chance(0.15) ? [{ name: "osuus", cellType: "text", setValueExpression: "{row.kerrat} * 10" }] : []),
        ] };
      const row = () => ({ ...maybe(0.9, { paikka: one(["terveysasema", "sairaala", "muu"]) }), ...maybe(0.8, { kerrat: between(1, 9) }), ...maybe(0.2, { miksi: "siksi" }), ...maybe(0.2, { auttoi: false }) });
      answer(e.name, chance(0.05) ? one([[{}], [], {}, [{ kerrat: "5" }], [{ outo: 1 }]]) : Array.from({ length: between(1, 3) }, row));
      fact(`{${e.name}.length} >= 2`, `{${e.name}[0].paikka} = 'muu'`, `sumInArray({${e.name}}, 'kerrat') > 8`, `{${e.name}-total.kerrat} > 6`, `{${e.name}} empty`, `countInArray({${e.name}}, 'kerrat', {kerrat} > 3) > 0`);
      piped.push(`${e.name}[0].paikka`);
      return [dressed(e), ...(chance(0.4) ? [{ type: "expression", name: name("yhteensa"), expression: one([`{${e.name}-total.kerrat}`, `sumInArray({${e.name}}, 'kerrat') * 20`, `round(avgInArray({${e.name}}, 'kerrat'), 1)`, `{${e.name}[0].kerrat} + {${e.name}[1].kerrat}`]) }] : [])];
    },
    services() {
      const rows = [{ value: "neuvola", text: "Neuvola" }, "koulu", { value: "kirjasto", text: text("Kirjasto", "Library"), ...maybe(0.3, () => ({ visibleIf: condition() })) }];
      const e = { type: "matrixdropdown", name: name("palvelut"), title: "Mitä käytit?", rows, ...maybe(0.15, () => ({ rowsVisibleIf: `{item} <> 'koulu' or ${atom()}` })),
        columns: [
          { name: "kaytto", cellType: "dropdown", choices: ["usein", "joskus", "en"], ...maybe(0.3, { isRequired: true }), ...maybe(0.1, { defaultValue: "en" }) },
          { name: "arvio", cellType: "rating", visibleIf: "{row.kaytto} <> 'en'", ...maybe(0.3, { isRequired: true }), ...maybe(0.3, { totalType: one(["avg", "sum"]) }) },
          ...(chance(0.4) ? [{ name: "tulos", cellType: "expression", expression: one(["{row.arvio} * 10", "iif({row.kaytto} = 'en', 0, 1)", "{rowName}"]), ...maybe(0.5, { totalType: "sum" }) }] : []),
          ...(chance(0.3) ? [{ name: "syy", cellType: "checkbox", choices: ["hinta", "matka"], visibleIf: "{row.kaytto} = 'en'", ...maybe(0.3, { minSelectedChoices: 2 }) }] : []),
        ] };
      answer(e.name, chance(0.05) ? one([{ muu: { kaytto: "en" } }, [], "x", { koulu: { arvio: "5" } }]) : Object.fromEntries(some(["neuvola", "koulu", "kirjasto"]).map((row) => [row, { ...maybe(0.9, { kaytto: one(["usein", "joskus", "en"]) }), ...maybe(0.6, { arvio: between(1, 5) }), ...maybe(0.2, { syy: ["hinta"] }) }])));
      fact(`{${e.name}.neuvola.kaytto} = 'usein'`, `{${e.name}.koulu.arvio} > 2`, `{${e.name}.kirjasto.kaytto} empty`, `{${e.name}-total.arvio} > 3`, `{${e.name}} notempty`);
      piped.push(`${e.name}.neuvola.kaytto`);
      return [dressed(e)];
    },
    contact() {
      const e = { type: "multipletext", name: name("yhteys"), items: [{ name: "nimi", ...maybe(0.4, { isRequired: true }) }, { name: "ika", inputType: "number", ...maybe(0.4, { min: 18 }), ...maybe(0.3, { validators: [{ type: "numeric", maxValue: 99, ...severity() }] }) }, { name: "posti", ...one([{ inputType: "email" }, { validators: [{ type: "email" }] }, {}]) }, ...(chance(0.2) ? [{ name: "oletus", defaultValueExpression: "1 + 1" }] : [])] };
      answer(e.name, chance(0.04) ? one([{ muu: 1 }, "Aino", []]) : { ...maybe(0.8, { nimi: one(NAMES) }), ...maybe(0.7, { ika: between(5, 120) }), ...maybe(0.6, { posti: one(["a@b.fi", "ab"]) }) });
      fact(`{${e.name}.ika} >= 18`, `{${e.name}.nimi} notempty`, `{${e.name}.posti} contains '@'`, `{${e.name}} empty`);
      piped.push(`${e.name}.nimi`);
      return [dressed(e)];
    },
    score() {
      if (numbers.length < 2) return MAKERS.amount();
      const [a, b] = [one(numbers), one(numbers)];
      const total = name("pisteet");
      survey.calculatedValues.push({ name: total, expression: one([`{${a}} + {${b}}`, `sum({${a}}, {${b}})`, `avg({${a}}, {${b}})`, `iif({${a}} > 5, 'korkea', 'matala')`, `max({${a}}, {${b}}) - min({${a}}, {${b}})`, `round({${a}} / {${b}}, 1)`, `count({${a}}, {${b}})`]), ...maybe(0.5, { includeIntoResult: true }) });
      fact(`{${total}} > 5`, `{${total}} = 'korkea'`, `{${total}} empty`, `{${total}} <= 3`);
      piped.push(total);
      return [{ type: "expression", name: name("tulos"), expression: one([`{${total}} * 2`, `{${a}} - {${b}}`, `iif({${total}} > 10, 'A', 'B')`]), title: `Pisteesi: {${total}}`, ...maybe(0.3, { displayStyle: one(["decimal", "percent"]), maximumFractionDigits: 1 }), ...maybe(0.3, () => ({ visibleIf: condition() })) }, { type: "html", name: name("teksti"), html: `<p>Sait {${total}} pistettä.</p>`, ...maybe(0.5, () => ({ visibleIf: condition() })) }];
    },
    computed() {
      const a = numbers.length > 0 ? one(numbers) : "puuttuu";
      const e = { type: "text", ...maybe(0.5, { inputType: "number" }), name: name("johdettu"), ...one([{ setValueExpression: `{${a}} + 1` }, { defaultValueExpression: `{${a}} * 2` }, { setValueIf: condition(), setValueExpression: `{${a}} + 10` }, { resetValueIf: condition(), defaultValue: 7 }, { setValueIf: condition(), setValueExpression: "5" }, { defaultValueExpression: `iif(${atom()}, 1, 2)` }, { setValueExpression: `iif(${condition()}, 100, {${a}})` }]) };
      answer(e.name, between(1, 9), 0.4);
      fact(`{${e.name}} ${one(COMPARE)} ${between(1, 20)}`, `{${e.name}} notempty`);
      numbers.push(e.name);
      piped.push(e.name);
      return [dressed(e)];
    },
    rankedHabits() {
      const e = { type: "ranking", name: name("jarjestys"), choices: HABITS.map((value) => one([value, { value, text: `${value} (text)` }])), ...maybe(0.3, { selectToRankEnabled: true, ...maybe(0.5, { minSelectedChoices: 2 }) }) };
      answer(e.name, e.selectToRankEnabled ? some(HABITS) : shuffled(HABITS), 0.7);
      fact(`{${e.name}[0]} = '${HABITS[0]}'`, `{${e.name}} notempty`, `{${e.name}} contains '${HABITS[1]}'`);
      piped.push(e.name);
      return [dressed(e)];
    },
    sliders() {
      const e = { type: "slider", name: name("liuku"), ...maybe(0.4, { min: 0, max: 10 }), ...maybe(0.3, { step: 2 }), ...maybe(0.25, { sliderType: "range" }) };
      answer(e.name, e.sliderType ? [between(0, 4), between(5, 10)] : between(0, 10), 0.7);
      fact(e.sliderType ? `{${e.name}[1]} > 6` : `{${e.name}} > 4`);
      return [dressed(e)];
    },
    masked() {
      const e = { type: "text", name: name("rajattu"), ...one([{ maskType: "numeric", maskSettings: { min: 0, max: 100 } }, { maskType: "currency", maskSettings: { suffix: " €" } }, { maskType: "datetime", maskSettings: { pattern: "dd.mm.yyyy" } }, { maskType: "pattern", maskSettings: { pattern: "99999" } }]) };
      answer(e.name, e.maskType === "datetime" ? "2026-03-01" : e.maskType === "pattern" ? "90100" : between(1, 100), 0.7);
      fact(`{${e.name}} notempty`, ...(["numeric", "currency"].includes(e.maskType) ? [`{${e.name}} > 50`] : []));
      return [dressed(e)];
    },
    pictures() {
      const e = { type: "imagepicker", name: name("kuva"), choices: [{ value: "hymy", text: "Hymy" }, { value: "suru" }], ...maybe(0.4, { multiSelect: true }) };
      answer(e.name, e.multiSelect ? some(["hymy", "suru"]) : one(["hymy", "suru"]));
      fact(e.multiSelect ? `{${e.name}} contains 'suru'` : `{${e.name}} = 'suru'`);
      return [dressed(e)];
    },
    group() {
      const inner = Array.from({ length: between(1, 3) }, () => make(false)).flat();
      return [{ type: "panel", name: name("ryhma"), title: `Osa${pipe()}`, ...maybe(0.6, () => ({ visibleIf: condition() })), ...maybe(0.1, () => ({ enableIf: condition() })), ...maybe(0.1, () => ({ requiredIf: condition() })), ...maybe(0.1, { isRequired: true }), ...maybe(0.05, { readOnly: true }), elements: inner.length > 0 ? inner : [{ type: "comment", name: name("muuta") }] }];
    },
  };
  const numbers = [];
  const kinds = Object.keys(MAKERS);
  const make = (mayGroup) => MAKERS[one(mayGroup ? kinds : kinds.filter((it) => it !== "group"))]();

  const pages = between(1, 4);
  for (let at = 1; at <= pages; at += 1) {
    const page = { name: `sivu${at}`, elements: Array.from({ length: between(1, 5) }, () => make(true)).flat() };
    if (chance(0.3)) page.title = text(`Osio ${at}`, `Part ${at}`);
    if (at > 1 && chance(0.25)) page.visibleIf = condition();
    survey.pages.push(page);
  }
  const flat = (elements) => elements.flatMap((it) => (it.type === "panel" ? [it, ...flat(it.elements)] : [it]));
  const all = flat(survey.pages.flatMap((it) => it.elements));
  const fields = all.filter((it) => ["text", "comment"].includes(it.type));
  if (fields.length > 1 && chance(0.35)) {
    const [from, to] = [one(fields).name, one(fields).name];
    survey.triggers.push(one([
      { type: "setvalue", expression: condition(), setToName: to, setValue: one(["asetettu", 5]) },
      { type: "setvalue", expression: condition(), setToName: "muistettu", setValue: "kyllä", isVariable: true },
      { type: "copyvalue", expression: condition(), fromName: from, setToName: to },
      { type: "runexpression", expression: condition(), setToName: to, runExpression: `{${from}} + 1` },
      { type: "runexpression", expression: condition(), setToName: "uusi", runExpression: "2 * 3" },
      { type: "skip", expression: condition(), gotoName: to },
      { type: "complete", expression: condition() },
      { type: "visible", expression: condition(), questions: [to], pages: [] },
    ]));
  }
  if (chance(0.1)) survey.clearInvisibleValues = one(["none", "onHidden", "onHiddenContainer"]);
  if (chance(0.1)) survey.checkErrorsMode = one(["onValueChanged", "onComplete"]);
  if (chance(0.1)) survey.showQuestionNumbers = one(["on", "onPage"]);
  if (chance(0.05)) survey.requiredMark = "(pakollinen)";
  for (const list of ["calculatedValues", "triggers"]) if (survey[list].length === 0) delete survey[list];
  const locale = chance(0.25) ? one(["fi", "sv", "en", "fi-x-selko"]) : undefined;
  return { survey, answers: Object.fromEntries(chance(0.15) ? shuffled(answers) : answers), locale };
}
