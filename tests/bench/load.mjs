// Time until the first question can be answered, bytes and heap: phone, Slow 4G, processor four times slower.
import { launch, quantile, table } from "./support/chromium.mjs";
import { pages, QUESTIONS, serve } from "./support/server.mjs";

const RUNS = Number(process.env.RUNS ?? 5);
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };

async function measure(browser, url) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", SLOW_4G);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  let bytes = 0;
  devtools.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  await page.addInitScript(() => {
    window.__answerable = 0;
    const look = () => {
      if (document.querySelector("input:not([type=hidden]), textarea")) {
        requestAnimationFrame(() => setTimeout(() => (window.__answerable = performance.now()), 0));
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(url);
  await page.waitForFunction("window.__answerable > 0", null, { timeout: 120_000 });
  const answerable = await page.evaluate("window.__answerable");
  await page.waitForLoadState("networkidle");
  await devtools.send("HeapProfiler.collectGarbage");
  const heap = await page.evaluate("performance.memory.usedJSHeapSize");
  await context.close();
  return [answerable, bytes / 1000, heap / 1e6];
}

const server = await serve(process.env.KUULUU_DIST, new URL("./peer/node_modules", import.meta.url).pathname);
const browser = await launch(["--enable-precise-memory-info"]);
for (const n of QUESTIONS) {
  const targets = pages(server.origin, n);
  const runs = new Map(targets.map(([name]) => [name, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const [name, url] of targets) runs.get(name).push(await measure(browser, url));
  }
  const medians = targets.map(([name]) => [name, [0, 1, 2].map((at) => quantile(runs.get(name).map((it) => it[at]), 0.5))]);
  const rows = medians.map(([name, values]) => [name, values.map((it) => it.toFixed(1))]);
  rows.push(["ratio", medians[0][1].map((value, at) => (value / medians[1][1][at]).toFixed(3))]);
  table(`${n} questions, median of ${RUNS}`, ["answerable ms", "KB sent", "heap MB"], rows);
}
await browser.close();
server.close();
