// The halves of the program. `cargo xtask build` puts this at the end of the respondent's script,
// where `wasm`, `__wbg_finalize_init`, `__wbg_get_imports`, `unpack` and REST (the second half's
// address) are.
//
// The first half shows the first question. The second is asked for as soon as somebody is there:
// at the first touch, key or movement. What is done until it has come is kept and done then.
let restIsHere = false;
let restComes = null;
let restModule = null;

const restRequest = (url = REST) => fetch(url, { credentials: "omit", referrerPolicy: "no-referrer" });

/** The language that only the first page's words are here of, and where all are. */
const restLanguage = window.early?.words;
const restWords = `/words/${restLanguage}.json`;

/** Fills the places in the table that the first half calls; then all words must be here, too. */
function restJoin(module, words) {
  new WebAssembly.Instance(module, { ...__wbg_get_imports(), first: wasm });
  restIsHere = true;
  if (words) more_words(restLanguage, words);
}

/** Called by the first half where it cannot go on without the second: rare, but never wrong. */
function restNow() {
  if (restIsHere) return;
  restComes ??= Promise.resolve();
  // Its styles come meanwhile.
  dispatchEvent(new Event("kuuluu:rest"));
  const program = restAtOnce(REST, "text/plain; charset=x-user-defined");
  const words = restLanguage && restAtOnce(restWords, "text/plain; charset=utf-8");
  // Words that come later must not take the place of these.
  delete window.early?.[restWords];
  try {
    restJoin(new WebAssembly.Module(Uint8Array.from(program, (it) => it.charCodeAt(0))), words);
  } catch (error) {
    beginWhole();
    throw error;
  }
}

function restAtOnce(url, type) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.overrideMimeType(type);
  try {
    request.send();
  } catch (error) {
    document.getElementById("broken").hidden = false;
    throw error;
  }
  return request.responseText;
}

/** Where a browser compiles nothing so large at once, as they did until 2023: begins again with
 * both halves. Nothing has been answered yet. */
function beginWhole() {
  const url = new URL(location);
  if (url.searchParams.has(WHOLE)) return;
  url.searchParams.set(WHOLE, "");
  location.replace(url);
}

const WHOLE = "whole";
const STARTS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "kuuluu:rest"];
const HELD = ["click", "input", "change", "submit", "keydown", "keyup", "focusin", "focusout", "mousedown", "pointerdown", "beforeunload"];
const held = [];

/** The quick exit waits for nothing; before the second half has come it has nothing to remove. */
function leave() {
  const exit = document.querySelector("[data-do=leave]");
  if (!exit || restIsHere) return exit?.click();
  document.body.textContent = "";
  location.replace(exit.dataset.to);
}

/** Three presses of Escape within one and a half seconds leave, too (PRI-12). */
let escapes = [];
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  escapes = [...escapes.filter((it) => event.timeStamp - it < 1500), event.timeStamp];
  if (escapes.length > 2) leave();
}, true);

/** Keeps what a person does until the second half has come. */
function hold(event) {
  if (restIsHere || !wasm) return;
  if (event.type === "click" && event.target.closest("[data-do=leave]")) return leave();
  restFetch();
  event.stopImmediatePropagation();
  const target = event.target;
  const pressed = event.type === "click" && target.closest("a[href],button,summary");
  if (pressed || event.type === "submit") event.preventDefault();
  if (pressed) held.push(() => pressed.isConnected && pressed.click());
  if (event.type === "input" || event.type === "change") {
    held.push(() => target.isConnected && target.dispatchEvent(new Event(event.type, { bubbles: true })));
  }
  setTimeout(() => restIsHere || (document.getElementById("slow").hidden = false), 1500);
}

/** Fetches the second half, again and again if it must, and does what was held. */
function restFetch() {
  if (wasm && !restIsHere) restComes ??= restBring();
}

async function restBring() {
  try {
    const sent = restLanguage && restRequest(restWords).then((it) => (it.ok ? it.text() : Promise.reject(it)));
    const [module, words] = await Promise.all([WebAssembly.compileStreaming(restRequest()), sent]);
    if (!restIsHere) restJoin(module, words);
    document.getElementById("slow").hidden = true;
    for (const act of held.splice(0)) act();
  } catch {
    restComes = null;
    setTimeout(restFetch, 2000);
  }
}

for (const type of STARTS) addEventListener(type, restFetch, { capture: true, passive: true });
for (const type of HELD) addEventListener(type, hold, true);

/** Starts the program; pages other than a survey's begin with both halves. */
export default async function start({ module_or_path: address }) {
  const isWhole = !location.pathname.startsWith("/s/") || new URL(location).searchParams.has(WHOLE);
  // If it fails now, it is asked for again when it is needed.
  const rest = isWhole && WebAssembly.compileStreaming(restRequest()).catch(() => null);
  try {
    const sent = await fetch(address);
    if (!sent.ok) throw new Error(`${address}: ${sent.status}`);
    // Chromium may count as broken off, and not keep, what only a stream has read.
    sent.clone().arrayBuffer();
    // Made while the program is still on its way.
    const imports = __wbg_get_imports();
    const made = await WebAssembly.instantiate(await unpack(sent.body), imports);
    restModule = await rest;
    return __wbg_finalize_init(made.instance, made.module);
  } catch (error) {
    document.getElementById("broken").hidden = false;
    throw error;
  }
}
