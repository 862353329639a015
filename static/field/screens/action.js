// What needs a person: notes that the server could not take in as they are. Look, export sealed, or set aside.

import * as core from "../core.js";
import { el } from "../dom.js";
import { filesLeft, removeFile } from "../files.js";
import { go, redraw, refresh, register, title } from "../frame.js";
import { actions, ask, button, notice, textField } from "../pieces.js";
import { explain, explainFile, explainLeft, explainProblem } from "../refusals.js";
import { conflictsOf } from "../visit-model.js";
import { label, n, t, when } from "../words.js";
import { inWords } from "./conflicts.js";

export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const exportSealed = async () => download(await core.exportSealed(), `tillsyn-${core.now().toISOString().slice(0, 10)}.json`);

export const nameOfVisit = (id) => { const found = core.bundle(id)?.inspection; return found?.home?.name ?? found?.home ?? found?.title ?? t("a visit"); };

register("action", () => {
  const state = { aside: null, reason: "", fault: null, told: null };

  async function setAside(op) {
    if (!state.reason.trim()) { state.fault = t("Write why it is set aside."); redraw(); return; }
    try {
      await core.setAside(op.op_id, state.reason.trim());
      Object.assign(state, { aside: null, reason: "", fault: null });
    } catch (fault) { state.fault = explain(fault); }
    redraw();
  }

  function stuck({ op, state: status, reason }) {
    return el("li.stuck", {}, el("h3", {}, `${label("document_kind", op.doc_kind)}, ${label("field_name", op.field)}`),
      el("p.quiet-text", {}, [nameOfVisit(op.inspection_id), when(op.client_time, core.now())].join(" · ")),
      el("blockquote", {}, inWords(op.inspection_id, op.doc_kind, op.field, op.value)),
      el("p", {}, el("strong", {}, status === "rejected" ? t("The server refuses it:") : t("The server has it, but it does not stand yet:")), " ", explainLeft(reason)),
      state.aside === op.op_id
        ? [textField({ id: "why-aside", label: t("Why is it set aside?"), value: state.reason, error: state.fault, hint: t("The text stays in the log with your reason."), onInput: (text) => { state.reason = text; } }), actions(button(t("Set aside"), () => setAside(op), { variant: "primary", id: "set-aside" }), button(t("Leave it"), () => { state.aside = null; redraw(); }, { variant: "tertiary" }))]
        : actions(button(t("Set aside"), () => { state.aside = op.op_id; redraw(); }, { id: `aside-${op.op_id}` })));
  }

  async function remove(group) {
    const answer = await ask(t("Take this file off the device?"), t("The server does not have it. It cannot be had back."), [["remove", t("Take it off"), "primary"], ["no", t("Leave it"), "tertiary"]]);
    if (answer === "remove") removeFile(group).then(redraw, (fault) => { state.told = explain(fault); refresh(); });
  }

  function refusedFile({ group, inspection, type, title: named, startedAt, refused }) {
    const kind = type.startsWith("audio/") ? "recording" : "photo";
    return el("li.stuck", {}, el("h3", {}, named || label("document_kind", kind)), el("p.quiet-text", {}, [nameOfVisit(inspection), when(startedAt, core.now())].join(" · ")),
      el("p", {}, el("strong", {}, t("The server refuses it:")), " ", explainFile(refused)),
      actions(button(t("Take it off the device"), () => remove(group), { variant: "tertiary", id: `remove-${group}` })));
  }

  async function send() {
    const { left, problem } = await core.syncNow();
    state.told = problem ? explainProblem(problem) : left ? n("%(num)s is left to send.", "%(num)s are left to send.", left) : t("Everything is sent and received");
    refresh();
  }

  return {
    title: t("Needs action"),
    body: () => {
      const held = core.held();
      const files = filesLeft().filter((one) => one.refused);
      const visits = core.taken().map((one) => [one.id, conflictsOf(one.id).length]).filter(([, many]) => many > 0);
      return [
        title(t("Needs action"), el("p.lead", {}, t("Nothing here is lost, and nothing else waits for it. Each needs a person."))),
        visits.length > 0 && el("section.section", {}, el("h2", {}, t("Two versions of the same text")), el("ul.rows", {}, visits.map(([id, many]) => el("li.row", {}, el("h3.row__title", {}, nameOfVisit(id)), button(n("Look at %(num)s place", "Look at %(num)s places", many), () => go("conflicts", { id }), { variant: "primary", about: nameOfVisit(id) }))))),
        held.length > 0 && el("section.section", {}, el("h2", {}, t("Not taken in")), el("ul.stuck-list", {}, held.map(stuck))),
        files.length > 0 && el("section.section", {}, el("h2", {}, t("Photos and sound that are not received")), el("ul.stuck-list", {}, files.map(refusedFile))),
        !held.length && !visits.length && !files.length && notice("success", null, el("p", { role: "status" }, t("Nothing needs action."))),
        el("section.section", {}, el("h2", {}, t("If nothing helps")), el("p", {}, t("Export what is not received to a file that only the server can open, and give it to whoever runs the system.")),
          actions(button(t("Try to send again"), send, { glyph: "send" }), button(t("Export sealed"), () => exportSealed().catch((fault) => { state.told = explain(fault); refresh(); }), { glyph: "download", id: "export" })), state.told && el("p", { role: "status" }, state.told)),
      ];
    },
  };
});
