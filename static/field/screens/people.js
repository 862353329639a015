// What came of the offer to one child, and departing from the order of the talks.

import * as core from "../core.js";
import { el } from "../dom.js";
import { back, redraw, register, title } from "../frame.js";
import { actions, button, notice, textField, toggles } from "../pieces.js";
import { explain } from "../refusals.js";
import { childrenOf, standing, statementsOf } from "../visit-model.js";
import { choices, t } from "../words.js";

const NEEDS_NOTE = { not_heard_harm: () => t("Write the assessment: why could the child be harmed by being heard (SoL 28:4)?"), offered_later: () => t("Write when and how the child is offered a talk instead.") };
const LEAST_REASON = 20;

register("outcome", ({ id, child }) => {
  const one = childrenOf(id).find((found) => found.id === child);
  const state = { outcome: one.outcome, note: one.note, error: null, fault: null };
  const told = one.talks.some((talk) => standing(statementsOf(id, talk.id)).length > 0);

  async function save() {
    state.error = !state.outcome ? t("Choose what came of the offer.")
      : told && state.outcome !== "talked" ? t("%(person)s has told us something, so the outcome stays “talked with us”. If the child takes it back, mark the statements as taken back first.", { person: one.name })
        : NEEDS_NOTE[state.outcome] && !state.note.trim() ? NEEDS_NOTE[state.outcome]() : null;
    if (state.error) { redraw(); return; }
    try {
      await core.write(id, "child", child, "outcome", { outcome: state.outcome, note: state.note.trim() });
      back();
    } catch (fault) { state.fault = explain(fault); redraw(); }
  }

  const remove = async () => { await core.write(id, "child", child, "added", null, "retract"); back(); };
  return {
    title: t("What came of the offer?"),
    body: () => [
      title(one.name, el("p.lead", {}, t("It is voluntary: a no is an answer as good as a yes."))),
      state.fault && notice("danger", null, el("p", { role: "alert" }, state.fault)),
      toggles({ id: "outcome", legend: t("What came of the offer?"), options: choices("outcome"), value: state.outcome, error: state.error, onChange: (value) => { state.outcome = value; state.error = null; redraw(); } }),
      textField({ id: "outcome-note", label: t("Note"), rows: 3, value: state.note, hint: t("Needed when the child was not there (when and how is the new offer?) and when the child is not heard (the assessment). No names."), onInput: (value) => { state.note = value; } }),
      actions(button(t("Save the outcome"), save, { variant: "primary", id: "save" }), button(t("Back"), back, { variant: "tertiary" }),
        one.isNew && !one.outcome && !one.talks.length && button(t("Remove %(person)s from the list", { person: one.name }), remove, { variant: "tertiary" })),
    ],
  };
});

register("order", ({ id }) => {
  const state = { reason: "", error: null };

  async function save() {
    if (state.reason.trim().length < LEAST_REASON) { state.error = t("Write the reason in at least %(least)s characters: it is told in the letter.", { least: LEAST_REASON }); redraw(); return; }
    try {
      await core.write(id, "visit", id, "override", state.reason.trim(), "add");
      back();
    } catch (fault) { state.error = explain(fault); redraw(); }
  }

  return {
    title: t("Depart from the order"),
    body: () => [
      title(t("Depart from the order"), el("p.lead", {}, t("Only when waiting would do harm or is impossible. The departure is counted, and the letter tells of it with your reason."))),
      el("p", {}, t("Only the responsible inspector departs from the order.")),
      textField({ id: "reason", label: t("Why the order is departed from"), rows: 4, value: state.reason, error: state.error, hint: t("At least 20 characters. No names."), onInput: (value) => { state.reason = value; } }),
      actions(button(t("Open talks with adults anyway"), save, { id: "save" }), button(t("Back"), back, { variant: "tertiary" })),
    ],
  };
});
