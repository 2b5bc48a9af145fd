import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { begin, choose, group, heading, next, toReview } from "./answering.mjs";
import { DIST, axe, browser, onStage, open, ownDist, serve, server, until } from "./harness.mjs";
import { agrees, readOut } from "./gallery.mjs";
import { answerPage } from "./keyboard.mjs";
import { words } from "./words.mjs";

const t = words("fi");

onStage();

async function stored(survey, key = server.key(survey)) {
  const response = await fetch(`${server.origin}/api/surveys/${survey}/responses`, { headers: { authorization: `Bearer ${key}` } });
  assert.equal(response.status, 200);
  return (await response.text()).trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

test("the page asks nobody else, stores nothing and breaks no policy before the first answer", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  assert.deepEqual(page.seen.requests.filter((it) => !it.url.startsWith(server.origin)), []);
  assert.deepEqual(await page.context().cookies(), []);
  const kept = await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]);
  assert.deepEqual(kept, [0, 0, 0, 0]);
  assert.deepEqual(await page.evaluate("window.__violations"), []);
  assert.deepEqual(page.seen.errors, []);
  await page.context().close();
});

test("the policy is strict and names the endpoint and nobody else", async () => {
  const response = await fetch(`${server.origin}/s/asukas`);
  const policy = response.headers.get("content-security-policy");
  const parts = new Map(policy.split(";").map((it) => it.trim().split(/\s+/)).map(([name, ...values]) => [name, values]));
  assert.deepEqual(parts.get("default-src"), ["'none'"]);
  assert.deepEqual(parts.get("style-src"), ["'self'"]);
  assert.deepEqual(parts.get("connect-src"), ["'self'"]);
  assert.deepEqual(parts.get("base-uri"), ["'none'"]);
  assert.deepEqual(parts.get("form-action"), ["'none'"]);
  assert.ok(parts.get("script-src").every((it) => ["'self'", "'wasm-unsafe-eval'"].includes(it) || /^'sha256-[\w+/=]+'$/.test(it)), policy);
  assert.equal(response.headers.get("referrer-policy"), "no-referrer");
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  assert.equal(response.headers.get("cross-origin-opener-policy"), "same-origin");
  assert.ok(response.headers.get("permissions-policy").includes("geolocation=()"));
  assert.equal(response.headers.get("set-cookie"), null);
});

test("a resident answers in Finnish from the first page over the review to the acknowledgement, and one more answer is kept (ACC-12)", async () => {
  const earlier = (await stored("asukas")).length;
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  await begin(page, t);
  await next(page, t);
  await choose(page, "Millainen terveytesi on nyt?", "Melko hyvä");
  await page.getByRole("radio", { name: /^\s*8\b/ }).first().check();
  await toReview(page, t);
  assert.ok(await page.getByText("Janakkala").first().isVisible());
  assert.equal(page.seen.requests.filter((it) => it.method === "PUT").length, 0, "nothing is sent before the button");
  await page.getByText(t("review.exact")).first().click();
  const shown = await page.locator("pre, code").allInnerTexts();
  await page.getByRole("button", { name: t("send.button") }).click();
  await page.getByText(t("thanks.arrived")).waitFor();
  const sent = page.seen.requests.filter((it) => it.method === "PUT");
  assert.equal(sent.length, 1);
  assert.ok(shown.some((text) => text.trim() === sent[0].body.trim()), "the bytes shown are the bytes sent");
  const envelope = JSON.parse(sent[0].body);
  assert.deepEqual(Object.keys(envelope).sort(), ["answers", "day", "format", "id", "language", "survey", "version"]);
  assert.match(envelope.day, /^\d{4}-\d{2}-\d{2}$/);
  assert.match(envelope.id, /^[0-9a-f]{32}$/);
  assert.equal(envelope.answers.municipality, "165");
  assert.equal(envelope.answers.age_band, "40_54");
  assert.equal(envelope.answers.srh, "2");
  assert.equal(sent[0].headers["idempotency-key"], envelope.id);
  const kept = await stored("asukas");
  assert.equal(kept.length, earlier + 1);
  assert.ok(kept.some((it) => it.id === envelope.id && it.answers.srh === "2"));
  assert.deepEqual(page.seen.errors, []);
  await page.context().close();
});

