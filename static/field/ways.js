// How one person goes through one talk: which questions are put aside for later. Nobody else's business, so it
// is no note and is not sent; but it is still there when the app is opened again.

import { decrypt, encrypt } from "./crypto.js";
import { session } from "./session.js";
import { change, readAllFrom } from "./store.js";

const START = "way/";
const keyOf = (inspection, talk) => `${START}${inspection}/${talk}`;

/** {parked: Set, only, pane, edited} of a talk. */
export function wayOf(talk) {
  if (!session.ways.has(talk)) session.ways.set(talk, { parked: new Set(), only: "left", pane: "notes", edited: null });
  return session.ways.get(talk);
}

/** Put a question aside, or take it up again. What cannot be kept is put aside until the page is closed. */
export async function park(inspection, talk, question, isParked) {
  const { parked } = wayOf(talk);
  if (isParked) parked.add(question);
  else parked.delete(question);
  const key = keyOf(inspection, talk);
  try {
    const box = await encrypt(session.key, "meta", key, [...parked]);
    await change(session.db, ["meta"], (meta) => meta.put(box, key));
  } catch (fault) {
    reportError(fault);
  }
}

/** Read them when the device is opened. */
export async function loadWays() {
  for (const [key, box] of await readAllFrom(session.db, "meta", START)) {
    const talk = key.split("/").at(-1);
    wayOf(talk).parked = new Set(await decrypt(session.key, "meta", key, box));
  }
}

/** Take those of an inspection away, within a transaction. */
export const deleteWays = (meta, inspection) => meta.delete(IDBKeyRange.bound(keyOf(inspection, ""), keyOf(inspection, "\uffff")));
