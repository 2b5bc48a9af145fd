// Any screen, any setting, any language: every page around the questions.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { begin, choose, heading, next, toReview } from "./answering.mjs";
import { readOut } from "./gallery.mjs";
import { DIST, browser, contrasts, onStage, open, server, tooWide, until } from "./harness.mjs";
import { words } from "./words.mjs";

const t = words("fi");
const LANGUAGES = ["fi", "sv", "en", "fi-x-selko"];
const PAGES = ["/", "/s/asukas", "/s/resurssi", "/s/kortti", "/s/ennakko", "/s/asukas/paper", "/legal/accessibility", "/legal/privacy", "/legal/storage", "/nowhere"];
/** 1280 × 1024 at 400 %. */
const ZOOMED = { viewport: { width: 320, height: 256 } };

onStage();

const ready = (page) => page.locator("main h1").first().waitFor();

/** Line height, letters, words and paragraphs set as in success criterion 1.4.12. */
const spaced = (page) =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }");
    document.adoptedStyleSheets.push(sheet);
  });

const textSize = (page, size) => page.evaluate((it) => document.documentElement.style.setProperty("font-size", it), size);

/** Texts that are cut off: taller or wider than the box that hides what overflows. */
const cutOff = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("main *, header *, footer *")]
      .filter((it) => it.checkVisibility() && it.innerText && !it.classList.contains("visually-hidden") && ["hidden", "clip"].includes(getComputedStyle(it).overflowY))
      .filter((it) => it.scrollHeight > it.clientHeight + 2 && it.clientHeight > 2)
      .map((it) => `${it.tagName}.${it.className}`),
  );

test("every page fits 400 % zoom and wide text spacing without scrolling sideways or losing text (ACC-08)", async () => {
  const page = await open(browser, "about:blank", ZOOMED);
  for (const address of PAGES) {
    for (const language of address.startsWith("/legal") ? ["sv"] : ["fi", "sv"]) {
      await page.goto(`${server.origin}${address}?lang=${language}`);
      await ready(page);
      assert.deepEqual(await tooWide(page), [], `${address} ${language}`);
      await spaced(page);
      assert.deepEqual(await tooWide(page), [], `${address} ${language}, spaced`);
      assert.deepEqual(await cutOff(page), [], `${address} ${language}, spaced`);
    }
  }
  await page.context().close();
});

test("the whole way through a survey fits 320 pixels, also with twice the text; help stays in its place and the language can be changed (ACC-08, ACC-16, LAN-02)", async () => {
  const page = await open(browser, `${server.origin}/s/asukas?lang=fi`, ZOOMED);
  await page.getByRole("radio").first().waitFor();
  const looks = [];
  const look = async () => {
    const at = await heading(page);
    assert.deepEqual(await tooWide(page), [], at);
    await textSize(page, "200%");
    assert.deepEqual(await tooWide(page), [], `${at}, twice the text`);
    await textSize(page, "");
    assert.equal(new URL(page.url()).searchParams.get("lang"), "fi", at);
    looks.push(
      await page.evaluate(() => ({
        around: [...document.querySelectorAll("body > :not(script, style, [hidden])")].map((it) => it.tagName),
        help: document.querySelector("footer section:first-of-type h2").innerText,
        contacts: [...document.querySelectorAll("footer section:first-of-type a")].map((it) => it.innerText),
        legal: [...document.querySelectorAll("footer nav a")].map((it) => it.getAttribute("href")),
        languages: [...document.querySelectorAll("header nav a")].map((it) => it.lang),
      })),
    );
  };
  await look();
  await next(page, t);
  await page.locator(".summary").waitFor();
  assert.ok((await page.title()).startsWith(`${t("summary.in_title")}: `), "the title says that something is to be mended");
  await look();
  await begin(page, t);
  assert.ok(!(await page.title()).startsWith(t("summary.in_title")), await page.title());
  await look();
  for (let step = 0; step < 8 && (await heading(page)) !== t("review.title"); step++) {
    const before = await heading(page);
    await next(page, t);
    await page.waitForFunction((old) => document.querySelector("h1")?.innerText.trim() !== old, before);
    await look();
  }
  await page.getByRole("button", { name: t("send.button") }).click();
  await page.getByText(t("thanks.arrived")).waitFor();
  await look();
  assert.ok(looks.length >= 9);
  for (const it of looks) assert.deepEqual(it, looks[0]);
  assert.deepEqual(looks[0].languages, LANGUAGES);
  await page.context().close();
});

