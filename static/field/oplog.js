// The op log of the device: an op is never changed once written. Its number, its encrypted record and its
// sealed copy are written in one transaction, or none of them is.

import { canonical, wellFormed } from "./canonical.js";
import { decrypt, encrypt, sealToServer, serverKey } from "./crypto.js";
import { guideVersion } from "./guide-version.js";
import { uuid7 } from "./ids.js";
import { Projection } from "./projection.js";
import { Refused, caseOf, changed, session } from "./session.js";
import { change, readAll, readOne } from "./store.js";

let tabs = null;

/** Read what is in the clear, so that counts hold while the device is locked. */
export async function loadRows() {
  session.device = (await readOne(session.db, "meta", "device")) ?? null;
  const rows = await readAll(session.db, "ops", "seq");
  session.rows = new Map(rows.map((row) => [row.seq, rowOf(row)]));
}

/** Read the cases taken along into memory, and listen to the other tabs. */
export async function loadCases() {
  listen();
  const cases = await readAll(session.db, "cases");
  await Promise.all(cases.map(loadCase));
}

/** Read one case anew: its bundle, what came since, and what was written here. */
export async function loadCase(row) {
  const { db, key } = session;
  const [bundle, own, feed] = await Promise.all([
    decrypt(key, "cases", row.id, row.box),
    readAll(db, "ops", "inspection", row.id),
    readAll(db, "feed", "inspection", row.id),
  ]);
  const projection = new Projection();
  for (const op of bundle.heads) projection.take(op, { server_seq: op.server_seq ?? 0 });
  const opened = await Promise.all([
    ...feed.map(async (one) => ({ op: await decrypt(key, "feed", one.op_id, one.box), row: one })),
    ...own.filter(({ box }) => box).map(async (one) => ({ op: await decrypt(key, "ops", one.op_id, one.box), row: one })),
  ]);
  if (session.key !== key) return;
  for (const { op, row: one } of opened) await place(projection, row.since, op, one);
  session.cases.set(row.id, { bundle, projection, after: row.after, since: row.since });
}

// What the server had when the bundle was made is in the bundle already, as a head or below one.
async function place(projection, since, op, row) {
  const own = row.seq !== undefined;
  const note = own && row.note ? await decrypt(session.key, "ops-note", row.op_id, row.note) : {};
  if (own && (row.state === "held" || row.state === "rejected")) {
    session.waiting.set(row.op_id, { op, state: row.state, reason: "", aside: "", ...note });
  }
  if (row.state === "rejected" || (row.server_seq !== null && row.server_seq <= since)) return;
  const state = own ? row.state : "sent";
  projection.take(op, { own, state, server_seq: row.server_seq, reason: note.reason ?? "" });
}

/** Write an op. `draft`, when it comes from one: the key of the record to take away with it.
 *
 * Resolves with the op when it is on the disk. Throws Refused("locked"|"not_taken"|"full"|"storage"),
 * or TypeError for a value without a canonical form.
 */
export function append({ inspection, kind, docId, field, value, opKind = "set", parents, draft }) {
  return writing(async () => {
    const { projection } = caseOf(inspection);
    const { db, key, user } = session;
    const device = await readOne(db, "meta", "device");
    const op = {
      op_id: uuid7(),
      device_id: device.device_id,
      seq: device.seq + 1,
      inspection_id: inspection,
      doc_kind: kind,
      doc_id: docId,
      field,
      kind: opKind,
      parents: opKind === "add" ? [] : (parents ?? projection.heads(docId, field)),
      value: wellFormed(value),
      client_time: new Date().toISOString(),
      tz: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
      author: user.id,
      guide_version: guideVersion(inspection, kind, docId, value),
    };
    const [box, sealed] = await Promise.all([
      encrypt(key, "ops", op.op_id, op),
      sealToServer(await serverKey(device.server_key), device.device_id, op.seq, canonical(op)),
    ]);
    const own = { op_id: op.op_id, seq: op.seq, inspection, state: "device", server_seq: null, box, note: null, sealed };
    await change(db, ["meta", "ops", "drafts"], (meta, ops, drafts, next) => {
      next(meta.get("device"), (now) => {
        if (now.seq !== device.seq) throw new Refused("storage", "Another tab took the number.");
        meta.put({ ...now, seq: op.seq }, "device");
        ops.add(own);
        if (draft) drafts.delete(draft);
      });
    });
    session.device = { ...session.device, seq: op.seq };
    session.rows.set(op.seq, rowOf(own));
    session.cases.get(inspection)?.projection.take(op, { own: true, state: "device" });
    tabs?.postMessage({ said: "written", inspection, op_id: op.op_id });
    changed();
    return op;
  });
}

