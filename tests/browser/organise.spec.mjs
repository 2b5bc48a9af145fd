import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { DIST, axe, browser, contrasts, onStage, open, server, until } from "./harness.mjs";

const words = (language) => JSON.parse(readFileSync(path.join(DIST, `words/organise.${language}.json`), "utf8"));
const t = words("fi");
const DESKTOP = { viewport: { width: 1200, height: 900 } };

onStage();

async function results(survey, options = DESKTOP, query = "") {
  const link = server.organiser(survey).replace("#", `${query}#`);
  const page = await open(browser, link, options);
  await page.locator(".card table").first().waitFor({ state: "attached", timeout: 60_000 });
  // One card is drawn after another.
  await until(() => page.evaluate(() => performance.getEntriesByName("kuuluu:draw").length > 0), 60_000);
  return page;
}

/** What a chart says: its rows' labels and figures, as they are drawn. */
async function drawn(page, question) {
  const card = page.locator(".card", { has: page.getByRole("heading", { name: question }) });
  return card.locator(".chart text.value").allTextContents();
}

/** The first column of figures of a question's table, without N. */
async function tabled(page, question) {
  const card = page.locator(".card", { has: page.getByRole("heading", { name: question }) });
  return card.locator("tbody tr:not([data-weight]) > td:nth-of-type(1)").allTextContents();
}

const plain = (texts) => texts.map((text) => text.replace(/\s/g, " "));

test("the resource survey shows exactly the published figures, in the chart and in the table", async () => {
  const page = await results("resurssi");
  const figures = {
    "Onko kunnassanne erikseen nimetty": ["75 %", "1 %", "5 %", "19 %", "0 %"],
    "Kuinka paljon arvioitte henkilöstöresurssia": ["49 %", "38 %", "10 %", "3 %"],
    "Oletteko jo sopineet": ["26 %", "26 %", "46 %", "2 %"],
  };
  for (const [question, expected] of Object.entries(figures)) {
    assert.deepEqual(plain(await drawn(page, question)), expected, question);
    assert.deepEqual(plain(await tabled(page, question)), expected, question);
  }
  const n = async (question) => (await page.locator(".card", { has: page.getByRole("heading", { name: question }) }).locator(".card__n").textContent()).replace(/\s/g, " ");
  assert.equal(await n("Onko kunnassanne erikseen nimetty"), "N = 98");
  assert.equal(await n("Oletteko jo sopineet"), "N = 97");
  const rate = await page.locator(".summary__rate").textContent();
  assert.match(rate.replace(/\s/g, " "), /98.*293.*33 %/);
  assert.match(await page.locator(".summary__count").textContent(), /98/);
  await page.context().close();
});

test("half up gives 74 per cent where largest remainder gives 75", async () => {
  const page = await results("resurssi");
  await page.getByLabel(t["organise.rounding.half"]).check();
  await until(async () => (await drawn(page, "Onko kunnassanne erikseen nimetty"))[0]?.startsWith("74"));
  await page.context().close();
});

test("the key leaves the address and the page never breaks the policy", async () => {
  const page = await results("resurssi");
  assert.equal(new URL(page.url()).hash, "");
  assert.deepEqual(await page.evaluate("window.__violations"), []);
  assert.deepEqual(page.seen.errors, []);
  assert.deepEqual(page.seen.requests.filter((it) => !it.url.startsWith(server.origin) && !it.url.startsWith("blob:")), []);
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  await page.context().close();
});

test("a wrong key is said in words and a right one opens the results, pasted or filled in by a password manager (ACC-18)", async () => {
  const page = await open(browser, `${server.origin}/organise/resurssi`, DESKTOP);
  await page.getByLabel(t["organise.key.label"]).fill("wrong");
  await page.getByRole("button", { name: t["organise.key.open"] }).click();
  await page.getByText(t["organise.key.wrong"]).waitFor();
  const field = page.getByLabel(t["organise.key.label"]);
  assert.equal(await field.getAttribute("autocomplete"), "current-password");
  const refused = await field.evaluate((it) => !it.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true })));
  assert.equal(refused, false, "pasting is not forbidden");
  await field.fill(server.key("resurssi"));
  await page.keyboard.press("Enter");
  await page.locator(".summary__count").waitFor({ timeout: 60_000 });
  await page.context().close();
});