test("whatever is pressed around the questions is large enough (ACC-15)", async () => {
  const page = await open(browser, "about:blank");
  for (const address of ["/", "/s/asukas", "/s/kortti", "/legal/privacy"]) {
    await page.goto(`${server.origin}${address}`);
    await ready(page);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, summary, header a, footer a, .card, .ways a, .summary a, .review__change a")]
        .filter((it) => it.checkVisibility() && !it.closest(".skip"))
        .map((it) => [it.outerHTML.slice(0, 100), it.getBoundingClientRect()])
        .filter(([html, box]) => box.height < 43.5 && !html.includes('class="skip"'))
        .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`),
    );
    assert.deepEqual(small, [], address);
  }
  await page.context().close();
});

test("colours stand apart from each other, light and dark (ACC-10)", async () => {
  const text = [
    ["ink", "paper"], ["ink", "surface"], ["ink", "surface-sunken"], ["ink", "accent-soft"], ["ink", "warning-soft"],
    ["ink-soft", "paper"], ["ink-soft", "surface"], ["ink-soft", "surface-sunken"], ["ink-soft", "warning-soft"],
    ["accent", "paper"], ["accent", "surface"], ["accent", "surface-sunken"], ["accent-strong", "surface"], ["on-accent", "accent"],
    ["danger", "paper"], ["danger", "surface"], ["danger", "danger-soft"], ["on-danger", "danger"],
    ["warning", "surface"], ["warning", "warning-soft"], ["success", "success-soft"], ["success", "surface"],
  ];
  const things = [["line-strong", "surface"], ["line-strong", "paper"], ["accent", "line"], ["focus", "paper"], ["focus", "surface"], ["focus", "focus-halo"]];
  for (const colorScheme of ["light", "dark"]) {
    const page = await open(browser, `${server.origin}/`, { colorScheme });
    await ready(page);
    const is = await contrasts(page, [...text, ...things]);
    const weak = [...text, ...things].map((pair, ix) => [pair, is[ix], ix < text.length ? 4.5 : 3]).filter(([, is, least]) => is < least);
    assert.deepEqual(weak.map(([[one, other], is, least]) => `${one} on ${other}: ${is.toFixed(2)} < ${least}`), [], colorScheme);
    await page.context().close();
  }
});

test("who wants no motion gets none (ACC-21)", async () => {
  const moving = async (reducedMotion) => {
    const page = await open(browser, `${server.origin}/s/asukas`, { reducedMotion });
    await page.getByRole("radio").first().waitFor();
    const found = await page.evaluate(() => {
      // What turns while something is waited for has gone by now.
      document.body.append(Object.assign(document.createElement("div"), { className: "loading__mark" }));
      const moving = [...document.querySelectorAll("body *")].filter((it) => ["", "::before"].some((part) => {
        const style = getComputedStyle(it, part || null);
        return style.animationName !== "none" || style.transitionDuration.split(", ").some((one) => parseFloat(one) > 0);
      }));
      return [getComputedStyle(document.documentElement).getPropertyValue("--duration").trim(), ...moving.map((it) => it.className)];
    });
    await page.context().close();
    return found;
  };
  assert.deepEqual(await moving("reduce"), ["0ms"]);
  const [duration, ...rest] = await moving("no-preference");
  assert.ok(parseFloat(duration) > 0);
  assert.deepEqual(rest, ["loading__mark"], "the test sees what moves");
});

test("what is far from the screen is read out, too (ACC-06)", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`, ZOOMED);
  await page.getByRole("radio").first().waitFor();
  await begin(page, t);
  await next(page, t);
  await page.locator("#q-sleep").waitFor();
  const said = (await readOut(page)).match(/^ *radio "/gm).length;
  assert.equal(said, await page.locator("main input[type=radio]").count());
  await page.context().close();
});

test("who wants more contrast gets it (ACC-21)", async () => {
  const look = async (contrast) => {
    const page = await open(browser, `${server.origin}/s/asukas`, { contrast });
    await page.getByRole("radio").first().waitFor();
    const [text, line, ink] = await page.evaluate(() => [getComputedStyle(document.querySelector(".lead")).color, getComputedStyle(document.querySelector(".choice")).borderTopColor, getComputedStyle(document.body).color]);
    await page.context().close();
    return [text === ink, line === ink];
  };
  assert.deepEqual(await look("no-preference"), [false, false]);
  assert.deepEqual(await look("more"), [true, true]);
});

test("in forced colours what is chosen, wrong or in focus still shows (ACC-21)", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`, { forcedColors: "active" });
  await page.getByRole("radio").first().waitFor();
  assert.ok(await page.evaluate(() => matchMedia("(forced-colors: active)").matches));
  await next(page, t);
  await page.locator(".summary").waitFor();
  const mark = (index) => page.getByRole("radio").nth(index).evaluate((it) => getComputedStyle(it).backgroundImage);
  await page.getByRole("radio").first().focus();
  await page.keyboard.press("Space");
  await until(async () => (await mark(0)) !== "none");
  assert.equal(await mark(1), "none");
  const [inner, outer] = (await mark(0)).match(/[a-z]+\([^()]*\)/g);
  assert.notEqual(inner, outer);
  const ring = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement.closest(".choice"));
    return [style.outlineStyle, parseFloat(style.outlineWidth)];
  });
  assert.deepEqual(ring, ["solid", 3]);
  await next(page, t);
  const bar = page.locator(".progress__bar");
  await bar.waitFor();
  const [edge, paper, own] = await bar.evaluate((it) => {
    const style = getComputedStyle(it);
    return [style.borderTopColor, style.backgroundColor, style.getPropertyValue("forced-color-adjust")];
  });
  assert.notEqual(edge, paper, "the bar has an edge");
  assert.equal(own, "none", "what is filled stays filled");
  await page.context().close();
});

test("dark, light, larger text and one's own styles are taken from the device (ACC-21)", async () => {
  const lightness = async (colorScheme) => {
    const page = await open(browser, `${server.origin}/`, { colorScheme });
    await ready(page);
    const [paper, size] = await page.evaluate(async () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
      canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      const paper = canvas.getImageData(0, 0, 1, 1).data[0];
      const before = parseFloat(getComputedStyle(document.querySelector("main p")).fontSize);
      document.documentElement.style.setProperty("font-size", "200%");
      return [paper, parseFloat(getComputedStyle(document.querySelector("main p")).fontSize) / before];
    });
    assert.ok(Math.abs(size - 2) < 0.01, `texts follow the reader's size: ${size}`);
    await page.context().close();
    return paper;
  };
  assert.ok((await lightness("light")) > 230);
  assert.ok((await lightness("dark")) < 60);
});

