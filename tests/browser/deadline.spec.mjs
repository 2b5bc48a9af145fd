// The last day of a survey: what is seen after it, and what becomes of answers that come too late.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { begin, toReview } from "./answering.mjs";
import { axe, browser, onStage, open, server } from "./harness.mjs";
import { words } from "./words.mjs";

const t = words("fi");
const DAY = 86_400_000;
const iso = (days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
/** Two days ago and in two days: the day of the endpoint's clock is another one at midnight. */
const [PAST, FUTURE] = [iso(-2), iso(2)];

/** Gives the survey `id` the extension's members `members`, in its whole file alone. */
function limit(folder, id, members) {
  const file = path.join(folder, `surveys/${id}.json`);
  const survey = JSON.parse(readFileSync(file, "utf8"));
  Object.assign(survey.kuuluu, members);
  writeFileSync(file, JSON.stringify(survey));
  for (const language of survey.kuuluu.languages) rmSync(path.join(folder, `surveys/${id}.${language}.json`));
}

onStage((dist) => {
  limit(dist, "asukas", { closes: PAST });
  limit(dist, "resurssi", { opens: FUTURE });
});

test("a survey that has closed, or not opened yet, says so with the day and asks nothing", async () => {
  for (const [survey, word] of [["asukas", "survey.closed"], ["resurssi", "survey.notOpen"]]) {
    const page = await open(browser, `${server.origin}/s/${survey}`);
    await page.getByRole("heading", { level: 1, name: t(`${word}.title`) }).waitFor();
    const [year, month, day] = (survey === "asukas" ? PAST : FUTURE).split("-").map(Number);
    await page.getByText(t(`${word}.text`, { date: `${day}.${month}.${year}` })).waitFor();
    assert.equal(await page.locator("main .question").count(), 0);
    assert.deepEqual(await axe(page), []);
    await page.context().close();
  }
});

test("answers that come after the last day and its half hour are refused, and can be saved all the same (ACC-11)", async () => {
  const page = await open(browser, "about:blank");
  await page.clock.setFixedTime(new Date(`${PAST}T12:00:00`));
  await page.goto(`${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  await begin(page, t);
  await toReview(page, t);
  const answered = page.waitForResponse((it) => it.request().method() === "PUT");
  await page.getByRole("button", { name: t("send.button") }).click();
  const response = await answered;
  assert.deepEqual([response.status(), (await response.json()).code], [403, "survey/closed"]);
  await page.getByRole("heading", { level: 1, name: t("send.failed.title") }).waitFor();
  const text = await page.locator("main").innerText();
  assert.ok(text.includes(t("survey.closed.title")), text);
  assert.doesNotMatch(text, /survey\/closed/, "no code where words will do");
  assert.equal(await page.getByRole("button", { name: t("send.again") }).count(), 0, "there is nothing to try again");
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: t("review.save") }).click();
  assert.match(readFileSync(await (await waiting).path(), "utf8"), /Janakkala/);
  assert.deepEqual(await axe(page), []);
  await page.context().close();
});