test("a required question left empty stops with a summary that takes focus and leads to the field (ACC-06)", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  await next(page, t);
  const summary = page.getByRole("alert").or(page.getByRole("group", { name: t("summary.title.one") })).first();
  await summary.waitFor();
  await until(() => page.evaluate(() => document.activeElement?.closest("[data-summary], [role=alert], .summary, .error-summary") !== null));
  agrees("asukas-error", await readOut(page));
  const link = page.getByRole("link", { name: /Olen lukenut/ });
  await link.click();
  assert.equal(await page.evaluate(() => document.activeElement?.type), "radio");
  await page.context().close();
});

test("answers and place survive the browser's back and forward buttons and another language (ACC-13)", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  await begin(page, t);
  await next(page, t);
  await choose(page, "Millainen terveytesi on nyt?", "Hyvä");
  await page.goBack();
  await until(async () => (await heading(page)) === "Taustatiedot");
  assert.ok(await page.getByRole("radio", { name: /40–54/ }).isChecked());
  await page.goForward();
  await until(async () => (await heading(page)) === "Terveys ja mieli");
  assert.ok(await group(page, /^Millainen terveytesi/).getByRole("radio", { name: /^\s*Hyvä/ }).isChecked());
  await page.getByRole("link", { name: "Svenska" }).or(page.getByRole("button", { name: "Svenska" })).or(page.getByRole("radio", { name: "Svenska" })).first().click();
  await until(async () => (await heading(page)) === "Hälsa och sinne");
  assert.equal(await page.evaluate("document.documentElement.lang"), "sv");
  assert.ok(await group(page, /^Hurdan är din hälsa/).getByRole("radio", { name: /^\s*God/ }).isChecked());
  assert.ok(!page.url().includes("srh") && !page.url().includes("=1"), "no answer stands in the address");
  await page.context().close();
});

test("while the endpoint is down, fails or is slow nothing is lost, and sending again succeeds", async () => {
  const page = await open(browser, `${server.origin}/s/resurssi`);
  let mode = "abort";
  const bodies = [];
  await page.route("**/api/**", async (route) => {
    if (route.request().method() !== "PUT") return route.continue();
    bodies.push(route.request().postData());
    if (mode === "abort") return route.abort("connectionrefused");
    if (mode === "500") return route.fulfill({ status: 500, contentType: "application/problem+json", body: "{}" });
    await new Promise((slow) => setTimeout(slow, 1500));
    return route.continue();
  });
  await page.getByRole("group").first().waitFor();
  const municipality = page.getByRole("combobox").first();
  if ((await municipality.evaluate((it) => it.tagName)) === "SELECT") await municipality.selectOption({ label: "Forssa" });
  else {
    await municipality.fill("Forssa");
    await page.getByRole("option", { name: "Forssa" }).click();
  }
  await choose(page, "Kuinka suuri kunta on?", "10 001");
  await choose(page, "Mikä on roolisi?", "Hyvinvointikoordinaattori");
  await next(page, t);
  await choose(page, "Onko kunnassanne erikseen nimetty", "Kyllä");
  await choose(page, "Kuinka paljon arvioitte", "1–2");
  await toReview(page, t);
  await page.getByRole("button", { name: t("send.button") }).click();
  await page.getByText(t("send.failed.title")).waitFor();
  assert.equal(await page.getByText(t("thanks.arrived")).count(), 0);
  mode = "500";
  await page.getByRole("button", { name: t("send.again") }).click();
  await page.getByText(t("send.failed.server")).waitFor();
  mode = "slow";
  await page.getByRole("button", { name: t("send.again") }).click();
  assert.equal(await page.getByText(t("thanks.arrived")).count(), 0, "no thanks before the acknowledgement");
  await page.getByText(t("thanks.arrived")).waitFor();
  assert.ok(bodies.length >= 3);
  assert.equal(new Set(bodies).size, 1, "every attempt sends the same bytes");
  const id = JSON.parse(bodies[0]).id;
  assert.equal((await stored("resurssi")).filter((it) => it.id === id).length, 1);
  await page.context().close();
});