test("the accessibility statement has its eight parts, is young enough and names Traficom and 14 days (ACC-03, ACC-04)", async () => {
  const page = await open(browser, `${server.origin}/`);
  for (const language of ["fi", "sv"]) {
    const say = words(language);
    await page.goto(`${server.origin}/legal/accessibility?lang=${language}`);
    await page.locator("main h2").first().waitFor();
    const parts = ["service", "conformity", "nonAccessible", "alternatives", "assessment", "feedback", "enforcement", "published"];
    assert.deepEqual(await page.locator("main h2").allInnerTexts(), parts.map((it) => say(`legal.accessibility.${it}`)));
    const text = await page.locator("main").innerText();
    assert.doesNotMatch(text, new RegExp(say("legal.empty")));
    assert.match(text, /Traficom/);
    assert.match(text, language === "fi" ? /14 vuorokauden/ : /14 dygn/);
    const [, day, month, year] = text.match(/(\d{1,2})\.(\d{1,2})\.(\d{4})/);
    const age = (Date.now() - Date.UTC(year, month - 1, day)) / 86_400_000;
    assert.ok(age < 366, `${age} days old`);
  }
  for (const address of PAGES) {
    await page.goto(`${server.origin}${address}`);
    await ready(page);
    for (const name of ["accessibility", "privacy", "storage"]) assert.ok(await page.getByRole("contentinfo").getByRole("link", { name: t(`footer.${name}`), exact: true }).isVisible(), `${address} ${name}`);
  }
  await page.context().close();
});

test("the statement comes from the installation's own file (ACC-03)", async () => {
  const page = await open(browser, "about:blank");
  const legal = JSON.parse(readFileSync(path.join(DIST, "legal.json"), "utf8"));
  legal.accessibility.service.fi = "Janakkalan oma palvelu.\nToinen kappale.";
  delete legal.accessibility.published.fi;
  await page.route("**/legal.json", (route) => route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify(legal) }));
  await page.goto(`${server.origin}/legal/accessibility`);
  await page.getByText("Janakkalan oma palvelu.").waitFor();
  assert.ok(await page.getByText("Toinen kappale.").isVisible());
  await page.context().close();
});

