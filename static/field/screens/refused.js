// This browser or device cannot be used: which part is missing, and what to do instead.

import * as core from "../core.js";
import { el } from "../dom.js";
import { register, title } from "../frame.js";
import { actions, button } from "../pieces.js";
import { explainRefusal } from "../refusals.js";
import { t } from "../words.js";

const PAPER = { sv: "/guides", en: "/guides" };

register("refused", ({ refusals = [] }) => ({
  title: t("Field mode cannot be used here"),
  body: () => [
    title(t("Field mode cannot be used here"), el("p.lead", {}, t("It refuses rather than risk what a person has told you."))),
    el("ul.refusals", {}, (refusals.length ? refusals : ["unknown"]).map((key) => {
      const [heading, what] = explainRefusal(key);
      return el("li", {}, el("h2", {}, heading), el("p", {}, what));
    })),
    el("section.section", {}, el("h2", {}, t("What you can do instead")),
      el("ul", {},
        el("li", {}, t("With network: record on the pages of the case, as usual.")),
        el("li", {}, t("Without: print the guide with lines to write on, and enter the notes afterwards. Keep the paper as you keep a case file."))),
      actions(el("a.ds-button", { href: PAPER.sv, data: { variant: "secondary" } }, t("The guides as PDF")), el("a.ds-button", { href: "/", data: { variant: "tertiary" } }, t("To Tillsyn")),
        button(t("Try again"), () => location.reload(), { variant: "tertiary" }))),
    core.counts().sealed > 0 && el("p", {}, t("What is saved on the device is still there, sealed. It can be sent when this is put right.")),
  ],
}));
