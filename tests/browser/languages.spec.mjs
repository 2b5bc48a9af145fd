// A survey is opened with the texts of one language; the others come when they are asked for.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { begin, heading } from "./answering.mjs";
import { DIST, axe, browser, onStage, open, ownDist, serve, server, tooWide, until } from "./harness.mjs";
import { words } from "./words.mjs";

const t = words("fi");

onStage();

const files = (page) => page.seen.requests.map((it) => new URL(it.url).pathname).filter((it) => it.startsWith("/surveys/"));
const link = (page, language) => page.locator(`header nav a[lang="${language}"]`);

test("one language is loaded first; another one keeps answers, place and messages, and the whole file comes once", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.locator("main .question").first().waitFor();
  assert.deepEqual(files(page), ["/surveys/asukas.fi.json"]);
  const finnish = await heading(page);
  // A message at a question that was left out stays, in the other language.
  await page.locator("main .ways__on").click();
  const required = page.locator("main .question").getByText(t("violation.required"));
  await required.first().waitFor();
  const missed = await required.count();
  await link(page, "sv").click();
  await until(async () => (await heading(page)) !== finnish);
  assert.deepEqual(files(page), ["/surveys/asukas.fi.json", "/surveys/asukas.json"]);
  assert.equal(await page.locator("main .question").getByText(words("sv")("violation.required")).count(), missed);
  const text = await page.locator("main").innerText();
  assert.doesNotMatch(text, /Olen lukenut|Haluan vastata/, "nothing is left in Finnish");
  for (const language of ["en", "fi-x-selko", "fi"]) {
    await link(page, language).click();
    await until(() => page.evaluate((it) => document.documentElement.lang === it, language));
  }
  assert.equal(await heading(page), finnish);
  await begin(page, t);
  const place = await heading(page);
  await page.goBack();
  await until(async () => (await heading(page)) === finnish);
  await link(page, "sv").click();
  await until(async () => (await heading(page)) !== finnish);
  assert.equal(await page.locator("main input:checked").count(), 1, "what was answered stays");
  await link(page, "fi").click();
  await page.goForward();
  await until(async () => (await heading(page)) === place);
  assert.equal(files(page).length, 2, "the whole file has every language");
  assert.deepEqual(page.seen.errors, []);
  await page.context().close();
});

test("a language that does not come is told, and the page stays as it is", async () => {
  const page = await open(browser, `${server.origin}/s/ennakko?lang=en`);
  await page.locator("main .question").first().waitFor();
  const english = await heading(page);
  await page.route("**/surveys/ennakko.json", (route) => route.abort());
  await link(page, "sv").click();
  await page.getByRole("alert").filter({ hasText: words("en")("language.failed") }).waitFor();
  assert.equal(await heading(page), english);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await page.unroute("**/surveys/ennakko.json");
  await link(page, "sv").click();
  await until(async () => (await heading(page)) !== english);
  assert.equal(await page.getByText(words("en")("language.failed")).count(), 0);
  await page.context().close();
});

test("a survey that was put there by hand opens without files of one language", async () => {
  const dist = ownDist((folder) => {
    for (const file of readdirSync(path.join(folder, "surveys"))) if (file.startsWith("resurssi.")) rmSync(path.join(folder, "surveys", file));
    const survey = JSON.parse(readFileSync(path.join(DIST, "surveys/resurssi.json"), "utf8"));
    survey.title.sv = "En annan enkät";
    writeFileSync(path.join(folder, "surveys/resurssi.json"), JSON.stringify(survey));
  });
  const other = await serve({ dist });
  const page = await open(browser, `${other.origin}/s/resurssi?lang=sv`);
  await page.getByText("En annan enkät").first().waitFor();
  assert.deepEqual(files(page), ["/surveys/resurssi.sv.json", "/surveys/resurssi.json"]);
  await page.context().close();
  await other.stop();
  other.remove();
  rmSync(dist, { recursive: true, force: true });
});

test("legal texts and styles of later pages are not part of the first load", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.locator("main .question").first().waitFor();
  await page.waitForLoadState("networkidle");
  const asked = () => page.seen.requests.map((it) => new URL(it.url).pathname);
  const later = () => asked().filter((it) => /_later-\w+\.css$/.test(it)).length;
  assert.equal(later(), 0);
  await page.mouse.move(100, 100);
  await page.mouse.move(120, 140);
  await until(() => later() === 1);
  assert.ok(!asked().includes("/legal.json"));
  await page.getByRole("contentinfo").getByRole("link", { name: t("footer.privacy") }).click();
  await page.getByRole("heading", { level: 2, name: t("legal.privacy.rights") }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "heading");
  assert.ok(asked().includes("/legal.json"));
  await page.context().close();
});

test("legal texts that cannot be used are told by file and field", async () => {
  const page = await open(browser, "about:blank");
  await page.route("**/legal.json", (route) => route.fulfill({ status: 200, contentType: "application/json", body: '{"format":"kuuluu-legal/1","privacy":{"rights":7}}' }));
  await page.goto(`${server.origin}/legal/privacy`);
  await page.getByText(t("config.broken.text", { file: "legal.json" })).waitFor();
  assert.match(await page.locator("main").innerText(), /\/privacy\/rights/);
  await page.context().close();
});

test("an installation that adds Arabic speaks it on every page, from right to left (LAN-02)", async () => {
  const inArabic = (it) => {
    if (it === null || typeof it !== "object") return;
    if (typeof it.fi === "string") it.ar ??= it.en ?? it.fi;
    Object.values(it).forEach(inArabic);
  };
  const dist = ownDist((folder) => {
    const config = JSON.parse(readFileSync(path.join(folder, "config.json"), "utf8"));
    const { survey } = JSON.parse(readFileSync("tests/fixtures/gallery/arabic.json", "utf8"));
    for (const question of survey.pages[0].elements.slice(1)) delete question.isRequired;
    config.languages.push("ar");
    config.surveys = [{ id: "arabic", file: "surveys/arabic.json", title: { ...survey.title, fi: "Arabiaksi", sv: "På arabiska", en: "In Arabic" } }];
    inArabic(config);
    writeFileSync(path.join(folder, "config.json"), JSON.stringify(config));
    writeFileSync(path.join(folder, "surveys/arabic.json"), JSON.stringify(survey));
  });
  const other = await serve({ dist });
  const page = await open(browser, `${other.origin}/s/arabic?lang=ar`, { viewport: { width: 320, height: 700 } });
  const ar = words("ar");
  const sees = async () => {
    assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir, getComputedStyle(document.querySelector("main")).direction]), ["ar", "rtl", "rtl"]);
    assert.deepEqual(await tooWide(page), []);
    assert.deepEqual(await axe(page), []);
    assert.doesNotMatch(await page.locator("main").innerText(), /[äöÄÖ]/, "nothing is left in Finnish");
  };
  await page.locator("main .question").first().waitFor();
  await sees();
  await page.locator("main .ways__on").click();
  await page.getByRole("heading", { name: /راجع/ }).first().waitFor();
  await sees();
  await page.getByRole("radio").first().check();
  await page.locator("main .ways__on").click();
  await page.getByRole("heading", { level: 1, name: ar("review.title") }).waitFor();
  await sees();
  await page.getByRole("button", { name: ar("send.button") }).click();
  await page.getByRole("heading", { level: 1, name: ar("thanks.title") }).waitFor();
  await sees();
  assert.deepEqual(page.seen.errors.filter((it) => !/404/.test(it)), [], "files that this survey does not have are missing, nothing else");
  await page.context().close();
  await other.stop();
  other.remove();
  rmSync(dist, { recursive: true, force: true });
});