/** One writer at a time in all tabs: the number must not be given twice. */
export function writing(work) {
  return navigator.locks.request(`tillsyn-write-${session.user.id}`, work);
}

/** Keep what came of own ops: [{op_id, state, server_seq?, reason?, aside?}], and `device` of what else is new.
 *
 * All in one transaction; `reason` and `aside` are encrypted.
 */
export async function settle(results, device = {}) {
  const { db, key } = session;
  const told = results.filter(({ reason, aside }) => key && (reason || aside));
  const notes = new Map();
  for (const { op_id, reason = "", aside = "" } of told) {
    notes.set(op_id, await encrypt(key, "ops-note", op_id, { reason, aside }));
  }
  const kept = [];
  await change(db, ["meta", "ops"], (meta, ops, next) => {
    next(meta.get("device"), (now) => {
      session.device = { ...now, ...device };
      meta.put(session.device, "device");
    });
    for (const result of results) {
      next(ops.get(result.op_id), (row) => {
        if (!row) return;
        const { op_id, state = row.state, server_seq = row.server_seq } = result;
        const now = { ...row, state, server_seq, note: notes.get(op_id) ?? row.note };
        ops.put(now);
        kept.push([now, result]);
      });
    }
  });
  for (const [row, result] of kept) {
    session.rows.set(row.seq, rowOf(row));
    await show(row, result);
  }
  changed();
}

async function show(row, { reason = "", aside = "" }) {
  const held = session.cases.get(row.inspection);
  const entry = held?.projection.entries.get(row.op_id);
  if (row.state !== "held" && row.state !== "rejected") session.waiting.delete(row.op_id);
  else if (session.key && row.box) {
    const op = entry?.op ?? (await decrypt(session.key, "ops", row.op_id, row.box));
    session.waiting.set(row.op_id, { op, state: row.state, reason, aside });
  }
  if (row.state === "rejected") held?.projection.refuse(row.op_id);
  else if (entry) held.projection.take(entry.op, { state: row.state, server_seq: row.server_seq, reason });
}

/** Let an op stay on the device, sealed, whatever the server acknowledges: it has only the number of it. */
export async function keepBack(opId, stays = true) {
  await change(session.db, ["ops"], (ops, next) => {
    next(ops.get(opId), (row) => {
      if (!row || Boolean(row.stays) === stays) return;
      ops.put({ ...row, stays });
      session.rows.set(row.seq, rowOf({ ...row, stays }));
    });
  });
}

/** Tell the other tabs of this person: {said: "case", inspection} and the like. */
export function tell(message) {
  tabs?.postMessage(message);
}

function listen() {
  tabs?.close();
  tabs = new BroadcastChannel(`tillsyn-field-${session.user.id}`);
  tabs.onmessage = ({ data }) => heard(data).catch(() => {});
}

export function stopListening() {
  tabs?.close();
  tabs = null;
}

async function heard({ said, inspection, op_id }) {
  const { db, key } = session;
  if (!key) return;
  if (said === "written") {
    const row = await readOne(db, "ops", op_id);
    if (!row) return;
    session.rows.set(row.seq, rowOf(row));
    session.device = { ...session.device, seq: Math.max(session.device.seq, row.seq) };
    const op = row.box && (await decrypt(key, "ops", op_id, row.box));
    if (op) session.cases.get(inspection)?.projection.take(op, { own: true, state: row.state });
  } else {
    await writing(loadRows);
    const row = await readOne(db, "cases", inspection);
    if (row) await loadCase(row);
    else session.cases.delete(inspection);
  }
  changed();
}

export function rowOf({ op_id, seq, inspection, state, box, sealed, stays = false }) {
  return { op_id, seq, inspection, state, readable: Boolean(box), sealed: Boolean(sealed), stays };
}

