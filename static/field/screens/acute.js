// A child may be in danger: what to do in which order, and one step noted at a time. Always in reach.

import * as core from "../core.js";
import { el } from "../dom.js";
import { back, redraw, register, title } from "../frame.js";
import { actions, button, check, more, notice, savedState, textField, toggles } from "../pieces.js";
import { explain } from "../refusals.js";
import { acuteOf, iso } from "../visit-model.js";
import { choices, label, t, when } from "../words.js";

const LATER = new Set(["no_report", "no_police", "child_not_told"]);

register("acute", ({ id }) => {
  const state = { reported_to: null, note: "", told: false, what: "", error: null };

  async function save() {
    const told = state.told || state.reported_to === "child_told";
    state.error = !state.reported_to ? t("Choose what was done.")
      : told && !state.what.trim() ? t("Write what was said to the child, and who said it.")
        : !state.note.trim() && state.reported_to !== "child_told" ? t("Write what was reported, to whom, and how they can be reached.") : null;
    if (state.error) { redraw(); return; }
    try {
      await core.write(id, "acute", core.uuid7(), "step", { reported_to: state.reported_to, told_child: told, told_child_what: told ? state.what.trim() : "", note: state.note.trim(), statement: null, at: iso() });
      Object.assign(state, { reported_to: null, note: "", told: false, what: "" });
    } catch (fault) { state.error = explain(fault); }
    redraw();
  }

  return {
    title: t("Acute"),
    body: () => [
      title(t("Acute: a child may be in danger"), el("p.lead", {}, t("Protect the child first. Call, then write. You decide nothing alone: call the decision-maker too."))),
      actions(el("a.ds-button.call", { href: "tel:112", data: { variant: "primary" } }, t("Call 112")), button(t("Back"), back, { variant: "tertiary" })),
      el("section.section", {}, el("h2", {}, t("In this order")), el("ol", {},
        [t("Life in danger: call 112."), t("Tell the child, as far as it can understand, what you have to do and why. Promise no secrecy."),
          t("Report to the social services at once: chapter 19, section 1 of the Social Services Act (2025:400)."),
          t("Crime against a child: secrecy does not stop you from telling the police, chapter 10, section 21 of the Public Access to Information and Secrecy Act (2009:400)."),
          t("Ask the child only what protection needs. The police hold the interview.")].map((text) => el("li", {}, text))),
        more(t("When must we report, and when may we?"), "when", el("p", {}, t("A report of concern is a duty, and it is to be made at once, when we learn of or suspect that a child fares ill. No proof is needed. The duty is about those under 18; for a young adult, write that and what is done instead.")),
          el("p", {}, t("Do not warn the home if that could put the child or the evidence at risk.")))),
      el("section.section", {}, el("h2", {}, t("Note a step")),
        state.error && notice("danger", null, el("p", { role: "alert" }, state.error)),
        toggles({ id: "step", legend: t("What was done"), value: state.reported_to, onChange: (value) => { state.reported_to = value; redraw(); }, options: choices("reported_to").filter(([value]) => !LATER.has(value)) }),
        textField({ id: "step-note", label: t("What was reported, to whom, and how they can be reached"), rows: 3, value: state.note, onInput: (text) => { state.note = text; } }),
        state.reported_to !== "child_told" && check({ id: "step-told", label: t("The child has been told."), value: state.told, onChange: (value) => { state.told = value; redraw(); } }),
        (state.told || state.reported_to === "child_told") && textField({ id: "step-what", label: t("What was said to the child, and who said it"), rows: 3, value: state.what, onInput: (text) => { state.what = text; } }),
        actions(button(t("Note the step"), save, { variant: "primary", id: "note-step" }))),
      el("section.section", {}, el("h2", {}, t("What has been done")),
        acuteOf(id).length ? el("ul.rows", {}, acuteOf(id).map((one) => el("li.row", {}, el("div.row__main", {}, el("h3.row__title", {}, label("reported_to", one.reported_to)), el("p.row__about", {}, when(one.at, core.now())), one.note && el("p.prose", {}, one.note), one.told_child_what && el("p.prose", {}, one.told_child_what)), el("div.row__pill", {}, savedState(one.state)))))
          : el("p", {}, t("Nothing is noted. The first note opens the acute track: a banner on every page of the case, and the order of the talks is free."))),
    ],
  };
});
