// One visit: the children first, then the rest, what is left, and the way out.

import * as core from "../core.js";
import { el, icon, replace } from "../dom.js";
import { go, register, title } from "../frame.js";
import { gateWords, waitsForChildren } from "../gate-words.js";
import { paperAddress, paperOf, papersOf } from "../paper.js";
import { actions, button, empty, more, notice, pill, refused, row, savedState, sign } from "../pieces.js";
import { acuteOf, areaName, childrenOf, conflictsOf, evidenceOf, isConfirmed, isStarted, marksOf, standing, statementsOf, talksOf, visitOf, whoOf } from "../visit-model.js";
import { label, n, say, t, when } from "../words.js";
import { download } from "./action.js";

const ADULTS = ["staff", "manager", "other"];

export const savedBeside = (state) => state === "sent" ? null : savedState(state);

function aboutTalk(id, talk) {
  const notes = standing(statementsOf(id, talk.id)).length;
  return [when(talk.startedAt, core.now()), n("%(num)s note", "%(num)s notes", notes)].join(" · ");
}

function child(id, one) {
  const underWay = one.talks.find((talk) => !talk.endedAt);
  const state = one.outcome ? pill(label("outcome", one.outcome), "done") : underWay ? pill(t("Talk under way"), "progress") : pill(t("Not offered a talk yet"), "waiting");
  return el("li.child", { id: `child-${one.id}`, data: { outcome: one.outcome ?? "none" } },
    el("div.child__head", {}, el("h3.child__name", {}, one.name), state, savedBeside(one.state)),
    one.note && el("p.child__note", {}, one.note),
    one.talks.filter((talk) => talk.endedAt).map((talk) => el("p", {}, el("button.as-link", { type: "button", id: `talk-${talk.id}`, onclick: () => go("talk", { id, talk: talk.id }) }, t("Talk")), ` ${aboutTalk(id, talk)}`)),
    actions(
      underWay ? button(t("Go on with the talk"), () => go("talk", { id, talk: underWay.id }), { variant: "primary", glyph: "speech", about: one.name, id: `go-on-${one.id}` })
        : one.outcome !== "not_heard_harm" && button(t("Talk with %(person)s", { person: one.name }), () => go("talk-start", { id, informant: "child", resident: one.id }), { variant: one.outcome ? "secondary" : "primary", glyph: "speech", id: `talk-with-${one.id}` }),
      button(one.outcome ? t("Change the outcome") : t("Record the outcome"), () => go("outcome", { id, child: one.id }), { about: one.name, id: `outcome-${one.id}` })));
}

function children(id) {
  const all = childrenOf(id);
  const confirmed = isConfirmed(id);
  const offered = all.filter((one) => one.outcome).length;
  return el("section.section.field-children", {}, el("h2", {}, sign("child", t("Children and young people"))),
    all.length > 0 && el("p.strip", {}, [n("%(num)s child", "%(num)s children", all.length), t("%(num)s offered", { num: offered }), t("%(num)s talked", { num: all.filter((one) => one.outcome === "talked").length }),
      t("%(num)s declined", { num: all.filter((one) => one.outcome === "declined").length })].map((text) => el("span", {}, text))),
    all.length ? el("ul.children-list", {}, all.map((one) => child(id, one)))
      : empty(t("Here stand the children who live in the home, known only as b1, b2 and so on. Add one for each child who lives here today.")),
    el("h3", {}, t("Is the list complete?")),
    confirmed ? el("p.confirmed", {}, icon("check-circle", 22), t("Confirmed")) : null,
    actions(
      button(t("Add a child"), () => core.write(id, "child", core.uuid7(), "added", Math.max(-1, ...all.map((one) => one.place)) + 1).then(() => confirmed && core.write(id, "visit", id, "children_confirmed", false)), { glyph: "plus", id: "add-child" }),
      !confirmed && button(all.length ? t("Yes, these are all who live here") : t("No child lives here today"), () => core.write(id, "visit", id, "children_confirmed", true), { variant: "primary", id: "confirm-children" })));
}

function adults(id) {
  const talks = talksOf(id);
  const overrides = visitOf(id)?.fields.override?.value ?? [];
  const shut = ADULTS.find((one) => waitsForChildren(id, one));
  return el("section.section", {}, el("h2", {}, t("Talks with adults")),
    overrides.length > 0 && el("p.quiet-text", {}, t("Opened before every child had an outcome. The letter tells so.")),
    shut && el("div.gate", {}, refused(t("Talk with staff and managers"), gateWords(id, shut)),
      actions(button(t("Depart from the order"), () => go("order", { id }), { variant: "tertiary", id: "order" }))),
    ADULTS.map((one) => el("div.adults", {}, el("h3", {}, sign(one, label("informant", one))),
      el("ul.rows", {}, talks.filter((talk) => talk.informant === one).map((talk) => row(whoOf(id, talk), () => go("talk", { id, talk: talk.id }), aboutTalk(id, talk),
        talk.endedAt ? pill(t("Ended"), "done") : pill(t("Under way"), "progress"), `talk-${talk.id}`))),
      !gateWords(id, one) ? actions(button(t("Start a talk"), () => go("talk-start", { id, informant: one }), { glyph: "speech", about: label("informant", one), id: `start-${one}` }))
        : !waitsForChildren(id, one) && refused(t("Start a talk"), gateWords(id, one)))));
}