test("the first page and every question offer each language, and the address keeps the choice (LAN-02, ACC-13)", async () => {
  const page = await open(browser, `${server.origin}/`);
  await ready(page);
  for (const [name, tag] of [["Svenska", "sv"], ["English", "en"], ["Selkosuomi", "fi-x-selko"], ["Suomi", "fi"]]) {
    await page.getByRole("navigation", { name: words(await page.evaluate(() => document.documentElement.lang))("app.menu.language") }).getByRole("link", { name, exact: true }).click();
    await until(async () => (await page.evaluate(() => document.documentElement.lang)) === tag);
    assert.equal(new URL(page.url()).searchParams.get("lang"), tag);
    assert.equal(await heading(page), words(tag)("home.title"));
  }
  await page.getByRole("link", { name: "Svenska", exact: true }).click();
  await page.getByRole("link", { name: "Välfärdsenkät för invånare" }).click();
  await page.getByRole("radio").first().waitFor();
  assert.equal(new URL(page.url()).searchParams.get("lang"), "sv");
  await page.reload();
  await page.getByText("Enkäten riktar sig till invånare i arbetsför ålder").waitFor();
  await page.context().close();
});

test("a survey in a language that the interface does not have is shown in it, marked and in its direction (ACC-13, LAN-02)", async () => {
  const page = await open(browser, "about:blank");
  const survey = {
    title: { fi: "Kysely", ar: "استبيان" },
    kuuluu: { id: "kaksi", version: "1", languages: ["fi", "ar"], mode: "anonymous" },
    pages: [{ name: "p", title: { fi: "Sivu", ar: "صفحة" }, elements: [{ type: "radiogroup", name: "q", title: { fi: "Voitko hyvin?", ar: "هل أنت بخير؟" }, choices: [{ value: "1", text: { fi: "Kyllä", ar: "نعم" } }] }] }],
  };
  await page.route("**/surveys/kaksi.json", (route) => route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify(survey) }));
  await page.goto(`${server.origin}/s/kaksi`);
  await page.getByRole("radio", { name: "Kyllä" }).check();
  await page.getByRole("link", { name: "العربية" }).click();
  await page.getByRole("radio", { name: "نعم" }).waitFor();
  assert.ok(await page.getByRole("radio", { name: "نعم" }).isChecked());
  const part = await page.locator(".survey").evaluate((it) => [it.lang, it.dir, getComputedStyle(it).direction]);
  assert.deepEqual(part, ["ar", "rtl", "rtl"]);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "fi");
  assert.deepEqual(await tooWide(page), []);
  const own = await page.getByRole("button", { name: t("respond.review") }).evaluate((it) => it.closest("[lang]").lang);
  assert.equal(own, "fi", "the interface's words say that they are Finnish");
  await page.context().close();
});

test("a warning is said at the field and in its description, and keeps nobody from going on", async () => {
  const page = await open(browser, "about:blank");
  const asks = { type: "text", name: "n", inputType: "number", title: { fi: "Montako tuntia nukuit?" }, validators: [{ type: "numeric", maxValue: 16, notificationType: "warning", text: { fi: "Tarkista luku. Se on suuri." } }] };
  const survey = { title: { fi: "Uni" }, kuuluu: { id: "uni", version: "1", languages: ["fi"], mode: "anonymous" }, pages: [{ name: "p", title: { fi: "Yö" }, elements: [asks] }, { name: "q", title: { fi: "Päivä" }, elements: [{ type: "text", name: "m", title: { fi: "Entä päivällä?" } }] }] };
  await page.route("**/surveys/uni.json", (route) => route.fulfill({ json: survey }));
  await page.goto(`${server.origin}/s/uni`);
  const field = page.getByRole("textbox", { name: "Montako tuntia nukuit?" });
  await field.fill("20");
  await page.keyboard.press("Tab");
  await page.locator("#q-n .message").waitFor();
  assert.equal((await page.locator("#q-n .message").innerText()).replace(/\s+/g, " "), `${t("question.warning")}: Tarkista luku. Se on suuri.`);
  const [invalid, described] = await field.evaluate((it) => [it.getAttribute("aria-invalid"), document.getElementById(it.getAttribute("aria-describedby")).innerText]);
  assert.equal(invalid, null, "a warning is no mistake");
  assert.match(described, /Se on suuri/);
  await next(page, t);
  await page.getByRole("heading", { level: 1, name: "Päivä" }).waitFor();
  await page.context().close();
});

