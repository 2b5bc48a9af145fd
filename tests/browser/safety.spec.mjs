// What protects the person who answers: names in free text, questions about safety, leaving at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, choose, heading, next, toReview } from "./answering.mjs";
import { browser, onStage, open, server, until } from "./harness.mjs";
import { words } from "./words.mjs";

const t = words("fi");

onStage();

async function start(survey, options) {
  const page = await open(browser, `${server.origin}/s/${survey}`, options);
  await page.getByRole("radio").first().waitFor();
  return page;
}

/** Goes on until a question is on the page. */
async function until_question(page, selector) {
  // A long page is drawn in turns: what is not there yet may still come.
  const drawn = () => until(async () => (await page.locator(".live:empty").count()) === 0);
  for (let step = 0; step < 10; step++) {
    await drawn();
    if ((await page.locator(selector).count()) > 0) break;
    const before = await heading(page);
    await next(page, t);
    await page.waitForFunction((old) => document.querySelector("h1")?.innerText.trim() !== old, before);
  }
  await page.locator(selector).waitFor();
}

test("personal data in free text stops the sending until it is taken out (PRI-07)", async () => {
  const page = await start("asukas");
  await begin(page, t);
  await until_question(page, "#q-open_good");
  const field = page.locator("#q-open_good textarea");
  const hint = await field.evaluate((it) => it.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).innerText).join(" "));
  assert.match(hint, /Älä kirjoita nimiä tai muita henkilötietoja/);
  const found = [["Soita 131052-308T", "henkilötunnus"], ["maija@esimerkki.fi auttaa", "sähköpostiosoite"], ["numeroni on 040 123 4567", "puhelinnumero"]];
  for (const [text, kind] of found) {
    await field.fill(text);
    await toReview(page, t);
    await page.getByRole("heading", { name: t("pii.title") }).waitFor();
    assert.ok((await page.locator("#personal-data").innerText()).includes(kind), kind);
    await page.getByRole("button", { name: t("send.button") }).click();
    await until(() => page.evaluate(() => document.activeElement?.id === "personal-data"));
    assert.equal(page.seen.requests.filter((it) => it.method === "PUT").length, 0);
    await page.locator("#personal-data a").click();
    await until(() => page.evaluate(() => document.activeElement?.closest("#q-open_good") !== null));
    assert.equal(await field.inputValue(), text, "nothing is changed behind the writer's back");
  }
  await field.fill("Naapurit ja metsä.");
  await toReview(page, t);
  assert.equal(await page.locator("#personal-data").count(), 0);
  await page.getByRole("button", { name: t("send.button") }).click();
  await page.getByText(t("thanks.arrived")).waitFor();
  await page.context().close();
});

for (const [survey, question] of [["asukas", "safe_home"], ["kortti", "k_safe"]]) {
  test(`help numbers stand before the question about safety in ${survey} (PRI-12)`, async () => {
    const page = await start(survey);
    if (survey === "asukas") await begin(page, t);
    await until_question(page, `#q-${question}`);
    const help = page.getByRole("complementary", { name: t("help.title") });
    await help.waitFor();
    assert.deepEqual(await help.getByRole("link").evaluateAll((links) => links.map((it) => it.getAttribute("href"))), ["tel:112", "tel:080005005", "tel:0925250111"]);
    const follows = await help.evaluate((it, id) => Boolean(it.compareDocumentPosition(document.getElementById(id)) & Node.DOCUMENT_POSITION_FOLLOWING), `q-${question}`);
    assert.ok(follows, "the numbers come first");
    await page.context().close();
  });
}

