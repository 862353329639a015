// The talk: an empty note is always ready, a question can be taken into it, and nothing typed is left behind.

import { anythingUnsent, saveAll, watch } from "../js/autosave.js";

const list = document.querySelector("[data-notes]");
const pattern = document.getElementById("note-pattern");
const guide = document.querySelector("[data-guide]");
const PLACEHOLDER = "00000000-0000-0000-0000-000000000000";
const LONGEST_WAIT = 3000;

// UUIDv7 (RFC 9562): 48 bits of time, then random ones.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let at = 5; at >= 0; at -= 1) {
    bytes[at] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const textOf = (note) => note.querySelector('textarea[name="text"]');
const isEmpty = (note) => textOf(note).value.trim() === "";
const ready = () => document.getElementById("ready");

function made(id) {
  const note = pattern.content.firstElementChild.cloneNode(true);
  for (const element of [note, ...note.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes(PLACEHOLDER)) element.setAttribute(name, value.replaceAll(PLACEHOLDER, id));
    }
  }
  return note;
}

// The values become those that the page was sent with: nothing in a form made here is unsaved.
function fill(form, values) {
  for (const control of form.elements) {
    const value = values[control.name];
    if (value === undefined) continue;
    if (control.type === "radio") control.defaultChecked = control.value === value;
    else if (control.type === "checkbox") control.defaultChecked = value;
    else if (control.options) for (const option of control.options) option.defaultSelected = option.value === String(value);
    else control.defaultValue = String(value ?? "");
  }
  form.dataset.autosaveVersion = String(values.version);
  showQuestion(form.elements.question ?? {});
}

// The form of a kept note, of the same pattern as an empty one.
function giveForm(kept) {
  const form = made(kept.closest(".note").id.replace("note-", "")).querySelector("form");
  fill(form, JSON.parse(kept.dataset.values));
  const sign = form.querySelector("[data-save-state]");
  sign.dataset.saveState = "saved";
  sign.querySelector("[data-save-words]").textContent = kept.dataset.saved;
  kept.querySelector("[data-without-form]").replaceWith(form);
  watch(kept);
}

function addReady() {
  const note = made(newId());
  const before = ready();
  if (before) {
    before.removeAttribute("id");
    delete before.dataset.ready;
  }
  note.id = "ready";
  note.dataset.ready = "";
  list.append(note);
  watch(note);
}

// A choice made before anything is written waits for the words it belongs to.
function waitForWords(event) {
  const form = event.target.closest?.("[data-notes] form[data-note]");
  if (form && form.dataset.autosaveVersion === "0" && form.querySelector('textarea[name="text"]').value.trim() === "") {
    event.stopPropagation();
    showQuestion(event.target);
  }
}

function showQuestion(control) {
  if (control.name !== "question") return;
  const line = control.closest("form").querySelector("[data-note-question]");
  line.textContent = control.value ? control.selectedOptions[0].textContent : "";
  line.hidden = !control.value;
}

function countQuestions() {
  const counter = guide?.querySelector("[data-left]");
  if (!counter) return;
  const answered = new Set([...list.querySelectorAll('select[name="question"]')]
    .filter((select) => select.value && !isEmpty(select.closest(".note")))
    .map((select) => select.value));
  let left = 0;
  for (const question of guide.querySelectorAll("[data-question]")) {
    const status = answered.has(question.dataset.question);
    question.toggleAttribute("data-asked", status);
    left += status ? 0 : 1;
  }
  const words = left === 0 ? counter.dataset.none : left === 1 ? counter.dataset.one : counter.dataset.many;
  counter.textContent = words.replace("{num}", String(left));
}

function changed(event) {
  const note = event.target.closest?.(".note");
  if (!note || !list.contains(note)) return;
  showQuestion(event.target);
  if (note.id === "ready" && !isEmpty(note)) addReady();
  const excerpt = note.querySelector("[data-note-excerpt]");
  if (excerpt && event.target.name === "text") excerpt.textContent = event.target.value.slice(0, 160);
  countQuestions();
}

function toReady() {
  const note = ready();
  note.scrollIntoView({ block: "center" });
  textOf(note).focus({ preventScroll: true });
  return note;
}

function take(question) {
  const note = toReady();
  const choose = note.querySelector('select[name="question"]');
  const theme = note.querySelector('select[name="theme"]');
  choose.value = question.dataset.question;
  if (!theme.value || theme.dataset.fromQuestion !== undefined) {
    theme.value = question.dataset.theme;
    theme.dataset.fromQuestion = "";
  }
  note.querySelector('input[name="prompted"]').checked = true;
  showQuestion(choose);
}

async function settled() {
  const end = Date.now() + LONGEST_WAIT;
  saveAll();
  while (anythingUnsent() && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    saveAll();
  }
  return !anythingUnsent();
}

if (list) {
  list.querySelectorAll("details[data-values]").forEach(giveForm);
  document.addEventListener("input", waitForWords, true);
  document.addEventListener("change", waitForWords, true);
  list.addEventListener("input", changed);
  list.addEventListener("change", changed);
  if (ready() && !isEmpty(ready())) addReady();   // written while this script was on its way
  if (window.matchMedia("(max-width: 47.99rem)").matches && guide) guide.open = false;
}

document.addEventListener("click", async (event) => {
  const answer = event.target.closest("[data-note-answer]");
  const own = event.target.closest("[data-own-question]");
  if (answer) {
    event.preventDefault();
    take(answer.closest("[data-question]"));
  } else if (own || event.target.closest("[data-to-ready]")) {
    event.preventDefault();
    const note = toReady();
    if (!own) return;
    const box = note.querySelector('input[name="own_question"]');
    box.closest("details").open = true;
    box.focus();
  } else if (event.target.closest("[data-to-guide]")) {
    guide.open = true;
  } else {
    const link = event.target.closest("a[data-after-saving]");
    if (!link || !anythingUnsent()) return;
    event.preventDefault();
    await settled();
    window.location.assign(link.href);
  }
});

for (const form of document.querySelectorAll("form[data-after-saving]")) {
  form.addEventListener("submit", async (event) => {
    if (!anythingUnsent()) return;
    event.preventDefault();
    await settled();
    form.submit();
  });
}

// Enter in a one-line field would send the form as a page; here it saves.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-note]")) return;
  event.preventDefault();
  event.stopPropagation();
  saveAll();
}, true);

// A link to one note opens it.
const wanted = document.getElementById(window.location.hash.slice(1));
const kept = wanted?.querySelector("details.note__kept");
if (kept) kept.open = true;
