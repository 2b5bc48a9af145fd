// Chromium for the measurements, driven by the tests' Playwright.
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../../package.json", import.meta.url))("playwright-core");

export function launch(extra = []) {
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    ...extra,
  ];
  return chromium.launch({ executablePath: process.env.CHROMIUM, args });
}

/** The value below which the share `p` of the sorted values lies. */
export function quantile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0;
}

/** Prints rows of numbers with one ratio line below each pair. */
export function table(title, columns, rows) {
  console.log(`\n${title}`);
  console.log(["".padEnd(18), ...columns.map((it) => it.padStart(14))].join(""));
  for (const [name, values] of rows) {
    console.log([name.padEnd(18), ...values.map((it) => String(it).padStart(14))].join(""));
  }
}