test("after a refusal one may go back, change an answer and send another response", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  const bodies = [];
  await page.route("**/api/**", (route) => {
    if (route.request().method() !== "PUT") return route.continue();
    bodies.push(JSON.parse(route.request().postData()));
    if (bodies.length > 1) return route.continue();
    return route.fulfill({ status: 422, contentType: "application/problem+json", body: JSON.stringify({ code: "response/answers" }) });
  });
  await page.getByRole("radio").first().waitFor();
  await begin(page, t);
  await toReview(page, t);
  await page.getByRole("button", { name: t("send.button") }).click();
  await page.getByText("response/answers").waitFor();
  await page.getByRole("button", { name: t("send.change") }).click();
  await until(async () => (await heading(page)) === t("review.title"));
  assert.equal(await page.evaluate("document.activeElement.id"), "heading");
  await page.getByRole("link", { name: /Minkä ikäinen olet/ }).click();
  await choose(page, "Minkä ikäinen olet?", "55–64");
  await toReview(page, t);
  await page.getByRole("button", { name: t("send.button") }).click();
  await page.getByText(t("thanks.arrived")).waitFor();
  assert.notEqual(bodies[0].id, bodies[1].id);
  assert.notEqual(bodies[0].answers.age_band, bodies[1].answers.age_band);
  await page.context().close();
});

/** Opens a survey of one's own in the place of `asukas`. */
async function openOwn(survey) {
  const page = await open(browser, "about:blank");
  const body = JSON.stringify({ kuuluu: { id: "asukas", version: "1", languages: ["fi"], mode: "anonymous" }, ...survey });
  await page.route("**/surveys/asukas*.json", (route) => route.fulfill({ status: 200, contentType: "application/json", body }));
  await page.goto(`${server.origin}/s/asukas`);
  await page.locator("main .question").first().waitFor();
  return page;
}

test("a question inside another keeps its place when both are wrong, and the summary says in which row it stands", async () => {
  const column = { name: "what", title: "Tehtävä", cellType: "text", isRequired: true };
  const page = await openOwn({
    elements: [
      { type: "multipletext", name: "who", title: "Yhteyshenkilö", isRequired: true, items: [{ name: "first", title: "Etunimi", isRequired: true }] },
      { type: "matrixdropdown", name: "m", title: "Kuka?", isRequired: true, columns: [column], rows: [{ value: "plan", text: "Suunnitelma" }] },
      { type: "paneldynamic", name: "p", title: "Tavoitteet", isRequired: true, panelCount: 1, templateTitle: "Tavoite {panelIndex}", templateElements: [{ type: "text", name: "t", title: "Nimi", isRequired: true }] },
    ],
  });
  await page.locator("[data-do=on]").click();
  await page.locator("#summary").waitFor();
  const low = await page.locator("main .question").evaluateAll((all) => all.filter((it) => it.getBoundingClientRect().height < 20).map((it) => it.id));
  assert.deepEqual(low, [], "questions without a height");
  const lines = await page.locator("#summary li").allInnerTexts();
  for (const start of ["Yhteyshenkilö, Etunimi:", "Suunnitelma, Tehtävä:", "Tavoite 1, Nimi:"])
    assert.ok(lines.some((it) => it.startsWith(start)), `${start} in ${lines.join(" | ")}`);
  await page.locator("#summary a", { hasText: "Suunnitelma, Tehtävä" }).click();
  await page.keyboard.type("Laadinta");
  assert.equal(await page.locator("[id^='q-m-'] input").inputValue(), "Laadinta");
  await page.context().close();
});

test("one question at a time is told by the question, not by its page", async () => {
  const text = (name, title) => ({ type: "text", name, title });
  const page = await openOwn({ title: "Oma", questionsOnPageMode: "questionPerPage", showProgressBar: true, pages: [{ name: "p", title: "Arviot", elements: [text("a", "Kuinka istut?"), text("b", "Kuinka liikut?")] }] });
  assert.equal(await page.locator(".progress__text").innerText(), t("respond.question", { page: 1, pages: 2 }));
  await next(page, t);
  await until(async () => (await page.title()) === "Kuinka liikut? – Oma");
  assert.match(await page.evaluate("document.activeElement.textContent"), /^Arviot\. Kuinka liikut\?$/);
  await page.context().close();
});

test("a false acknowledgement is not taken for one", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.route("**/api/**", (route) =>
    route.fulfill({ status: 201, contentType: "application/json", body: JSON.stringify({ format: "kuuluu-receipt/1", id: "0".repeat(32), digest: "0".repeat(64) }) }),
  );
  await page.getByRole("radio").first().waitFor();
  await begin(page, t);
  await toReview(page, t);
  await page.getByRole("button", { name: t("send.button") }).click();
  await page.getByText(t("send.failed.receipt")).waitFor();
  assert.equal(await page.getByText(t("thanks.arrived")).count(), 0);
  await page.context().close();
});

