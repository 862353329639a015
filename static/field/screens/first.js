// The first time on this device: why, what the device is called, and the key to it.

import * as core from "../core.js";
import { el } from "../dom.js";
import { redraw, register, title } from "../frame.js";
import { actions, button, notice, textField, toggles } from "../pieces.js";
import { explain } from "../refusals.js";
import { t } from "../words.js";

const same = (one, other) => one.trim().toLowerCase().split(/\s+/).join(" ") === other.trim().toLowerCase().split(/\s+/).join(" ");

register("first", ({ user }) => {
  const state = { step: "why", name: "", way: null, ways: null, words: "", typed: "", error: null, fault: user ? null : new core.Refused("signed_out"), busy: false };
  core.ways().then((ways) => { state.ways = ways; state.way = ways.prf ? "prf" : "passphrase"; redraw(); });

  const trouble = () => state.fault && notice(state.fault.key === "signed_out" ? "info" : "danger", null, el("p", { role: "alert", id: "fault" }, explain(state.fault)),
    state.fault.key === "signed_out" && actions(el("a.ds-button", { href: "/sign-in?next=/field/" }, t("Sign in"))));
  const to = (step) => { state.step = step; state.error = null; state.fault = null; redraw(); document.querySelector("#main h1")?.focus(); };

  async function finish() {
    if (state.busy) return;
    state.busy = true;
    redraw();
    try {
      await core.enrol({ name: state.name.trim(), way: state.way, ...(state.way === "passphrase" ? { passphrase: state.words } : {}) });
    } catch (fault) {
      state.busy = false;
      state.fault = fault;
      redraw();
    }
  }

  async function choose() {
    if (!state.name.trim()) { state.error = t("Give the device a name."); redraw(); return; }
    if (state.way === "prf") { await finish(); return; }
    state.words = await core.newPassphrase();
    to("words");
  }

  const why = () => [
    title(t("Field mode on this device"), el("p.lead", {}, t("Record talks and observations where there is no network. What you write is encrypted from the first keystroke, and sent when there is a network again."))),
    el("ul.promises", {},
      el("li", {}, el("strong", {}, t("Nothing is lost.")), " ", t("Everything stays on the device until the server has it and has said so.")),
      el("li", {}, el("strong", {}, t("Nobody else can read it.")), " ", t("The device opens with your key. The next person who uses it sees nothing of yours.")),
      el("li", {}, el("strong", {}, t("If the device is lost")), " ", t("you tell your supervisor, who shuts it out at once."))),
    trouble() || notice("info", null, el("p", {}, t("You need network and to be signed in this first time. After that the device manages without. Use an ordinary window: a private one forgets everything when it is closed."))),
    el("section.section", {}, el("h2", {}, t("What is the device called?")),
      textField({ id: "device-name", label: t("Name of the device"), hint: t("So that you and your supervisor know it again, for example “Tablet 4”. No names of people."), value: state.name, maxlength: 60, error: state.error, onInput: (value) => { state.name = value; } })),
    el("section.section", {}, el("h2", {}, t("How do you open it?")),
      state.ways && toggles({ id: "way", legend: t("The key"), hideLegend: true, value: state.way, onChange: (way) => { state.way = way; redraw(); },
        options: [...(state.ways.prf ? [["prf", t("With a passkey: face, finger or the device’s own code")]] : []), ["passphrase", t("With five words that you learn by heart")]] }),
      state.ways && !state.ways.prf && el("p.quiet-text", {}, t("This device cannot keep a passkey for this, so five words are needed."))),
    actions(button(state.busy ? t("Waiting for the key …") : t("Continue"), choose, { variant: "primary", id: "continue" })),
  ];

  const words = () => [
    title(t("Your five words"), el("p.lead", {}, t("They are shown only now. Write them on paper and keep it apart from the device."))),
    el("ol.secret-words", { translate: "no", id: "secret-words" }, state.words.split(/\s+/).map((word) => el("li", {}, word))),
    el("p", {}, t("Nobody can give you the words again, neither we nor the authority. Without them what is on the device cannot be read. What is already sent is safe.")),
    actions(button(t("I have written them down"), () => to("confirm"), { variant: "primary", id: "continue" }), button(t("Give me other words"), async () => { state.words = await core.newPassphrase(); redraw(); })),
  ];

  const confirm = () => [
    title(t("Write the five words"), el("p.lead", {}, t("So that we both know that you have them. Upper and lower case are the same."))),
    trouble(),
    textField({ id: "passphrase", label: t("Your five words"), value: state.typed, error: state.error, onInput: (value) => { state.typed = value; }, onEnter: check }),
    actions(button(state.busy ? t("Making the key …") : t("Open field mode"), check, { variant: "primary", id: "continue" }), button(t("Show the words again"), () => to("words"), { variant: "tertiary" })),
  ];

  function check() {
    if (same(state.typed, state.words)) { finish(); return; }
    state.error = t("These are not the same words. Look at your paper and try again.");
    redraw();
  }

  return { title: t("Field mode on this device"), body: () => ({ why, words, confirm })[state.step]() };
});
