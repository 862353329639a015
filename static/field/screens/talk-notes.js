// One note at a time, saved as it is typed, and below it those that are noted already.

import * as core from "../core.js";
import { el, icon, replace } from "../dom.js";
import { button, check, more, pill, savedState, select, textField, toggles } from "../pieces.js";
import { anchorChoices, anchorsOf } from "./anchors.js";
import { find, standing, statementOf, statementsOf } from "../visit-model.js";
import { choices, label, say, t, themeName } from "../words.js";

const EMPTY = { text: "", question: null, ownQuestion: "", theme: null, ownWords: null, wish: null, status: "active", severity: null, withheld: false, prompted: false, important: false, concrete: true, firsthand: true };
const A_MOMENT = 300; // a keystroke waits for nothing: what is saved is told a moment later
const FIELDS = { ownQuestion: "own_question", ownWords: "own_words" };

export class Composer {
  // `tell(fault)` shows what could not be saved; `onChange()` after every change; `evidence`: of what it is a note, instead of a talk.
  constructor({ id, talkId, evidence = null, isChild = false, guide = null, tell, onChange }) {
    Object.assign(this, { id, talkId, evidence, isChild, guide, tell, onChange });
    this.node = el("div.composer");
    this.fresh();
  }

  fresh() {
    this.statement = core.uuid7();
    this.values = { ...EMPTY };
    this.begun = false;
    this.isKept = false;
    this.draw();
  }

  edit(statementId) {
    const document = find(this.id, "statement", statementId);
    if (!document) return;
    this.statement = statementId;
    this.values = statementOf(document);
    this.begun = true;
    this.isKept = true;
    this.draw();
    this.focus();
  }

  get isEmpty() { return !this.values.text.trim(); }

  // A question taken into the note; what is written already stays where it was written.
  ask(question) {
    if (!this.isEmpty) this.fresh();
    this.set("question", question.id);
    this.set("theme", question.theme ?? null);
    this.set("prompted", true);
    this.draw();
    this.focus();
  }

  point(question, number, word) {
    this.ask(question);
    this.type(t("Pointed at the picture: %(word)s (%(number)s of 5).", { word, number }));
    this.draw();
  }

  focus() { this.node.querySelector("textarea")?.focus({ preventScroll: false }); }

  leave() { document.activeElement?.blur?.(); }

  type(text) {
    this.values.text = text;
    if (!this.begun) this.begin();
    core.draft(this.id, "statement", this.statement, "text", text);
    this.later ??= setTimeout(() => { this.later = null; this.refresh(); }, A_MOMENT);
  }

  // The first sign makes the note: where it was said, and all that was chosen before.
  begin() {
    this.begun = true;
    const owner = this.evidence ? { evidence: this.evidence } : { talk: this.talkId };
    const position = statementsOf(this.id, this.evidence ?? this.talkId).reduce((most, one) => Math.max(most, one.position + 1), 0);
    this.write("source", { ...owner, position });
    for (const name of Object.keys(EMPTY)) if (name !== "text" && name !== "withheld" && this.values[name] !== EMPTY[name]) this.write(FIELDS[name] ?? name, this.values[name]);
  }

  set(name, value) {
    this.values[name] = value;
    if (this.begun) this.write(FIELDS[name] ?? name, value);
    this.onChange();
  }

  write(field, value) {
    core.write(this.id, "statement", this.statement, field, value).catch(this.tell);
  }

  refresh() {
    const place = this.node.querySelector("[data-saved]");
    if (!place) return;
    const document = this.begun ? find(this.id, "statement", this.statement) : null;
    const state = document ? statementOf(document).state : "";
    if (place.dataset.saved === state) return;
    place.dataset.saved = state;
    replace(place, state ? savedState(state) : el("span.quiet-text", {}, t("Saved as you write")));
  }

  question() {
    const asked = this.guide?.questions.find((one) => one.id === this.values.question);
    return asked ? say(asked.text) : this.values.ownQuestion;
  }

  themes() {
    const bundle = core.bundle(this.id);
    const areas = (bundle.areas ?? []).map((area) => [say(area.name), (bundle.themes ?? []).filter((one) => one.area === area.id).map((one) => [one.id, say(one.name)])]);
    return [[null, [["", t("Choose a theme")]]], ...areas.filter(([, list]) => list.length)];
  }

