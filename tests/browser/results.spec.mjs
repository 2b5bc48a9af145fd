import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { DIST, axe, browser, onStage, open, server, until } from "./harness.mjs";
import { words } from "./words.mjs";

const t = words("fi", "organise.");
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 320, height: 700 } };

onStage();

async function organiser(survey, options = DESKTOP) {
  const page = await open(browser, server.organiser(survey), options);
  await page.locator(".card table").first().waitFor({ state: "attached", timeout: 60_000 });
  return page;
}

async function published(survey, options = DESKTOP, query = "") {
  const page = await open(browser, `${server.origin}/results/${survey}${query}`, options);
  await page.locator(".card table").first().waitFor({ state: "attached", timeout: 60_000 });
  return page;
}

const api = (survey) => `${server.origin}/api/surveys/${survey}/results`;
const MEDIA_TYPE = "application/vnd.kuuluu.results+json";

function put(survey, body) {
  const headers = { authorization: `Bearer ${server.key(survey)}`, "content-type": MEDIA_TYPE };
  return fetch(api(survey), { method: "PUT", headers, body });
}

/** What stands in the first column of figures of a question's table. */
async function tabled(page, question) {
  const card = page.locator(".card", { has: page.getByRole("heading", { name: question }) });
  // One card is drawn after another.
  await card.locator("tbody td").first().waitFor({ state: "attached" });
  return card.locator("tbody tr:not([data-weight]) > td:nth-of-type(1)").allTextContents();
}

test("what the organiser publishes is what anyone then reads, until it is taken back", async () => {
  const before = await open(browser, `${server.origin}/results/resurssi`, DESKTOP);
  await before.getByText(t("results.none")).waitFor({ timeout: 60_000 });
  await before.context().close();

  const page = await organiser("resurssi");
  const seen = await tabled(page, "Onko kunnassanne erikseen nimetty");
  await page.getByRole("button", { name: t("organise.publish"), exact: true }).click();
  await page.getByRole("heading", { name: t("organise.publish.title") }).waitFor();
  const back = page.getByRole("button", { name: t("organise.publish.back") });
  await page.getByRole("checkbox", { name: "Kuinka suuri kunta on?" }).check();
  await page.locator(".publish__page .card table").first().waitFor({ state: "attached" });
  assert.equal((await fetch(api("resurssi"))).status, 204, "nothing is public before the button");
  assert.equal(await back.count(), 0, "what is not public cannot be taken back");
  await page.getByRole("button", { name: t("organise.publish.now") }).click();
  await page.getByText(t("organise.publish.done")).waitFor();

  const reader = await published("resurssi");
  assert.deepEqual(await tabled(reader, "Onko kunnassanne erikseen nimetty"), seen);
  assert.match(await reader.locator(".summary__count").textContent(), /98/);
  await reader.getByText(t("organise.sample.title")).waitFor();
  await reader.getByLabel(t("organise.group")).selectOption("size");
  const card = reader.locator(".card", { has: reader.getByRole("heading", { name: "Onko kunnassanne erikseen nimetty" }) });
  await until(async () => (await card.locator("tbody tr").count()) > 3 && (await card.locator("thead th").count()) > 4);
  await reader.locator(".exports > summary").click();
  const wait = reader.waitForEvent("download");
  await reader.getByRole("button", { name: t("organise.export.as", { kind: "CSV" }) }).click();
  assert.match(readFileSync(await (await wait).path(), "utf8"), /^size,question,value,count/);
  const asked = reader.seen.requests.filter((it) => it.url.includes("/api/"));
  assert.deepEqual(asked.map((it) => [it.method, it.url]), [["GET", api("resurssi")]]);
  assert.deepEqual(reader.seen.errors, []);
  assert.deepEqual(await reader.evaluate("window.__violations"), []);
  await reader.context().close();

  // Who comes back later sees that something is public, and can take it back.
  await page.getByRole("button", { name: t("organise.publish.close") }).click();
  await page.getByRole("button", { name: t("organise.publish"), exact: true }).click();
  await page.locator(".publish__now").waitFor();
  await back.click();
  await page.getByText(t("organise.publish.takenBack")).waitFor();
  assert.equal((await fetch(api("resurssi"))).status, 204);
  await until(async () => (await back.count()) === 0);
  await page.context().close();
});