test("a file from disk is read in the browser, and its bad lines are counted", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "kuuluu-"));
  const file = path.join(folder, "vastaukset.ndjson");
  const sample = readFileSync(path.join(DIST, "data/resurssi.sample.ndjson"), "utf8").trim().split("\n");
  writeFileSync(file, [...sample.slice(0, 10), "{ broken", ...sample.slice(10, 20)].join("\n"));
  const page = await open(browser, `${server.origin}/organise/resurssi`, DESKTOP);
  await page.getByLabel(t["organise.file.label"]).setInputFiles(file);
  await page.locator(".summary__count").waitFor({ timeout: 60_000 });
  assert.match(await page.locator(".summary__count").textContent(), /20/);
  await page.getByText(t["organise.bad"].replace("{n}", "1")).waitFor();
  assert.equal(page.seen.requests.filter((it) => it.url.includes("/api/")).length, 0);
  await page.context().close();
  rmSync(folder, { recursive: true });
});

test("every chart has a table with the same figures beside it (ACC-09)", async () => {
  const page = await results("resurssi");
  const charts = page.locator(".card:has(.chart)");
  await until(async () => (await charts.count()) > 5);
  const unequal = await page.locator(".card:has(.chart)").evaluateAll((cards) =>
    cards
      .map((card) => {
        const chart = [...card.querySelectorAll(".chart text.value")].map((it) => it.textContent);
        const table = [...card.querySelectorAll("tbody tr:not([data-weight]) > td:nth-of-type(1)")].map((it) => it.textContent);
        return { title: card.querySelector("h3").textContent, chart, table };
      })
      .filter(({ chart, table }) => chart.length === 0 || JSON.stringify(chart) !== JSON.stringify(table)),
  );
  assert.deepEqual(unequal, []);
  const unnamed = await page.locator(".card:has(.chart)").evaluateAll((cards) =>
    cards.filter((card) => card.querySelector(".chart").getAttribute("role") !== "img" || !card.querySelector(".chart").getAttribute("aria-label")?.trim()).map((card) => card.querySelector("h3").textContent),
  );
  assert.deepEqual(unnamed, []);
  await page.context().close();
});

test("every tone of the charts stands apart from what it is drawn on, light and dark (ACC-09)", async () => {
  const scale = ["low-3", "low-2", "low-1", "middle", "high-1", "high-2", "high-3"];
  const tones = ["main", "second", "aside", ...scale, ...Array.from({ length: 11 }, (_, ix) => `step-${ix + 1}`)];
  for (const colorScheme of ["light", "dark"]) {
    const page = await results("resurssi", { ...DESKTOP, colorScheme });
    const is = await contrasts(page, tones.map((tone) => [`tone-${tone}`, "surface"]));
    assert.deepEqual(tones.filter((_, ix) => !(is[ix] >= 3)).map((tone) => `${tone} ${colorScheme}`), []);
    await page.context().close();
  }
});

test("groups are compared with N for each, and a filter says N of M", async () => {
  const page = await results("resurssi");
  await page.getByLabel(t["organise.group"]).selectOption("size");
  const card = page.locator(".card", { has: page.getByRole("heading", { name: "Onko kunnassanne erikseen nimetty" }) });
  // The table without groups ends in shares; that of the groups in their N, and the N of all.
  const numbers = await until(async () => {
    const n = await card.locator("tbody tr td:last-child").allTextContents();
    return n.length > 5 && n.every((it) => /^\d+$/.test(it)) && n.map(Number);
  });
  assert.ok(numbers.at(-1) > 0);
  assert.equal(numbers.slice(0, -1).reduce((sum, it) => sum + it, 0), numbers.at(-1));
  await page.getByLabel(t["organise.group"]).selectOption("");
  await page.getByRole("combobox", { name: "Kuinka suuri kunta on?" }).selectOption("3");
  await until(async () => /\d+ \/ 98/.test(await page.locator(".summary__count").textContent()));
  await page.context().close();
});

test("drawing is measured with the User Timing API", async () => {
  const page = await results("resurssi");
  const spans = await until(() => page.evaluate(() => {
    const found = performance.getEntriesByType("measure").map((it) => it.name);
    return ["kuuluu:draw", "kuuluu:load", "kuuluu:tabulate"].every((it) => found.includes(it)) && found;
  }));
  assert.ok(spans.length >= 3);
  await page.context().close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const language of ["fi", "sv", "en"]) {
    test(`axe-core finds nothing on the results in ${language}, ${colorScheme}`, async () => {
      const page = await results("resurssi", { ...DESKTOP, colorScheme }, `?lang=${language}`);
      assert.equal(await page.getAttribute("html", "lang"), language);
      assert.deepEqual(await axe(page), []);
      await page.context().close();
    });
  }
}

test("axe-core finds nothing on a phone, nor where the key is asked", async () => {
  const phone = { viewport: { width: 320, height: 700 } };
  const page = await results("resurssi", phone);
  assert.deepEqual(await axe(page), []);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
  await page.context().close();
  const asking = await open(browser, `${server.origin}/organise/resurssi`, phone);
  await asking.getByLabel(t["organise.key.label"]).waitFor();
  assert.deepEqual(await axe(asking), []);
  await asking.context().close();
});
