// Making this browser a person's device, opening it, locking it, and taking it away again.

import { CLIENT, api, me } from "./api.js";
import { decrypt, encrypt } from "./crypto.js";
import { draftsOf, forgetDrafts, restoreDrafts, settleDrafts, stayAlive } from "./drafts.js";
import { loadFiles } from "./files.js";
import { makeKeys, newPassphrase, openKeys } from "./keys.js";
import { lockItself, wake } from "./lock.js";
import { loadCases, loadRows, stopListening } from "./oplog.js";
import { dropReadable } from "./outbox.js";
import { refusals } from "./fitness.js";
import { Refused, changed, endAll, forget, session } from "./session.js";
import {
  change, deleteStore, lastPerson, openStore, readAll, readOne, rememberPerson, storeExists,
} from "./store.js";
import { keepSyncing, syncSoon } from "./sync.js";
import { loadWays } from "./ways.js";
import { keepApp } from "./worker.js";

const PATIENCE = 3_000;
const FLUSH = 2_000;
const FLUSH_OF_SOUND = 10_000;

let booted = null;
let refused = [];

/** The state of the device; asks the server who is signed in only the first time. */
export async function start() {
  booted ??= boot();
  await booted;
  return { state: state(), refusals: refused, user: session.user };
}

function state() {
  if (refused.length) return "refused";
  if (!session.device) return "new";
  return session.key ? "open" : "locked";
}

async function boot() {
  refused = await refusals();
  if (refused.length) return;
  keepApp().catch(() => {});
  const person = await who();
  if (person.id) {
    session.user = person;
    if (await storeExists(person.id)) await openOf(person.id);
  }
  stayAlive();
  lockItself(lock, leave, settleDrafts);
  keepSyncing(obey);
  if (session.device) syncSoon(); // what is sealed can be sent while locked
}

// The next person at a shared device meets their own database, or none. Without network: the last one's, shut.
async function who() {
  const last = { id: await lastPerson() };
  if (!navigator.onLine) return last;
  try {
    const { user: { id, language } } = await me(PATIENCE);
    return { id, language };
  } catch {
    return last;
  }
}

async function openOf(person) {
  session.db = await openStore(person, taken);
  await loadRows();
}

// The browser took the database away (cleared, evicted): there is nothing left to show.
function taken() {
  session.db = null;
  session.device = null;
  session.rows.clear();
  leave();
}

/** Make this browser the signed-in person's device. Throws Refused("offline"|"signed_out"|"no_passkey"|…). */
export async function enrol({ name, way, passphrase }) {
  await start();
  const { user, csrf, server_key } = await me();
  const words = way === "passphrase" ? (passphrase ?? (await newPassphrase())) : undefined;
  const { keys, key } = await makeKeys(way, user, words);
  const { device_id, token } = await api("/devices", {
    method: "POST",
    json: { name, key_way: way, client: CLIENT },
    headers: { "X-CSRFToken": csrf },
  });
  await navigator.storage.persist?.();
  const db = await openStore(user.id, taken);
  const device = { device_id, token, user_id: user.id, server_key, seq: 0, acked: 0, proven: 0, clock: 0, way };
  const person = await encrypt(key, "meta", "person", { ...user, device_name: name });
  await change(db, ["meta"], (meta) => {
    meta.put(device, "device");
    meta.put(keys, "keys");
    meta.put(person, "person");
  });
  await rememberPerson(user.id);
  Object.assign(session, { db, key, device, user: { ...user, device_name: name } });
  await loadRows();
  await loadCases();
  wake();
  changed();
  return way === "passphrase" ? { passphrase: words } : {};
}

/** Open what is on the device. Throws Refused("wrong_key"|"no_passkey"). */
export async function unlock({ passphrase } = {}) {
  await start();
  if (!session.db) throw new Refused("storage");
  const keys = await readOne(session.db, "meta", "keys");
  const key = await openKeys(keys, passphrase);
  session.user = await decrypt(key, "meta", "person", await readOne(session.db, "meta", "person"));
  session.key = key;
  await rememberPerson(session.user.id);
  await loadRows();
  await loadCases();
  await loadWays();
  await loadFiles();
  await restoreDrafts();
  await dropOverdue();
  wake();
  syncSoon();
  changed();
}

/** What is being typed becomes ops first; then the page knows nothing more. */
export async function lock() {
  const most = session.recording ? FLUSH_OF_SOUND : FLUSH;
  await Promise.race([Promise.all([settleDrafts(), endAll()]), new Promise((done) => setTimeout(done, most))]);
  leave();
}

// The page goes away: there is no time to write, and the drafts are on the disk already.
function leave() {
  forget();
  forgetDrafts();
  stopListening();
  changed();
}

/** What the server asks of the device. */
export async function obey({ kind, inspection_id: inspection }) {
  if (kind === "wipe") await wipe();
  if (kind === "drop_inspection") await drop(inspection);
}

/** Nothing of a case can be read here any more; what is not received stays, sealed.
 *
 * Throws Refused, and takes nothing away, when something that is being typed cannot be kept.
 */
export async function drop(inspection) {
  await settleDrafts();
  const [unkept] = draftsOf(inspection);
  if (unkept) throw new Refused(unkept.fault || "storage");
  if (session.key) await restoreDrafts(inspection);
  await dropReadable(inspection);
  session.cases.delete(inspection);
  for (const [id, { op }] of session.waiting) if (op.inspection_id === inspection) session.waiting.delete(id);
  await loadRows();
  changed();
}

// A case stays readable on a device for some days only, also on one that never comes back to the network.
async function dropOverdue() {
  const now = Date.now() + session.device.clock;
  for (const { id, until } of await readAll(session.db, "cases")) {
    if (until && Date.parse(until) < now) await drop(id);
  }
}

/** Take away everything of this person's on the device. */
export async function wipe() {
  const { user, db } = session;
  session.db = null;
  session.device = null;
  session.rows.clear();
  db?.close();
  leave();
  await rememberPerson(null);
  if (user) await deleteStore(user.id);
  changed();
}

