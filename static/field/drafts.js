// What is being typed. A keystroke changes memory only; beside it the text is encrypted and put on the disk,
// again and again while somebody types, and after a pause it becomes an op.

import { decrypt, encrypt } from "./crypto.js";
import { append } from "./oplog.js";
import { Refused, TAB, caseOf, changed, session } from "./session.js";
import { change, readAll } from "./store.js";

const PAUSE = 1500;
const BETWEEN_SAVES = 80;
const ALIVE = "tillsyn-tab-";

const typed = new Map(); // id → {…, value, parents, turn, saved, saving, settling, timer, fault}

/** A keystroke: synchronous, and waits for nothing. Throws Refused("locked"|"not_taken"). */
export function draft(inspection, kind, docId, field, value) {
  const { projection } = caseOf(inspection);
  const id = `${inspection}/${docId}/${field}/${TAB}`;
  let text = typed.get(id);
  if (!text) {
    // What stood there when the typing began is what the person has seen.
    const parents = projection.heads(docId, field);
    text = { id, inspection, kind, docId, field, parents, turn: 0, saved: 0, saving: null, settling: null, fault: "" };
    typed.set(id, text);
    changed();
  }
  text.value = value;
  text.turn += 1;
  clearTimeout(text.timer);
  text.timer = setTimeout(() => settleDraft(text), PAUSE);
  saveSoon(text);
}

/** Make every draft an op now. Never throws: what could not be written stays, with its fault in sight. */
export async function settleDrafts() {
  await Promise.all([...typed.values()].map(settleDraft));
}

/** The drafts of a case, to be shown over its documents. */
export function draftsOf(inspection) {
  return [...typed.values()].filter((text) => text.inspection === inspection);
}

export function unsaved() {
  return typed.size;
}

/** Forget what is in memory; what is on the disk stays, encrypted. */
export function forgetDrafts() {
  for (const text of typed.values()) clearTimeout(text.timer);
  typed.clear();
}

/** Hold a lock for as long as this tab lives, so that others can tell its drafts from those of a dead one. */
export function stayAlive() {
  navigator.locks.request(ALIVE + TAB, () => new Promise(() => {}));
}

/** Make ops of what tabs that are gone left behind: a crash, an empty battery, a killed browser.
 *
 * With `ending`, an inspection: of everything typed in it, in whatever tab.
 */
export async function restoreDrafts(ending = null) {
  const { db, key } = session;
  const { held } = await navigator.locks.query();
  const alive = new Set(held.map(({ name }) => name));
  const rows = ending ? await readAll(db, "drafts", "inspection", ending) : await readAll(db, "drafts");
  for (const row of rows) {
    const another = !ending && row.tab !== TAB && alive.has(ALIVE + row.tab);
    if (another || typed.has(row.id) || !session.cases.has(row.inspection)) continue;
    const left = await decrypt(key, "drafts", row.id, row.box);
    if (isAlready(left)) await change(db, ["drafts"], (drafts) => drafts.delete(row.id));
    else await append({ ...left, draft: row.id });
  }
}

function settleDraft(text) {
  text.settling ??= settled(text).finally(() => {
    text.settling = null;
    if (typed.get(text.id) === text && text.turn > text.saved) saveSoon(text);
  });
  return text.settling;
}

async function settled(text) {
  clearTimeout(text.timer);
  await text.saving;
  const { turn, value } = text;
  try {
    if (isAlready(text)) {
      await change(session.db, ["drafts"], (drafts) => drafts.delete(text.id));
      ended(text, turn, null);
    } else {
      const { inspection, kind, docId, field, parents } = text;
      const op = await append({ inspection, kind, docId, field, value, parents, draft: text.id });
      ended(text, turn, op);
    }
  } catch (fault) {
    failed(text, fault);
  }
}

function ended(text, turn, op) {
  if (text.turn === turn) typed.delete(text.id);
  else {
    // Typed on meanwhile: that builds on what has just been written.
    if (op) text.parents = [op.op_id];
    text.timer = setTimeout(() => settleDraft(text), PAUSE);
  }
  changed();
}

function saveSoon(text) {
  if (text.settling || text.saving) return;
  text.saving = save(text).finally(() => {
    text.saving = null;
    if (text.turn > text.saved && !text.fault && typed.has(text.id)) saveSoon(text);
  });
}

async function save(text) {
  const { db, key } = session;
  const { id, inspection, kind, docId, field, parents, value, turn } = text;
  try {
    if (!key) throw new Refused("locked");
    const box = await encrypt(key, "drafts", id, { inspection, kind, docId, field, parents, value });
    await change(db, ["drafts"], (drafts) => drafts.put({ id, tab: TAB, inspection, box }));
    text.saved = turn;
    if (text.fault) changed();
    text.fault = "";
  } catch (fault) {
    failed(text, fault);
  }
  await new Promise((done) => setTimeout(done, BETWEEN_SAVES));
}

function failed(text, fault) {
  text.fault = fault.key ?? "storage";
  changed();
}

function isAlready({ inspection, docId, field, value }) {
  const { projection } = caseOf(inspection);
  const heads = projection.heads(docId, field);
  const [only] = heads;
  if (!heads.length) return value === "";
  return heads.length === 1 && JSON.stringify(projection.entries.get(only).op.value) === JSON.stringify(value);
}
