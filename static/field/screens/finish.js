// End the visit on this device: the readable copy goes, what is not received stays sealed.

import * as core from "../core.js";
import { el } from "../dom.js";
import { back, go, refresh, register, restart, title } from "../frame.js";
import { actions, button, notice } from "../pieces.js";
import { explain, explainProblem } from "../refusals.js";
import { conflictsOf, talksOf } from "../visit-model.js";
import { n, t } from "../words.js";

register("finish", ({ id }) => {
  const state = { busy: false, told: null, fault: null };

  async function finish() {
    if (state.busy) return;
    state.busy = true;
    refresh();
    try {
      await core.finishVisit(id);
      restart("visits");
    } catch (fault) { state.fault = explain(fault); state.busy = false; refresh(); }
  }

  async function send() {
    const { left, problem } = await core.syncNow();
    state.told = problem ? explainProblem(problem) : left ? n("%(num)s is left to send.", "%(num)s are left to send.", left) : t("Everything is sent and received");
    refresh();
  }

  return {
    title: t("End the visit on this device"),
    body: () => {
      const open = talksOf(id).filter((one) => !one.endedAt).length;
      const { unsent = 0, files = 0 } = core.counts();
      const conflicts = conflictsOf(id).length;
      return [
        title(t("End the visit on this device"), el("p.lead", {}, t("The readable copy is deleted. What is not received yet stays, sealed for the server, and is sent when there is a network."))),
        state.fault && notice("danger", null, el("p", { role: "alert" }, state.fault)),
        open > 0 && notice("warning", n("%(num)s talk is not ended.", "%(num)s talks are not ended.", open), actions(button(t("Back to the visit"), back))),
        conflicts > 0 && notice("warning", t("Two versions of the same text"), el("p", {}, t("Choose here, or on the pages of the case afterwards.")), actions(button(t("Look at them"), () => go("conflicts", { id })))),
        unsent > 0 ? notice("info", n("%(num)s saved on the device, not sent", "%(num)s saved on the device, not sent", unsent), el("p", {}, t("Send first if you have network: then you know that all of it has come.")),
          files > 0 && el("p", {}, t("Photos and sound that are not received stay encrypted, and are sent when the device is open. What becomes of them stands under What is on this device.")), actions(button(t("Send now"), send, { glyph: "send", id: "send" })), state.told && el("p", { role: "status" }, state.told))
          : notice("success", null, el("p", {}, t("Everything is sent and received"))),
        el("p", {}, t("The visit itself goes on: its pages hold what was sent, and you can take it along again.")),
        actions(button(state.busy ? t("Ending …") : t("End the visit on this device"), finish, { variant: "primary", id: "finish" }), button(t("Back"), back, { variant: "tertiary" })),
      ];
    },
  };
});