test("a preview that cannot be read says what happened and what to do, and nothing can be sent", async () => {
  const context = await browser.newContext({ ...PHONE, colorScheme: "dark", locale: "fi-FI" });
  const page = await context.newPage();
  // An engine of another version than the page.
  const other = "const say = self.postMessage.bind(self); self.postMessage = (it, ...more) => say(typeof it === 'string' ? it.replaceAll('kuuluu-results/1', 'kuuluu-results/9') : it, ...more);\n";
  await context.route("**/worker/*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: other + (await response.text()) });
  });
  await page.goto(server.organiser("resurssi"));
  await page.locator(".card table").first().waitFor({ state: "attached", timeout: 60_000 });
  await page.getByRole("button", { name: t("organise.publish"), exact: true }).click();
  const alert = page.getByRole("alert").filter({ hasText: t("organise.publish.unreadable") });
  await alert.waitFor();
  assert.match(await alert.textContent(), /\/format/);
  for (const key of ["organise.publish.now", "organise.publish.file"]) assert.ok(await page.getByRole("button", { name: t(key) }).isDisabled());
  assert.equal(await page.getByText(t("organise.publish.making")).count(), 0);
  assert.deepEqual(await axe(page), []);
  await context.close();
});

test("where the server does not take the results, the page does not ask to try again", async () => {
  const page = await organiser("resurssi");
  await page.route(api("resurssi"), (route) => (route.request().method() === "PUT" ? route.fulfill({ status: 422, body: "{}" }) : route.continue()));
  await page.getByRole("button", { name: t("organise.publish"), exact: true }).click();
  await page.getByRole("button", { name: t("organise.publish.now") }).click();
  await page.getByText(t("organise.publish.refused", { status: 422 })).waitFor();
  await page.context().close();
});

test("of organisations the public page says who answered more than once", async () => {
  const page = await open(browser, `${server.origin}/organise/ennakko`, DESKTOP);
  const answers = ["061", "061", "082"].map((muni) => JSON.stringify({ survey: "ennakko", answers: { muni, role: "coord", wellbeing_plan: "yes" } }));
  await page.getByLabel(t("organise.file.label")).setInputFiles({ name: "v.ndjson", mimeType: "text/plain", buffer: Buffer.from(answers.join("\n")) });
  const said = t("organise.rate.repeated", { units: t("organise.rate.repeated.unit", { name: "Forssa", n: 2 }) });
  await page.getByText(said).waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: t("organise.publish"), exact: true }).click();
  const preview = page.locator(".publish__page");
  await preview.getByText(said).waitFor();
  // More municipalities than a chart holds or not: the groups are the reader's choice here, too.
  await page.locator(".publish__set input").first().check();
  await preview.getByLabel(t("organise.group")).selectOption({ index: 1 });
  await preview.getByRole("group", { name: t("organise.group.which") }).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.context().close();
});

test("an anonymous survey is published without a single open answer or hidden figure", async () => {
  const page = await organiser("asukas");
  await page.getByRole("button", { name: t("organise.publish"), exact: true }).click();
  await page.locator(".publish__page .card table").first().waitFor({ state: "attached" });
  for (const box of await page.locator(".publish__set input").all()) await box.check();
  await page.getByRole("button", { name: t("organise.publish.now") }).click({ timeout: 60_000 });
  await page.getByText(t("organise.publish.done")).waitFor();
  const results = await (await fetch(api("asukas"))).json();
  assert.equal(results.format, "kuuluu-results/1");
  assert.ok(results.breakdowns.length > 1);
  const rows = [results.figures, ...results.breakdowns.flatMap((it) => it.groups.map((group) => group.figures))]
    .flat()
    .flatMap((it) => [...it.rows, ...it.boxes]);
  assert.ok(rows.some((it) => it.hidden), "something is hidden in so small groups");
  assert.deepEqual(rows.filter((it) => it.hidden && ("count" in it || "percent" in it)), []);
  const texts = results.questions.flatMap((it) => it.items).filter((it) => it.kind === "text");
  assert.ok(texts.length > 0);
  for (const { name } of texts) {
    assert.deepEqual(results.figures.find((it) => it.name === name)?.rows, []);
  }
  await page.context().close();
});

