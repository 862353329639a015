// The talk: questions beside the notes, and what must always be in reach. Nothing here counts seconds.

import * as core from "../core.js";
import { el, icon, isWritten, rebuild } from "../dom.js";
import { go, register, title } from "../frame.js";
import { ask, button, notice } from "../pieces.js";
import { explain } from "../refusals.js";
import { childrenOf, find, guideOf, iso, standing, statementsOf, talkOf, whoOf } from "../visit-model.js";
import { wayOf } from "../ways.js";
import { since, t, when } from "../words.js";
import { aboutTalk } from "./talk-about.js";
import { guidePane, leftIn, signOfGuide } from "./talk-guide.js";
import { Composer, keptNotes, signOf } from "./talk-notes.js";

const EVERY_MINUTE = 60_000;

// A child that has told something has talked with us: the same as when a talk is ended on its page.
export async function endTalk(id, talk, how) {
  await core.write(id, "talk", talk.id, "end", { ended_at: iso(), how });
  const child = childrenOf(id).find((one) => one.id === talk.resident);
  const told = standing(statementsOf(id, talk.id)).length > 0;
  if (child && told && child.outcome !== "talked") await core.write(id, "child", child.id, "outcome", { outcome: "talked", note: child.note });
}

register("talk", ({ id, talk: talkId, statement = null }) => {
  const way = wayOf(talkId);
  const read = () => talkOf(id, find(id, "talk", talkId));
  const isChild = read().informant === "child";
  const guide = guideOf(id, read().guide);
  const places = {};
  let fault = null;

  const tell = (problem) => {
    fault = explain(problem);
    rebuild(places.fault, notice("danger", null, el("p", { role: "alert" }, fault)));
  };
  const composer = new Composer({ id, talkId, isChild, guide, tell, onChange: () => parts() });
  if (statement) composer.edit(statement);

  function toNotes() {
    way.pane = "notes";
    places.talk.dataset.pane = "notes";
  }

  const takeQuestion = (question) => { toNotes(); composer.ask(question); parts(); };

  function head() {
    const talk = read();
    return [talk.endedAt ? `${t("Ended")} ${when(talk.endedAt, core.now())}` : since(talk.startedAt, new Date())];
  }

  // Hundreds of questions and notes are built anew only when something in them has changed.
  function anew(name, sign, make) {
    if (places[name].dataset.sign === sign || isWritten(places[name])) return;
    places[name].dataset.sign = sign;
    rebuild(places[name], make());
  }

  function parts() {
    rebuild(places.when, head());
    const statements = statementsOf(id, talkId);
    const talk = read();
    anew("kept", signOf(statements, composer), () => keptNotes(id, statements, composer, isChild, (one) => { toNotes(); composer.edit(one); parts(); }));
    if (guide) {
      anew("guide", signOfGuide({ talk, statements, way, composer }), () => guidePane({ id, talk, guide, statements, way, composer, take: takeQuestion, again: parts }));
      places.left.textContent = String(leftIn(talk, guide, statements));
    }
    composer.refresh();
  }

  async function stop() {
    const none = standing(statementsOf(id, talkId)).length === 0;
    const answer = await ask(isChild ? t("Stop the talk now?") : t("End the talk now?"),
      none && isChild ? t("Nothing is noted. What came of the offer is for you to record afterwards.") : t("What is noted stays. You can read it back first, if the person wants."),
      [["stop", t("Stop now"), "primary"], ...(none ? [] : [["read", t("Read back first")]]), ["on", t("Go on with the talk"), "tertiary"]]);
    if (answer === "read") go("read-back", { id, talk: talkId });
    if (answer === "stop") endTalk(id, read(), isChild ? "stopped" : "done").then(() => go("after-talk", { id, talk: talkId }), tell);
  }

  const timer = setInterval(() => { if (places.when) rebuild(places.when, head()); }, EVERY_MINUTE);

  return {
    title: t("Talk"),
    update: parts,
    leave: () => { clearInterval(timer); composer.leave(); },
    body: () => {
      const talk = read();
      places.fault = el("div", {}, fault && notice("danger", null, el("p", { role: "alert" }, fault)));
      places.when = el("span", {});
      places.kept = el("div.kept");
      places.left = el("span.reach__left", { title: t("Not asked yet") });
      places.guide = el("div.field-guide__inner");
      places.talk = el("div.field-talk", { data: { pane: way.pane } },
        el("section.field-guide", { aria: { labelledby: "questions" } }, el("h2", { id: "questions" }, t("Questions")),
          guide ? places.guide : el("p", {}, t("This talk was held without a guide of ours. Note what is said, in any order."))),
        el("section.field-notes", { aria: { labelledby: "notes" } }, el("h2.ds-sr-only", { id: "notes" }, t("Notes")), composer.node, places.kept,
          aboutTalk({ id, talkId, isChild, tell })));
      const node = [
        title(isChild ? t("Talk with %(person)s", { person: whoOf(id, talk) }) : `${t("Talk")}: ${whoOf(id, talk)}`, el("p.quiet-text", {}, places.when)),
        places.fault,
        talk.endedAt && notice("info", null, el("p", {}, t("The talk has ended. You can still complete the notes.")),
          button(t("Go on with the talk"), () => core.write(id, "talk", talkId, "end", null).then(() => go("talk", { id, talk: talkId }), tell), { variant: "tertiary" })),
        places.talk,
      ];
      queueMicrotask(parts);
      return node;
    },
    bar: () => el("div.reach.field-reach", { role: "region", "aria-label": t("Always in reach") },
      guide && el("button.ds-button.reach__guide", { type: "button", id: "to-questions", data: { variant: "tertiary" }, onclick: () => {
        way.pane = way.pane === "guide" ? "notes" : "guide";
        places.talk.dataset.pane = way.pane;
        window.scrollTo(0, 0);
      } }, icon("list", 22), t("Questions"), " ", places.left),
      button(t("New note"), () => { toNotes(); composer.fresh(); parts(); composer.focus(); }, { glyph: "plus", id: "new-note" }),
      button(t("Read back"), () => go("read-back", { id, talk: talkId }), { glyph: "speech", id: "read-back" }),
      !read().endedAt && button(isChild ? t("The child wants to stop") : t("End the talk"), stop, { id: "stop" }),
      el("button.ds-button.reach__acute", { type: "button", id: "acute", data: { variant: "tertiary" }, onclick: () => go("acute", { id }) }, icon("acute", 22), t("Acute"))),
  };
});
