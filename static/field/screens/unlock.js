// The device is locked: open it with the passkey or the five words. What is sealed can be sent all the same.

import * as core from "../core.js";
import { el } from "../dom.js";
import { redraw, register, title } from "../frame.js";
import { actions, button, check, more, notice, textField } from "../pieces.js";
import { explain, explainProblem } from "../refusals.js";
import { session } from "../session.js";
import { n, t } from "../words.js";

register("unlock", ({ user }) => {
  const way = session.device?.way;
  const state = { ways: null, typed: "", error: null, busy: false, sent: null, shown: false };
  core.ways().then((ways) => { state.ways = ways; redraw(); });

  async function open(passphrase) {
    if (state.busy) return;
    if (passphrase !== undefined && !passphrase.trim()) { state.error = t("Write your five words."); redraw(); return; }
    state.busy = true;
    state.error = null;
    redraw();
    try {
      await core.unlock(passphrase === undefined ? {} : { passphrase });
    } catch (fault) {
      state.error = explain(fault);
    }
    state.busy = false;
    if (state.error) { redraw(); document.getElementById("passphrase")?.focus(); }
  }

  async function send() {
    const { sent, left, problem } = await core.syncNow();
    state.sent = problem ? explainProblem(problem) : left ? n("%(num)s is left to send.", "%(num)s are left to send.", left) : n("%(num)s is sent and received.", "%(num)s are sent and received.", sent);
    redraw();
  }

  return {
    title: t("Locked"),
    body: () => {
      const { unsent = 0, sealed = 0, files = 0 } = core.counts();
      const waiting = sealed || unsent - files;
      return [
        title(t("Locked"), el("p.lead", {}, user?.name ? t("The device is locked for %(name)s. Everything on it is encrypted.", { name: user.name }) : t("The device is locked. Everything on it is encrypted."))),
        state.error && notice("danger", null, el("p", { role: "alert", id: "fault" }, state.error)),
        el("form.form", { autocomplete: "off", onsubmit: (event) => { event.preventDefault(); open(state.typed); } },
          way !== "prf" && textField({ id: "passphrase", label: t("Your five words"), secret: !state.shown, value: state.typed, onInput: (value) => { state.typed = value; }, onEnter: open }),
          way !== "prf" && check({ id: "show-words", label: t("Show what I write"), value: state.shown, onChange: (shown) => { state.shown = shown; redraw(); } })),
        actions(
          way !== "prf" && button(state.busy ? t("Opening …") : t("Open"), () => open(state.typed), { variant: "primary", id: "open" }),
          way !== "passphrase" && state.ways?.prf && button(t("Open with the passkey"), () => open(), { variant: way === "prf" ? "primary" : "secondary", id: "open-prf" })),
        waiting > 0 && el("section.section", {}, el("h2", {}, n("%(num)s note waits to be sent", "%(num)s notes wait to be sent", waiting)),
          el("p", {}, t("They are sealed for the server and can be sent while the device is locked, when there is a network.")),
          actions(button(t("Send now"), send, { glyph: "send" })), state.sent && el("p", { role: "status" }, state.sent)),
        files > 0 && el("p", { id: "files-wait" }, n("%(num)s photo or recording is sent when the device is open.", "%(num)s photos or recordings are sent when the device is open.", files)),
        more(t("I cannot open it"), "cannot",
          el("p", {}, t("Nobody can open it for you. What was not sent before is sealed for the server and can still be sent, but not read here.")),
          el("p", {}, t("Send what waits, tell your supervisor, and start anew with another key."))),
        more(t("I am somebody else"), "else",
          el("p", {}, t("You see nothing of what others have on the device. Sign out, sign in as yourself and open field mode again.")),
          actions(el("a.ds-button", { href: "/", data: { variant: "secondary" } }, t("To Tillsyn")))),
      ];
    },
  };
});