test("the quick exit opens a neutral page, clears the form and removes the draft, by its button and by Esc three times (PRI-12)", async () => {
  for (const way of ["button", "Escape"]) {
    const page = await start("asukas");
    const elsewhere = "https://www.ilmatieteenlaitos.fi/";
    await page.context().route(`${elsewhere}**`, (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<title>Sää</title><h1>Sää</h1>" }));
    await begin(page, t);
    await page.locator("summary", { hasText: t("draft.title") }).click();
    await page.getByRole("button", { name: t("draft.save") }).click();
    await page.locator(".code__shown").waitFor();
    assert.equal(await page.evaluate(() => localStorage.length), 1);
    let asked = 0;
    page.on("dialog", (dialog) => (asked++, dialog.accept()));
    if (way === "button") await page.getByRole("button", { name: t("exit.button") }).click();
    else for (let press = 0; press < 3; press++) await page.keyboard.press("Escape");
    await page.waitForURL(elsewhere);
    assert.equal(asked, 0, "nothing holds the page back");
    assert.equal(await page.evaluate(() => document.referrer), "");
    await page.goBack();
    await page.waitForURL(`${server.origin}/**`);
    await page.getByRole("radio").first().waitFor();
    assert.equal(await page.getByRole("radio", { checked: true }).count(), 0, "going back shows no answer");
    assert.equal(await page.evaluate(() => localStorage.length), 0, "the draft is gone, too");
    await page.context().close();
  }
});

test("the quick exit waits for nothing: before the second half has come, and where it never comes (PRI-12)", async () => {
  for (const way of ["button", "Escape"]) {
    const page = await open(browser, "about:blank");
    const elsewhere = "https://www.ilmatieteenlaitos.fi/";
    await page.context().route(`${elsewhere}**`, (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<title>Sää</title><h1>Sää</h1>" }));
    await page.route("**/*.rest.wasm", (route) => route.abort());
    await page.goto(`${server.origin}/s/asukas`);
    await page.getByRole("radio").first().waitFor();
    const leave = page.getByRole("button", { name: t("exit.button") });
    await leave.waitFor();
    if (way === "button") await leave.click();
    else for (let press = 0; press < 3; press++) await page.keyboard.press("Escape");
    await page.waitForURL(elsewhere);
    await page.context().close();
  }
});

test("on a phone the quick exit stays in sight and covers nothing that has the focus (PRI-12, ACC-05)", async () => {
  const page = await start("asukas");
  await begin(page, t);
  await until_question(page, "#q-safe_home");
  const leave = page.getByRole("button", { name: t("exit.button") });
  const isOnTop = (it) => it.evaluate((it) => {
    const { left, top, width, height } = it.getBoundingClientRect();
    return [top + 1, top + height - 1].every((y) => it.contains(document.elementFromPoint(left + width / 2, y)) || document.elementFromPoint(left + width / 2, y)?.contains(it));
  });
  await page.locator("#q-safe_home").getByRole("radio").first().focus();
  assert.ok(await isOnTop(leave), "at the question about safety");
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press("Tab");
    assert.ok(await isOnTop(page.locator(":focus")), await page.evaluate(() => document.activeElement.outerHTML.slice(0, 120)));
  }
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  assert.ok(await isOnTop(page.locator(".footer__promise")), "the end of the page is not covered");
  await page.context().close();
});

test("two presses of Escape are no reason to leave (PRI-12)", async () => {
  const page = await start("asukas");
  await choose(page, "Olen lukenut tiedon", "Kyllä");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.waitForTimeout(1700);
  await page.keyboard.press("Escape");
  await page.waitForTimeout(300);
  assert.ok(page.url().startsWith(server.origin));
  assert.equal(await page.getByRole("radio", { checked: true }).count(), 1);
  await page.context().close();
});

test("a sensitive question may be left without an answer (PRI-06)", async () => {
  const page = await start("asukas");
  await begin(page, t);
  await until_question(page, "#q-safe_home");
  assert.equal(await page.locator("#q-safe_home [required], #q-safe_home [aria-required=true]").count(), 0);
  assert.equal(await page.locator("#q-safe_home").getByRole("radio", { name: "En halua vastata" }).count(), 1);
  const before = await heading(page);
  await next(page, t);
  await page.waitForFunction((old) => document.querySelector("h1")?.innerText.trim() !== old, before);
  await page.context().close();
});

test("a survey without a question about safety has no quick exit", async () => {
  const page = await start("resurssi");
  assert.equal(await page.getByRole("button", { name: t("exit.button") }).count(), 0);
  await page.context().close();
});
