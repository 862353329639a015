// Two versions of the same text: both in sight with author and time; a person chooses or puts them together.

import * as core from "../core.js";
import { el } from "../dom.js";
import { redraw, register, title } from "../frame.js";
import { actions, button, notice, textField } from "../pieces.js";
import { explain } from "../refusals.js";
import { authorName, conflictsOf, nameOf } from "../visit-model.js";
import { choices, label, say, t, when } from "../words.js";

const CHOICES = { wish: "wish", status: "status", theme: null };

// A value as a person reads it.
export function inWords(id, kind, name, value) {
  if (value === null || value === undefined || value === "") return t("(nothing)");
  if (value === true) return t("yes");
  if (value === false) return t("no");
  if (name === "outcome") return [label("outcome", value.outcome), value.note].filter(Boolean).join(". ");
  if (name === "mark") return [label("result", value.result), value.note].filter(Boolean).join(". ");
  if (name === "end") return `${t("Ended")} ${when(value.ended_at, core.now())}`;
  if (name === "about") return value.title ?? "";
  if (name === "lead") return authorName(id, value);
  if (name === "theme") return say((core.bundle(id).themes ?? []).find((one) => one.id === value)?.name) || value;
  if (CHOICES[name]) return choices(CHOICES[name]).find(([one]) => one === value)?.[1] ?? value;
  return typeof value === "object" ? Object.values(value).filter((one) => typeof one === "string").join(" · ") : String(value);
}

const isText = (name, field) => ["text", "note", "place", "own_question", "feedback_channel"].includes(name) && typeof field.value === "string";

register("conflicts", ({ id }) => {
  const state = { merging: null, text: "", fault: null };

  async function choose(one, value) {
    try {
      await core.resolve(id, one.document.id, one.name, value);
      state.merging = null;
      state.fault = null;
    } catch (fault) { state.fault = explain(fault); }
    redraw();
  }

  function version(one, { value, author, time, hides }, at) {
    return el("div", {}, el("p.version__whose", {}, author ? authorName(id, author) : t("As it stands"), time && `, ${when(time, core.now())}`),
      el("p.version__text", {}, hides ? t("(not shown to who can be the second coder)") : inWords(id, one.document.kind, one.name, value)),
      !one.field.withheld && button(t("This applies"), () => choose(one, value), { about: String(at), id: `choose-${one.document.id}-${one.name}-${at}` }));
  }

  function conflict(one) {
    const key = `${one.document.id}-${one.name}`;
    const { field } = one;
    return el("li.version", {}, el("h2", {}, nameOf(id, one.document)), el("p.quiet-text", {}, label("field_name", one.name)),
      el("div.version__pair", {}, version(one, field, 1), field.others.map((other, at) => version(one, other, at + 2))),
      field.withheld && el("p.quiet-text", {}, t("Judge the note on the page Coding; the two of you then agree there.")),
      isText(one.name, field) && (state.merging === key
        ? el("div", {}, textField({ id: "merged", label: t("Together"), rows: 5, value: state.text, onInput: (text) => { state.text = text; } }), actions(button(t("Save the merged text"), () => choose(one, state.text), { variant: "primary", id: "save-merged" })))
        : actions(button(t("Merge by hand"), () => { state.merging = key; state.text = [field.value, ...field.others.map((other) => other.value)].join("\n\n"); redraw(); }, { variant: "tertiary", id: `merge-${key}` }))));
  }

  return {
    title: t("Two versions of the same text"),
    body: () => {
      const all = conflictsOf(id);
      return [
        title(t("Two versions of the same text"), el("p.lead", {}, t("Written in two places without either knowing of the other. Nothing is overwritten: choose what applies, or put the two together."))),
        state.fault && notice("danger", null, el("p", { role: "alert" }, state.fault)),
        all.length ? el("ul.versions-list", {}, all.map(conflict)) : notice("success", null, el("p", { role: "status" }, t("There is only one version of everything."))),
      ];
    },
  };
});
