// The second half of the program. `cargo xtask build` puts this at the end of the respondent's
// script, where `wasm`, `__wbg_init`, `__wbg_get_imports` and REST (the second half's address) are.
//
// The first half shows the first question. The second is asked for as soon as somebody is there:
// at the first touch, key or movement. What is done until it has come is kept and done then.
let restIsHere = false;
let restComes = null;
let restModule = null;

const restRequest = () => fetch(REST, { credentials: "omit", referrerPolicy: "no-referrer" });

/** Fills the places in the table that the first half calls. */
function restJoin(module) {
  new WebAssembly.Instance(module, { ...__wbg_get_imports(), first: wasm });
  restIsHere = true;
}

/** Called by the first half where it cannot go on without the second: rare, but never wrong. */
function restNow() {
  if (restIsHere) return;
  const request = new XMLHttpRequest();
  request.open("GET", REST, false);
  request.overrideMimeType("text/plain; charset=x-user-defined");
  try {
    request.send();
  } catch (error) {
    document.getElementById("broken").hidden = false;
    throw error;
  }
  const bytes = Uint8Array.from(request.responseText, (it) => it.charCodeAt(0));
  try {
    restJoin(new WebAssembly.Module(bytes));
  } catch (error) {
    beginWhole();
    throw error;
  }
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
const HELD = ["click", "input", "change", "submit", "keydown", "keyup", "focusin", "focusout", "mousedown", "pointerdown"];
const held = [];

/** Keeps what a person does until the second half has come. */
function hold(event) {
  if (restIsHere || !wasm) return;
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
  if (!wasm || restIsHere) return;
  restComes ??= restRequest()
    .then((it) => WebAssembly.compileStreaming(it))
    .then((module) => {
      if (!restIsHere) restJoin(module);
      document.getElementById("slow").hidden = true;
      for (const act of held.splice(0)) act();
    })
    .catch(() => {
      restComes = null;
      setTimeout(restFetch, 2000);
    });
}

for (const type of STARTS) addEventListener(type, restFetch, { capture: true, passive: true });
for (const type of HELD) addEventListener(type, hold, true);

/** Starts the program; pages other than a survey's begin with both halves. */
export default async function start(options) {
  if (!location.pathname.startsWith("/s/") || new URL(location).searchParams.has(WHOLE)) {
    restModule = await restRequest()
      .then((it) => WebAssembly.compileStreaming(it))
      .catch(() => null);
  }
  return __wbg_init(options);
}
