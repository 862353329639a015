// The requirements, one line each, with what was said on the theme beside it. Nothing is marked until you mark it.

import * as core from "../core.js";
import { el, icon, rebuild } from "../dom.js";
import { go, redraw, register, title } from "../frame.js";
import { actions, button, check, more, notice, pill, savedState, select, sign, textField, toggles } from "../pieces.js";
import { explain } from "../refusals.js";
import { areaName, find, marksOf, talksOf, statementsOf } from "../visit-model.js";
import { choices, label, n, say, t } from "../words.js";
import { anchorChoices, anchorsOf } from "./anchors.js";

const KIND = { met: "done", deviation: "waiting", not_checked: "neutral", not_applicable: "neutral" };
const CHECKS = [["repeated", () => t("Raised at the previous inspection too")], ["fixed", () => t("Put right on the spot")], ["self_reported", () => t("The home had found it and begun to put it right")]];
const EMPTY = { result: null, note: "", consequence: null, extent: null, repeated: false, fixed: false, self_reported: false };

const areaOf = (id, one) => one.area ?? (core.bundle(id).themes ?? []).find((theme) => (one.themes ?? []).includes(theme.id))?.area ?? "";

register("requirements", ({ id }) => {
  const state = { only: "left" };
  return {
    title: t("Requirements"),
    body: () => {
      const all = core.bundle(id).requirements ?? [];
      const marks = marksOf(id);
      const left = all.filter((one) => !marks.get(one.id)?.result);
      const shown = state.only === "left" ? left : all;
      const areas = [...new Set(shown.map((one) => areaOf(id, one)))];
      return [
        title(t("Requirements"), el("p.lead", {}, t("What the law asks. Nothing is marked until you mark it."))),
        toggles({ id: "only", legend: t("Show"), hideLegend: true, two: true, value: state.only, onChange: (value) => { state.only = value; redraw(); }, options: [["left", t("%(num)s not marked", { num: left.length })], ["all", t("All %(num)s", { num: all.length })]] }),
        areas.length ? areas.map((area) => el("section.section", {}, el("h2", {}, areaName(id, area)), el("ul.rows", {}, shown.filter((one) => areaOf(id, one) === area).map((one) => {
          const mark = marks.get(one.id);
          return el("li.row", {}, el("div.row__main", {}, el("h3.row__title", {}, el("button.as-link", { type: "button", id: `requirement-${one.id}`, onclick: () => go("requirement", { id, requirement: one.id }) }, `${one.id} ${say(one.title)}`))),
            el("div.row__pill", {}, mark?.result ? [pill(label("result", mark.result), KIND[mark.result]), " ", mark.state !== "sent" && savedState(mark.state)] : pill(t("Not marked"), "neutral")));
        })))) : el("p", {}, t("Every requirement is marked.")),
      ];
    },
  };
});

function voices(id, themes) {
  const said = talksOf(id).flatMap((talk) => statementsOf(id, talk.id).filter((one) => one.status !== "withdrawn" && themes.includes(one.theme) && one.text.trim()).map((one) => [talk, one]))
    .sort(([a], [b]) => (b.informant === "child") - (a.informant === "child"));
  return said.length > 0 && more([icon("star", 20), n("%(num)s statement on this", "%(num)s statements on this", said.length)], "voices", el("ul.voices-list", {}, said.map(([talk, one]) => el("li", {}, sign(talk.informant, label("informant", talk.informant), "sm"), " ", one.text))));
}

register("requirement", ({ id, requirement }) => {
  const all = core.bundle(id).requirements ?? [];
  const known = all.find((one) => one.id === requirement);
  const next = all[all.indexOf(known) + 1];
  const standing = marksOf(id).get(requirement);
  const state = { mark: Object.fromEntries(Object.entries(EMPTY).map(([name, value]) => [name, standing?.[name] ?? value])), error: null, docId: null };
  const pause = { timer: null };
  const places = {};

  const isHalf = () => state.mark.result === "deviation" && (state.mark.consequence === null || state.mark.extent === null);

  // Where the mark is, told when it is there.
  function tell() {
    const now = marksOf(id).get(requirement);
    rebuild(places.saved, now?.result && !isHalf() ? savedState(now.state) : []);
  }

  // A deviation is whole only with what it means and how widespread it is; until then nothing is written.
  async function save() {
    const { mark } = state;
    state.error = null;
    if (isHalf()) return;
    try {
      const doc = await core.checkId(id, requirement);
      if (!find(id, "check", doc)?.fields.requirement) await core.write(id, "check", doc, "requirement", requirement);
      const value = mark.result === "deviation" ? { ...mark } : { ...EMPTY, result: mark.result, note: mark.note };
      await core.write(id, "check", doc, "mark", mark.result ? value : null);
      tell();
    } catch (fault) { state.error = explain(fault); redraw(); }
  }

  const set = (name, value) => { state.mark[name] = value; save(); redraw(); };
  const flush = () => { if (pause.timer) { clearTimeout(pause.timer); pause.timer = null; if (state.mark.result) save(); } };
  return {
    title: t("Requirement"),
    update: () => tell(),
    leave: flush,
    body: () => {
      const { mark } = state;
      const isDeviation = mark.result === "deviation";
      places.saved = el("p", { role: "status" });
      queueMicrotask(tell);
      return [
        title(`${requirement} ${say(known.title)}`, el("p.quiet-text", {}, areaName(id, areaOf(id, known)))),
        state.error && notice("danger", null, el("p", { role: "alert" }, state.error)),
        more(t("What the law asks"), "law", el("p", {}, say(known.wording)), el("p.quiet-text", {}, say(known.source)), known.note && el("p", {}, say(known.note)),
          known.responsible === "committee" && el("p", {}, t("This is the placing committee’s duty. A shortcoming is passed on to the committee and cannot be held against the home.")),
          known.responsible === "both" && el("p", {}, t("The home and the placing committee each answer for their part. Mark the home’s part.")),
          known.sanction && el("p", {}, t("A breach can lead to a sanction fee and cannot be closed by dialogue."))),
        voices(id, known.themes ?? []),
        toggles({ id: "mark", legend: t("Mark"), value: mark.result, options: choices("result"), onChange: (value) => set("result", value) }),
        isDeviation && [
          select({ id: "consequence", label: t("What the deviation means for the children"), value: mark.consequence === null ? "" : String(mark.consequence), groups: [[null, [["", t("Choose")], ...anchorChoices(id)]]], onChange: (value) => set("consequence", value === "" ? null : Number(value)) }),
          anchorsOf(id),
          toggles({ id: "extent", legend: t("How widespread it is"), value: mark.extent, options: [[0, t("Isolated")], [1, t("Recurring")], [2, t("Systematic")]], onChange: (value) => set("extent", value) }),
          CHECKS.map(([name, text]) => check({ id: `mark-${name}`, label: text(), value: mark[name], onChange: (value) => set(name, value) })),
          isHalf() && el("p.quiet-text", { role: "status" }, t("The mark is saved when you have said what it means and how widespread it is."))],
        textField({ id: "mark-note", label: t("Note"), rows: 3, value: mark.note, onInput: (text) => { mark.note = text; clearTimeout(pause.timer); pause.timer = setTimeout(flush, 600); } }),
        places.saved,
        actions(next && button(t("Next requirement"), () => go("requirement", { id, requirement: next.id }), { variant: "primary", glyph: "arrow-right", id: "next" }),
          mark.result && button(t("Back to not assessed"), () => { Object.assign(mark, EMPTY); save(); redraw(); }, { variant: "tertiary" })),
      ];
    },
  };
});
