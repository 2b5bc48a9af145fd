// Whole surveys by keyboard alone, to the acknowledgement.
import assert from "node:assert/strict";
import { test } from "node:test";
import { agrees, readOut } from "./gallery.mjs";
import { browser, onStage, open, server, until } from "./harness.mjs";
import { answerPage } from "./keyboard.mjs";
import { words } from "./words.mjs";

const t = words("fi");
const DESKTOP = { viewport: { width: 1024, height: 700 } };

onStage();

/** What a screen reader reads of the page as it stands, but for what is drawn by lot. */
async function said(page) {
  await page.waitForFunction(() => !document.querySelector(".live:empty"));
  return (await readOut(page)).replace(/[0-9a-f]{12}/g, "…");
}

async function throughTo(page, options) {
  const seen = [];
  while (!(await page.getByText(t("thanks.arrived")).isVisible())) {
    assert.ok(seen.length < 15, `too many pages: ${seen.join(", ")}`);
    const where = seen.length === 0 ? "BODY" : "heading";
    // Focus follows when the new page has been drawn.
    await page.waitForFunction((where) => [document.activeElement?.id, document.activeElement?.tagName].includes(where), where, { timeout: 5000 }).catch(() => assert.fail(`focus is not on the heading of ${seen.length}`));
    options.heard.push(await said(page));
    seen.push(await answerPage(page, options));
    if (seen.at(-1) === t("review.title")) await page.getByText(t("thanks.arrived")).waitFor();
  }
  return seen;
}

const surveys = [
  { id: "asukas", pages: 8, answers: 40, adds: [], back: ".theme .beside" },
  { id: "ennakko", pages: 7, answers: 22, adds: ["Lisää ehdotus", "Lisää tavoite"] },
];

for (const { id, pages, answers, adds, back } of surveys) {
  test(`the whole survey ${id} is answered by keyboard alone, focus is always seen, and each page is read out as it was agreed (ACC-02, ACC-05, ACC-06)`, async () => {
    const page = await open(browser, `${server.origin}/s/${id}`, DESKTOP);
    await page.locator("main .question").first().waitFor();
    const trouble = [];
    const heard = [];
    const seen = await throughTo(page, { trouble, adds, heard });
    if (back) await page.locator(back).first().waitFor();
    agrees(id, [...heard, await said(page)].join("\n"));
    assert.equal(seen.length, pages, seen.join(", "));
    assert.deepEqual(trouble, []);
    const sent = page.seen.requests.filter((it) => it.method === "PUT");
    assert.equal(sent.length, 1);
    const given = Object.keys(JSON.parse(sent[0].body).answers);
    assert.ok(given.length >= answers, `${given.length} answers: ${given.join(", ")}`);
    assert.deepEqual(page.seen.errors, []);
    await page.context().close();
  });
}

test("a skip link comes first and leads past the head of the page (ACC-05)", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`, DESKTOP);
  await page.locator("main .question").first().waitFor();
  await page.keyboard.press("Tab");
  const link = page.getByRole("link", { name: t("app.skip") });
  assert.ok(await link.evaluate((it) => it === document.activeElement));
  const box = await link.boundingBox();
  assert.ok(box.y >= 0 && box.height > 0, "the link is seen once it has focus");
  await page.keyboard.press("Enter");
  // Before the second half has come a press is kept and done then.
  await until(() => page.evaluate(() => document.activeElement?.id === "main"));
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement?.closest("main") !== null));
  await page.context().close();
});

test("nothing waits for the respondent: after three hours the page stands as it was (ACC-11)", async () => {
  const page = await open(browser, "about:blank", DESKTOP);
  await page.clock.install();
  await page.goto(`${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  await page.getByRole("radio").first().check();
  await page.clock.fastForward("03:00:00");
  assert.ok(await page.getByRole("radio").first().isChecked());
  await page.getByRole("button", { name: t("respond.next") }).click();
  await page.getByRole("heading", { level: 1, name: "Taustatiedot" }).waitFor();
  await page.context().close();
});
