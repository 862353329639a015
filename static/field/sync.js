// Sending and fetching. The device's numbers go 1, 2, 3 …; the server acknowledges up to one of them, and
// whatever reply is lost, the next round sends the same again: the server knows what it has.

import { CLIENT, PROTOCOL, api } from "./api.js";
import { sha256 } from "./canonical.js";
import { decrypt } from "./crypto.js";
import { fetchChanges } from "./feed.js";
import { keepBack, loadRows, settle, writing } from "./oplog.js";
import { dropSealed, sendSealed } from "./outbox.js";
import { Refused, changed, session } from "./session.js";
import { firstLeft, isStuck, sealedStandInFor, standInFor } from "./stand-in.js";
import { readAll } from "./store.js";

const MOST = 1000; // a long talk with all its answers
const MOST_CHARACTERS = 400_000;
const SOON = 700;
const EVERY = 60_000;

let running = null;
let again = false;
let soon = null;
let obey = async () => {};
let told = "";
const also = new Set();

/** Send and fetch: {sent, left, problem}. Never throws. One round at a time in all tabs. */
export function syncNow() {
  if (running) again = true;
  running ??= rounds().finally(() => {
    running = null;
  });
  return running;
}

/** Sync in a moment: many calls make one round. */
export function syncSoon() {
  clearTimeout(soon);
  soon = setTimeout(syncNow, SOON);
}

/** Sync whenever there may be something to do; `commands` does what the server asks of the device. */
export function keepSyncing(commands) {
  obey = commands;
  addEventListener("online", syncSoon);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && syncSoon());
  setInterval(() => document.visibilityState === "visible" && syncSoon(), EVERY);
}

/** Let others send in the same round (photos, sound): `work()` is called while open. Returns a way to stop. */
export function whenSyncing(work) {
  also.add(work);
  return () => also.delete(work);
}

async function rounds() {
  let said;
  do {
    again = false;
    said = await round();
  } while (again);
  return said;
}

async function round() {
  if (!session.device) return { sent: 0, left: 0, problem: "" };
  const before = session.device.acked;
  let problem = "";
  try {
    if (!navigator.onLine) throw new Refused("offline");
    await navigator.locks.request(`tillsyn-sync-${session.user.id}`, exchange);
  } catch (fault) {
    problem = await meaning(fault);
  }
  session.problem = problem;
  changed();
  const { seq = 0, acked = 0 } = session.device ?? {};
  return { sent: Math.max(0, acked - before), left: seq - acked, problem };
}

const OF_DEVICE = { device_lost: "lost", device_left: "left", device_unknown: "unknown" };
const WITHOUT_PERSON = new Set(["signed_out", "other_user"]);

async function meaning(fault) {
  if (!(fault instanceof Refused)) {
    reportError(fault);
    return "server";
  }
  // Reported lost: whoever has the device shall have nothing. What it had not sent, it has had time to send.
  if (fault.key === "device_lost") await obey({ kind: "wipe" });
  if (WITHOUT_PERSON.has(fault.key)) await sendAllSealed();
  return fault.status >= 500 ? "server" : (OF_DEVICE[fault.key] ?? fault.key);
}

// What only the server can read needs nobody signed in.
async function sendAllSealed() {
  try {
    for (let before = -1; before < session.device.acked && session.device.acked < session.device.seq; ) {
      before = session.device.acked;
      const answer = await sendSealed();
      if (answer) await heed(answer);
    }
  } catch (fault) {
    if (fault.key === "device_lost") await obey({ kind: "wipe" });
  }
}

async function exchange() {
  // Another tab may have sent since this one looked.
  await writing(loadRows);
  await send();
  if (!session.key) return;
  for (const id of [...session.cases.keys()]) await fetchChanges(id);
  await report();
  for (const work of also) await work();
}

// What the device holds, told when it is another than the last time.
async function report() {
  const { device_id: id, seq } = session.device;
  const holds = holdsNow();
  const now = JSON.stringify(holds);
  if (now === told) return;
  const { commands = [] } = await api(`/devices/${id}/report`, { method: "POST", json: { holds, seq } });
  told = now;
  for (const command of commands) await obey(command);
}

