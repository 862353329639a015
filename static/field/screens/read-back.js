// Read aloud together: large text, nothing that hurts; the person may take back or keep to oneself. And after the talk.

import * as core from "../core.js";
import { el } from "../dom.js";
import { back, go, instead, register, restart, title } from "../frame.js";
import { actions, button, check, notice, pill, textField, toggles } from "../pieces.js";
import { explain } from "../refusals.js";
import { childrenOf, find, guideOf, standing, statementsOf, talkOf } from "../visit-model.js";
import { choices, label, say, t } from "../words.js";
import { endTalk } from "./talk.js";

register("read-back", ({ id, talk: talkId }) => {
  const read = () => talkOf(id, find(id, "talk", talkId));
  const value = (name, otherwise) => find(id, "talk", talkId)?.fields[name]?.value ?? otherwise;
  const isChild = read().informant === "child";
  const guide = guideOf(id, read().guide);
  const state = { wasRead: value("read_back", false), channel: value("feedback_channel", ""), fault: null };
  let place = null;

  const tell = (fault) => { place.replaceChildren(notice("danger", null, el("p", { role: "alert" }, explain(fault)))); };

  async function finish() {
    try {
      if (state.wasRead !== value("read_back", false)) await core.write(id, "talk", talkId, "read_back", state.wasRead);
      if (state.channel.trim() !== value("feedback_channel", "")) await core.write(id, "talk", talkId, "feedback_channel", state.channel.trim());
      if (!read().endedAt) await endTalk(id, read(), "done");
      instead("after-talk", { id, talk: talkId });
    } catch (fault) { tell(fault); }
  }

  return {
    title: t("Read back"),
    update: () => {},
    body: () => {
      place = el("div");
      const said = standing(statementsOf(id, talkId));
      return [
        title(isChild ? t("This is what you told me") : t("This is what I have noted"), el("p.lead", {}, t("Tell me if something is wrong, or if there is something I should not pass on."))),
        place,
        said.length ? el("ol.read", {}, said.map((one, at) => el("li.read__one", {}, el("p.aloud", {}, one.text),
          toggles({ id: `wish-${one.id}`, legend: `${t("May it be told?")} (${at + 1})`, value: one.wish, options: choices("wish"), onChange: (wish) => core.write(id, "statement", one.id, "wish", wish).catch(tell) }),
          actions(button(t("Change"), () => go("talk", { id, talk: talkId, statement: one.id }), { variant: "tertiary", glyph: "pen", about: String(at + 1) }),
            button(t("Take back"), () => core.write(id, "statement", one.id, "status", "withdrawn").then(() => instead("read-back", { id, talk: talkId }), tell), { variant: "tertiary", about: String(at + 1) })))))
          : el("p.aloud", {}, t("Nothing is noted yet.")),
        guide && el("p.aloud.aloud--closing", {}, say(guide.closing).trim()),
        check({ id: "was-read", label: t("The notes were read back"), value: state.wasRead, onChange: (was) => { state.wasRead = was; } }),
        textField({ id: "channel", label: t("How does the person want to hear what we found?"), hint: t("For example a letter, a phone call or a visit."), value: state.channel, maxlength: 500, onInput: (text) => { state.channel = text; } }),
        actions(button(read().endedAt ? t("Save") : t("Thank you, we stop here"), finish, { variant: "primary", id: "thanks" }), button(t("Back to the talk"), back, { variant: "tertiary" })),
      ];
    },
  };
});

register("after-talk", ({ id, talk: talkId }) => ({
  title: t("The talk has ended"),
  body: () => {
    const talk = talkOf(id, find(id, "talk", talkId));
    const child = talk.resident && childrenOf(id).find((one) => one.id === talk.resident);
    return [
      title(t("The talk has ended"), el("p.lead", {}, t("Everything is saved on the device. It is sent by itself when there is a network."))),
      child && el("section.section", {}, el("h2", {}, t("What came of the offer?")),
        child.outcome ? el("p", { role: "status" }, pill(label("outcome", child.outcome), "done")) : el("p", {}, t("Nothing is noted. What came of the offer is for you to record afterwards.")),
        actions(button(child.outcome ? t("Change the outcome") : t("Record the outcome"), () => go("outcome", { id, child: child.id }), { variant: child.outcome ? "tertiary" : "primary", id: "record-outcome" }))),
      actions(button(t("To the visit"), () => { restart("visits"); go("visit", { id }); }, { variant: child && !child.outcome ? "secondary" : "primary", id: "to-visit" }), button(t("Complete the notes"), () => go("talk", { id, talk: talkId }), { variant: "tertiary" })),
    ];
  },
}));
