// Photos, PDFs and sound on the device: everything in the store `records`, encrypted under the data key.
//
// A file is a group of records: `<id>/about` (JSON: what it is of, how far it has come), `<id>/s/…` (slices of
// sound as they come), `<id>/p/<n>` (the parts that are sent, from 1), `<id>/small` (a small picture).

import { write } from "./core.js";
import { decryptBytes, encrypt } from "./crypto.js";
import { Refused, changed, session } from "./session.js";
import { change } from "./store.js";

const STORE = "records";
const states = new Map();
const PART = 1024 * 1024;
const digits = (number) => String(number).padStart(6, "0");

export const sliceId = (group, segment, slice) => `${group}/s/${digits(segment)}/${digits(slice)}`;
export const partId = (group, n) => `${group}/p/${digits(n)}`;
export const smallId = (group) => `${group}/small`;
const aboutId = (group) => `${group}/about`;

/** Keep bytes (or JSON) of a file: resolves when they are on the disk, encrypted, and never before.
 *
 * `gone`: ids of records that this one takes the place of. `isCopy`: the server has it, and it goes with the
 * case. Throws Refused("locked"|"full"|"storage").
 */
export async function sealRecord(id, { inspection, group }, value, { gone = [], isCopy = false } = {}) {
  if (!session.key || !session.db) throw new Refused("locked");
  const box = await encrypt(session.key, STORE, id, value);
  await change(session.db, [STORE], (records) => {
    records.put({ id, inspection, group, sent: isCopy, box });
    for (const one of gone) records.delete(one);
  });
}

/** The bytes of a record, or null when there is none. */
export async function openRecord(id) {
  if (!session.key || !session.db) throw new Refused("locked");
  const found = await asked(session.db.transaction(STORE).objectStore(STORE).get(id));
  return found ? decryptBytes(session.key, STORE, id, found.box) : null;
}

/** The bytes of several records, one after the other. In memory only: a large Blob may go to the disk in clear. */
export async function openAll(ids) {
  const pieces = [];
  for (const id of ids) pieces.push(await openRecord(id));
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  pieces.reduce((at, piece) => { whole.set(piece, at); return at + piece.length; }, 0);
  return whole;
}

export async function deleteRecords(ids) {
  await change(session.db, [STORE], (records) => ids.forEach((id) => records.delete(id)));
}

/** The ids of a file's records that begin with `start`, in order. */
export function recordIds(start) {
  return asked(session.db.transaction(STORE).objectStore(STORE).getAllKeys(IDBKeyRange.bound(start, `${start}\uffff`)));
}

export async function aboutFile(group) {
  const bytes = await openRecord(aboutId(group));
  return bytes && JSON.parse(new TextDecoder().decode(bytes));
}

/** {group, inspection, owner: {talk|evidence: id}, title, type, state: "recording"|"ready"|"sent", …}. */
export async function keepAbout(about) {
  await sealRecord(aboutId(about.group), about, about);
  remember(about);
  changed();
}

function remember(about) {
  const { group, state, refused } = about;
  states.set(group, { about, state: refused ? "action" : state === "sent" ? "sent" : "device" });
}

/** How far the bytes of a file have come, in the words of a field: "device", "sent", "action"; null when not here. */
export function fileState(group) {
  return states.get(group)?.state ?? null;
}

/** Why the server refuses a file, in its words; "" when it does not. */
export function fileRefusal(group) {
  return states.get(group)?.about?.refused ?? "";
}

/** What is known of the files that the server does not have whole, the oldest first. */
export function filesLeft() {
  return [...states.values()].filter(({ about, state }) => about && state !== "sent").map(({ about }) => about);
}

/** Take a file off the device, sent or not. */
export async function removeFile(group) {
  await deleteRecords(await recordIds(`${group}/`));
  states.delete(group);
  changed();
}

/** {unsent, action}: files that the server does not have whole, and those that it refuses. */
export function fileCounts() {
  const all = [...states.values()];
  return { unsent: all.filter(({ state }) => state !== "sent").length, action: all.filter(({ state }) => state === "action").length };
}

/** Read how far each file has come; after the device was opened. */
export async function loadFiles() {
  const found = await files();
  states.clear();
  found.forEach(remember);
  changed();
}

/** Shut again: no more than how many there are with something left to send can be told without the key. */
export async function countShutFiles() {
  const left = (await recordIds("")).filter((id) => /\/[ps]\//.test(id)).map((id) => id.split("/")[0]);
  states.clear();
  for (const group of left) states.set(group, { about: null, state: "device" });
  changed();
}

/** What is left of a file here is a copy: it goes when the visit ends. */
export async function markSent(group) {
  const ids = await recordIds(`${group}/`);
  await change(session.db, [STORE], (records) => {
    for (const id of ids) {
      records.get(id).onsuccess = ({ target: { result } }) => records.put({ ...result, sent: true });
    }
  });
}

/** What is known of every file on the device, the oldest first. */
export async function files() {
  const ids = (await recordIds("")).filter((id) => id.endsWith("/about"));
  return Promise.all(ids.map((id) => aboutFile(id.slice(0, -"/about".length))));
}

/** The parts of a file that comes whole are kept, then it is told of. Resolves with its description. */
export async function keepWhole(about, bytes) {
  for (let at = 0, n = 1; at < bytes.length; at += PART, n += 1) {
    await sealRecord(partId(about.group, n), about, bytes.subarray(at, at + PART));
  }
  return tellOf(about);
}

/** Count what stands in the parts, and write the op that tells the server what will come.
 *
 * The state "ready" is kept before the op is written, so that a file cut off in between is told of next time;
 * the op is the same, and the server takes it as often as it comes.
 */
export async function tellOf(about) {
  const ids = await recordIds(`${about.group}/p/`);
  const whole = await openAll(ids);
  const counted = { bytes: whole.length, parts: ids.length, sha256: await hexHash(whole) };
  const ready = { ...about, ...counted, state: "ready", told: false };
  await keepAbout(ready);
  return tell(ready);
}

export async function tell(about) {
  const { owner, title, type, bytes, sha256, parts, interruptions, group, inspection } = about;
  const kind = type.startsWith("audio/") ? "recording" : "photo";
  await write(inspection, kind, group, "about", { ...owner, title, type, bytes, sha256, parts, interruptions });
  const told = { ...about, told: true };
  await keepAbout(told);
  return told;
}

export async function hexHash(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(new Refused("storage", request.error?.message));
  });
}
