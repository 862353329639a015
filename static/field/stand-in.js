// A note that the server cannot even receive (too large for it, or it fails on that note and no other) must not
// keep those after it. What goes in its place has its number and says that it is left on the device; the server
// puts that aside, where a person sees it. The note itself stays here, whole, and needs action.

import { canonical } from "./canonical.js";
import { base64url, decrypt, sealToServer, serverKey } from "./crypto.js";
import { session } from "./session.js";
import { readAll } from "./store.js";

const TOO_LARGE = 413;
const FAULT = 500;
const TIMES = 3; // a server that fails may do so for a reason of its own: the same note, in that many rounds

const failed = new Map(); // id of a note or a file → rounds in which it failed, alone

/** Is it the note (or file), and not the network or the server, that it alone was answered with `fault`? */
export function isStuck(id, { status }) {
  if (status === TOO_LARGE) return true;
  if (status !== FAULT) return false;
  failed.set(id, (failed.get(id) ?? 0) + 1);
  return failed.get(id) >= TIMES;
}

/** The first note that is not acknowledged: its record, or undefined. */
export async function firstLeft() {
  const { db, device } = session;
  const [row] = await readAll(db, "ops", "seq", IDBKeyRange.lowerBound(device.acked, true), 1);
  return row;
}

/** What is sent in place of a note: everything about it but what it says. */
export async function standInFor(row) {
  const { device, key } = session;
  if (row.box && key) {
    const op = await decrypt(key, "ops", row.op_id, row.box);
    return { ...op, value: { left_on_device: true } };
  }
  return { op_id: row.op_id, device_id: device.device_id, seq: row.seq, inspection_id: row.inspection };
}

/** The same, sealed as notes of a locked device are. */
export async function sealedStandInFor(row) {
  const { device_id: device, server_key: point } = session.device;
  const sealed = await sealToServer(await serverKey(point), device, row.seq, canonical(await standInFor(row)));
  return { seq: row.seq, sealed: base64url(sealed) };
}
