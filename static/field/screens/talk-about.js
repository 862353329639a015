// How the talk is held, who goes on with it, and sound if it is wanted.

import * as core from "../core.js";
import { el } from "../dom.js";
import { redraw } from "../frame.js";
import { check, more, select, textField } from "../pieces.js";
import { authorName, find, recordingsOf } from "../visit-model.js";
import { choices, languagesSpoken, t } from "../words.js";
import { soundOf } from "./sound.js";

const CHECKS = [["interpreter", () => t("With an interpreter")], ["chose_company", () => t("The person chose who else was there")], ["own_recording", () => t("The person recorded the talk")],
  ["deviation", () => t("The talk could not be held as it should: disturbed, overheard or cut short")]];

function handOver(id, talkId, value, tell) {
  const { user } = core.person?.() ?? {};
  const team = (core.bundle(id).team ?? []).filter((one) => ["inspector", "co_inspector"].includes(one.role)).map((one) => [one.user_id ?? one.id, one.name]);
  if (team.length < 2) return null;
  return more(t("Hand over to a colleague"), "lead",
    el("p", {}, t("Choose who goes on with the talk. Both keep their notes, and both can write: what one writes reaches the other at the next sending.")),
    select({ id: "lead-of-talk", label: t("Who holds the talk?"), value: value("lead", user?.id ?? ""), groups: [[null, [["", t("Not said")], ...team]]], onChange: (chosen) => { if (chosen) core.write(id, "talk", talkId, "lead", chosen).then(redraw, tell); } }),
    value("lead", null) && el("p", { role: "status" }, t("%(name)s goes on with the talk.", { name: authorName(id, value("lead", null)) })));
}

export function aboutTalk({ id, talkId, isChild, tell }) {
  const value = (name, otherwise) => find(id, "talk", talkId)?.fields[name]?.value ?? otherwise;
  const write = (name) => (chosen) => core.write(id, "talk", talkId, name, chosen).catch(tell);
  const draft = (name) => (text) => core.draft(id, "talk", talkId, name, text);
  const recordings = recordingsOf(id, talkId).length;
  return el("div.about-talk", {},
    more(t("How the talk is held"), "held",
      isChild && select({ id: "held-age", label: t("Age"), value: value("age_band", ""), groups: [[null, [["", t("Not said")], ...choices("age_band")]]], onChange: write("age_band") }),
      select({ id: "held-language", label: t("Language of the talk"), value: value("language", "sv"), groups: [[null, languagesSpoken()]], onChange: write("language") }),
      textField({ id: "held-place", label: t("Place"), hint: t("Where nobody overhears or looks on."), value: value("place", ""), maxlength: 500, onInput: draft("place") }),
      CHECKS.map(([name, text]) => check({ id: `held-${name}`, label: text(), value: value(name, false), onChange: write(name) })),
      textField({ id: "held-note", label: t("Note on the talk"), rows: 3, value: value("note", ""), onInput: draft("note") })),
    handOver(id, talkId, value, tell),
    more(recordings ? t("Sound (%(num)s)", { num: recordings }) : t("Sound"), "sound", soundOf({ id, talkId })));
}


