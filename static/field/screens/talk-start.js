// Begin a talk: the guide and the conditions that matter now; the rest can wait.

import * as core from "../core.js";
import { el } from "../dom.js";
import { back, instead, redraw, register, title } from "../frame.js";
import { gateWords } from "../gate-words.js";
import { actions, button, check, more, notice, refused, select, textField, toggles } from "../pieces.js";
import { explain } from "../refusals.js";
import { adultsOf, childrenOf, iso, talksOf } from "../visit-model.js";
import { choices, label, languagesSpoken, say, t } from "../words.js";

const YES_OR_NO = ["interpreter", "chose_company", "own_recording"];

function guessed(guides, band) {
  return band === "6-12" ? guides[0]?.id : guides.at(-1)?.id;
}

register("talk-start", ({ id, informant, resident = null }) => {
  const isChild = informant === "child";
  const guides = (core.bundle(id).guides ?? []).filter((one) => one.informant === informant && one.offered !== false);
  const who = isChild ? childrenOf(id).find((one) => one.id === resident)?.name : label("informant", informant);
  const state = { guide: guides.length === 1 ? guides[0].id : null, person: "", age_band: "", language: "sv", interpreter: false, place: "", chose_company: false, own_recording: false, error: null, busy: false };

  async function begin() {
    if (state.busy) return;
    if (!state.guide) { state.error = t("Choose a guide."); redraw(); return; }
    if (talksOf(id).some((one) => !one.endedAt && (isChild ? one.resident === resident : state.person && one.person === state.person))) {
      state.error = t("A talk with %(person)s is already under way. Go on with that one.", { person: state.person || who });
      redraw();
      return;
    }
    state.busy = true;
    const talk = core.uuid7();
    try {
      await core.write(id, "talk", talk, "start", { informant, resident, person: state.person, guide: state.guide, started_at: iso() });
      if (state.age_band) await core.write(id, "talk", talk, "age_band", state.age_band);
      if (state.language !== "sv") await core.write(id, "talk", talk, "language", state.language);
      if (state.place.trim()) await core.write(id, "talk", talk, "place", state.place.trim());
      for (const name of YES_OR_NO) if (state[name]) await core.write(id, "talk", talk, name, true);
      instead("talk", { id, talk });
    } catch (fault) {
      state.busy = false;
      state.error = explain(fault);
      redraw();
    }
  }

  return {
    title: t("Start a talk"),
    body: () => {
      const shut = gateWords(id, informant);
      const people = adultsOf(id, informant);
      return [
        title(isChild ? t("Talk with %(person)s", { person: who }) : t("Start a talk: %(who)s", { who }),
          isChild && el("p.lead", {}, t("Let the child choose the place, and who may be there. Say first that it is voluntary and can stop at any time."))),
        shut ? refused(t("Start the talk"), shut) : [
          state.error && notice("danger", null, el("p", { role: "alert" }, state.error)),
          isChild && toggles({ id: "age", legend: t("Age"), value: state.age_band, onChange: (value) => { state.age_band = value; if (guides.length > 1) state.guide = guessed(guides, value); redraw(); },
            options: [...choices("age_band"), ["", t("Not said")]] }),
          guides.length > 1 && toggles({ id: "guide", legend: t("Guide"), value: state.guide, onChange: (value) => { state.guide = value; state.error = null; redraw(); }, options: guides.map((one) => [one.id, say(one.title)]) }),
          people.length > 0 && select({ id: "person", label: t("Who?"), value: state.person, onChange: (value) => { state.person = value; }, hint: t("Choose a person you have talked with before, so that the two talks count as one source."),
            groups: [[null, [["", t("Somebody we have not talked with yet")], ...people.map((one) => [one, one])]]] }),
          more(t("More about the talk"), "more",
            select({ id: "language", label: t("Language of the talk"), value: state.language, onChange: (value) => { state.language = value; }, groups: [[null, languagesSpoken()]] }),
            check({ id: "interpreter", label: t("With an interpreter"), value: state.interpreter, onChange: (value) => { state.interpreter = value; } }),
            textField({ id: "place", label: t("Place"), hint: t("Where nobody overhears or looks on."), value: state.place, maxlength: 500, onInput: (value) => { state.place = value; } }),
            check({ id: "company", label: t("The person chose who else was there"), value: state.chose_company, onChange: (value) => { state.chose_company = value; } }),
            check({ id: "own-recording", label: t("The person recorded the talk"), value: state.own_recording, onChange: (value) => { state.own_recording = value; } })),
          actions(button(t("Start the talk"), begin, { variant: "primary", id: "start" }), button(t("Back"), back, { variant: "tertiary" })),
        ],
      ];
    },
  };
});
