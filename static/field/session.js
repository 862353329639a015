// What the open page holds in memory, and nowhere else: the key, the person, the cases taken along.

export const session = {
  /** The open database of the person at the device (store.js), or null. */
  db: null,
  /** The data key (AES-256-GCM, not extractable), or null while locked. */
  key: null,
  /** {device_id, token, user_id, server_key, seq, acked, clock, proven}: readable while locked. */
  device: null,
  /** {id, name, language} while open, {id} or {id, language} while locked, or null. */
  user: null,
  /** inspection id → {bundle, projection, after}. */
  cases: new Map(),
  /** seq → {op_id, seq, inspection, state, readable, sealed}: what became of each own op; readable while locked. */
  rows: new Map(),
  /** op id → {op, reason, aside}: what the server holds or refused, while open. */
  waiting: new Map(),
  /** talk id → how its person goes through it: see ways.js. */
  ways: new Map(),
  /** Is sound being recorded? Then the hidden page stays open. */
  recording: false,
  /** Why the last sync did not finish: "", offline, signed_out, other_user, lost, too_old, receipt, server. */
  problem: "",
};

const endings = new Set();

/** Have `work()` done before the device is locked by hand or by time: it still has the key, for some seconds. */
export function beforeLock(work) {
  endings.add(work);
}

/** Resolves when all that must be done before the device is locked is done. Never throws. */
export function endAll() {
  return Promise.allSettled([...endings].map((work) => work()));
}

/** This page among the tabs of the browser. */
export const TAB = crypto.randomUUID();

const listeners = new Set();
let told = false;

/** Be told, once for many changes, that what core.js answers may have changed. Returns a way to stop. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changed() {
  if (told) return;
  told = true;
  queueMicrotask(() => {
    told = false;
    for (const listener of listeners) listener();
  });
}

/** The case taken along. Throws Refused("locked"|"not_taken"). */
export function caseOf(inspection) {
  if (!session.key) throw new Refused("locked");
  const found = session.cases.get(inspection);
  if (!found) throw new Refused("not_taken");
  return found;
}

/** Forget what only an open page may know. */
export function forget() {
  session.key = null;
  session.user = session.user && { id: session.user.id };
  session.cases.clear();
  session.waiting.clear();
  session.ways.clear();
}

/** An error whose `key` says why in a word that screens translate. */
export class Refused extends Error {
  constructor(key, more = "") {
    super(more || key);
    this.name = "Refused";
    this.key = key;
  }
}
