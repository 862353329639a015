// Files to the server, part by part, in the same round as the notes. What the server has of a file it says
// itself, so that sending goes on where it was cut off; when it has all, the parts are deleted here.

import { api } from "./api.js";
import {
  countShutFiles, deleteRecords, files, hexHash, keepAbout, markSent, openRecord, recordIds,
} from "./files.js";
import { recoverRecordings } from "./recorder.js";
import { onChange, session } from "./session.js";
import { isStuck } from "./stand-in.js";
import { whenSyncing } from "./sync.js";

const PATIENCE = 120_000; // for one part, on a network that is hardly one
const BUSY = 503;
const OURS = new Set([409, 413, 422]); // what the server will say again, however often it is asked

let opened; // the key with which the files were looked through last

/** Send what is ready. A file that the server refuses, or fails on, keeps none of the others; in `refused` stands
 *  why, in the server's words or as a key of refusals.js.
 *
 * Throws Refused("offline"|"signed_out"|…): the round ends there, and what is left goes with the next. What the
 * server failed on is thrown last.
 */
export async function sendFiles() {
  let failed = null;
  for (const about of await files()) {
    if (about.state !== "ready" || !about.told) continue;
    try {
      await sendFile(about);
    } catch (fault) {
      if (!(fault.status >= 500) || fault.status === BUSY) throw fault;
      if (isStuck(about.group, fault)) await refuse(about, "server_failed");
      else failed ??= fault;
    }
  }
  if (failed) throw failed;
}

async function refuse(about, why) {
  if (about.refused !== why) await keepAbout({ ...about, refused: why });
}

async function sendFile(about) {
  const path = `/uploads/${about.group}`;
  try {
    let known = await api(path);
    for (const id of await recordIds(`${about.group}/p/`)) {
      const n = Number(id.split("/")[2]);
      if (known.parts.includes(n)) continue;
      const body = await openRecord(id);
      const headers = { "X-SHA256": await hexHash(body), "Content-Type": "application/octet-stream" };
      known = await api(`${path}/${n}`, { method: "PUT", headers, body, patience: PATIENCE });
    }
    if (known.whole) await leave(about);
  } catch (fault) {
    // 404: the note that tells of it is not taken in yet. It is asked again in the next round.
    if (fault.status === 404) return;
    if (!OURS.has(fault.status)) throw fault;
    await refuse(about, fault.message);
  }
}

// The small picture stays while the case does.
async function leave(about) {
  await keepAbout({ ...about, state: "sent", refused: undefined });
  await deleteRecords(await recordIds(`${about.group}/p/`));
  if (session.cases.has(about.inspection)) await markSent(about.group);
  else await deleteRecords(await recordIds(`${about.group}/`));
}

// Each time the device is opened: what was cut off is put together, and then goes with the rest.
async function look() {
  if (session.key === opened || !session.db) return;
  opened = session.key;
  if (opened) await recoverRecordings();
  else await countShutFiles();
}

whenSyncing(sendFiles);
// One after the other: who opens at once after locking shall not be told what was counted in between.
let looking = Promise.resolve();
const lookAgain = () => { looking = looking.then(look).catch(reportError); };
onChange(lookAgain);
lookAgain();
