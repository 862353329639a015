// Coding by keyboard: j and k go, 0–4 judge, / finds a theme, Enter saves and goes on, s marks, m writes a memo.
// What could not be sent stays on the page and is tried again; leaving the page then asks first.

import { Judging } from "./coding-judging.js";
import { mark } from "./coding-marks.js";

const book = document.querySelector(".book");
const search = document.querySelector("[data-theme-search]");
const units = () => [...document.querySelectorAll("[data-unit]")];

let here = null;

const judgings = new Map();
for (const form of document.querySelectorAll("form[data-code]"))
  judgings.set(form.closest("[data-unit]"), new Judging(form, { onChange: showChosen, onSignedIn: sendAll }));

function sendAll() {
  for (const one of judgings.values()) one.send();
}

window.addEventListener("online", sendAll);
document.addEventListener("visibilitychange", sendAll);
window.addEventListener("beforeunload", (event) => {
  if ([...judgings.values()].some((one) => one.dirty)) event.preventDefault();
});

// --- Where one is ----------------------------------------------------------------------------

function stand(unit, { focus = true } = {}) {
  if (!unit) return;
  if (here && here !== unit) delete here.dataset.here;
  here = unit;
  unit.dataset.here = "";
  if (focus) {
    unit.focus({ preventScroll: true });
    unit.scrollIntoView({ block: "nearest" });
  }
  showChosen(unit);
}

// The code book follows: the steps and the theme that are chosen where one stands.
function showChosen(unit) {
  if (unit !== here) return;
  const chosen = judgings.get(unit)?.read() ?? {};
  for (const anchor of book.querySelectorAll("[data-anchor]")) anchor.toggleAttribute("data-chosen", anchor.dataset.anchor === chosen.severity);
  for (const theme of book.querySelectorAll("[data-theme]")) theme.toggleAttribute("data-chosen", theme.dataset.theme === chosen.theme);
}

function go(step) {
  const all = units();
  const at = all.indexOf(here);
  stand(all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))]);
}

// The next that is not coded; at the end of the page, the page again: what is done has left its list.
function goOn() {
  const all = units();
  const at = all.indexOf(here);
  const left = (unit) => judgings.has(unit) && !judgings.get(unit).isDone && !judgings.get(unit).wanted;
  const next = all.slice(at + 1).find(left) ?? all.slice(0, at).find(left);
  if (next) return stand(next);
  const unsent = [...judgings.values()].filter((one) => one.dirty);
  if (unsent.length === 0) return location.reload();
  return setTimeout(() => {
    if (![...judgings.values()].some((one) => one.dirty) && !document.querySelector("dialog[open]")) location.reload();
  }, 400);
}

document.addEventListener("focusin", ({ target }) => {
  const unit = target.closest?.("[data-unit]");
  if (unit) stand(unit, { focus: false });
});

document.addEventListener("submit", (event) => {
  const judging = event.target.matches("form[data-code]") && judgings.get(event.target.closest("[data-unit]"));
  if (!judging) return;
  event.preventDefault();
  event.stopPropagation();
  stand(judging.unit, { focus: false });
  if (judging.save()) goOn();
}, true);

// --- Themes: found by typing, taken with Enter ------------------------------------------------

const plain = (text) => text.toLocaleLowerCase().normalize("NFC");

for (const item of book.querySelectorAll("[data-theme]")) {
  const name = item.querySelector("[data-theme-name]");
  const pick = document.createElement("button");
  pick.type = "button";
  pick.className = "book__pick";
  pick.textContent = name.textContent;
  pick.addEventListener("click", () => take(item.dataset.theme));
  name.replaceWith(pick);
}

function find() {
  const asked = plain(search.value.trim());
  for (const item of book.querySelectorAll("[data-theme]")) item.hidden = !plain(item.textContent).includes(asked);
  for (const area of book.querySelectorAll("[data-theme-area]")) area.hidden = !area.querySelector("[data-theme]:not([hidden])");
  document.querySelector("[data-no-theme]").hidden = Boolean(book.querySelector("[data-theme]:not([hidden])"));
}

// A theme whose name begins as typed is meant before one that only mentions it.
function firstFound() {
  const asked = plain(search.value.trim());
  const found = [...book.querySelectorAll("[data-theme]:not([hidden])")];
  const named = (test) => found.find((item) => test(plain(item.querySelector(".book__pick").textContent)));
  return named((name) => name.startsWith(asked)) ?? named((name) => name.includes(asked)) ?? found[0];
}

function take(theme) {
  const unit = here ?? units().find((one) => judgings.has(one));
  const judging = judgings.get(unit);
  search.value = "";
  find();
  if (!judging) return;
  judging.form.closest("details")?.setAttribute("open", "");
  judging.choose({ theme });
  stand(unit);
}

search.addEventListener("input", find);
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    const first = firstFound();
    if (first && search.value.trim()) take(first.dataset.theme);
  } else if (event.key === "Escape") {
    search.value = "";
    find();
    stand(here ?? units()[0]);
  } else return;
  event.preventDefault();
});

// --- Memos --------------------------------------------------------------------------------------

function memo() {
  const details = here?.querySelector("[data-memo]");
  if (!details) return;
  details.open = true;
  details.querySelector("textarea").focus();
}

// --- Keys ---------------------------------------------------------------------------------------

const isWriting = (element) => element?.matches?.("textarea, select, input:not([type=radio])");
const hasOwnEnter = (element) => element?.closest?.("a, button, summary, select, textarea, dialog");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && isWriting(event.target) && event.target.closest?.("[data-unit]")) {
    stand(event.target.closest("[data-unit]"));
    return;
  }
  if (isWriting(event.target) || document.querySelector("dialog[open]")) return;
  const judging = judgings.get(here);
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (/^[0-4]$/.test(event.key) && judging) {
    judging.form.closest("details")?.setAttribute("open", "");
    judging.choose({ severity: event.key });
  } else if (event.key === "/") {
    search.focus();
    search.scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter" && judging && !hasOwnEnter(event.target)) {
    if (judging.save()) goOn();
  } else if (event.key === "s") mark(here);
  else if (event.key === "m") memo();
  else if (event.key === "?") document.getElementById("coding-keys").showModal();
  else return;
  event.preventDefault();
});

// One stands at the first that is left, or where the address points.
const pointed = location.hash && document.getElementById(location.hash.slice(1))?.closest("[data-unit]");
const first = pointed || units().find((unit) => judgings.has(unit) && !judgings.get(unit).isDone) || units()[0];
const returned = document.querySelector("#error-summary");
if (first && !returned) {
  stand(first, { focus: Boolean(pointed) });
  if (!pointed && document.activeElement === document.body) first.focus({ preventScroll: true });
}
