// What each severity means for the children, in the words of the pack: whoever judges has them in sight.

import * as core from "../core.js";
import { el } from "../dom.js";
import { say, t } from "../words.js";

const of = (id) => core.bundle(id).severity ?? [];

const named = ({ severity, name }) => `${severity} – ${say(name)}`;

/** [value, title] of each, for a list to choose from. */
export const anchorChoices = (id) => of(id).map((one) => [String(one.severity), named(one)]);

/** All of them, whole. */
export const anchorsOf = (id) => of(id).length > 0 && el("div.anchors", {}, el("p.anchors__lead", {}, t("What the numbers mean")),
  el("dl", {}, of(id).map((one) => el("div", {}, el("dt", {}, named(one)), el("dd", {}, say(one.text))))));
