// What is on this device: what is taken along, what is not sent, and how it is kept.

import * as core from "../core.js";
import { el } from "../dom.js";
import { filesLeft } from "../files.js";
import { go, refresh, register, title } from "../frame.js";
import { actions, ask, button, notice, savedState } from "../pieces.js";
import { explain, explainFile, explainProblem } from "../refusals.js";
import { label, n, t, when } from "../words.js";
import { exportSealed, nameOfVisit } from "./action.js";

const MEGABYTE = 1_000_000;
const fact = (name, ...value) => el("div", {}, el("dt", {}, name), el("dd", {}, ...value));

register("device", () => {
  const state = { held: null, told: null, sending: false };
  const look = async () => { state.held = await core.holdings(); refresh(); };
  queueMicrotask(look);

  async function send() {
    state.sending = true;
    state.told = t("Sending …");
    refresh();
    const { sent, left, problem } = await core.syncNow();
    state.sending = false;
    state.told = problem ? explainProblem(problem) : left ? n("%(num)s is left to send.", "%(num)s are left to send.", left) : sent ? n("%(num)s is sent and received.", "%(num)s are sent and received.", sent) : t("Everything is sent and received");
    look();
  }

  async function clear() {
    const answer = await ask(t("Take everything off this device?"), t("What is received stays with the server. To use field mode here again, you make a new key."), [["clear", t("Take everything off"), "primary"], ["no", t("Leave it"), "tertiary"]]);
    if (answer === "clear") core.clear().catch((fault) => { state.told = explain(fault); refresh(); });
  }

  return {
    title: t("What is on this device"),
    body: () => {
      const { unsent = 0, sealed = 0, action = 0, problem } = core.counts();
      const many = unsent + sealed;
      const { held } = state;
      const along = new Set(core.taken().map((one) => one.id));
      const ended = filesLeft().filter((one) => !along.has(one.inspection));
      return [
        title(t("What is on this device")),
        el("section.section", {}, el("h2", {}, many ? n("%(num)s saved on the device, not sent", "%(num)s saved on the device, not sent", many) : t("Everything is sent and received")),
          problem && notice("info", null, el("p", {}, explainProblem(problem))),
          el("p", {}, t("Sending goes by itself when there is a network. You can also begin it here.")),
          actions(button(state.sending ? t("Sending …") : t("Send now"), send, { variant: many ? "primary" : "secondary", glyph: "send", id: "send" }), action > 0 && button(n("%(num)s needs action", "%(num)s need action", action), () => go("action"), { glyph: "warning" })),
          state.told && el("p", { role: "status" }, state.told)),
        el("section.section", {}, el("h2", {}, t("Visits")),
          core.taken().length ? el("ul.rows", {}, core.taken().map((one) => {
            const about = held?.inspections?.find((found) => found.id === one.id);
            return el("li.row", {}, el("div.row__main", {}, el("h3.row__title", {}, el("button.as-link", { type: "button", onclick: () => go("visit", { id: one.id }) }, nameOfVisit(one.id))), about && el("p.row__about", {}, n("%(num)s note", "%(num)s notes", core.documents(one.id, "statement").length))), el("div.row__pill", {}, about?.unsent ? savedState("device") : savedState("sent")));
          })) : el("p", {}, t("No visit is on the device."))),
        ended.length > 0 && el("section.section", { id: "of-ended" }, el("h2", {}, t("From visits that are ended here")),
          el("p", {}, n("%(num)s photo or recording is not received. It is encrypted, and is sent when the device is open and there is a network.", "%(num)s photos or recordings are not received. They are encrypted, and are sent when the device is open and there is a network.", ended.length)),
          el("ul", {}, ended.map((one) => el("li", {}, one.title || label("document_kind", one.type.startsWith("audio/") ? "recording" : "photo"), `, ${when(one.startedAt, core.now())}. `, one.refused ? `${t("The server refuses it:")} ${explainFile(one.refused)}` : savedState("device"))))),
        el("section.section", {}, el("h2", {}, t("How it is kept")),
          el("dl.facts", {}, fact(t("Encryption"), t("Everything that can be read is encrypted with your key, which is only in the memory while the device is open.")),
            fact(t("Locks itself"), t("After five minutes without use, and after one minute in the background.")),
            held && fact(t("Room"), t("%(used)s MB used", { used: Math.max(1, Math.round((held.bytes ?? 0) / MEGABYTE)) })),
            held && fact(t("May the browser erase it?"), held.persisted ? t("No, it has promised to keep it.") : t("It has not promised to keep it. Send as often as you have network."))),
          core.updateWaits() && notice("info", t("There is a newer version of the app"), el("p", {}, t("It is taken into use when every window of the app is closed, or now if nothing waits to be sent.")),
            actions(button(t("Update now"), () => core.update().catch((fault) => { state.told = explain(fault); refresh(); }), { id: "update" }))),
          actions(button(t("Lock now"), () => core.lock(), { glyph: "lock", id: "lock" }), button(t("Export sealed"), () => exportSealed().catch((fault) => { state.told = explain(fault); refresh(); }), { glyph: "download", variant: "tertiary", id: "export" }), button(t("Take everything off this device"), clear, { variant: "tertiary", id: "clear" }))),
      ];
    },
  };
});