  draw() {
    const { values } = this;
    const isNote = !this.evidence;
    const stands = this.begun && values.text.trim() && find(this.id, "statement", this.statement);
    const question = this.question();
    replace(this.node,
      el("div.composer__head", {}, question ? el("p.composer__question", {}, question) : el("p.composer__lead", {}, isNote ? t("What is said") : t("What it shows")),
        stands && button(t("New note"), () => { this.fresh(); this.onChange(); this.focus(); }, { glyph: "plus", variant: "tertiary" })),
      textField({ id: "note-text", label: isNote ? t("What is said") : t("What it shows"), hideLabel: true, rows: 4, large: true, value: values.text, onInput: (text) => this.type(text) }),
      el("p.composer__saved", { role: "status", data: { saved: "-" } }),
      isNote && toggles({ id: "note-words", legend: t("Whose words"), value: values.ownWords, onChange: (value) => this.set("ownWords", value),
        options: [[true, this.isChild ? t("The child’s own words") : t("The person’s own words")], [false, t("Retold by us")]] }),
      isNote && toggles({ id: "note-wish", legend: t("May it be told?"), value: values.wish, onChange: (value) => this.set("wish", value), options: choices("wish") }),
      values.withheld ? el("p.quiet-text", { id: "judged-unseen" }, t("A colleague has judged this note. What theme and severity it was given is not shown here, so that you can judge it unseen on the page Coding."))
        : select({ id: "note-theme", label: t("Theme"), value: values.theme ?? "", onChange: (value) => this.set("theme", value || null), groups: this.themes() }),
      more(t("More"), "note-more",
        isNote && textField({ id: "note-own", label: t("Your own question"), value: values.ownQuestion, maxlength: 500, onInput: (value) => {
          this.values.ownQuestion = value;
          if (this.begun) core.draft(this.id, "statement", this.statement, "own_question", value);
        } }),
        isNote && this.isChild && check({ id: "note-important", label: t("The child says that this is among the most important"), value: values.important, onChange: (value) => this.set("important", value) }),
        isNote && check({ id: "note-prompted", label: t("Answer to a question of ours"), value: values.prompted, onChange: (value) => this.set("prompted", value) }),
        check({ id: "note-concrete", label: t("Concrete enough to follow up"), value: values.concrete, onChange: (value) => this.set("concrete", value) }),
        check({ id: "note-firsthand", label: t("Own experience, or seen oneself"), value: values.firsthand, onChange: (value) => this.set("firsthand", value) }),
        !values.withheld && [
          select({ id: "note-severity", label: t("What it means for the children"), hint: t("It can wait until the talk is over."), value: values.severity === null ? "" : String(values.severity), onChange: (value) => this.set("severity", value === "" ? null : Number(value)),
            groups: [[null, [["", t("Not judged yet")], ...anchorChoices(this.id)]]] }),
          anchorsOf(this.id)],
        toggles({ id: "note-status", legend: t("Does it stand?"), value: values.status, onChange: (value) => this.set("status", value), options: choices("status") })));
    this.refresh();
  }

  ownQuestion() {
    if (!this.isEmpty) this.fresh();
    this.draw();
    this.node.querySelector("details").open = true;
    this.node.querySelector("#note-own")?.focus();
  }
}

function kept(id, one, composer, isChild, edit) {
  const facts = [one.theme && !one.withheld && themeName(one.theme), one.ownWords === true && (isChild ? t("The child’s own words") : t("The person’s own words")), one.ownWords === false && t("Retold by us"),
    !composer.evidence && (one.wish ? label("wish", one.wish) : t("Only in general terms, unless the person says otherwise"))].filter(Boolean);
  return el("li.kept__note", { data: { current: one.id === composer.statement, withdrawn: one.status === "withdrawn" } },
    el("button.kept__open", { type: "button", id: `note-${one.id}`, onclick: () => edit(one.id) },
      el("span.kept__text", {}, (one.id === composer.statement ? composer.values.text : one.text) || t("(nothing written yet)")), el("span.ds-sr-only", {}, `. ${t("Change the note")}`)),
    el("p.kept__facts", {}, facts.map((text) => el("span", {}, text)), one.status !== "active" && pill(label("status", one.status), one.status === "withdrawn" ? "returned" : "neutral"), savedState(one.state)));
}

// What the list looks like, in short: it is built anew only when this changes.
export function signOf(statements, composer) {
  return JSON.stringify([composer.statement, composer.isKept, composer.isKept && composer.values.text,
    statements.filter((one) => one.id !== composer.statement || composer.isKept).map((one) => [one.id, one.text, one.theme, one.ownWords, one.wish, one.status, one.state])]);
}

// The notes so far, the latest first: what was just said lies nearest. The one that is being written stands above.
export function keptNotes(id, statements, composer, isChild, edit) {
  const listed = statements.filter((one) => one.id !== composer.statement || composer.isKept);
  if (!listed.length) return [];
  const stand = standing(listed).length;
  return [el("h3.kept__head", {}, icon("list", 20), ` ${t("Noted so far")} `, el("span.count", {}, stand)),
    el("ul.kept__list", { "aria-label": t("Noted so far") }, listed.toReversed().map((one) => kept(id, one, composer, isChild, edit)))];
}