test("the first question needs the first half alone, and the first touch brings the rest", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  await page.waitForLoadState("networkidle");
  const asked = () => page.seen.requests.filter((it) => it.url.endsWith(".rest.wasm")).length;
  // What the browser tidies away later needs no more of the program, either.
  const devtools = await page.context().newCDPSession(page);
  for (let time = 0; time < 2; time += 1) {
    await devtools.send("HeapProfiler.collectGarbage");
    await page.waitForTimeout(200);
  }
  assert.equal(asked(), 0, "xtask/first-load.txt is out of date: run `cargo xtask first-load`");
  await page.mouse.move(100, 300);
  await until(() => asked() === 1);
  await begin(page, t);
  assert.equal(asked(), 1);
  assert.deepEqual(page.seen.errors, []);
  await page.context().close();

  const untouched = await open(browser, `${server.origin}/s/asukas`);
  await untouched.getByRole("radio").first().waitFor();
  await untouched.goto(`${server.origin}/icons/kuuluu.svg`);
  assert.deepEqual(untouched.seen.errors, [], "who leaves needs no more of the program");
  await untouched.context().close();
});

test("what is done before the rest has come is done when it comes, even if it fails at first", async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "fi-FI" });
  const page = await context.newPage();
  let calls = 0;
  await page.route("**/*.rest.wasm", async (route) => {
    calls += 1;
    if (calls === 1) return route.abort();
    await new Promise((later) => setTimeout(later, 2000));
    return route.continue();
  });
  await page.goto(`${server.origin}/s/asukas`);
  await choose(page, "Olen lukenut tiedon", "Kyllä");
  await next(page, t);
  assert.equal(await page.getByRole("combobox", { name: /Missä kunnassa/ }).count(), 0);
  await page.locator("#slow").waitFor({ state: "visible" });
  await page.getByRole("combobox", { name: /Missä kunnassa/ }).waitFor();
  assert.ok(calls >= 2);
  assert.equal(await page.locator("#slow").isVisible(), false);
  await context.close();
});

test("a word that the first page was not given comes with the second half, and all words where there is no such file", async () => {
  for (const answer of ["fewer", "none"]) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "fi-FI" });
    const page = await context.newPage();
    await page.route("**/words/fi.first.json", async (route) => {
      if (answer === "none") return route.fulfill({ status: 404, body: "" });
      const words = await (await route.fetch()).json();
      assert.ok(words["respond.next"] && Object.keys(words).length < 100);
      delete words["respond.next"];
      return route.fulfill({ json: words });
    });
    await page.goto(`${server.origin}/s/asukas`);
    await page.getByRole("button", { name: t("respond.next"), exact: true }).waitFor();
    await begin(page, t);
    await page.getByRole("button", { name: t("respond.back"), exact: true }).waitFor();
    await context.close();
  }
});

test("on a slow device every question of a long page is drawn, in its order, and a choice lays nothing out again", async () => {
  const page = await open(browser, "about:blank");
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  await page.goto(`${server.origin}/s/kortti`);
  await page.getByRole("radio").first().waitFor();
  const drawn = () => page.locator(".question[id]").evaluateAll((all) => all.map((it) => it.id));
  await until(async () => (await page.locator(".live:empty").count()) === 0);
  const slowly = await drawn();
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await page.reload();
  await until(async () => (await drawn()).length === slowly.length);
  assert.ok(slowly.length > 15, `${slowly.length} questions`);
  assert.deepEqual(await drawn(), slowly);

  await devtools.send("Performance.enable");
  const layouts = async () => (await devtools.send("Performance.getMetrics")).metrics.find((it) => it.name === "LayoutCount").value;
  const radios = page.getByRole("radio");
  for (const at of [0, 1, 8, 9]) {
    await radios.nth(at).scrollIntoViewIfNeeded();
    await page.waitForTimeout(at === 0 ? 2000 : 300);
    const before = await layouts();
    await radios.nth(at).check({ force: true });
    await page.waitForTimeout(100);
    assert.equal(await layouts(), before, `choice ${at}`);
  }
  await page.context().close();
});

test("a browser that compiles nothing large at once begins again with both halves", async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "fi-FI" });
  const page = await context.newPage();
  await page.addInitScript(() => {
    WebAssembly.Module = function () {
      throw new RangeError("WebAssembly.Module is disallowed on the main thread");
    };
  });
  // The page for a survey that is not there stands in the second half.
  await page.goto(`${server.origin}/s/missing`);
  await page.getByRole("heading", { name: t("survey.missing.title") }).waitFor();
  assert.ok(page.url().includes("whole"));
  await context.close();
});

