// What is taken along, and what can be.

import * as core from "../core.js";
import { el } from "../dom.js";
import { go, refresh, register, title } from "../frame.js";
import { actions, button, empty, notice, pill, row } from "../pieces.js";
import { explain } from "../refusals.js";
import { childrenOf } from "../visit-model.js";
import { day, inWordsOf, label, n, t } from "../words.js";

const nameOf = (one) => one.home?.name ?? one.home ?? one.title;

function about(one) {
  return [one.dnr, one.municipality ?? one.home?.municipality, one.planned_on && day(one.planned_on)].filter(Boolean).join(" · ");
}

function left(id) {
  const without = childrenOf(id).filter((one) => !one.outcome).length;
  return without ? pill(n("%(num)s child left to ask", "%(num)s children left to ask", without), "waiting") : null;
}

register("visits", () => {
  const state = { others: null, fault: null, taking: null, looking: false };

  async function look() {
    state.looking = true;
    refresh();
    try {
      state.others = await core.available();
      state.fault = null;
    } catch (fault) {
      state.fault = fault;
    }
    state.looking = false;
    refresh();
  }

  async function take(id) {
    state.taking = id;
    refresh();
    try {
      await core.take(id);
    } catch (fault) {
      state.fault = fault;
    }
    state.taking = null;
    refresh();
  }

  function otherRow(one) {
    return el("li.row", {}, el("div.row__main", {}, el("h3.row__title", {}, nameOf(one)), el("p.row__about", {}, about(one), one.state && ` · ${label("state", one.state)}`)),
      button(state.taking === one.id ? t("Taking it along …") : t("Take along"), () => take(one.id), { glyph: "download", about: nameOf(one) }));
  }

  function others() {
    if (state.fault) {
      return [notice(state.fault.key === "offline" ? "info" : "warning", null, el("p", { role: "status" }, explain(state.fault))),
        actions(state.fault.key === "signed_out" && el("a.ds-button", { href: "/sign-in?next=/field/" }, t("Sign in")), button(t("Look again"), look))];
    }
    if (!state.others) return [el("p.quiet-text", { role: "status" }, t("Asking the server which visits are yours …"))];
    const along = new Set(core.taken().map((one) => one.id));
    const rest = state.others.filter((one) => !along.has(one.id));
    return rest.length ? [el("ul.rows", {}, rest.map(otherRow))] : [el("p.quiet-text", {}, t("There is nothing more to take along: only visits that you record in are listed."))];
  }

  queueMicrotask(look);
  return {
    title: t("Visits"),
    body: () => {
      const along = core.taken();
      return [
        title(t("Your visits")),
        el("section.section", {}, el("h2", {}, t("On this device")),
          along.length
            ? el("ul.rows", {}, along.map((one) => row(nameOf(one), () => go("visit", { id: one.id }), about(one), inWordsOf(core.bundle(one.id), () => left(one.id)), `visit-${one.id}`)))
            : empty(t("Take a visit along while you have network. After that it works without: the guide, the list of people, the requirements and your notes."))),
        el("section.section", {}, el("h2", {}, t("To take along")), others()),
        el("section.section.field-foot", {}, actions(
          button(t("What is on this device"), () => go("device"), { glyph: "list", variant: "tertiary" }),
          button(t("Lock now"), () => core.lock(), { glyph: "lock", variant: "tertiary", id: "lock" }),
          el("a.ds-button", { href: "/", data: { variant: "tertiary" } }, t("To Tillsyn")))),
      ];
    },
  };
});
