// The pieces that the screens are put together from; they look as templates/components/*.html do.

import { el, freshId, icon } from "./dom.js";
import { t } from "./words.js";

const GLYPHS = { info: "info", success: "check-circle", warning: "warning", danger: "serious" };
const PILLS = { progress: "arrow-right", waiting: "clock", done: "check", returned: "return", acute: "acute", locked: "lock" };
const SIGNS = { child: "child", staff: "staff", manager: "manager", other: "other", observation: "observation", document: "document", check: "compliance" };

// `glyph`, `variant` (primary, secondary, tertiary), `id`, `about` (more for screen readers), `data`.
export function button(text, act, { glyph, variant = "secondary", id, about, data, expanded } = {}) {
  return el("button.ds-button", { type: "button", id, onclick: act, data: { variant, ...data }, aria: { expanded } },
    glyph && icon(glyph, 22), text, about && el("span.ds-sr-only", {}, `: ${about}`));
}

export const actions = (...children) => el("div.actions", {}, ...children);

// kind: info, success, warning, danger.
export function notice(kind, title, ...children) {
  return el("div.notice", { data: { color: kind } }, icon(GLYPHS[kind]),
    el("div.notice__body", {}, title && el("p.notice__title", {}, el("strong", {}, title)), ...children));
}

export const pill = (text, kind = "neutral") => el("span.state", { data: { kind } }, PILLS[kind] && icon(PILLS[kind], 18), text);

export function sign(perspective, text, size = "md") {
  return el("span.perspective", { data: { perspective: SIGNS[perspective] ?? "other", measure: size } },
    el("span.perspective__sign", { aria: { hidden: "true" } }, text.slice(0, 1).toUpperCase()), el("span.perspective__word", {}, text));
}

export function more(summary, key, ...children) {
  return el("details.more", { data: { fold: key } }, el("summary", {}, summary), el("div.more__body", {}, ...children));
}

// One refusal in sight: what it is, and why not now.
export function refused(text, reason) {
  const id = freshId("why");
  return el("div.refused", {}, el("button.ds-button.refused__button", { type: "button", aria: { disabled: "true", describedby: id } }, icon("lock", 22), text),
    el("p.refused__reason", { id }, reason));
}

export function empty(text, ...children) {
  return el("div.empty", {}, el("p.empty__text", {}, text), ...children);
}

// Browsers write what stands in a field to their session file; autocomplete="off" stops it.
const SILENT = { autocomplete: "off", autocapitalize: "sentences" };

// No password to the browser, which would ask to keep it, on a device that others use: the words are hidden by the
// sheet instead.
const UNKEPT = { spellcheck: "false", autocapitalize: "none", "data-1p-ignore": true, "data-bwignore": true, "data-lpignore": "true" };

// A text; `rows` makes it a box. `onInput(value)` at each keystroke, `hint` below the label; `secret`: true hides the signs.
export function textField({ label, value = "", hint, rows, id = freshId("text"), large, secret, maxlength, error, onInput, onEnter, hideLabel }) {
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  const control = el(rows ? "textarea.ds-input" : `input.ds-input${secret ? ".secret" : ""}`, {
    id, value, rows, maxlength, type: rows ? undefined : "text", ...SILENT, ...(secret === undefined ? {} : UNKEPT), aria: { describedby: told, invalid: error ? "true" : undefined },
    oninput: (event) => onInput?.(event.target.value),
    onkeydown: (event) => { if (event.key === "Enter" && onEnter) { event.preventDefault(); onEnter(event.target.value); } },
  });
  return el(`div.ds-field.field${large ? ".field--large" : ""}`, {},
    el(`label.ds-label${hideLabel ? ".ds-sr-only" : ""}`, { for: id }, label),
    hint && el("p.field__description", { id: `${id}-hint` }, hint), control,
    error && el("div.field__errors", { id: `${id}-error` }, el("p.ds-validation-message", {}, error)));
}

// Large choices in a row: options are [value, text]. `two`: a narrow pair that says what is shown.
export function toggles({ legend, options, value, onChange, id = freshId("choice"), hint, hideLegend, error, two }) {
  return el(`fieldset.ds-fieldset.field.toggles${two ? ".toggles--two" : ""}`, { id, aria: { describedby: error ? `${id}-error` : undefined } },
    el(`legend.ds-label${hideLegend ? ".ds-sr-only" : ""}`, {}, legend),
    hint && el("p.field__description", {}, hint),
    el("div.toggles__row", {}, options.map(([one, text], at) => el("span.toggle", {},
      el("input", { type: "radio", name: id, id: `${id}-${at}`, checked: one === value, value: String(one), onchange: () => onChange(one), autocomplete: "off" }),
      el("label", { for: `${id}-${at}` }, text)))),
    error && el("div.field__errors", { id: `${id}-error` }, el("p.ds-validation-message", {}, error)));
}

export function check({ label, value, onChange, id = freshId("check"), hint }) {
  return el("div.field.field--check", {}, el("div.ds-field.option", { data: { variant: "outline" } },
    el("input.ds-input", { type: "checkbox", id, checked: value, autocomplete: "off", onchange: (event) => onChange(event.target.checked), aria: { describedby: hint ? `${id}-hint` : undefined } }),
    el("label.ds-label", { for: id, data: { weight: "regular" } }, label)), hint && el("p.field__description", { id: `${id}-hint` }, hint));
}

// `groups`: [title or null, [[value, text]]].
export function select({ label, groups, value, onChange, id = freshId("select"), hint }) {
  const options = (list) => list.map(([one, text]) => el("option", { value: one }, text));
  const control = el("select.ds-input", { id, autocomplete: "off", onchange: (event) => onChange(event.target.value), aria: { describedby: hint ? `${id}-hint` : undefined } },
    groups.map(([title, list]) => title ? el("optgroup", { label: title }, options(list)) : options(list)));
  control.value = value ?? "";
  return el("div.ds-field.field", {}, el("label.ds-label", { for: id }, label), hint && el("p.field__description", { id: `${id}-hint` }, hint), control);
}

// Asks in a dialog; gives the key of the answer, or null. `answers`: [key, text, variant].
export function ask(title, text, answers, body = null) {
  return new Promise((resolve) => {
    const id = freshId("ask");
    const dialog = el("dialog.ds-dialog.ask", { aria: { labelledby: id } }, el("div.form", {},
      el("h2.ds-heading", { id }, title), text && el("p", {}, text), body,
      actions(answers.map(([key, words, variant = "secondary"]) => button(words, () => dialog.close(key), { variant })))));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

// What is saved, in words. `state`: device, sent, action.
export function savedWords(state) {
  return { device: t("saved on the device"), sent: t("sent and received"), action: t("needs action") }[state] ?? "";
}

export function savedState(state) {
  return el("span.stood", { data: { stood: state } }, icon({ device: "saved", sent: "check-circle", action: "warning" }[state] ?? "saved", 18), savedWords(state));
}

// A row that leads somewhere: title is the button, with a line below and a pill beside. `level`: one more than the heading above.
export function row(title, act, about, state, id, level = 3) {
  return el("li.row", {}, el("div.row__main", {}, el(`h${level}.row__title`, {}, el("button.as-link", { type: "button", onclick: act, id }, title)),
    about && el("p.row__about", {}, about)), state && el("div.row__pill", {}, state));
}
