// Answers a survey as somebody does who has a keyboard and nothing else.
import { heading } from "./answering.mjs";

/** What has focus: enough to know what to press, and whether it can be seen. */
function focused() {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const box = it.closest(".choice")?.getBoundingClientRect() ?? it.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const lies = top && (it === top || it.contains(top) || top.contains(it) || it.closest(".choice")?.contains(top));
  const ring = [it, it.closest(".choice"), it.closest("label")].some((one) => one && getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) >= 2);
  const group = it.name ? [...document.querySelectorAll(`input[name="${CSS.escape(it.name)}"]`)] : [];
  const field = it.closest("fieldset, [role=group]");
  return {
    id: it.id,
    tag: it.tagName,
    type: it.type ?? "",
    role: it.getAttribute("role") ?? "",
    mode: it.inputMode ?? "",
    value: it.value ?? "",
    text: it.innerText?.trim() ?? "",
    inMain: it.closest("main") !== null,
    goesOn: it.classList.contains("ways__on"),
    answered: it.type === "radio" ? group.some((one) => one.checked) : it.type === "checkbox" ? (field?.querySelectorAll("input:checked").length ?? 0) > 0 : false,
    seen: Boolean(lies) && box.bottom > 0 && box.top < innerHeight,
    ring,
    html: it.outerHTML.slice(0, 140),
  };
}

/** What suits the questions that two does not suit. */
const NUMBERS = { height_cm: "170", weight_kg: "70" };

/** Text for a field by what it asks for. */
function typed({ type, mode, id }) {
  const number = Object.entries(NUMBERS).find(([name]) => id.startsWith(`q-${name}-`));
  if (number) return number[1];
  if (type === "email") return "kunta@esimerkki.fi";
  if (mode === "decimal" || mode === "numeric") return "2";
  return `Hyvin menee (${id.slice(-8)})`;
}

/**
 * Answers what stands on the page and goes on, by Tab, arrows, Space, Enter and letters.
 * `trouble` collects what had focus and could not be seen; `once` names buttons that were pressed.
 */
export async function answerPage(page, { trouble, once = new Set(), adds = [] }) {
  const before = await heading(page);
  let steps = 0;
  for (; steps < 400; steps++) {
    await page.keyboard.press("Tab");
    const it = await page.evaluate(focused);
    if (!it) continue;
    if (!it.seen || !it.ring) trouble.push(`${before}: ${it.seen ? "no ring" : "covered"} ${it.html}`);
    if (!it.inMain) continue;
    if (it.goesOn) break;
    if (it.role === "combobox" && it.tag === "INPUT") {
      if (it.value) continue;
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
    } else if (it.tag === "SELECT") {
      if (!it.value) await page.keyboard.press("ArrowDown");
    } else if (it.type === "radio" || it.type === "checkbox") {
      if (!it.answered) await page.keyboard.press("Space");
    } else if (it.type === "range") {
      await page.keyboard.press("ArrowRight");
    } else if (it.tag === "TEXTAREA" || (it.tag === "INPUT" && !it.value)) {
      if (!it.value) await page.keyboard.type(typed(it));
    } else if (it.tag === "BUTTON" && adds.includes(it.text) && !once.has(it.text)) {
      once.add(it.text);
      await page.keyboard.press("Enter");
      // Focus goes to the first field of what was added; the next Tab must not pass over it.
      await page.waitForFunction((old) => document.activeElement?.id !== old && document.activeElement?.matches("input, textarea, select"), it.id);
      const first = await page.evaluate(focused);
      if (first?.tag === "TEXTAREA" || first?.tag === "INPUT") await page.keyboard.type(typed(first));
    }
  }
  if (steps >= 400) throw new Error(`no way on was found from "${before}"`);
  await page.keyboard.press("Enter");
  await page.waitForFunction((old) => document.querySelector("h1")?.innerText.trim() !== old, before).catch(async () => {
    const why = await page.locator(".summary, .message").allInnerTexts();
    throw new Error(`"${before}" was not left; ${JSON.stringify(await page.evaluate(focused))}; ${why.join(" / ")}`);
  });
  return before;
}
