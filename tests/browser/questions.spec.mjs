// Every kind of question in every state, on the gallery's stories.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { axe, launch } from "./harness.mjs";
import { LANGUAGES, STATES, STORIES, agrees, data, readOut, serveGallery, story } from "./gallery.mjs";

describe("questions", () => {
  let gallery, browser, page, errors;

  before(async () => {
    gallery = await serveGallery();
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    await gallery.stop();
  });
  beforeEach(async () => {
    await page?.context().close();
    page = await browser.newPage({ viewport: { width: 1024, height: 900 }, locale: "fi-FI" });
    errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  });

  const show = (name, options) => story(page, gallery.origin, name, options);
  const focused = () => page.evaluate(() => document.activeElement?.id);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  for (const name of STORIES) {
    it(`axe has nothing to say about ${name} in any state, and it is read out as it was agreed (ACC-01, ACC-06)`, async () => {
      let said = "";
      for (const state of STATES) {
        await show(name, { state });
        said += `# ${state}\n${await readOut(page)}\n`;
        assert.deepEqual(await axe(page), [], `${name}, ${state}`);
      }
      assert.deepEqual(errors, []);
      agrees(name, said);
    });

    it(`axe has nothing to say about ${name} in the dark and in each language (ACC-01, LAN-01)`, async () => {
      await page.emulateMedia({ colorScheme: "dark" });
      for (const lang of LANGUAGES) {
        await show(name, { state: "error", lang });
        assert.deepEqual(await axe(page), [], `${name}, ${lang}`);
      }
      await page.setViewportSize({ width: 390, height: 844 });
      await show(name, { state: "answered" });
      assert.deepEqual(await axe(page), [], `${name}, narrow`);
    });

    it(`${name} fits 320 pixels, twice the text and wide spacing without scrolling sideways (ACC-07, ACC-08)`, async () => {
      await page.setViewportSize({ width: 320, height: 640 });
      for (const state of ["answered", "error"]) {
        await show(name, { state });
        assert.equal(await overflow(), 0, `${name}, ${state}, 320 px`);
      }
      await page.setViewportSize({ width: 640, height: 800 });
      await show(name, { state: "answered" });
      await page.evaluate(() => {
        document.documentElement.style.setProperty("font-size", "200%");
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }");
        document.adoptedStyleSheets.push(sheet);
      });
      await page.waitForTimeout(200);
      assert.equal(await overflow(), 0, `${name}, 200 %`);
    });

    it(`every control of ${name} is come to with Tab, in the order of the page, and shows that it has the focus (ACC-05, ACC-06)`, async () => {
      for (const state of ["answered", "error"]) {
        await show(name, { state });
        await page.evaluate(() => {
          const isOne = (it) => it.type !== "radio" || it === [...document.getElementsByName(it.name)].find((one) => one.checked) || (it === document.getElementsByName(it.name)[0] && ![...document.getElementsByName(it.name)].some((one) => one.checked));
          window.__wanted = [...document.querySelectorAll("main .question :is(input, select, textarea, button, summary, a[href])")].filter((it) => it.checkVisibility({ visibilityProperty: true }) && !it.disabled && it.tabIndex >= 0 && isOne(it));
          window.__came = [];
        });
        for (let step = 0; step < 400; step++) {
          await page.keyboard.press("Tab");
          const goesOn = await page.evaluate(() => {
            const it = document.activeElement;
            // The browser's own fields of a time have parts.
            if (it === window.__came.at(-1)) return true;
            if (!it || it === document.body || window.__came.includes(it)) return window.__came.length === 0;
            if (window.__wanted.includes(it)) {
              const shown = [it, it.closest("label"), it.closest(".choice, .scale, .combobox")].filter(Boolean).map((one) => getComputedStyle(one));
              if (!shown.some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none")) it.dataset.unseen = "";
              window.__came.push(it);
            }
            return true;
          });
          if (!goesOn) break;
        }
        const [missed, unseen, inOrder] = await page.evaluate(() => {
          const said = (it) => it.outerHTML.slice(0, 120);
          return [window.__wanted.filter((it) => it.isConnected && !window.__came.includes(it)).map(said), window.__came.filter((it) => "unseen" in it.dataset).map(said), window.__came.every((it, at) => !at || (window.__came[at - 1].compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0)];
        });
        assert.deepEqual(missed, [], `${name}, ${state}: never come to`);
        assert.deepEqual(unseen, [], `${name}, ${state}: focus not seen`);
        assert.ok(inOrder, `${name}, ${state}: another order than the page's`);
      }
    });

    it(`whatever is pressed in ${name} is large enough (ACC-15)`, async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await show(name, { state: "answered" });
      const small = await page.evaluate(() =>
        [...document.querySelectorAll("main .question button, .choice, .field, [type=range], [role=option]")]
          .filter((it) => it.checkVisibility())
          .map((it) => [it.outerHTML.slice(0, 120), it.getBoundingClientRect()])
          .filter(([, box]) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
          .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`),
      );
      assert.deepEqual(small, []);
    });
  }

  it("a survey in Arabic runs from right to left and fits 320 pixels (LAN-02)", async () => {
    for (const width of [320, 1024]) {
      await page.setViewportSize({ width, height: 800 });
      for (const state of ["answered", "error"]) {
        await show("arabic", { state, lang: "ar" });
        assert.equal(await overflow(), 0);
        assert.deepEqual(await axe(page), []);
      }
    }
    const box = (selector) => page.locator(selector).first().boundingBox();
    const [input, text] = [await box("#q-r-input"), await box("#q-r .choice__text")];
    assert.ok(input.x > text.x, "the radio button stands to the right of its text");
  });

  it("a choice is made, and taken back, by keyboard alone (ACC-05)", async () => {
    await show("choices");
    await page.locator("#q-often-input").focus();
    await page.keyboard.press("ArrowDown");
    assert.equal((await data(page)).often, "seldom");
    await page.locator("#q-often-i1").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "q-often-input");
    assert.equal((await data(page)).often, undefined);
  });

  it("drawing again keeps the field, its focus and its cursor", async () => {
    await show("fields");
    const field = page.locator("#q-street-input");
    await field.fill("Linnatu");
    await field.evaluate((it) => {
      it.__same = true;
      it.setSelectionRange(5, 5);
    });
    await page.keyboard.type("nka");
    assert.equal(await field.inputValue(), "Linnankatu");
    assert.deepEqual(await field.evaluate((it) => [it.__same, it.selectionStart, document.activeElement === it]), [true, 8, true]);
  });

  it("a change touches the question that changed and no other", async () => {
    await show("choices");
    await page.evaluate(() => {
      window.__touched = new Set();
      new MutationObserver((records) => records.forEach((it) => window.__touched.add((it.target.closest ? it.target : it.target.parentElement).closest(".question")?.id))).observe(document.querySelector("main"), {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
    });
    await page.locator("#q-often-i2").check();
    await page.waitForTimeout(100);
    assert.deepEqual(await page.evaluate(() => [...window.__touched].filter((it) => it !== "q-often")), []);
  });

  it("a refused choice does not look chosen", async () => {
    await show("choices");
    for (const ix of [1, 2, 3]) await page.locator("#q-hobbies").getByRole("checkbox").nth(ix).check();
    const fourth = page.locator("#q-hobbies").getByRole("checkbox").nth(4);
    if (await fourth.isEnabled()) await fourth.click();
    assert.equal(await fourth.isChecked(), ((await data(page)).hobbies ?? []).includes("garden"));
  });

  it("a long list is searched and chosen from by keyboard, as the authoring practices say", async () => {
    await show("lists");
    const box = page.getByRole("combobox", { name: /Missä kunnassa asut/ });
    await box.focus();
    await page.keyboard.type("hämeenl");
    assert.equal(await box.getAttribute("aria-expanded"), "true");
    const active = await box.getAttribute("aria-activedescendant");
    assert.equal(await page.locator(`#${active}`).innerText(), "Hämeenlinna");
    await page.keyboard.press("Enter");
    assert.equal(await box.getAttribute("aria-expanded"), "false");
    assert.equal(await box.inputValue(), "Hämeenlinna");
    assert.equal((await data(page)).municipality, "109");
    await box.focus();
    await page.keyboard.type("x");
    await page.keyboard.press("Escape");
    assert.equal(await box.inputValue(), "Hämeenlinna");
    assert.equal(await box.evaluate((it) => it === document.activeElement), true);
  });

  it("a list opens at what is chosen, the arrow closes it again, and Home goes back to the field", async () => {
    await show("lists", { state: "answered" });
    const box = page.getByRole("combobox", { name: /Missä kunnassa asut/ });
    const active = async () => (await box.getAttribute("aria-activedescendant")) ?? null;
    await box.focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.locator(`#${await active()}`).innerText(), "Hämeenlinna");
    await page.keyboard.press("Home");
    assert.equal(await active(), null);
    await page.keyboard.press("Escape");
    const arrow = page.locator("#q-municipality .combobox > button");
    for (const expanded of ["true", "false"]) {
      await arrow.click();
      assert.equal(await box.getAttribute("aria-expanded"), expanded);
      assert.equal(await box.evaluate((it) => it === document.activeElement), true);
    }
  });

  it("what was typed into a list is taken when one goes on with Tab, if it can mean one thing only", async () => {
    await show("lists");
    const box = page.getByRole("combobox", { name: /Missä kunnassa asut/ });
    for (const [typed, value] of [["lahti", "398"], ["a", "398"], ["hämeenl", "109"], ["xyz", "109"]]) {
      await box.fill(typed);
      await page.keyboard.press("Tab");
      assert.equal((await data(page)).municipality, value, typed);
    }
    assert.equal(await box.inputValue(), "Hämeenlinna");
    const several = page.getByRole("combobox", { name: /Missä kunnissa/ });
    await several.fill("Forssa");
    await page.keyboard.press("Tab");
    assert.deepEqual((await data(page)).visited, ["061"]);
  });

  it("what is chosen from a long list is said while it is open", async () => {
    await show("lists", { state: "answered" });
    const box = page.getByRole("combobox", { name: /Missä kunnissa/ });
    await box.fill("hattula");
    await page.keyboard.press("Enter");
    const said = box.locator("xpath=..").getByRole("status");
    assert.equal(await said.innerText(), "Valitut: Forssa, Hattula, Hämeenlinna, Lahti");
  });

  it("what is only to be read can have the focus, and keeps its answer (ACC-05)", async () => {
    await show("fields", { state: "read-only" });
    const field = page.locator("#q-street-input");
    await field.focus();
    assert.equal(await focused(), "q-street-input");
    await page.keyboard.type("x");
    assert.equal(await field.inputValue(), "Linnankatu 3");
    await show("lists", { state: "read-only" });
    const box = page.getByRole("combobox", { name: /Missä kunnassa asut/ });
    await box.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await box.getAttribute("aria-expanded"), "false");
    assert.equal(await box.inputValue(), "Hämeenlinna");
  });

  it("several are chosen from a long list, and taken away again", async () => {
    await show("lists");
    const box = page.getByRole("combobox", { name: /Missä kunnissa/ });
    await box.click();
    await page.getByRole("option", { name: "Forssa" }).click();
    await box.fill("Lah");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    assert.deepEqual((await data(page)).visited, ["061", "398"]);
    await page.getByRole("button", { name: "Poista Forssa" }).click();
    await page.waitForFunction(() => document.activeElement?.id === "q-visited-input");
    assert.deepEqual((await data(page)).visited, ["398"]);
  });

  it("things are put in order by buttons and arrow keys; focus follows what moves and the place is said (ACC-14)", async () => {
    await show("order");
    const order = page.locator("#q-order");
    await order.getByRole("button", { name: "Siirrä alaspäin: Kulttuuri" }).click();
    assert.deepEqual((await data(page)).order.slice(0, 2), ["sport", "culture"]);
    await order.getByRole("button", { name: "Siirrä alaspäin: Kulttuuri" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Siirrä alaspäin: Kulttuuri");
    assert.equal(await order.getByRole("status").innerText(), "Kulttuuri: sija 3, kaikkiaan 4");
    assert.deepEqual((await data(page)).order, ["sport", "library", "culture", "nature"]);
  });

  it("things are put in order by dragging", async () => {
    await show("order");
    const grip = (ix) => page.locator("#q-order .ranking__grip").nth(ix);
    await grip(0).scrollIntoViewIfNeeded();
    const [from, to] = [await grip(0).boundingBox(), await grip(2).boundingBox()];
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 12, (from.y + to.y) / 2 + 10, { steps: 5 });
    await page.mouse.move(to.x + 12, to.y + 10, { steps: 5 });
    await page.mouse.up();
    assert.deepEqual((await data(page)).order, ["sport", "library", "culture", "nature"]);
  });

  it("only what is chosen is ranked where the survey says so", async () => {
    await show("order");
    const top = page.locator("#q-top");
    await top.getByRole("button", { name: "Rauha" }).click();
    await top.getByRole("button", { name: "Naapurit" }).click();
    assert.deepEqual((await data(page)).top, ["quiet", "friends"]);
    await top.getByRole("button", { name: "Siirrä ylöspäin: Naapurit" }).click();
    assert.deepEqual((await data(page)).top, ["friends", "quiet"]);
    await top.getByRole("button", { name: "Poista Rauha" }).click();
    assert.deepEqual((await data(page)).top, ["friends"]);
  });

  it("a slider has a number field that says the same (ACC-14)", async () => {
    await show("fields");
    const said = await page.locator("[type=range]").first().getAttribute("aria-valuetext");
    assert.ok(/\p{L}/u.test(said), `an unanswered slider says so in words, not ${said}`);
    await page.locator("#q-hours-input").fill("7,5");
    await page.keyboard.press("Tab");
    assert.equal(await page.locator("#q-hours-input-track").inputValue(), "7.5");
    await page.locator("#q-hours-input-track").focus();
    await page.keyboard.press("ArrowRight");
    assert.equal((await data(page)).hours, 8);
    assert.equal(await page.locator("#q-hours-input").inputValue(), "8");
  });

  it("numbers take a decimal comma, days are typed day first, and a field for an own address says so (LAN-05, ACC-19)", async () => {
    await show("fields");
    await page.locator("#q-weight-input").fill("72,5");
    await page.locator("#q-day-input").fill("31.3.2026");
    await page.keyboard.press("Tab");
    const { weight, day } = await data(page);
    assert.deepEqual({ weight, day }, { weight: 72.5, day: "2026-03-31" });
    await page.locator("#q-weight-input").fill("12345,5");
    await page.keyboard.press("Tab");
    assert.equal(await page.locator("#q-weight-input").inputValue(), "12\u202f345,5", "long numbers have spaces");
    assert.equal((await data(page)).weight, 12345.5);
    assert.equal(await page.locator("#q-weight-input").getAttribute("inputmode"), "decimal");
    assert.equal(await page.locator("#q-email-input").getAttribute("autocomplete"), "email", "ACC-19");
  });

  it("free text asks to leave out names, and counts what is left (PRI-07)", async () => {
    await show("fields");
    const field = page.getByRole("textbox", { name: /Mitä muuta haluat kertoa/ });
    await field.fill("a".repeat(110));
    const described = await field.evaluate((it) => it.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).innerText));
    assert.deepEqual(described, ["Älä kirjoita nimiä tai muita henkilötietoja.", "Merkkejä jäljellä: 10"]);
    await field.fill("Soita 040 123 4567");
    const told = page.getByRole("status").filter({ hasText: "puhelinnumero" });
    await told.waitFor();
    await field.fill("Soita minulle");
    await told.waitFor({ state: "detached" });
  });

  it("a matrix is a table where it fits and one fieldset for each row where it does not (ACC-07)", async () => {
    await show("matrices");
    const matrix = page.locator("#q-feel");
    assert.equal(await matrix.getByRole("table").count(), 1);
    await matrix.getByRole("radio", { name: "Kotona Jokseenkin samaa mieltä" }).check();
    await page.setViewportSize({ width: 390, height: 844 });
    await matrix.getByRole("radiogroup", { name: /Kotona/ }).waitFor();
    assert.equal(await matrix.getByRole("table").count(), 0);
    assert.equal(await matrix.getByRole("radiogroup", { name: /Kotona/ }).getByRole("radio", { name: "Jokseenkin samaa mieltä" }).isChecked(), true);
    await page.setViewportSize({ width: 1024, height: 844 });
    await matrix.getByRole("table").waitFor();
    assert.equal((await data(page)).feel.home, 4);
    await page.setViewportSize({ width: 1280, height: 844 });
    const width = (selector) => matrix.locator(selector).first().evaluate((it) => it.getBoundingClientRect().width);
    assert.ok((await width("table")) > (await width(".question__title")), "the table has the room beside the column");
    assert.ok((await width("tbody th")) > 250, "the texts of the rows have room");
  });

  it("a scale that does not fit one line stands in two of a length", async () => {
    await show("scales");
    const lines = () => page.locator("#q-satisfaction .scale > .choice").evaluateAll((points) => {
      const tops = points.map((it) => Math.round(it.getBoundingClientRect().top));
      return [...new Set(tops)].map((top) => tops.filter((it) => it === top).length);
    });
    await page.setViewportSize({ width: 390, height: 844 });
    assert.deepEqual(await lines(), [6, 5]);
    await page.setViewportSize({ width: 1024, height: 844 });
    assert.deepEqual(await lines(), [11]);
  });

  it("a row is added, removed and brought back, and focus is where one expects it", async () => {
    await show("rows", { state: "answered" });
    const rows = page.locator("#q-added");
    await rows.getByRole("button", { name: "Lisää toimi" }).click();
    await page.waitForFunction(() => document.activeElement?.id.startsWith("q-added-5b-2-5d-"));
    await page.keyboard.type("Uusi");
    assert.equal((await data(page)).added[2].what, "Uusi");
    await rows.getByRole("button", { name: /^Poista/ }).first().click();
    assert.deepEqual((await data(page)).added.map((it) => it.what), ["Penkit", "Uusi"]);
    await rows.getByRole("button", { name: "Kumoa poisto" }).click();
    assert.deepEqual((await data(page)).added.map((it) => it.what), ["Kävelyreitti", "Penkit", "Uusi"]);
  });

  it("rows change places by buttons", async () => {
    await show("rows", { state: "answered" });
    const rows = page.locator("#q-added");
    await rows.getByRole("button", { name: /^Siirrä alaspäin/ }).first().click();
    assert.deepEqual((await data(page)).added.map((it) => it.what), ["Penkit", "Kävelyreitti"]);
    assert.equal(await page.locator("#q-added-5b-0-5d--2e-what-input").inputValue(), "Penkit");
  });

  it("removing a panel asks first, in a dialog that Escape closes", async () => {
    await show("rows", { state: "answered" });
    const goals = page.locator("#q-goals");
    const remove = goals.getByRole("button", { name: /^Poista.*Tavoite 1/ });
    await remove.click();
    const dialog = page.getByRole("dialog", { name: /^Tavoite 1 Poistetaanko tavoite\?$/ });
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await dialog.count(), 0);
    assert.equal((await data(page)).goals.length, 2);
    await remove.click();
    await dialog.getByRole("button", { name: /Poista/ }).click();
    assert.deepEqual((await data(page)).goals.map((it) => it.name), ["Vähemmän yksinäisyyttä"]);
    assert.equal(await goals.locator(".rows__panels > *").first().getAttribute("class"), "rows__undo", "taken back where it stood");
    assert.equal(await page.locator("#q-goals-5b-0-5d--2e-name-input").inputValue(), "Vähemmän yksinäisyyttä");
  });

  it("what depends on an answer comes and goes without taking the focus", async () => {
    await show("rows", { state: "answered" });
    const goal = page.locator("#q-goals .rows__panel").first();
    await goal.getByRole("radio", { name: "Huonosti" }).check();
    await goal.getByRole("textbox", { name: "Miksi?" }).waitFor();
    assert.equal(await focused(), "q-goals-5b-0-5d--2e-ready-i1");
  });

  it("a panel opens and closes", async () => {
    await show("panels");
    const toggle = page.getByRole("button", { name: /Lisää kysymyksiä/ });
    assert.equal(await toggle.getAttribute("aria-expanded"), "false");
    await toggle.click();
    await page.getByRole("textbox", { name: "Vapaa sana" }).waitFor();
    assert.equal(await toggle.getAttribute("aria-expanded"), "true");
  });

  it("answers that are no points of the scale look different from the scale", async () => {
    await show("choices");
    const style = (text) => page.locator("#q-often .choice", { hasText: text }).evaluate((it) => getComputedStyle(it).borderTopStyle);
    assert.equal(await style("Joskus"), "solid");
    assert.equal(await style("En osaa sanoa"), "dashed");
    assert.equal(await style("En halua vastata"), "dashed");
  });

  it("each part in another language says so (ACC-13)", async () => {
    await show("panels");
    assert.equal(await page.locator("#q-info [lang=sv]").innerText(), "Tack!");
  });
});