test("progress tells the truth when pages come and go", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  const said = () => page.locator(".progress__text").innerText();
  await choose(page, "Olen lukenut tiedon", "Kyllä");
  const pages = Number((await said()).match(/\/(\d+)$/)[1]);
  assert.equal(pages, 7);
  await choose(page, "Olen lukenut tiedon", "Ei");
  await until(async () => (await page.locator(".progress__text").count()) === 0 || !(await said()).endsWith("/7"));
  await choose(page, "Olen lukenut tiedon", "Kyllä");
  await until(async () => (await said()).endsWith("/7"));
  await begin(page, t);
  await toReview(page, t);
  await page.context().close();
});

test("an answer given on behalf of someone says so, and nothing more (ACC-23)", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  await page.getByRole("button", { name: t("footer.assisted") }).click();
  await page.getByText(t("assisted.on")).waitFor();
  await page.getByRole("button", { name: t("assisted.off") }).click();
  assert.equal(await page.getByText(t("assisted.on")).count(), 0);
  await page.getByRole("button", { name: t("footer.assisted") }).click();
  await next(page, t);
  await page.locator("#summary").waitFor();
  assert.equal(await page.locator("#summary li").count(), 1, "what decides whether anything is sent is asked");
  await choose(page, "Olen lukenut tiedon", "Kyllä");
  await toReview(page, t);
  await page.getByRole("button", { name: t("send.button") }).click();
  await page.getByText(t("thanks.arrived")).waitFor();
  const { answers } = JSON.parse(page.seen.requests.find((it) => it.method === "PUT").body);
  assert.equal(answers.kuuluuChannel, "assisted");
  assert.deepEqual(Object.keys(answers).sort(), ["consent", "kuuluuChannel"], "the form on paper left the rest open");
  await page.context().close();
});

test("at the end one's own themes stand beside published figures, and nothing is sent for it (LAN-05)", async () => {
  const page = await open(browser, `${server.origin}/s/asukas`);
  await page.getByRole("radio").first().waitFor();
  await begin(page, t);
  const drawn = () => until(async () => (await page.locator(".live:empty").count()) === 0);
  while ((await page.locator("#q-lonely").count()) === 0) {
    const before = await heading(page);
    await next(page, t);
    await page.waitForFunction((old) => document.querySelector("h1")?.innerText.trim() !== old, before);
    await drawn();
  }
  await choose(page, "Tunnetko itsesi yksinäiseksi?", "Joskus");
  await toReview(page, t);
  await page.getByRole("button", { name: t("send.button") }).click();
  await page.locator(".beside").first().waitFor();
  const beside = page.locator(".theme", { hasText: t("theme.social_participation") }).locator(".beside");
  const rows = await beside.locator(".beside__row").allInnerTexts();
  assert.deepEqual(rows.map((it) => it.split("\n")[0]), ["Kanta-Häme", "Suomi"], "Janakkala's few answers are not published");
  assert.ok(rows[1].includes("29,7\u00a0%"), rows[1]);
  assert.ok((await beside.innerText()).includes(`Vastasit: Joskus. ${t("mine.among")}`));
  assert.match(await beside.innerText(), /Tilastokeskus.*, 2022/);
  const why = page.locator(".theme", { hasText: t("theme.social_participation") }).locator(".theme__why li");
  assert.deepEqual(await why.allInnerTexts(), ["Tunnetko itsesi yksinäiseksi? Joskus"], "the answer that made the theme what it is");
  const ways = await page.locator(".theme p a").evaluateAll((links) => links.map((it) => [it.getAttribute("href"), it.target, it.rel]));
  assert.deepEqual(ways, [["https://lahella.fi", "_blank", "noopener noreferrer"]], "a way on to services, beside the answers");
  const after = page.seen.requests.slice(page.seen.requests.findIndex((it) => it.method === "PUT") + 1);
  assert.deepEqual(after.map((it) => [it.method, new URL(it.url).pathname]), [["GET", "/data/guidance/asukas.json"], ["GET", "/data/figures/asukas.json"]]);
  await page.context().close();
});