test("a published file that is not in order is not shown, and the page says where", async () => {
  const page = await organiser("resurssi");
  await page.getByRole("button", { name: t("organise.publish"), exact: true }).click();
  await page.locator(".publish__page .card table").first().waitFor({ state: "attached" });
  const wait = page.waitForEvent("download");
  await page.getByRole("button", { name: t("organise.publish.file") }).click();
  const file = readFileSync(await (await wait).path(), "utf8");
  await page.context().close();

  assert.equal((await put("resurssi", "{}")).status, 422);
  assert.equal((await put("resurssi", file)).status, 204);
  const cases = {
    "/figures/0/rows/0/count": file.replace(/"count":\d+/, '"count":-5'),
    "/responses": file.replace('"pages":', '"responses":[],"pages":'),
    "/format": file.replace("kuuluu-results/1", "kuuluu-results/9"),
  };
  for (const [at, body] of Object.entries(cases)) {
    const context = await browser.newContext(DESKTOP);
    const reader = await context.newPage();
    await reader.route(api("resurssi"), (route) => route.fulfill({ status: 200, contentType: MEDIA_TYPE, body }));
    await reader.goto(`${server.origin}/results/resurssi`);
    await reader.getByRole("alert").getByText(t("results.broken")).waitFor({ timeout: 60_000 });
    await reader.getByText(t("results.broken.at", { at })).waitFor();
    assert.equal(await reader.locator(".card").count(), 0);
    await context.close();
  }
  // Markup in a text is text.
  const context = await browser.newContext(DESKTOP);
  const reader = await context.newPage();
  const body = file.replace('"fi":"Hyvinvoinnin ja terveyden edistämisen resurssikysely"', '"fi":"<img src=x onerror=alert(1)>"');
  assert.ok(body !== file);
  await reader.route(api("resurssi"), (route) => route.fulfill({ status: 200, contentType: MEDIA_TYPE, body }));
  await reader.goto(`${server.origin}/results/resurssi`);
  await reader.getByRole("heading", { level: 1, name: "<img src=x onerror=alert(1)>" }).waitFor({ timeout: 60_000 });
  assert.equal(await reader.locator("img").count(), 0);
  await context.close();
});

test("without an endpoint the page reads the file beside it", async () => {
  await put("resurssi", await snapshot());
  const file = await (await fetch(api("resurssi"))).text();
  const context = await browser.newContext(DESKTOP);
  const reader = await context.newPage();
  await reader.route(api("resurssi"), (route) => route.abort());
  await reader.route("**/results/resurssi.json", (route) => route.fulfill({ status: 200, contentType: "application/json", body: file }));
  await reader.goto(`${server.origin}/results/resurssi`);
  await reader.locator(".card table").first().waitFor({ state: "attached", timeout: 60_000 });
  await context.close();
});

let made;
async function snapshot() {
  if (made) return made;
  const page = await organiser("resurssi");
  await page.getByRole("button", { name: t("organise.publish"), exact: true }).click();
  await page.locator(".publish__page .card table").first().waitFor({ state: "attached" });
  const wait = page.waitForEvent("download");
  await page.getByRole("button", { name: t("organise.publish.file") }).click();
  made = readFileSync(await (await wait).path(), "utf8");
  await page.context().close();
  return made;
}

for (const [name, options] of Object.entries({ desktop: DESKTOP, phone: PHONE, dark: { ...PHONE, colorScheme: "dark" } })) {
  for (const language of ["fi", "sv"]) {
    test(`axe-core finds nothing on the public results, ${name}, ${language}`, async () => {
      await put("resurssi", await snapshot());
      const page = await published("resurssi", options, `?lang=${language}`);
      assert.equal(await page.getAttribute("html", "lang"), language);
      await page.locator(".exports > summary").click();
      assert.deepEqual(await axe(page), []);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
      await page.context().close();
    });
  }
}

test("axe-core finds nothing where results are published, nor where none are", async () => {
  for (const options of [DESKTOP, { ...PHONE, colorScheme: "dark" }]) {
    const page = await organiser("asukas", options);
    await page.getByRole("button", { name: t("organise.publish"), exact: true }).click();
    await page.locator(".publish__page .card table").first().waitFor({ state: "attached" });
    assert.deepEqual(await axe(page), []);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
    await page.context().close();
  }
  const none = await open(browser, `${server.origin}/results/ennakko`, PHONE);
  await none.getByText(t("results.none")).waitFor({ timeout: 60_000 });
  assert.deepEqual(await axe(none), []);
  await none.context().close();
});

