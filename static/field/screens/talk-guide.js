// The guide beside the notes: what is left, what is asked, what is put aside for later. In any order.

import * as core from "../core.js";
import { el, face, icon } from "../dom.js";
import { comesUp } from "../../pages/guide-flow.js";
import { button, more, toggles } from "../pieces.js";
import { areaName } from "../visit-model.js";
import { park } from "../ways.js";
import { choices, n, say, t } from "../words.js";

function soFar(talk, statements) {
  const stand = statements.filter((one) => one.status !== "withdrawn");
  return { noted: new Set(stand.map((one) => one.question).filter(Boolean)), themes: new Set(stand.map((one) => one.theme).filter(Boolean)), ages: talk.ageBand, interpreted: talk.interpreter };
}

// The questions as the talk stands: asked, passed over for now (with what it would take), or left.
export function laidOut(talk, guide, statements) {
  const known = soFar(talk, statements);
  return guide.questions.map((question) => {
    const asked = known.noted.has(question.id);
    return { question, asked, passed: !asked && !comesUp(question.only_if ?? [], known) };
  });
}

// What the guide looks like, in short: it is built anew only when this changes.
export function signOfGuide({ talk, statements, way, composer }) {
  const { noted, themes, ages, interpreted } = soFar(talk, statements);
  const own = statements.filter((one) => one.ownQuestion).map((one) => [one.ownQuestion, one.question, one.status]);
  return JSON.stringify([[...noted], [...themes], ages, interpreted, own, way.only, [...way.parked], composer.values.question, statements.length === 0, talk.endedAt]);
}

export const leftIn = (talk, guide, statements) => laidOut(talk, guide, statements).filter((one) => !one.asked && !one.passed).length;

// The scale, over the whole screen: for the child to look at and point. The note says what was pointed at.
export function showFaces(question, point) {
  const dialog = el("dialog.faces-show", { "aria-label": t("Pictures") },
    el("p.faces-show__text", {}, say(question.picture_text ?? question.text)),
    el("div.faces-show__row", {}, choices("faces").map(([number, word]) => el("button.faces-show__face", { type: "button", onclick: () => dialog.close(String(number)) }, face(number), el("span", {}, word)))),
    button(t("Close the pictures"), () => dialog.close(""), { variant: "tertiary", glyph: "close" }));
  dialog.addEventListener("close", () => {
    dialog.remove();
    const number = Number(dialog.returnValue);
    if (number) point(question, number, choices("faces")[number - 1][1]);
  });
  document.body.append(dialog);
  dialog.showModal();
}

function line({ question, asked, passed }, { id, talk, way, composer, take, again }) {
  const parked = way.parked.has(question.id);
  const text = say(question.text);
  const probes = (question.probes ?? []).map(say);
  const now = composer.values.question === question.id;
  return el("li.ask", { data: { asked, parked, now, question: question.id } },
    el("button.ask__text", { type: "button", id: `ask-${question.id}`, onclick: () => take(question) },
      asked ? icon("check", 22) : icon("pen", 22),
      el("span", {}, asked && el("span.ds-sr-only", {}, `${t("asked")}: `), question.asked_of && el("span.question__of", {}, `${say(question.asked_of)}: `), text, el("span.ds-sr-only", {}, `. ${t("Note the answer")}`))),
    passed && el("p.ask__passed", {}, t("Passed over for now."), " ", (question.comes_up ?? []).map((one) => `${say(one)}. `)),
    (question.follow_ups ?? []).length > 0 && el("ul.question__follow-ups", {}, question.follow_ups.map((one) => el("li", {}, el("span.quiet-text", {}, say(one.if_says)), " ", say(one.text)))),
    el("div.ask__more", {},
      question.pictures === "smiley" && button(t("Pictures"), () => showFaces(question, (...pointed) => { composer.point(...pointed); again(); }), { variant: "tertiary", about: text }),
      !asked && button(parked ? t("Take up now") : t("Later"), () => { park(id, talk.id, question.id, !parked); again(); }, { variant: "tertiary", about: text, id: `park-${question.id}` }),
      el("details.more", { data: { fold: `help-${question.id}` } }, el("summary", {}, t("Help"), el("span.ds-sr-only", {}, `: ${text}`)), el("div.more__body", {},
        probes.length > 0 && el("ul", {}, probes.map((one) => el("li", {}, one))),
        question.why && el("p", {}, el("strong", {}, t("Why we ask")), " ", say(question.why)),
        question.listen_for && el("p", {}, el("strong", {}, t("Listen for")), " ", say(question.listen_for))))));
}

function own(statements) {
  const texts = [...new Set(statements.filter((one) => one.ownQuestion && !one.question && one.status !== "withdrawn").map((one) => one.ownQuestion))];
  return texts.length > 0 && [el("h3.guide__area", {}, t("Own questions in this talk")), el("ul.asks", {}, texts.map((text) => el("li.ask", { data: { asked: true } }, el("p.ask__own", {}, icon("check", 22), el("span", {}, text)))))];
}

export function guidePane(about) {
  const { id, talk, guide, statements, way, composer, again } = about;
  const lines = laidOut(talk, guide, statements);
  const left = lines.filter((one) => !one.asked && !one.passed);
  const current = composer.values.question;
  const shown = way.only === "left" ? lines.filter((one) => left.includes(one) || one.question.id === current) : lines;
  const areas = [...new Set(shown.filter((one) => !way.parked.has(one.question.id)).map((one) => one.question.area))];
  const parked = left.filter((one) => way.parked.has(one.question.id));
  const enquiry = core.bundle(id).lines_of_enquiry ?? [];
  return [
    toggles({ id: "only", legend: t("Show"), hideLegend: true, two: true, value: way.only, onChange: (value) => { way.only = value; again(); },
      options: [["left", left.length ? n("%(num)s not asked yet", "%(num)s not asked yet", left.length) : t("all asked")], ["all", t("All %(num)s", { num: lines.length })]] }),
    el("details.more", { data: { fold: "opening" }, open: statements.length === 0 && !talk.endedAt }, el("summary", {}, t("To say first")), el("div.more__body", {}, el("p.aloud", {}, say(guide.opening).trim()))),
    enquiry.length > 0 && more(t("What we look into"), "enquiry", el("ul", {}, enquiry.map((one) => el("li", {}, el("strong", {}, areaName(id, one.area)), ": ", one.text || choices("enquiry").find(([kind]) => kind === one.kind)?.[1])))),
    areas.map((area) => [el("h3.guide__area", {}, areaName(id, area)), el("ul.asks", {}, shown.filter((one) => one.question.area === area && !way.parked.has(one.question.id)).map((one) => line(one, about)))]),
    parked.length > 0 && [el("h3.guide__area", {}, t("Put aside for later")), el("ul.asks", {}, parked.map((one) => line(one, about)))],
    own(statements),
    button(t("Ask a question of your own"), () => composer.ownQuestion(), { glyph: "plus", variant: "tertiary", id: "own-question" }),
    more(t("To say last"), "closing", el("p.aloud", {}, say(guide.closing).trim())),
  ];
}

