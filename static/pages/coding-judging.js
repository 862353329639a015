// One unit's form on the coding page: what is chosen, what the server has, and the way between them. A judgement
// is sent when it is saved, not while it is chosen: each one that is sent is kept for good.

import { settleConflict } from "../js/conflict.js";
import { sendJson } from "../js/send-json.js";
import { signInAgain } from "../js/sign-in-again.js";

const FIRST_RETRY = 2000;
const LONGEST_RETRY = 60000;
const words = document.getElementById("save-texts")?.dataset ?? {};

const clock = (moment) => {
  const language = document.documentElement.lang;
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hour12: false }).format(moment);
  return language === "sv" ? time.replace(":", ".") : time;
};

// `onChange(unit)` is told when something is chosen, `onSignedIn()` when the person has signed in again.
export class Judging {
  #retry = FIRST_RETRY;
  #timer = null;
  #busy = false;

  constructor(form, { onChange, onSignedIn }) {
    this.form = form;
    this.onChange = onChange;
    this.onSignedIn = onSignedIn;
    this.unit = form.closest("[data-unit]");
    this.version = Number(form.dataset.version);
    this.saved = this.read();
    this.sign = form.querySelector("[data-save-state]");
    this.wanted = false;
    form.addEventListener("change", () => this.changed());
    form.addEventListener("input", () => this.changed());
  }

  read() {
    const { theme, severity, reason } = this.form.elements;
    return { theme: theme.value, severity: severity.value, reason: reason.value };
  }

  get dirty() {
    return JSON.stringify(this.read()) !== JSON.stringify(this.saved);
  }

  get isDone() {
    return this.version > 0 && !this.dirty;
  }

  say(state, text) {
    this.form.dataset.state = state;
    this.sign.dataset.saveState = state;
    this.sign.querySelector("[data-save-words]").textContent = text ?? "";
  }

  changed() {
    this.onChange(this.unit);
    this.complain({});
    if (this.dirty) this.say("unsent", words.textUnsent);
    else this.say("untouched", "");
  }

  // True when the judgement is on its way or need not be sent: one can go on to the next.
  save() {
    if (!this.dirty) return this.version > 0;
    const { theme, severity, reason } = this.read();
    const missing = this.form.elements.severity[0].closest("fieldset");
    if (!theme) return this.ask(this.form.elements.theme);
    if (!severity) return this.ask(missing.querySelector("input"));
    const same = theme === this.saved.theme && severity === this.saved.severity;
    if (this.version > 0 && !same && !reason.trim()) return this.ask(this.form.elements.reason);
    this.wanted = true;
    this.send();
    return true;
  }

  ask(control) {
    control.focus();
    this.say("invalid", words.textInvalid);
    return false;
  }

  async send() {
    if (this.#busy || !this.wanted) return;
    clearTimeout(this.#timer);
    const fields = this.read();
    this.#busy = true;
    this.say("saving", words.textSaving);
    const { answer, body } = await sendJson("PUT", this.form.dataset.code, { version: this.version, fields });
    this.#busy = false;
    return this.#hear(answer, body, fields);
  }

  #hear(answer, body, fields) {
    if (answer?.ok) return this.#settled(body, fields);
    if (answer?.status === 401 || answer?.type === "opaqueredirect" || body.error === "stale_form") return this.#signedOut();
    if (answer?.status === 409) return this.#conflict(body, fields);
    if (answer?.status === 422) {
      this.wanted = false;
      this.complain(body.errors ?? {});
      return this.say("invalid", words.textInvalid);
    }
    if (!answer || answer.status === 429 || answer.status >= 500) {
      this.say("retry", words.textRetry);
      this.#timer = setTimeout(() => this.send(), this.#retry);
      this.#retry = Math.min(this.#retry * 2, LONGEST_RETRY);
      return undefined;
    }
    return this.say("refused", words.textRefused);
  }

  #settled(body, fields) {
    this.version = body.version ?? this.version;
    this.form.elements.version.value = this.version;
    this.saved = { ...fields, reason: "" };
    this.form.elements.reason.value = this.form.elements.reason.value === fields.reason ? "" : this.form.elements.reason.value;
    this.#retry = FIRST_RETRY;
    this.form.querySelector("[data-reason]").hidden = false;
    this.unit.dataset.look = "done";
    const changedMeanwhile = this.dirty;
    this.wanted = changedMeanwhile && this.wanted;
    if (changedMeanwhile) this.say("unsent", words.textUnsent);
    else this.say("saved", (words.textSaved ?? "").replace("{time}", clock(new Date(body.saved_at ?? Date.now()))));
  }

  async #signedOut() {
    this.say("signed-out", words.textSignedOut);
    if (await signInAgain()) this.onSignedIn();
  }

  async #conflict(body, mine) {
    this.say("conflict", words.textConflict);
    const theirs = Object.fromEntries(Object.entries(body.theirs ?? {}).filter(([key, value]) => mine[key] !== value));
    const labels = { theme: this.form.querySelector("label").textContent, severity: this.form.querySelector("legend").textContent };
    const named = (fields) => Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, this.nameOf(key, value)]));
    const mineToo = Object.fromEntries(Object.keys(theirs).map((key) => [key, mine[key]]));
    const chosen = await settleConflict(labels, named(theirs), named(mineToo), body.by ?? "");
    this.wanted = false;
    if (!chosen) return;
    this.version = body.version;
    this.saved = { theme: body.theirs.theme, severity: body.theirs.severity, reason: "" };
    this.form.querySelector("[data-reason]").hidden = false;
    const takesTheirs = Object.keys(theirs).every((key) => chosen[key] === this.nameOf(key, theirs[key]));
    if (takesTheirs) this.choose(body.theirs);
    this.changed();
  }

  nameOf(key, value) {
    if (key === "theme") return [...this.form.elements.theme.options].find((option) => option.value === value)?.text ?? value;
    return this.form.querySelector(`input[name=severity][value="${CSS.escape(value)}"] + label`)?.textContent ?? value;
  }

  choose({ theme, severity }) {
    if (theme !== undefined) this.form.elements.theme.value = theme;
    if (severity !== undefined) this.form.elements.severity.value = severity;
    this.changed();
  }

  complain(errors) {
    this.form.querySelectorAll("[data-complaint]").forEach((text) => text.remove());
    for (const name of ["theme", "severity", "reason"]) {
      const control = name === "severity" ? this.form.elements.severity[0] : this.form.elements[name];
      const texts = errors[name];
      if (!texts) {
        control.removeAttribute("aria-invalid");
        continue;
      }
      const line = document.createElement("p");
      line.className = "ds-validation-message";
      line.dataset.complaint = "";
      line.setAttribute("role", "alert");
      line.textContent = texts.join(" ");
      control.setAttribute("aria-invalid", "true");
      control.closest(".field").append(line);
    }
  }
}
