// Text that saves itself: [data-autosave-url] with [data-autosave-version]; protocol in docs/components.md.
// What is typed stays in the page until the server has confirmed it, whatever happens on the way.

import { settleConflict } from "./conflict.js";
import { sendJson } from "./send-json.js";
import { signInAgain } from "./sign-in-again.js";

const PAUSE = 600;
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 60000;
const words = document.getElementById("save-texts")?.dataset ?? {};

// Public Swedish writes 14.05, where the browser's Swedish has 14:05.
const clock = (moment) => {
  const language = document.documentElement.lang;
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hour12: false }).format(moment);
  return language === "sv" ? time.replace(":", ".") : time;
};

class SelfSaving {
  #timer = null;
  #retry = FIRST_RETRY;
  #busy = false;
  #asking = false;

  constructor(place) {
    this.place = place;
    this.version = Number(place.dataset.autosaveVersion ?? 0);
    const named = place.querySelectorAll("[data-autosave-field]");
    this.controls = [...(named.length ? named : place.querySelectorAll("input[name], textarea[name], select[name]"))]
      .filter((control) => control.type !== "hidden" && control.type !== "file");
    // As the page was sent: what was typed while this script was on its way is not saved yet.
    this.saved = this.read({ asSent: true });
    this.sign = place.querySelector("[data-save-state]");
    place.addEventListener("input", () => this.changed());
    place.addEventListener("change", () => this.changed());
    this.changed();
  }

  static key(control) {
    return control.dataset.autosaveField ?? control.name;
  }

