// Paper: one's own answers, the card for the wall, and the blank questionnaire.
import assert from "node:assert/strict";
import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { begin, choose, next, toReview } from "./answering.mjs";
import { DIST, browser, onStage, open, server } from "./harness.mjs";
import { words } from "./words.mjs";

const t = words("fi");

onStage();

/** Prints the page on A4 as the browser does; kept in `KUULUU_PRINTS` for whoever wants to look. */
async function printed(page, name) {
  const pdf = await page.pdf({ format: "A4", tagged: true, outline: true, printBackground: false, preferCSSPageSize: true });
  if (process.env.KUULUU_PRINTS) {
    mkdirSync(process.env.KUULUU_PRINTS, { recursive: true });
    writeFileSync(path.join(process.env.KUULUU_PRINTS, `${name}.pdf`), pdf);
  }
  const text = pdf.toString("latin1");
  return { tagged: text.includes("/StructTreeRoot"), language: text.match(/\/Lang\s*\(([^)]*)\)/)?.[1], pages: (text.match(/\/Type\s*\/Page[^s]/g) ?? []).length, height: text.match(/\/MediaBox\s*\[([^\]]*)\]/)?.[1] };
}

/** What stands on paper. */
async function onPaper(page, selector) {
  await page.emulateMedia({ media: "print" });
  const text = await page.locator(selector).innerText();
  const shown = await page.evaluate(() => [...document.querySelectorAll("button, nav, footer, header, summary")].filter((it) => it.checkVisibility()).map((it) => it.outerHTML.slice(0, 80)));
  await page.emulateMedia({ media: null });
  assert.deepEqual(shown, [], "no buttons on paper");
  return text;
}

/** Every question of a survey file, also inside panels. */
function* asked(elements) {
  for (const element of elements) {
    if (element.type !== "html" && element.type !== "expression" && element.type !== "panel") yield element;
    for (const inner of ["elements", "templateElements"]) if (element[inner]) yield* asked(element[inner]);
  }
}

for (const survey of ["asukas", "ennakko", "kortti", "resurssi"]) {
  test(`the blank paper version of ${survey} has every question under the same names and codes, and help numbers where they are needed (ACC-23, PRI-12)`, async () => {
    const page = await open(browser, `${server.origin}/s/${survey}/paper`);
    await page.locator(".paper").waitFor();
    const file = JSON.parse(readFileSync(path.join(DIST, `surveys/${survey}.json`), "utf8"));
    const text = await onPaper(page, ".paper");
    const ids = await page.locator(".paper__title .paper__id").allInnerTexts();
    for (const question of file.pages.flatMap((it) => [...asked(it.elements)])) {
      assert.ok(ids.includes(question.name), `${question.name} is missing`);
      assert.ok(text.includes(question.title.fi.split(/<|\{/)[0].trim().slice(0, 40)), question.title.fi);
      if (!["radiogroup", "checkbox", "dropdown"].includes(question.type)) continue;
      const codes = await page.locator(".paper__question", { has: page.locator(`.paper__title .paper__id:text-is("${question.name}")`) }).last().locator(".paper__choices .paper__id").allInnerTexts();
      for (const choice of question.choices ?? []) assert.ok(codes.includes(String(choice.value ?? choice)), `${question.name}: ${choice.value}`);
    }
    if (survey === "ennakko") {
      assert.ok(/\b(\d+)\. Pitääkö puite- tai yhteistyösopimuksen sisältöä päivittää[^]*Vastaa vain, jos vastasit ”Kyllä” kysymykseen \1\./.test(text), "a condition is told in the paper's own words and numbers");
      for (const entry of ["Tavoite 1", "Tavoite 3", "Ehdotus 5"]) assert.ok(text.includes(entry), `${entry}: entries have their own names`);
      assert.equal(text.match(/Voit valita useita\./g).length, (await page.locator(".paper__question").filter({ hasText: "Voit valita useita." }).count()), "how many may be chosen is said once");
    }
    if (survey === "asukas") {
      assert.equal(text.match(/Vastaa vain, jos et vastannut ”Ei” kysymykseen 1\./g).length, 1, "what holds for several pages is said once");
      assert.match(text, /\b(\d+)\. Kuinka usein juot alkoholia[^]*Vastaa vain, jos vastasit kysymykseen \1 muuta kuin ”En juo alkoholia”\./, "what belongs together is said together");
    }
    const help = page.locator(".paper .help");
    const numbers = JSON.parse(readFileSync(path.join(DIST, "data/help_numbers.json"), "utf8")).numbers;
    const asksForHelp = file.pages.flatMap((it) => [...asked(it.elements)]).filter((it) => it.kuuluu?.helpBefore);
    assert.equal(await help.count(), asksForHelp.length, "help numbers stand before each question about safety (PRI-12)");
    for (const box of await help.all()) assert.equal(await box.evaluate((it) => getComputedStyle(it).breakInside), "avoid", "and stay together");
    for (const { number } of asksForHelp.length ? numbers : []) assert.ok((await help.innerText()).includes(number.fi ?? number), JSON.stringify(number));
    const pdf = await printed(page, `${survey}-paper`);
    assert.ok(pdf.tagged && pdf.language?.startsWith("fi"), JSON.stringify(pdf));
    await page.context().close();
  });
}

test("help by telephone and the paper version are offered while answering (ACC-23)", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  const help = page.getByRole("region", { name: t("footer.help") });
  assert.equal(await help.getByRole("link", { name: "+358 9 0000 0000" }).getAttribute("href"), "tel:+358900000000");
  await help.getByRole("link", { name: t("footer.paper") }).click();
  await page.locator(".paper").waitFor();
  await page.goBack();
  await page.getByRole("radio").first().waitFor();
  await page.context().close();
});

