// The order of the talks in words: why a talk cannot begin yet.

import * as core from "./core.js";
import { childrenOf } from "./visit-model.js";
import { t } from "./words.js";

const WORDS = {
  before_visit: () => t("Recording opens when the visit starts. Prepare the case, then start the visit."),
  handed_over: () => t("The evidence is weighed and handed over. Take the case back to record more."),
  over: () => t("The case is closed. What was recorded can be read, not changed."),
  list_open: () => t("Confirm that the list of children who live there is complete."),
  children_wait: (id) => t("Talks with staff and managers open when every child has been offered one. Left: %(who)s.", {
    who: childrenOf(id).filter((one) => !one.outcome).map((one) => one.name).join(", ") }),
};

// Empty when a talk with `informant` may begin.
export const gateWords = (id, informant) => core.gate(id, informant).map((key) => (WORDS[key] ?? (() => key))(id)).join(" ");

export const isOpen = (id, informant) => core.gate(id, informant).length === 0;

// Is it the order that keeps it shut, which may be departed from with a reason?
export const waitsForChildren = (id, informant) => core.gate(id, informant).some((key) => key === "list_open" || key === "children_wait");
