// "Continue later": on the device only when asked for, closed with a code, gone in time.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { begin, choose, heading, next, toReview } from "./answering.mjs";
import { axe, browser, onStage, open, server, until } from "./harness.mjs";
import { words } from "./words.mjs";

const t = words("fi");

onStage();

const kept = (page) => page.evaluate(() => Object.entries(localStorage));

async function begun() {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  await begin(page, t);
  return page;
}

/** Keeps the answers; gives the code. */
async function keep(page) {
  await page.locator("summary", { hasText: t("draft.title") }).click();
  await page.getByRole("button", { name: t("draft.save") }).click();
  const code = page.locator(".code__shown");
  await code.waitFor();
  return (await code.innerText()).replace(/\D/g, "");
}

/** The same device, another visit. */
async function again(page) {
  await page.goto("about:blank");
  await page.goto(`${server.origin}/s/asukas`);
}

test("a draft is kept only when asked for, and nobody can read it without the code", async () => {
  const page = await begun();
  assert.deepEqual(await kept(page), [], "answering keeps nothing");
  const code = await keep(page);
  assert.match(code, /^\d{12}$/);
  const [[name, text], ...others] = await kept(page);
  assert.deepEqual(others, []);
  assert.equal(name, "kuuluu.draft.asukas");
  const draft = JSON.parse(text);
  assert.deepEqual(Object.keys(draft), ["format", "survey", "version", "until", "salt", "nonce", "closed"]);
  assert.doesNotMatch(text, /40_54|municipality|answers/, "no answer stands there");
  assert.ok(!text.includes(code) && !(await page.evaluate(() => document.cookie)).includes(code));
  assert.ok(Math.abs(draft.until - Date.now() - 24 * 3_600_000) < 60_000, "for 24 hours");
  assert.deepEqual(await page.evaluate(async () => [sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]), [0, 0, 0]);
  assert.deepEqual(await axe(page), []);
  await page.context().close();
});

test("what is answered later is kept, too, and the right code brings everything back to its place", async () => {
  const page = await begun();
  const code = await keep(page);
  const [[, before]] = await kept(page);
  await next(page, t);
  await choose(page, "Millainen terveytesi on nyt?", "Hyvä");
  await until(async () => (await kept(page))[0][1] !== before);
  await page.waitForTimeout(1500);
  page.on("dialog", (dialog) => dialog.accept());
  await again(page);
  await page.getByRole("heading", { level: 1, name: t("draft.found.title") }).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByLabel(t("draft.code")).fill("1234 5678 9012");
  await page.getByRole("button", { name: t("draft.continue") }).click();
  await page.getByText(t("draft.code.wrong")).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "draft-code");
  assert.deepEqual(await axe(page), []);
  await page.getByLabel(t("draft.code")).fill(`${code.slice(0, 4)} ${code.slice(4, 8)}-${code.slice(8)}`);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Terveys ja mieli" }).waitFor();
  assert.ok(await page.getByRole("radio", { name: /^\s*Hyvä/ }).first().isChecked());
  await toReview(page, t);
  assert.ok(await page.getByText("Janakkala").first().isVisible());
  await page.getByRole("button", { name: t("send.button") }).click();
  await page.getByText(t("thanks.arrived")).waitFor();
  assert.deepEqual(await kept(page), [], "what has arrived is kept no longer");
  await page.context().close();
});

test("two tabs with one draft do not overwrite each other: the one that comes second says so and keeps nothing", async () => {
  const page = await begun();
  const code = await keep(page);
  await next(page, t);
  const other = await page.context().newPage();
  await other.goto(`${server.origin}/s/asukas`);
  await other.getByLabel(t("draft.code")).fill(code);
  await other.keyboard.press("Enter");
  const [[, before]] = await kept(page);
  await choose(other, "Millainen terveytesi on nyt?", "Hyvä");
  await until(async () => (await kept(page))[0][1] !== before);
  await page.locator("#draft-elsewhere").waitFor();
  assert.equal(await page.locator("#draft-elsewhere").innerText(), t("draft.elsewhere"));
  assert.deepEqual(await axe(page), []);
  const [[, there]] = await kept(page);
  await choose(page, "Millainen terveytesi on nyt?", "Huono");
  await page.waitForTimeout(1500);
  assert.equal((await kept(page))[0][1], there);
  assert.equal(await other.locator("#draft-elsewhere").count(), 0);
  await page.context().close();
});

test("whoever presses twice keeps the draft, and stands at its code", async () => {
  const page = await begun();
  const save = page.getByRole("button", { name: t("draft.save") });
  await keep(page);
  await until(() => page.evaluate(() => document.activeElement.matches(".code__shown")));
  await page.getByRole("button", { name: t("draft.remove") }).click();
  assert.equal((await kept(page)).length, 1);
  await page.waitForTimeout(1100);
  await page.getByRole("button", { name: t("draft.remove") }).click();
  await save.waitFor();
  assert.deepEqual(await kept(page), []);
  await page.context().close();
});