test("one's own answers are printed as a tagged A4 with title and language, and saved as a text (ACC-20)", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  await begin(page, t);
  await next(page, t);
  await choose(page, "Millainen terveytesi on nyt?", "Melko hyvä");
  await toReview(page, t);
  const before = await onPaper(page, "main");
  for (const part of ["Missä kunnassa asut?", "Janakkala", "Melko hyvä", "Taustatiedot"]) assert.ok(before.includes(part), part);
  const pdf = await printed(page, "review");
  assert.ok(pdf.tagged && pdf.language?.startsWith("fi"), JSON.stringify(pdf));
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: t("review.save") }).click();
  const saved = readFileSync(await (await waiting).path(), "utf8");
  assert.match(saved, /Missä kunnassa asut\?\n {2}Janakkala/);
  await page.getByRole("button", { name: t("send.button") }).click();
  await page.getByText(t("thanks.arrived")).waitFor();
  const after = await onPaper(page, "main");
  for (const part of ["Missä kunnassa asut?", "Janakkala", "Melko hyvä"]) assert.ok(after.includes(part), part);
  await printed(page, "thanks");
  assert.notEqual(await page.title(), "");
  await page.context().close();
});

test("the card is printed for the wall on one A4, with themes and the small step, without a score (ACC-20)", async () => {
  const page = await open(browser, `${server.origin}/s/kortti`);
  await page.getByRole("textbox").last().waitFor();
  for (const group of await page.getByRole("radiogroup").all()) await group.getByRole("radio").nth(1).check();
  await page.getByRole("textbox").last().fill("Kävelen metsään lauantaina.");
  await next(page, t);
  await page.getByRole("heading", { level: 1, name: t("device.title") }).waitFor();
  const text = await onPaper(page, "main");
  for (const theme of ["nature_exercise", "culture", "lifestyle_mind", "social_participation", "income_work", "guidance"]) assert.ok(text.includes(t(`theme.${theme}`)), theme);
  assert.ok(text.includes("Kävelen metsään lauantaina."));
  assert.doesNotMatch(text, /\d\s*(%|pistettä|\/)/, "no score");
  await page.emulateMedia({ media: "print" });
  const link = page.locator(".theme a").first();
  assert.ok((await link.evaluate((it) => getComputedStyle(it, "::after").content)).includes(await link.getAttribute("href")), "an address on paper can be read");
  await page.emulateMedia({ media: null });
  assert.ok((await page.locator(".theme__why li").count()) > 0 && !text.includes(`${t("mine.why")}:`), "single answers are for the screen only");
  const pdf = await printed(page, "card");
  assert.ok(pdf.tagged && pdf.language?.startsWith("fi"), JSON.stringify(pdf));
  assert.equal(pdf.pages, 1, "one sheet");
  await page.context().close();
});
