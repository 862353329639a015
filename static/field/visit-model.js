// A visit as the screens show it: what was taken along, with everything recorded on top.

import * as core from "./core.js";
import { fileState } from "./files.js";
import { label, say, t, when } from "./words.js";

const RANK = { action: 2, device: 1, sent: 0 };
const LETTERS = { staff: "p", manager: "l", other: "a" };

// By the device's own clock, as `client_time`: the server corrects both by the difference that it measures.
export const iso = () => new Date().toISOString();

const of = (document, name, otherwise = null) => document?.fields[name]?.value ?? otherwise;

// What a document is in, all fields taken together: action, device or sent.
export function stateOf(document) {
  return Object.values(document?.fields ?? {}).reduce((worst, field) => RANK[field.state] > RANK[worst] ? field.state : worst, "sent");
}

const listOf = (id, kind) => core.documents(id, kind);

export const find = (id, kind, docId) => listOf(id, kind).find((one) => one.id === docId);

// The children of the list, in its order; a place that was taken back is none.
export function childrenOf(id) {
  const names = new Map((core.bundle(id).residents ?? []).map((one) => [one.id, one.person]));
  const talks = talksOf(id);
  let added = 0;
  return listOf(id, "child").filter((one) => Number.isInteger(of(one, "added"))).sort((a, b) => of(a, "added") - of(b, "added") || (a.id < b.id ? -1 : 1))
    .map((one) => {
      const outcome = of(one, "outcome");
      return { id: one.id, document: one, isNew: !names.has(one.id), place: of(one, "added"), state: stateOf(one),
        name: names.get(one.id) ?? t("New in the list %(num)s", { num: (added += 1) }),
        outcome: outcome?.outcome ?? null, note: outcome?.note ?? "", talks: talks.filter((talk) => talk.resident === one.id) };
    });
}

export function talksOf(id) {
  return listOf(id, "talk").filter((one) => of(one, "start")).map((one) => talkOf(id, one))
    .sort((a, b) => a.startedAt < b.startedAt ? -1 : 1);
}

export function talkOf(id, document) {
  const start = of(document, "start");
  const end = of(document, "end");
  return { id: document.id, document, informant: start.informant, resident: start.resident, person: start.person, guide: start.guide,
    startedAt: start.started_at, endedAt: end?.ended_at ?? null, how: end?.how ?? null, state: stateOf(document),
    ageBand: of(document, "age_band", ""), interpreter: of(document, "interpreter", false) };
}

// Whom a talk is with, in a word or two; an adult has no name before the server gives one.
export function whoOf(id, talk) {
  if (talk.resident) return childrenOf(id).find((one) => one.id === talk.resident)?.name ?? label("informant", "child");
  if (talk.person) return `${label("informant", talk.informant)}, ${talk.person}`;
  return label("informant", talk.informant);
}

// Adults who have been talked with before, by the names that the case gives them.
export function adultsOf(id, informant) {
  return [...new Set(talksOf(id).filter((one) => one.informant === informant && one.person.startsWith(LETTERS[informant])).map((one) => one.person))];
}

export function statementsOf(id, sourceId) {
  return listOf(id, "statement").filter((one) => {
    const source = of(one, "source");
    return source && (source.talk === sourceId || source.evidence === sourceId);
  }).map(statementOf).sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}

export function statementOf(document) {
  const read = (name, otherwise) => of(document, name, otherwise);
  return { id: document.id, document, state: stateOf(document), position: read("source", {}).position ?? 0,
    text: read("text", ""), question: read("question"), ownQuestion: read("own_question", ""), theme: read("theme"),
    ownWords: document.fields.own_words ? read("own_words", false) : null, wish: document.fields.wish ? read("wish") : null, status: read("status", "active"), severity: read("severity"),
    withheld: Boolean(document.fields.theme?.withheld || document.fields.severity?.withheld),
    prompted: read("prompted", false), important: read("important", false), concrete: read("concrete", true), firsthand: read("firsthand", true) };
}

export const standing = (statements) => statements.filter((one) => one.status !== "withdrawn" && one.text.trim());

export function evidenceOf(id, kind) {
  return listOf(id, "evidence").filter((one) => of(one, "about")).map((one) => ({ id: one.id, document: one, state: stateOf(one), ...of(one, "about") }))
    .filter((one) => !kind || one.kind === kind).sort((a, b) => (a.noted_at ?? "") < (b.noted_at ?? "") ? -1 : 1);
}

// A file is received when its bytes are, not when the server has been told of it.
const stateOfFile = (one) => [stateOf(one), fileState(one.id) ?? "sent"].sort((a, b) => RANK[b] - RANK[a])[0];

export const photosOf = (id, ownerId) => listOf(id, "photo").map((one) => ({ id: one.id, state: stateOfFile(one), ...of(one, "about", {}) })).filter((one) => one.evidence === ownerId || one.talk === ownerId);

export const recordingsOf = (id, talkId) => listOf(id, "recording").map((one) => ({ id: one.id, state: stateOfFile(one), ...of(one, "about", {}) })).filter((one) => one.talk === talkId);

// The marks by requirement.
export function marksOf(id) {
  return new Map(listOf(id, "check").filter((one) => of(one, "requirement")).map((one) => [of(one, "requirement"), { ...of(one, "mark", {}), document: one, state: stateOf(one) }]));
}

export const acuteOf = (id) => listOf(id, "acute").map((one) => ({ id: one.id, state: stateOf(one), ...of(one, "step", {}) })).sort((a, b) => a.at < b.at ? -1 : 1);

export const visitOf = (id) => listOf(id, "visit")[0];

export const isStarted = (id) => of(visitOf(id), "started", false) || !["planned", "prepared"].includes(core.bundle(id).inspection.state);

export const isConfirmed = (id) => of(visitOf(id), "children_confirmed", Boolean(core.bundle(id).inspection.children_confirmed_at));

export const guideOf = (id, guideId) => (core.bundle(id).guides ?? []).find((one) => one.id === guideId);

export function conflictsOf(id) {
  return core.documents(id).flatMap((document) => Object.entries(document.fields)
    .filter(([, field]) => field.others?.length).map(([name, field]) => ({ document, name, field })));
}

export function authorName(id, userId) {
  const member = (core.bundle(id).team ?? []).find((one) => one.user_id === userId || one.id === userId);
  return member?.name ?? t("somebody in the team");
}

// A document in a few words, for lists of what needs somebody.
export function nameOf(id, document) {
  const kind = label("document_kind", document.kind);
  if (document.kind === "child") return childrenOf(id).find((one) => one.id === document.id)?.name ?? kind;
  if (document.kind === "talk") { const talk = talkOf(id, document); return `${kind}: ${whoOf(id, talk)}, ${when(talk.startedAt, core.now())}`; }
  if (document.kind === "check") return `${kind} ${of(document, "requirement", "")}`;
  if (document.kind === "evidence") return `${label("evidence", of(document, "about", {}).kind)}: ${of(document, "about", {}).title ?? ""}`;
  return kind;
}

export const areaName = (id, areaId) => say((core.bundle(id).areas ?? []).find((one) => one.id === areaId)?.name) || areaId;