test("every kind of file can be had from the page with the keyboard, and opens as what it is", async () => {
  const page = await organiser("resurssi");
  await page.locator(".exports > summary", { hasText: t("organise.export") }).first().focus();
  await page.keyboard.press("Enter");
  const folder = mkdtempSync(path.join(os.tmpdir(), "kuuluu-"));
  const files = {};
  for (const kind of ["XLSX", "ODS", "CSV", "JSON-stat", "JSON"]) {
    const wait = page.waitForEvent("download");
    await page.getByRole("button", { name: t("organise.export.as", { kind }), exact: true }).focus();
    await page.keyboard.press("Enter");
    const download = await wait;
    assert.match(download.suggestedFilename(), /^resurssi-\d{4}-\d{2}-\d{2}\./);
    files[kind] = readFileSync(await download.path());
  }
  assert.equal(files.XLSX.subarray(0, 2).toString(), "PK");
  assert.ok(files.ODS.includes("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"));
  assert.match(files.CSV.toString(), /^question,value,count,percent,n,base,hidden,number\r\n/);
  assert.equal(JSON.parse(files["JSON-stat"]).version, "2.0");
  assert.equal(JSON.parse(files.JSON).n, 98);
  const wait = page.waitForEvent("download");
  await page.getByRole("button", { name: t("organise.archive.make") }).click();
  const archive = readFileSync(await (await wait).path());
  assert.ok(archive.includes("codebook.xml") && archive.includes("data.csv"));
  assert.equal(page.seen.requests.filter((it) => it.method !== "GET").length, 0, "nothing is sent");
  rmSync(folder, { recursive: true });
  // They are made in the worker: the page does not even know how.
  const holds = (name) => readdirSync(DIST, { recursive: true }).filter((it) => it.endsWith(".wasm") && readFileSync(path.join(DIST, it)).includes(name));
  assert.deepEqual(holds("xl/workbook.xml").map((it) => path.dirname(it)), ["worker"]);
  await page.context().close();
});

test("open answers are read all together, sorted, and only where there are enough", async () => {
  const page = await organiser("asukas");
  const texts = page.locator(".texts").first();
  await texts.locator("summary").focus();
  await page.keyboard.press("Enter");
  await texts.locator(".texts__list li").first().waitFor();
  const shown = await texts.locator(".texts__list li").allTextContents();
  assert.ok(shown.length >= 10 && shown.length <= 50, `${shown.length} texts`);
  assert.deepEqual(shown, [...shown].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0)));
  await page.context().close();
});

test("of two groups the page says what the answers show, and no more", async () => {
  const page = await organiser("asukas");
  assert.equal(await page.locator(".differences").count(), 0);
  const group = page.getByLabel(t("organise.group"));
  const gender = await group.locator("option").evaluateAll((all) => all.map((it) => it.value).find((it) => it === "gender"));
  await group.selectOption(gender);
  await page.locator(".controls__groups input").first().waitFor();
  const boxes = await page.locator(".controls__groups input").all();
  for (const box of boxes.slice(2)) await box.uncheck();
  // The figures of many groups are drawn slowly, and must not wipe out what came faster than they.
  const cards = await page.locator(".card").count();
  const told = () => page.locator(".card", { has: page.locator(".differences__one") }).count();
  await until(async () => (await told()) > cards / 2);
  await page.waitForTimeout(500);
  assert.ok((await told()) > cards / 2);
  await page.getByLabel(t("organise.intervals")).check();
  await page.waitForTimeout(500);
  await until(async () => (await told()) > cards / 2);
  const said = await page.locator(".differences__one").allTextContents();
  const known = ["large", "medium", "small", "slight", "notShown", "notTested", "tooFew", "hidden"].map((it) => t(`organise.compare.${it}`));
  // Of several choices those that differ are named behind it.
  known.push(t("organise.compare.rows", { what: "" }).replace(/[ .]+$/, ""));
  for (const sentence of said) assert.ok(known.some((it) => sentence.includes(it)), sentence);
  // A card out of sight has a size that is guessed until it has been seen, and cannot be measured.
  for (const card of await page.locator(".card").all()) {
    await card.scrollIntoViewIfNeeded();
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0))));
  }
  assert.deepEqual(await axe(page), []);
  await page.getByLabel(t("organise.group")).selectOption("");
  await until(async () => (await page.locator(".differences").count()) === 0);
  await page.context().close();
});
