// What is kept on the device: one IndexedDB database per person. What a record says stands in its `box`,
// encrypted; in the clear are only identifiers, numbers in order and states.
//
// meta     "device" {device_id, token, user_id, server_key, seq, acked, clock, proven}, "keys" {way, salt, …}
// ops      own ops: {op_id, seq, inspection, state, server_seq, box|null, note|null, sealed|null, stays?}
// feed     others' ops and the server's: {op_id, inspection, server_seq, box}
// cases    inspections taken along: {id, after, since, box}
// drafts   what is being typed: {id, tab, inspection, box}
// records  parts of photos and sound: {id, inspection, group, sent, box}

import { Refused } from "./session.js";

const NAME = "tillsyn-field-";
const VERSION = 1;

/** The name of a person's database. */
export function storeName(userId) {
  return NAME + userId;
}

/** The person's database, made if it is not there. `onLost` is told when the browser takes it away. */
export function openStore(userId, onLost = () => {}) {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(storeName(userId), VERSION);
    asked.onupgradeneeded = () => {
      const db = asked.result;
      db.createObjectStore("meta");
      const ops = db.createObjectStore("ops", { keyPath: "op_id" });
      ops.createIndex("seq", "seq", { unique: true });
      ops.createIndex("inspection", "inspection");
      for (const name of ["feed", "drafts", "records"]) {
        const store = db.createObjectStore(name, { keyPath: name === "feed" ? "op_id" : "id" });
        store.createIndex("inspection", "inspection");
        if (name === "records") store.createIndex("group", "group");
      }
      db.createObjectStore("cases", { keyPath: "id" });
    };
    asked.onerror = () => failed(refusalOf(asked.error));
    asked.onsuccess = () => {
      const db = asked.result;
      db.onversionchange = () => db.close();
      db.onclose = onLost;
      done(db);
    };
  });
}

/** Is there a database of this person's, without making one? */
export async function storeExists(userId) {
  const all = await indexedDB.databases();
  return all.some(({ name }) => name === storeName(userId));
}

/** The id of the person who last opened this device, or null: a note beside the databases, without a name. */
export async function lastPerson() {
  const db = await besides();
  const id = await readOne(db, "last", "person");
  db.close();
  return id ?? null;
}

/** Remember it (null: forget it). Not in localStorage, which a killed browser loses. */
export async function rememberPerson(id) {
  const db = await besides();
  await change(db, ["last"], (last) => (id ? last.put(id, "person") : last.delete("person")));
  db.close();
}

function besides() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("tillsyn-field", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("last");
    asked.onerror = () => failed(refusalOf(asked.error));
    asked.onsuccess = () => done(asked.result);
  });
}

/** Take a person's database away, with all that is in it. */
export function deleteStore(userId) {
  return new Promise((done, failed) => {
    const asked = indexedDB.deleteDatabase(storeName(userId));
    asked.onsuccess = () => done();
    asked.onerror = () => failed(refusalOf(asked.error));
  });
}

export function readOne(db, store, id) {
  return answer(db.transaction(store).objectStore(store).get(id));
}

/** All records of a store, or (at most `most`) whose `index` is or lies within `value`, in the index's order. */
export function readAll(db, store, index, value, most) {
  const from = db.transaction(store).objectStore(store);
  return answer(index ? from.index(index).getAll(value, most) : from.getAll());
}

/** [[key, record]] of a store without keys of its own, for the keys that begin with `start`. */
export async function readAllFrom(db, store, start) {
  const within = IDBKeyRange.bound(start, `${start}\uffff`);
  const from = db.transaction(store).objectStore(store);
  const [keys, found] = await Promise.all([answer(from.getAllKeys(within)), answer(from.getAll(within))]);
  return keys.map((key, at) => [key, found[at]]);
}

/** Change stores in one transaction. `work(…stores, next)` asks for all of it, or does so in `next(request, then)`.
 *
 * Resolves when it is on the disk. Any error, also one thrown by `work` or `then`, takes the whole back: a
 * number in order is never used up without its op. Throws Refused("full"|"storage") or what was thrown.
 */
export function change(db, names, work) {
  return new Promise((done, failed) => {
    let fault = null;
    let transaction;
    const guarded = (step) => {
      try {
        step();
      } catch (thrown) {
        fault ??= thrown;
        transaction?.abort();
      }
    };
    try {
      transaction = db.transaction(names, "readwrite", { durability: "strict" });
    } catch (closed) {
      failed(refusalOf(closed));
      return;
    }
    transaction.oncomplete = () => done();
    transaction.onabort = () => failed(refusalOf(fault ?? transaction.error));
    const stores = names.map((name) => transaction.objectStore(name));
    const next = (request, then) => {
      request.onsuccess = () => guarded(() => then(request.result));
    };
    guarded(() => work(...stores, next));
  });
}

/** Delete every record of an inspection within a transaction. */
export function deleteOf(store, inspection) {
  store.index("inspection").openKeyCursor(IDBKeyRange.only(inspection)).onsuccess = ({ target: { result } }) => {
    if (!result) return;
    store.delete(result.primaryKey);
    result.continue();
  };
}

function answer(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(refusalOf(request.error));
  });
}

function refusalOf(error) {
  if (error instanceof Refused) return error;
  return new Refused(error?.name === "QuotaExceededError" ? "full" : "storage", error?.message);
}