test("who does not consent sends nothing", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  await choose(page, "Olen lukenut tiedon", "Ei");
  await next(page, t);
  await until(async () => (await page.getByRole("radio").count()) === 0);
  assert.equal(await page.getByRole("button", { name: t("send.button") }).count(), 0);
  assert.equal(page.seen.requests.filter((it) => it.method !== "GET").length, 0);
  await page.context().close();
});

test("the card asks for nothing after it has loaded and keeps nothing", async () => {
  const page = await open(browser, `${server.origin}/s/kortti`);
  await page.getByRole("radio").first().waitFor();
  await page.waitForLoadState("networkidle");
  const loaded = page.seen.requests.length;
  for (const group of await page.getByRole("group").all()) {
    const radio = group.getByRole("radio").last();
    if (await radio.count()) await radio.check();
  }
  await next(page, t);
  await page.getByText(t("device.title")).first().waitFor();
  assert.equal(page.seen.requests.length, loaded, page.seen.requests.slice(loaded).map((it) => it.url).join(" "));
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  await page.context().close();
});

test("a hostile survey file runs nothing and says that it cannot be opened, or shows plain text", async () => {
  const evil = "<img src=x onerror=\"window.__pwned=1\"><script>window.__pwned=1</script><a href=\"javascript:window.__pwned=1\">linkki</a>";
  const survey = {
    title: evil,
    kuuluu: { id: "paha", version: "1", languages: ["fi"], mode: "anonymous" },
    pages: [{ name: "p", title: evil, elements: [{ type: "html", name: "h", html: evil }, { type: "text", name: "q", title: `${evil} {q}` }, { type: "constructor", name: "__proto__" }] }],
  };
  const config = JSON.parse(readFileSync(path.join(DIST, "config.json"), "utf8"));
  for (const id of ["paha", "rikki", "syva"]) config.surveys.push({ id, file: `surveys/${id}.json`, title: { fi: id, sv: id, en: id, "fi-x-selko": id } });
  const dist = ownDist((folder) => {
    writeFileSync(path.join(folder, "surveys/paha.json"), JSON.stringify(survey));
    writeFileSync(path.join(folder, "surveys/rikki.json"), '{"pages":[{"elements":');
    writeFileSync(path.join(folder, "surveys/syva.json"), "[".repeat(100_000));
    writeFileSync(path.join(folder, "config.json"), JSON.stringify(config));
  });
  const other = await serve({ dist }).catch((error) => error);
  // A collector may refuse to start with a broken survey; the page must stand by itself.
  const origin = other.origin ?? server.origin;
  for (const id of ["paha", "rikki", "syva"]) {
    const page = await open(browser, `${origin}/s/${id}`);
    if (!other.origin) {
      const body = readFileSync(path.join(dist, `surveys/${id}.json`), "utf8");
      await page.route(`**/surveys/${id}.json`, (route) => route.fulfill({ status: 200, contentType: "application/json", body }));
      await page.route("**/config.json", (route) => route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify(config) }));
      await page.reload();
    }
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    assert.equal(await page.evaluate("window.__pwned"), undefined);
    assert.equal(await page.locator("a[href^='javascript']").count(), 0);
    assert.equal(await page.locator("main img").count(), 0);
    assert.deepEqual(page.seen.errors.filter((it) => /panicked|unreachable/.test(it)), []);
    await page.context().close();
  }
  await other.stop?.();
  other.remove?.();
  rmSync(dist, { recursive: true, force: true });
});

test("a wrong configuration is named, field by field", async () => {
  const page = await open(browser, "about:blank");
  const config = JSON.parse(readFileSync(path.join(DIST, "config.json"), "utf8"));
  delete config.endpoint;
  config.languages = "fi";
  await page.route("**/config.json", (route) => route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify(config) }));
  await page.goto(`${server.origin}/s/asukas`);
  await page.getByRole("heading", { name: t("config.broken.title") }).waitFor();
  const text = await page.locator("main").innerText();
  assert.match(text, /endpoint/);
  assert.match(text, /languages/);
  await page.context().close();
});