  static #valueOf(control, asSent) {
    if (!asSent) return control.value;
    if (!control.options) return control.defaultValue;
    return ([...control.options].find((option) => option.defaultSelected) ?? control.options[0])?.value ?? "";
  }

  // One value per field: text, true/false for a lone checkbox, a list for a group of checkboxes.
  read({ asSent = false } = {}) {
    const fields = {};
    const isChecked = (control) => (asSent ? control.defaultChecked : control.checked);
    const lone = (key) => this.controls.filter((other) => SelfSaving.key(other) === key).length === 1;
    for (const control of this.controls) {
      const key = SelfSaving.key(control);
      if (control.type === "radio") {
        fields[key] ??= null;
        if (isChecked(control)) fields[key] = SelfSaving.#valueOf(control, asSent);
      } else if (control.type === "checkbox" && lone(key)) {
        fields[key] = isChecked(control);
      } else if (control.type === "checkbox") {
        fields[key] ??= [];
        if (isChecked(control)) fields[key].push(control.value);
      } else {
        fields[key] = SelfSaving.#valueOf(control, asSent);
      }
    }
    return fields;
  }

  write(fields) {
    for (const control of this.controls) {
      const key = SelfSaving.key(control);
      if (!(key in fields)) continue;
      const value = fields[key];
      if (control.type === "radio") control.checked = control.value === value;
      else if (control.type === "checkbox") control.checked = Array.isArray(value) ? value.includes(control.value) : Boolean(value);
      else control.value = value ?? "";
    }
  }

  // Only what differs from what the server has: the others may be somebody else's by now.
  unsent() {
    const now = this.read();
    return Object.fromEntries(Object.entries(now)
      .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(this.saved[key])));
  }

  get dirty() {
    return Object.keys(this.unsent()).length > 0;
  }

  // Nothing more happens by itself: a person must mend, choose or sign in first.
  get stuck() {
    return this.dirty && !this.#busy && !this.#asking
      && ["invalid", "refused", "conflict", "signed-out"].includes(this.place.dataset.state);
  }

  say(state, text) {
    this.place.dataset.state = state;
    if (!this.sign) return;
    this.sign.dataset.saveState = state;
    (this.sign.querySelector("[data-save-words]") ?? this.sign).textContent = text ?? "";
  }

  changed() {
    if (!this.dirty) return;
    if (!this.#busy && !this.#asking) this.say("unsent", words.textUnsent);
    this.plan(PAUSE);
  }

  plan(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.send(), pause);
  }

  async send() {
    if (this.#busy || this.#asking || !this.dirty) return;
    clearTimeout(this.#timer);
    const fields = this.unsent();
    this.#busy = true;
    this.say("saving", words.textSaving);
    const { answer, body } = await sendJson("PUT", this.place.dataset.autosaveUrl, { version: this.version, fields });
    this.#busy = false;
    await this.#hear(answer, body, fields);
  }

  async #hear(answer, body, fields) {
    if (answer?.ok) return this.#settled(body, fields);
    // A redirect here can only be the way to the sign-in page; a stale form is one from another session.
    if (answer?.status === 401 || answer?.type === "opaqueredirect" || body.error === "stale_form") return this.#signedOut();
    if (answer?.status === 409 && body.error === "conflict") return this.#conflict(body, fields);
    if (answer?.status === 422) return this.#invalid(body.errors ?? {});
    if (!answer || answer.status === 429 || answer.status >= 500) return this.#later();
    return this.say("refused", words.textRefused);
  }

  #settled(body, fields) {
    this.#standsAt(body.version ?? this.version);
    Object.assign(this.saved, fields);
    this.#retry = FIRST_RETRY;
    this.place.dispatchEvent(new CustomEvent("autosave:saved", { detail: { body, fields } }));
    this.#complaints({});
    if (this.dirty) {
      this.say("unsent", words.textUnsent);
      this.plan(PAUSE);
    } else {
      this.say("saved", (words.textSaved ?? "").replace("{time}", clock(new Date(body.saved_at ?? Date.now()))));
    }
  }

  // A plain form around the text carries the version too: it must know of what was saved past it.
  #standsAt(version) {
    this.version = version;
    this.place.dataset.autosaveVersion = String(version);
    for (const held of this.place.querySelectorAll("input[data-autosave-held=version]")) held.value = String(version);
  }

  #later() {
    this.say("retry", words.textRetry);
    this.plan(this.#retry);
    this.#retry = Math.min(this.#retry * 2, LONGEST_RETRY);
  }

  async #signedOut() {
    this.say("signed-out", words.textSignedOut);
    this.#asking = true;
    const back = await signInAgain();
    this.#asking = false;
    if (back) saveAll();
  }

  async #conflict(body, mine) {
    this.say("conflict", words.textConflict);
    this.#asking = true;
    const apart = Object.fromEntries(Object.entries(body.theirs ?? {})
      .filter(([key, value]) => key in mine && JSON.stringify(value) !== JSON.stringify(mine[key])));
    const chosen = Object.keys(apart).length ? await settleConflict(this.labels(apart), apart, mine, body.by ?? "") : {};
    this.#asking = false;
    if (!chosen) return;   // closed without a choice: nothing is sent, nothing is lost, the words stay
    const typedMeanwhile = this.read();
    this.#standsAt(body.version);
    for (const [key, value] of Object.entries(body.theirs ?? {})) {
      const untouched = JSON.stringify(typedMeanwhile[key]) === JSON.stringify(this.saved[key]);
      this.saved[key] = value;
      if (untouched && !(key in mine)) this.write({ [key]: value });
    }
    this.write(chosen);
    if (this.dirty) this.send();
    else this.say("saved", (words.textSaved ?? "").replace("{time}", clock(new Date())));
  }

  labels(fields) {
    return Object.fromEntries(Object.keys(fields).map((key) => {
      const control = this.controls.find((one) => SelfSaving.key(one) === key);
      const choice = ["radio", "checkbox"].includes(control?.type);
      const title = (choice && control.closest("fieldset")?.querySelector("legend")) || control?.labels?.[0];
      return [key, title?.textContent.trim() ?? ""];
    }));
  }

  #invalid(errors) {
    this.say("invalid", words.textInvalid);
    this.#complaints(errors);
  }

  #complaints(errors) {
    this.place.querySelectorAll("[data-autosave-error]").forEach((text) => text.remove());
    for (const control of this.controls) {
      const texts = errors[SelfSaving.key(control)];
      if (!texts) {
        if (control.dataset.complained !== undefined) {
          control.removeAttribute("aria-invalid");
          control.removeAttribute("aria-errormessage");
          delete control.dataset.complained;
        }
        continue;
      }
      const line = document.createElement("p");
      line.className = "ds-validation-message";
      line.dataset.autosaveError = "";
      line.id = `${control.id}-autosave-error`;
      line.textContent = texts.join(" ");
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-errormessage", line.id);
      control.dataset.complained = "";
      control.closest(".field, .ds-field")?.append(line);
    }
  }
}

const places = new Map();

// Called again by pages that add places after loading (a new statement, a new row).
export function watch(root = document) {
  for (const place of root.querySelectorAll("[data-autosave-url]")) {
    if (!places.has(place)) places.set(place, new SelfSaving(place));
  }
}

export function saveAll() {
  for (const one of places.values()) one.send();
}

export function anythingUnsent() {
  return [...places.values()].some((one) => one.place.isConnected && one.dirty);
}

// The first place that waits for a person, or undefined.
export function waitingForPerson() {
  return [...places.values()].find((one) => one.place.isConnected && one.stuck)?.place;
}

watch();
window.addEventListener("online", saveAll);
document.addEventListener("visibilitychange", saveAll);
window.addEventListener("beforeunload", (event) => {
  if (!anythingUnsent()) return;
  saveAll();
  event.preventDefault();
});
// An ordinary post of the form around a place carries the text: nothing is left unsent then.
document.addEventListener("submit", (event) => {
  for (const one of places.values()) {
    if (!event.defaultPrevented && event.target.contains(one.place)) one.saved = one.read();
  }
});
