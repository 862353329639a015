// What the screens build on: everything below it (store, crypto, sync) is reached through these names.

import { api } from "./api.js";
import { encrypt } from "./crypto.js";
import { drop, enrol, lock, start, unlock, wipe } from "./device.js";
import { draft as type, draftsOf, settleDrafts, unsaved } from "./drafts.js";
import { fileCounts } from "./files.js";
import { factsOf, refusedTalk } from "./gate.js";
import { uuid5, uuid7 } from "./ids.js";
import { newPassphrase, waysHere } from "./keys.js";
import { append, keepBack, loadCase, settle, tell } from "./oplog.js";
import { exportSealed } from "./outbox.js";
import { room } from "./fitness.js";
import { Refused, caseOf, changed, onChange, session } from "./session.js";
import { change, deleteOf, readAll } from "./store.js";
import { holdsNow, syncNow, syncSoon, whenSyncing } from "./sync.js";
import { takeUpdate, updateWaits } from "./worker.js";

/** start() → {state: "refused"|"new"|"locked"|"open", refusals: [key], user}: again after each onChange.
 *  enrol({name, way: "prf"|"passphrase", passphrase?}) → {passphrase?} · unlock({passphrase?}) · lock()
 *  newPassphrase() → five words · exportSealed() → Blob · uuid7() · onChange(listener) → stop
 *  api(path, {method, json, body, headers}) · whenSyncing(work) → stop: others send in the same round
 *  syncNow() → {sent, left, problem}: never throws. Every refusal is a Refused with `key`. */
export {
  Refused, api, enrol, exportSealed, lock, newPassphrase, onChange, settleDrafts, start, syncNow, unlock, updateWaits,
  uuid7, whenSyncing,
};

/** Which ways this browser can keep a key: {prf, passphrase}; a passkey may still turn out to have no PRF. */
export function ways() {
  return waysHere();
}

/** The inspections that may be taken along, from the server. Throws Refused("offline"|"signed_out"). */
export async function available() {
  return (await api("/inspections")).inspections;
}

/** Take an inspection along, or fetch it anew. Resolves with its bundle when it is on the disk. */
export async function take(id) {
  if (!session.key) throw new Refused("locked");
  if (!(await room()).enough) throw new Refused("full");
  await settleDrafts();
  const bundle = await api(`/inspections/${id}/bundle`);
  const { server_seq: since, readable_until: until = null } = bundle;
  const box = await encrypt(session.key, "cases", id, bundle);
  const row = { id, after: since, since, until, box };
  await change(session.db, ["cases", "feed"], (cases, feed) => {
    cases.put(row);
    deleteOf(feed, id);
  });
  await loadCase(row);
  tell({ said: "case", inspection: id });
  syncSoon();
  changed();
  return bundle;
}

/** bundle.inspection of each that is taken along. */
export function taken() {
  return [...session.cases.values()].map(({ bundle: { inspection } }) => inspection);
}

/** The bundle of an inspection taken along, or null. */
export function bundle(id) {
  return session.cases.get(id)?.bundle ?? null;
}

/** [{id, kind, fields: {name: {value, heads, others: [{op_id, value, author, time}], state, reason, …}}}].
 *
 * `state`: "device", "sent" or "action". What is being typed stands over what is written: `typing` is true,
 * and `reason` says why it could not be kept, if it could not. What is given is to be read, not changed.
 */
export function documents(id, kind) {
  const found = session.cases.get(id)?.projection.list(kind) ?? [];
  for (const text of draftsOf(id)) {
    if (kind && text.kind !== kind) continue;
    let at = found.findIndex((one) => one.id === text.docId);
    if (at < 0) at = found.push({ id: text.docId, kind: text.kind, fields: {} }) - 1;
    const { heads = [], others = [] } = found[at].fields[text.field] ?? {};
    const state = text.fault || others.length ? "action" : "device";
    const typed = { value: text.value, heads, others, state, reason: text.fault, typing: true };
    found[at] = { ...found[at], fields: { ...found[at].fields, [text.field]: typed } };
  }
  return found;
}

/** Write a value. Resolves with the op when it is on the disk, encrypted; throws Refused and writes nothing. */
export async function write(id, kind, docId, field, value, opKind = "set") {
  const op = await append({ inspection: id, kind, docId, field, value, opKind });
  syncSoon();
  return op;
}

