// Walks through a survey as a respondent would: reads the page, answers what is required, goes on.
import { starting } from "./words.mjs";

/** Goes on to the next page, the review or the end. */
export async function next(page, t) {
  const names = ["respond.next", "respond.start", "respond.review", "respond.finish"].map((key) => t(key));
  const button = page.getByRole("button", { name: new RegExp(`^(${names.join("|")})$`) });
  await button.click();
}

/** The heading of the page as it stands. */
export async function heading(page) {
  return (await page.getByRole("heading", { level: 1 }).first().innerText()).trim();
}

/** A question with several inputs, by its text. */
export function group(page, name) {
  return page.getByRole("radiogroup", { name }).or(page.getByRole("group", { name })).first();
}

/** Chooses an option of a single choice by the question's and the option's text. */
export async function choose(page, question, option) {
  await group(page, starting(question)).getByRole("radio", { name: starting(option) }).check();
}

/** Answers the consent page and the required background questions of the survey `asukas` in Finnish. */
export async function begin(page, t) {
  await choose(page, "Olen lukenut tiedon", "Kyllä");
  await next(page, t);
  const municipality = page.getByRole("combobox", { name: starting("Missä kunnassa asut?") });
  if ((await municipality.evaluate((it) => it.tagName)) === "SELECT") {
    await municipality.selectOption({ label: "Janakkala" });
  } else {
    await municipality.click();
    await municipality.fill("Jana");
    await page.getByRole("option", { name: "Janakkala" }).click();
  }
  await choose(page, "Minkä ikäinen olet?", "40–54");
}

/** From the page as it stands to the review, without further answers. */
export async function toReview(page, t) {
  for (let step = 0; step < 12; step++) {
    if ((await heading(page)) === t("review.title")) return;
    const before = await heading(page);
    await next(page, t);
    await page.waitForFunction((old) => document.querySelector("h1")?.innerText.trim() !== old, before, { timeout: 5000 });
  }
  throw new Error("the review was not reached");
}
