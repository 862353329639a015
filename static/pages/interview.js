// The talk: an empty note is always ready, a question can be taken into it, and nothing typed is left behind.

import { anythingUnsent, saveAll, waitingForPerson, watch } from "../js/autosave.js";
import { arrange, listOwn } from "./guide-flow.js";

const list = document.querySelector("[data-notes]");
const pattern = document.getElementById("note-pattern");
const guide = document.querySelector("[data-guide]");
const PLACEHOLDER = "00000000-0000-0000-0000-000000000000";
const QUIET_WAIT = 1500;

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
  if (form.elements.question) showQuestion(form.elements.question);
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
    if (event.target.name === "own_question") followGuide();
  }
}

function showQuestion(control) {
  if (control.name !== "question" && control.name !== "own_question") return;
  const { question, own_question: own } = control.form.elements;
  const line = control.form.querySelector("[data-note-question]");
  line.textContent = question.value ? question.selectedOptions[0].textContent : own.value.trim();
  line.hidden = line.textContent === "";
}

// What stands in the notes decides which questions come up: their questions, their themes, and how the talk is held.
function followGuide() {
  if (!guide) return;
  const forms = [...list.querySelectorAll("form[data-note]")].map((form) => form.elements);
  const standing = forms.filter((fields) => fields.text.value.trim() && fields.status.value !== "withdrawn");
  const held = document.querySelector("[data-conditions]")?.elements;
  arrange(guide, {
    noted: new Set(standing.map((fields) => fields.question.value).filter(Boolean)),
    themes: new Set(standing.map((fields) => fields.theme.value).filter(Boolean)),
    ages: held?.age_band?.value ?? "",
    interpreted: held?.interpreter ? held.interpreter.checked : null,
  });
  listOwn(guide, forms.filter((fields) => !fields.question.value && fields.own_question.value.trim())
    .map((fields) => [fields.own_question.value.trim(), standing.includes(fields)]));
}

function changed(event) {
  const note = event.target.closest?.(".note");
  if (!note || !list.contains(note)) return;
  showQuestion(event.target);
  if (note.id === "ready" && !isEmpty(note)) addReady();
  const excerpt = note.querySelector("[data-note-excerpt]");
  if (excerpt && event.target.name === "text") excerpt.textContent = event.target.value.slice(0, 160);
  followGuide();
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
  return note;
}

// The face that a child points at is put into the note, after what stands there.
function point(face) {
  const note = take(face.closest("[data-question]"));
  const text = textOf(note);
  const words = guide.dataset.pointed.replace("{number}", face.dataset.face).replace("{word}", face.textContent.trim());
  text.value = [text.value.trim(), words].filter(Boolean).join(" ");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

// True when everything has been saved, false when a person must do something first.
async function settled() {
  saveAll();
  while (anythingUnsent()) {
    if (waitingForPerson()) return false;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return true;
}

// The page is left when its last word is saved, however long that takes. Whoever presses again will not
// wait: the browser then asks whether to leave what is unsaved.
async function leave(button) {
  const form = document.getElementById("leave");
  const words = document.querySelector("[data-leave-words]");
  form.action = button.formAction;
  if (form.dataset.waiting === undefined) {
    form.dataset.waiting = "";
    const slow = setTimeout(() => { words.hidden = false; }, QUIET_WAIT);
    const done = await settled();
    clearTimeout(slow);
    words.hidden = true;
    delete form.dataset.waiting;
    if (!done) {
      const place = waitingForPerson();
      const kept = place.closest("details");
      if (kept) kept.open = true;
      place.scrollIntoView({ block: "center" });
      place.querySelector("[aria-invalid], textarea")?.focus({ preventScroll: true });
      return;
    }
  }
  form.submit();
}

if (list) {
  list.querySelectorAll("details[data-values]").forEach(giveForm);
  document.addEventListener("input", waitForWords, true);
  document.addEventListener("change", waitForWords, true);
  list.addEventListener("input", changed);
  list.addEventListener("change", changed);
  document.querySelector("[data-conditions]")?.addEventListener("change", followGuide);
  if (ready() && !isEmpty(ready())) addReady();   // written while this script was on its way
  if (window.matchMedia("(max-width: 47.99rem)").matches && guide) guide.open = false;
}

document.addEventListener("click", (event) => {
  const answer = event.target.closest("[data-note-answer]");
  const own = event.target.closest("[data-own-question]");
  const face = event.target.closest("a[data-face]");
  if (face) {
    event.preventDefault();
    point(face);
  } else if (answer) {
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
  }
});

// Enter in a one-line field would send the form as a page; here it saves. The ways out of the talk send the
// note that is ready, for a page whose script is still on its way; here they wait for every note.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-note]")) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.submitter?.hasAttribute("data-leaves")) leave(event.submitter);
  else saveAll();
}, true);

// A link to one note opens it.
const wanted = document.getElementById(window.location.hash.slice(1));
const kept = wanted?.querySelector("details.note__kept");
if (kept) kept.open = true;