/** A keystroke in a field: synchronous, waits for nothing. Becomes an op after a pause, on blur and on hide. */
export function draft(id, kind, docId, field, value) {
  type(id, kind, docId, field, value);
}

/** Choose what a field with several texts shall say: the op builds on all of them. */
export async function resolve(id, docId, field, value) {
  await settleDrafts();
  const { projection } = caseOf(id);
  const kind = projection.documents.get(docId)?.kind;
  return write(id, kind, docId, field, value, "resolve");
}

/** {unsent, action, sealed, files, held, problem}: notes, and files not all received (`files` of `unsent`).
 *  `sealed`: only the server reads them. */
export function counts() {
  const { seq = 0, acked = 0 } = session.device ?? {};
  const behind = [...session.rows.values()].filter((row) => row.stays && row.seq <= acked);
  const left = [...session.rows.values()].filter((row) => row.seq > acked).concat(behind);
  const waits = [...session.waiting.values()].filter(({ aside }) => !aside).length;
  let conflicts = 0;
  for (const { projection } of session.cases.values()) conflicts += projection.conflicts();
  const sealed = left.filter(({ readable }) => !readable).length;
  const files = fileCounts();
  const unsent = seq - acked + behind.length + unsaved() - sealed + files.unsent;
  return { unsent, action: conflicts + waits + files.action, sealed, files: files.unsent, held: waits, problem: session.problem };
}

/** [{op, state: "held"|"rejected", reason, aside}]: what the server has, but a person must look at. */
export function held() {
  return [...session.waiting.values()];
}

/** Look no more at something held: it stays with the server, and the reason with it here. What the server could
 *  not receive at all is no longer kept for it. */
export async function setAside(opId, reason) {
  const { state, reason: why } = session.waiting.get(opId);
  await keepBack(opId, false);
  await settle([{ op_id: opId, state, reason: why, aside: reason }]);
}

/** End the visit: nothing of it can be read here any more; what is not received is kept, sealed. */
export async function finishVisit(id) {
  await settleDrafts();
  await syncNow();
  await drop(id);
  tell({ said: "case", inspection: id });
  syncSoon();
}

/** What is on this device: {inspections: [{id, readable, unsent, sealed, until, inspection}], bytes, quota, …}. */
export async function holdings() {
  const held = new Map(holdsNow().map(({ inspection_id: id, ...more }) => [id, more]));
  const kept = new Map((await readAll(session.db, "cases")).map((row) => [row.id, row]));
  for (const id of kept.keys()) if (!held.has(id)) held.set(id, { readable: true, unsent: 0, sealed: 0 });
  const inspections = [...held].map(([id, more]) => {
    return { id, ...more, until: kept.get(id)?.until ?? null, inspection: bundle(id)?.inspection ?? null };
  });
  const { usage: bytes, quota, enough } = await room();
  const persisted = await navigator.storage.persisted();
  return { inspections, ...counts(), bytes, quota, enough, persisted, name: session.user?.device_name ?? "" };
}

/** Reasons why talks with `informant` may not begin yet; empty when they may. */
export function gate(id, informant) {
  return refusedTalk(factsOf(bundle(id), (kind) => documents(id, kind)), informant);
}

/** The time as the server counts it: a Date. */
export function now() {
  return new Date(Date.now() + (session.device?.clock ?? 0));
}

/** The document of a requirement's mark: the same on every device. */
export function checkId(id, requirement) {
  return uuid5(id, requirement);
}

/** Take the app's new version: only with nothing left to send or to write. Throws Refused("unsent"). */
export async function update() {
  await settleDrafts();
  const { unsent, sealed } = counts();
  if (unsent || sealed) throw new Refused("unsent");
  takeUpdate();
}

/** Take everything of this person's off the device. Throws Refused("unsent") unless `anyway`. */
export async function clear({ anyway = false } = {}) {
  await settleDrafts();
  await syncNow();
  const { unsent, sealed } = counts();
  if ((unsent || sealed) && !anyway) throw new Refused("unsent");
  // So that nobody waits to hear from it. Without network it is let go of on the page of the device instead.
  if (session.device) await api(`/devices/${session.device.device_id}/leave`, { method: "POST" }).catch(() => {});
  await wipe();
}