test("no page has anything that axe-core reports, in any language, light or dark (ACC-01)", async () => {
  const page = await open(browser, "about:blank");
  for (const language of ["fi", "sv", "en", "fi-x-selko"]) {
    for (const address of ["/", "/s/asukas", "/s/resurssi", "/s/kortti", "/s/ennakko", "/legal/accessibility", "/legal/privacy", "/legal/storage", "/nowhere"]) {
      await page.goto(`${server.origin}${address}?lang=${language}`);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await axe(page), [], `${address} ${language} ${colorScheme}`);
      }
    }
  }
  await page.context().close();
});

for (const [survey, languages, adds] of [
  ["asukas", ["sv", "en", "fi-x-selko", "fi"], []],
  ["ennakko", ["sv", "en", "fi"], ["Lisää ehdotus"]],
  ["kortti", ["sv", "en", "fi-x-selko", "fi"], []],
]) {
  test(`every page of ${survey} from the first to the end is clean for axe-core in each language, light and dark (ACC-01)`, async () => {
    const page = await open(browser, `${server.origin}/s/${survey}`);
    await page.locator("main .question").first().waitFor();
    const looked = [];
    const look = async () => {
      for (const [ix, language] of languages.entries()) {
        await page.locator(`header nav a[lang="${language}"]`).click();
        await until(() => page.evaluate((it) => document.documentElement.lang === it, language));
        const schemes = language === "fi" ? ["dark", "light"] : [ix % 2 ? "light" : "dark"];
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await axe(page), [], `${await heading(page)}, ${language}, ${colorScheme}`);
        }
      }
      looked.push(await heading(page));
    };
    const end = survey === "kortti" ? t("device.title") : t("thanks.title");
    while ((await heading(page)) !== end) {
      await look();
      assert.ok(looked.length < 12, looked.join(", "));
      await answerPage(page, { trouble: [], adds });
      await until(async () => (await heading(page)) !== t("send.sending"));
    }
    await look();
    assert.deepEqual(page.seen.errors, []);
    await page.context().close();
  });
}

test("a press counts although the field that is left for it gets a message, which moves what is pressed", async () => {
  const page = await open(browser, "about:blank");
  const asks = { type: "text", name: "n", inputType: "number", title: { fi: "Montako tuntia nukuit?" } };
  const survey = { title: { fi: "Uni" }, kuuluu: { id: "uni", version: "1", languages: ["fi"], mode: "anonymous" }, pages: [{ name: "p", title: { fi: "Yö" }, elements: [asks] }, { name: "q", title: { fi: "Päivä" }, elements: [{ type: "text", name: "m", title: { fi: "Entä päivällä?" } }] }] };
  await page.route("**/surveys/uni.json", (route) => route.fulfill({ json: survey }));
  await page.goto(`${server.origin}/s/uni`);
  await page.getByRole("textbox", { name: "Montako tuntia nukuit?" }).fill("kahdeksan");
  const button = await page.locator("main .ways__on").boundingBox();
  await page.mouse.move(button.x + button.width / 2, button.y + button.height - 6);
  await page.mouse.down();
  await page.waitForTimeout(200);
  assert.deepEqual(await page.locator("main .ways__on").boundingBox(), button, "nothing moves under the finger");
  await page.mouse.up();
  await page.locator(".summary").waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.closest(".summary") !== null), "the summary has the focus");
  await page.getByRole("textbox", { name: "Montako tuntia nukuit?" }).fill("yhdeksän");
  await page.keyboard.press("Tab");
  await page.locator("#q-n .message").waitFor();
  await page.context().close();
});

test("the store and the log keep no address, no browser and no time of day", async () => {
  await server.stop();
  const files = readdirSync(server.data, { recursive: true }).map((name) => path.join(server.data, name));
  const texts = [server.printed()];
  for (const file of files) {
    try {
      texts.push(readFileSync(file).toString("latin1"));
    } catch (error) {
      if (error.code !== "EISDIR") throw error;
    }
  }
  const everything = texts.slice(1).join("\n");
  assert.ok(everything.includes("kuuluu-response/1"), "the answers were looked at");
  assert.doesNotMatch(everything, /127\.0\.0\.1|::1|HeadlessChrome|Mozilla\/|user-agent/i);
  assert.doesNotMatch(everything, /\d{4}-\d\d-\d\d[T ]\d\d:\d\d/);
  assert.doesNotMatch(texts[0], /HeadlessChrome|Mozilla\/|user-agent/i);
  assert.doesNotMatch(texts[0], /\d\d:\d\d:\d\d/);
});
