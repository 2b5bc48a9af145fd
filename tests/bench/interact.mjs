// Input to next paint on one page of many questions, processor four times slower.
import { launch, quantile, table } from "./support/chromium.mjs";
import { pages, QUESTIONS, serve } from "./support/server.mjs";

const ACTIONS = Number(process.env.ACTIONS ?? 60);

async function measure(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await page.addInitScript(() => {
    window.__events = [];
    window.__long = 0;
    const names = ["click", "keydown", "input", "pointerup", "keyup"];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (names.includes(entry.name)) window.__events.push(entry.duration);
    }).observe({ type: "event", durationThreshold: 16, buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.__long += entry.duration;
    }).observe({ type: "longtask", buffered: true });
  });
  await page.goto(url);
  await page.waitForSelector("input[type=radio]", { timeout: 120_000 });
  await page.waitForTimeout(3000);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.evaluate("window.__events.length = 0; window.__long = 0");
  let actions = 0;
  const radios = await page.$$("input[type=radio]");
  const stride = Math.max(1, Math.floor(radios.length / ACTIONS));
  for (let at = 0; at < radios.length && actions < ACTIONS; at += stride) {
    await radios[at].evaluate((it) => it.scrollIntoView({ block: "center" }));
    const label = (await radios[at].evaluateHandle((it) => it.closest("label") ?? it)).asElement();
    await label.click({ timeout: 60_000, force: true });
    actions++;
  }
  for (const area of (await page.$$("textarea")).slice(0, 3)) {
    await area.scrollIntoViewIfNeeded();
    await area.click();
    await page.keyboard.type("Hyvää arkea ja lepoa", { delay: 30 });
    actions += 20;
  }
  await page.waitForTimeout(500);
  const seen = await page.evaluate("window.__events");
  const long = await page.evaluate("window.__long");
  await context.close();
  // The browser reports nothing below 16 ms: those count as 8, the middle of what they can be.
  const durations = [...seen, ...Array(Math.max(0, actions - seen.length)).fill(8)];
  return [quantile(durations, 0.5), quantile(durations, 0.98), quantile(durations, 1), Math.round(long)];
}

const server = await serve(process.env.KUULUU_DIST, new URL("./peer/node_modules", import.meta.url).pathname);
const browser = await launch();
for (const n of QUESTIONS) {
  const rows = [];
  for (const [name, url] of pages(server.origin, n)) rows.push([name, await measure(browser, url)]);
  rows.push(["ratio", rows[0][1].map((value, at) => (value / Math.max(1, rows[1][1][at])).toFixed(3))]);
  table(`${n} questions, ${ACTIONS} choices and three typed sentences`, ["median ms", "98th % ms", "most ms", "long tasks ms"], rows);
}
await browser.close();
server.close();