test("a draft can be removed at once, before and after coming back", async () => {
  const page = await begun();
  await keep(page);
  // A second press at once is none to remove.
  await page.waitForTimeout(1100);
  await page.getByRole("button", { name: t("draft.remove") }).click();
  assert.deepEqual(await kept(page), []);
  await choose(page, "Minkä ikäinen olet?", "30–39");
  await page.waitForTimeout(1500);
  assert.deepEqual(await kept(page), [], "removed is removed");
  await page.getByRole("button", { name: t("draft.save") }).click();
  await page.locator(".code__shown").waitFor();
  page.on("dialog", (dialog) => dialog.accept());
  await again(page);
  await page.getByRole("button", { name: t("draft.discard") }).click();
  await page.getByText(t("draft.sure")).waitFor();
  assert.equal((await kept(page)).length, 1, "asked first");
  await page.getByRole("button", { name: t("draft.remove") }).click();
  await page.getByRole("radio").first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "heading");
  assert.equal(await heading(page), "Tervetuloa vastaamaan");
  assert.deepEqual(await kept(page), []);
  await page.context().close();
});

test("a draft that is too old or damaged is removed unread, and one of another version of the survey says so", async () => {
  const page = await begun();
  await keep(page);
  const [[name, text]] = await kept(page);
  page.on("dialog", (dialog) => dialog.accept());
  const draft = JSON.parse(text);
  for (const spoilt of [{ ...draft, until: Date.now() - 1 }, { ...draft, salt: "x" }, "{"]) {
    await page.evaluate(([name, text]) => localStorage.setItem(name, text), [name, typeof spoilt === "string" ? spoilt : JSON.stringify(spoilt)]);
    await again(page);
    await page.getByRole("radio").first().waitFor();
    assert.deepEqual(await kept(page), []);
  }
  await page.evaluate(([name, text]) => localStorage.setItem(name, text), [name, JSON.stringify({ ...draft, version: "0" })]);
  await again(page);
  await page.getByText(t("draft.changed")).waitFor();
  assert.ok((await page.title()).startsWith(t("draft.found.title")), await page.title());
  assert.equal((await kept(page)).length, 1, "what fits can be taken up");
  await page.context().close();
});

test("leaving the page with answers that are nowhere kept asks first", async () => {
  const page = await begun();
  const asked = [];
  page.on("dialog", (dialog) => (asked.push(dialog.type()), dialog.accept()));
  await page.goto("about:blank");
  assert.deepEqual(asked, ["beforeunload"]);
  await page.context().close();
});

test("an organisation's unfinished answer goes to another device as a closed file, and its code another way", async () => {
  const first = await open(browser, `${server.origin}/s/ennakko`);
  await first.locator("main .question").first().waitFor();
  const disclosure = (page) => page.locator("summary", { hasText: t("draft.title") });
  await disclosure(first).click();
  await first.getByRole("radio").first().check({ force: true });
  await first.getByRole("button", { name: t("draft.save") }).click();
  const shown = first.locator(".code__shown");
  await shown.waitFor();
  const code = (await shown.innerText()).replace(/\D/g, "");
  await first.waitForTimeout(1500);
  const waiting = first.waitForEvent("download");
  await first.getByRole("button", { name: t("draft.give") }).click();
  const file = { name: "x.json", mimeType: "application/json", buffer: readFileSync(await (await waiting).path()) };
  assert.deepEqual(await axe(first), []);
  const chosen = await first.getByRole("radio").first().getAttribute("id");
  await first.context().close();

  const second = await open(browser, `${server.origin}/s/ennakko`);
  await second.locator("main .question").first().waitFor();
  await disclosure(second).click();
  // Also who has answered something may take over; the browser asks before that is left behind.
  await second.getByRole("radio").last().check({ force: true });
  second.on("dialog", (dialog) => dialog.accept());
  await second.getByRole("button", { name: t("draft.take") }).click();
  await until(() => second.evaluate(() => document.activeElement.id === "draft-file"));
  const field = second.getByLabel(t("draft.take"));
  await field.setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await second.getByText(t("draft.take.wrong")).waitFor();
  assert.deepEqual(await kept(second), [], "nothing is kept of a wrong file");
  await second.setViewportSize({ width: 320, height: 640 });
  assert.equal(await second.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, "nothing sticks out at 320 pixels");
  assert.deepEqual(await axe(second), []);
  await field.setInputFiles(file);
  await second.getByRole("heading", { level: 1, name: t("draft.found.title") }).waitFor();
  await second.getByLabel(t("draft.code")).fill(code);
  await second.getByRole("button", { name: t("draft.continue") }).click();
  await second.locator(`[id="${chosen}"]`).waitFor();
  assert.ok(await second.locator(`[id="${chosen}"]`).isChecked());
  await second.context().close();
});