/** [{inspection_id, readable, unsent, sealed}] of every case that the device has something of. */
export function holdsNow() {
  const found = new Map();
  const of = (id) => {
    if (!found.has(id)) found.set(id, { inspection_id: id, readable: false, unsent: 0, sealed: 0 });
    return found.get(id);
  };
  for (const id of session.cases.keys()) of(id).readable = true;
  for (const row of session.rows.values()) {
    if (row.seq <= session.device.acked) continue;
    of(row.inspection).unsent += 1;
    of(row.inspection).sealed += row.readable ? 0 : 1;
  }
  return [...found.values()];
}

async function send() {
  let most = MOST;
  let stuck = 0;
  // Also with nothing to send: the server is told so, and tells what it asks of the device.
  do {
    const { acked } = session.device;
    try {
      const answer = await sendNext(most);
      if (!answer) return;
      await heed(answer);
    } catch (fault) {
      // One note that the server cannot take shall keep neither those before it nor those after.
      const tooMuch = fault.status === 413 || fault.status >= 500;
      if (!tooMuch) throw fault;
      if (most === 1) await passOver(fault);
      else most = Math.max(1, most >> 3);
      continue;
    }
    stuck = session.device.acked > acked ? 0 : stuck + 1;
    if (stuck > 2) throw new Refused("server");
  } while (session.device.acked < session.device.seq);
}

async function passOver(fault) {
  const row = await firstLeft();
  if (!row || !isStuck(row.op_id, fault)) throw fault;
  const isReadable = session.key && row.box;
  const answer = isReadable ? await sendOps([await standInFor(row)]) : await sendSealed(1, [await sealedStandInFor(row)]);
  // Whole here for as long as the device is: it can be carried to the server as a file.
  await keepBack(row.op_id);
  await heed({ ...answer, results: [{ op_id: row.op_id, status: "rejected", reason: fault.status === 413 ? "too_large" : "server_failed" }] });
}

// Readable ops go as they are; where the case is ended, or the device locked, sealed.
async function sendNext(most) {
  const { db, key, device } = session;
  if (!key) return sendSealed(most);
  const rows = await readAll(db, "ops", "seq", IDBKeyRange.lowerBound(device.acked, true), most);
  if (rows.length && !rows[0].box) {
    const until = rows.findIndex(({ box }) => box);
    return sendSealed(until < 0 ? most : until);
  }
  const ops = [];
  let characters = 0;
  for (const row of rows) {
    if (!row.box || characters > MOST_CHARACTERS) break;
    const op = await decrypt(key, "ops", row.op_id, row.box);
    characters += JSON.stringify(op.value).length;
    ops.push(op);
  }
  return sendOps(ops);
}

async function sendOps(ops) {
  const { device } = session;
  const asked = Date.now();
  const answer = await api("/sync", {
    method: "POST",
    json: {
      device_id: device.device_id,
      protocol: PROTOCOL,
      client: CLIENT,
      announced_seq: device.seq,
      // What it has, not what it should have: the server tells from the difference that notes are lost.
      unsent: [...session.rows.values()].filter(({ seq }) => seq > device.acked).length,
      device_time: new Date(asked).toISOString(),
      ops,
    },
  });
  const clock = Date.parse(answer.server_time) - (asked + Date.now()) / 2;
  return { ...answer, clock: Math.round(clock) };
}

async function heed(answer) {
  const { acked_seq: acked, results = [], commands = [], clock = session.device.clock } = answer;
  const proven = await provenBy(answer);
  const taken = results.filter(({ op_id, status }) => op_id && status !== "rejected:gap").map(outcome);
  await settle(taken, { acked, clock, proven });
  await dropSealed();
  for (const command of commands) await obey(command);
  if (proven < acked) throw new Refused("receipt");
  if (parseInt(answer.min_client ?? "0", 10) > parseInt(CLIENT, 10)) throw new Refused("too_old");
}

function outcome({ op_id, status, server_seq, reason }) {
  if (status === "held") return { op_id, state: "held", server_seq, reason };
  if (status.startsWith("rejected")) return { op_id, state: "rejected", reason: reason || status.split(":")[1] };
  return { op_id, state: "sent", server_seq };
}

// Contents are deleted only when the server has shown that it has the same ops in the same order.
async function provenBy({ acked_seq: acked, receipt }) {
  // Numbers whose notes the device has lost are passed over, here as there.
  const upTo = () => [...session.rows.values()].filter(({ seq }) => seq <= acked);
  if (upTo().length < acked) await writing(loadRows); // another tab may have written them
  const ids = upTo().sort((one, other) => one.seq - other.seq).map(({ op_id }) => op_id);
  return receipt === (await sha256(ids.join("\n"))) ? acked : Math.min(session.device.proven, acked);
}
