// The interface's own words, so that tests press the button that people see.
import { readFileSync } from "node:fs";
import path from "node:path";
import { DIST } from "./harness.mjs";

/** Gives a function from key to text for a language; `{n}` and its kin are filled from `values`. */
export function words(language, prefix = "") {
  const texts = JSON.parse(readFileSync(path.join(DIST, "words", `${prefix}${language}.json`), "utf8"));
  return (key, values = {}) => {
    if (!(key in texts)) throw new Error(`no word ${key} in ${prefix}${language}`);
    return texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  };
}

/** A text as a pattern that matches from its beginning. */
export function starting(text) {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
}