function leftOf(id) {
  const all = childrenOf(id);
  const lines = [];
  const without = all.filter((one) => !one.outcome).length;
  if (without) lines.push(n("%(num)s child left to ask", "%(num)s children left to ask", without));
  if (!isConfirmed(id)) lines.push(t("Confirm that the list of children who live there is complete."));
  const talks = talksOf(id);
  const open = talks.filter((one) => !one.endedAt).length;
  if (open) lines.push(n("%(num)s talk is not ended.", "%(num)s talks are not ended.", open));
  if (!talks.some((one) => one.informant === "manager")) lines.push(t("Hold at least one talk with the manager of the home."));
  if (!talks.some((one) => one.informant === "staff")) lines.push(t("Hold at least one talk with staff, or write why there was none."));
  const requirements = core.bundle(id).requirements ?? [];
  const marked = [...marksOf(id).values()].filter((one) => one.result).length;
  if (marked < requirements.length) lines.push(t("%(num)s of %(all)s requirements are not marked.", { num: requirements.length - marked, all: requirements.length }));
  return lines;
}

// Each as a button to what is on the device, or a link to the server for what has not come yet.
function papers(bundle) {
  const list = el("ul.papers");
  papersOf(bundle).then((all) => replace(list, all.map(({ guide, isHere }) => el("li", {}, isHere
    ? button(`${say(guide.title)} (PDF)`, async () => download(await paperOf(bundle.inspection, guide), `${guide.id}.pdf`), { variant: "tertiary", glyph: "download", id: `paper-${guide.id}` })
    : el("a", { href: paperAddress(bundle.inspection, guide), target: "_blank", rel: "noopener" }, `${say(guide.title)} (PDF)`, `, ${t("with network")}`)))));
  return list;
}

function work(id) {
  const requirements = core.bundle(id).requirements ?? [];
  const marked = [...marksOf(id).values()].filter((one) => one.result).length;
  const conflicts = conflictsOf(id).length;
  const counted = (number) => el("span.count", {}, number);
  return el("section.section", {}, el("h2", {}, t("What we see and read")),
    el("ul.rows", {},
      row(t("Observations"), () => go("evidence", { id, kind: "observation" }), t("What we saw ourselves"), counted(evidenceOf(id, "observation").length), "to-observations"),
      row(t("Documents"), () => go("evidence", { id, kind: "document" }), t("What the records show, also as photos"), counted(evidenceOf(id, "document").length), "to-documents"),
      row(t("Requirements"), () => go("requirements", { id }), t("What the law asks, marked on the spot"), el("span.count", {}, t("%(num)s of %(all)s", { num: marked, all: requirements.length })), "to-requirements"),
      conflicts > 0 && row(t("Two versions of the same text"), () => go("conflicts", { id }), t("Somebody else has written in the same place. Choose what applies."), counted(conflicts), "to-conflicts")));
}

register("visit", ({ id }) => ({
  title: t("The visit"),
  bar: () => el("div.reach", { role: "region", "aria-label": t("Always in reach") },
    button(t("Acute"), () => go("acute", { id }), { glyph: "acute", variant: "tertiary", id: "acute" })),
  body: () => {
    const bundle = core.bundle(id);
    if (!bundle) return [title(t("The visit")), notice("info", null, el("p", {}, t("The visit is no longer on this device.")))];
    const { inspection } = bundle;
    const lines = bundle.lines_of_enquiry ?? [];
    const left = leftOf(id);
    return [
      title(inspection.home?.name ?? inspection.home ?? inspection.title, el("p.quiet-text", {}, [inspection.dnr && t("Ref. no. %(dnr)s", { dnr: inspection.dnr }), (bundle.team ?? []).map((one) => one.name).join(", ")].filter(Boolean).join(" · "))),
      acuteOf(id).length > 0 && notice("danger", t("Acute"), actions(button(t("What has been done"), () => go("acute", { id }), { variant: "secondary" }))),
      !isStarted(id) && notice("info", t("The visit has not begun"), el("p", {}, t("When you begin, the first talks open. The time is noted.")),
        actions(button(t("Begin the visit"), () => core.write(id, "visit", id, "started", true), { variant: "primary", id: "begin" }))),
      lines.length > 0 && more(t("What we look into"), "lines", el("ul", {}, lines.map((line) => el("li", {}, el("strong", {}, say(line.area_name) || areaName(id, line.area)), ": ", line.text || label("enquiry", line.kind))))),
      children(id), adults(id), work(id),
      more(t("The questions on paper"), "paper", el("p", {}, t("Print them before the visit, for the day when the device does not suffice. They are kept on the device with the visit.")), papers(bundle)),
      el("section.section", {}, el("h2", {}, t("What is left")), left.length ? el("ul", {}, left.map((text) => el("li", {}, text))) : el("p", {}, t("Nothing is left of what can be seen here.")),
        actions(button(t("End the visit on this device"), () => go("finish", { id }), { glyph: "check", id: "to-finish" }))),
    ];
  },
}));
