// What we saw, and what the records show: a title, notes that save themselves, and photos of documents.

import * as core from "../core.js";
import { el, isWritten, rebuild } from "../dom.js";
import { fileRefusal } from "../files.js";
import { go, instead, redraw, register, title } from "../frame.js";
import { gateWords } from "../gate-words.js";
import { actions, button, check, empty, notice, refused, row, savedState, textField } from "../pieces.js";
import { smallPicture, takePhoto } from "../photo.js";
import { explain, explainFile } from "../refusals.js";
import { evidenceOf, iso, photosOf, standing, statementsOf } from "../visit-model.js";
import { n, t, when } from "../words.js";
import { Composer, keptNotes } from "./talk-notes.js";

const isDocument = (kind) => kind === "document";
const recordingIsShut = (id) => core.gate(id, "staff").find((key) => ["before_visit", "handed_over", "over"].includes(key));

register("evidence", ({ id, kind }) => {
  const state = { title: "", missing: false, error: null };

  async function add() {
    if (!state.title.trim()) { state.error = t("Say in a few words what it is, without names of people."); redraw(); return; }
    const item = core.uuid7();
    try {
      await core.write(id, "evidence", item, "about", { kind, title: state.title.trim(), produced: !state.missing, noted_at: iso() });
      Object.assign(state, { title: "", missing: false, error: null });
      go("item", { id, item });
    } catch (fault) { state.error = explain(fault); redraw(); }
  }

  return {
    title: isDocument(kind) ? t("Documents") : t("Observations"),
    body: () => {
      const items = evidenceOf(id, kind);
      const shut = recordingIsShut(id);
      return [
        title(isDocument(kind) ? t("Documents") : t("Observations"), !isDocument(kind) && el("p.lead", {}, t("What we saw ourselves, and what the records show. Ask before you enter a child’s room: it is the child’s home."))),
        items.length ? el("ul.rows", {}, items.map((one) => row(one.title, () => go("item", { id, item: one.id }),
          [when(one.noted_at, core.now()), n("%(num)s note", "%(num)s notes", standing(statementsOf(id, one.id)).length), isDocument(kind) && n("%(num)s photo or file", "%(num)s photos or files", photosOf(id, one.id).length), !one.produced && t("asked for and not given")].filter(Boolean).join(" · "), savedState(one.state), `item-${one.id}`, 2)))
          : empty(isDocument(kind) ? t("Here stand the documents that you look at: journals, decisions, staffing lists. Photograph the pages that matter.") : t("Here stands what you see for yourselves: rooms, meals, how people meet each other.")),
        el("section.section", {}, el("h2", {}, isDocument(kind) ? t("A new document") : t("A new observation")),
          shut ? refused(t("Add"), gateWords(id, "staff")) : [
            textField({ id: "evidence-title", label: t("What it is, in a few words"), value: state.title, error: state.error, maxlength: 200, hint: t("No names of people."), onInput: (text) => { state.title = text; }, onEnter: add }),
            isDocument(kind) && check({ id: "missing", label: t("A document that we asked for and did not get"), value: state.missing, onChange: (value) => { state.missing = value; } }),
            actions(button(isDocument(kind) ? t("Add the document") : t("Add the observation"), add, { variant: "primary", id: "add" }))]),
      ];
    },
  };
});

register("item", ({ id, item }) => {
  const read = () => evidenceOf(id).find((one) => one.id === item);
  const places = {};
  const addresses = [];
  const tell = (fault) => rebuild(places.fault, notice("danger", null, el("p", { role: "alert" }, explain(fault))));
  const composer = new Composer({ id, evidence: item, tell, onChange: () => parts() });

  function parts() {
    if (!isWritten(places.kept)) rebuild(places.kept, keptNotes(id, statementsOf(id, item), composer, false, (one) => { composer.edit(one); parts(); }));
    rebuild(places.photos, photos());
    composer.refresh();
  }

  const small = new Map();
  function picture(one) {
    const image = el("img.photo__small", { alt: one.title || t("Photo of the document"), src: small.get(one.id) });
    if (!small.has(one.id)) smallPicture(one.id).then((address) => { if (address) { addresses.push(address); small.set(one.id, address); image.src = address; } }, () => {});
    return one.type === "application/pdf" ? el("p", {}, one.title || "PDF") : image;
  }

  function photos() {
    const all = photosOf(id, item);
    return all.length > 0 && el("ul.photos", { "aria-label": t("Photos and files") }, all.map((one) => el("li.photo", {}, picture(one), savedState(one.state), fileRefusal(one.id) && el("p.photo__why", {}, explainFile(fileRefusal(one.id))))));
  }

  const take = (pdf) => takePhoto(id, { evidence: item }, { pdf }).then(() => parts(), tell);
  return {
    title: t("Evidence"),
    update: parts,
    leave: () => { composer.leave(); addresses.forEach((one) => URL.revokeObjectURL(one)); },
    body: () => {
      const about = read();
      places.fault = el("div");
      places.kept = el("div.kept");
      places.photos = el("div");
      const node = [
        title(about.title, el("p.quiet-text", {}, when(about.noted_at, core.now()), !about.produced && ` · ${t("asked for and not given")}`)),
        places.fault, composer.node, places.kept,
        isDocument(about.kind) && about.produced && el("section.section", {}, el("h2", {}, t("Photos and files")),
          el("p.quiet-text", {}, t("Photograph pages, not people. The place where the picture was taken does not come along.")), places.photos,
          actions(button(t("Take a photo"), () => take(false), { glyph: "plus", id: "take-photo" }), button(t("Choose a PDF"), () => take(true), { variant: "tertiary", id: "take-pdf" }))),
        actions(button(isDocument(about.kind) ? t("To all documents") : t("To all observations"), () => instead("evidence", { id, kind: about.kind }), { variant: "tertiary" })),
      ];
      queueMicrotask(parts);
      return node;
    },
    bar: () => el("div.reach", { role: "region", "aria-label": t("Always in reach") }, button(t("New note"), () => { composer.fresh(); parts(); composer.focus(); }, { glyph: "plus", id: "new-note" }), button(t("Acute"), () => go("acute", { id }), { glyph: "acute", variant: "tertiary", id: "acute" })),
  };
});
