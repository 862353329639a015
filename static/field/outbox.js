// What is sealed to the server can be sent while the device is locked, or carried to it as a file: who has the
// device, or the file, cannot read it.

import { api } from "./api.js";
import { base64url } from "./crypto.js";
import { session } from "./session.js";
import { change, deleteOf, readAll } from "./store.js";
import { deleteWays } from "./ways.js";

const MOST = 200;

/** Own ops that the server has not acknowledged, in order: [{seq, sealed}], sealed in base64url. */
export async function sealedItems(most) {
  const after = IDBKeyRange.lowerBound(session.device.acked, true);
  return sealedOf(await readAll(session.db, "ops", "seq", after, most));
}

function sealedOf(rows) {
  return rows.filter(({ sealed }) => sealed).map(({ seq, sealed }) => ({ seq, sealed: base64url(sealed) }));
}

/** Send the next sealed ops; the server's answer, or null when there are none. Needs no key. */
export async function sendSealed(most = MOST, given = null) {
  const items = given ?? (await sealedItems(most));
  if (!items.length) return null;
  const { device_id } = session.device;
  return api("/sealed", { method: "POST", json: { device_id, items } });
}

/** Everything that the server does not have, as a file for `tillsyn sync-file`. */
export async function exportSealed() {
  const { device_id, acked } = session.device;
  const rows = await readAll(session.db, "ops", "seq");
  const items = sealedOf(rows.filter(({ seq, stays }) => stays || seq > acked));
  const said = { format: "tillsyn-sealed/1", device_id, made_at: new Date().toISOString(), items };
  return new Blob([JSON.stringify(said)], { type: "application/json" });
}

/** Delete what can be read of a case. What is not acknowledged stays, sealed; photos and sound not sent too. */
export async function dropReadable(inspection) {
  const { db, device } = session;
  await change(db, ["cases", "feed", "drafts", "ops", "records", "meta"], (cases, feed, drafts, ops, records, meta, next) => {
    cases.delete(inspection);
    deleteWays(meta, inspection);
    deleteOf(feed, inspection);
    deleteOf(drafts, inspection);
    next(ops.index("inspection").getAll(inspection), (rows) => {
      for (const row of rows) ops.put({ ...row, box: null, note: null, sealed: row.stays || row.seq > device.proven ? row.sealed : null });
    });
    next(records.index("inspection").getAll(inspection), (rows) => {
      for (const { id, sent } of rows) if (sent) records.delete(id);
    });
  });
}

/** The server has these for certain (its receipt is ours): the sealed copies have done their work. */
export async function dropSealed() {
  const { db, device, rows } = session;
  const done = [...rows.values()].filter((row) => row.sealed && !row.stays && row.seq <= device.proven);
  if (!done.length) return;
  await change(db, ["ops"], (ops, next) => {
    for (const { op_id } of done) next(ops.get(op_id), (row) => row && ops.put({ ...row, sealed: null }));
  });
  for (const row of done) row.sealed = false;
}
