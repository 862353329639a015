// What others wrote in the cases taken along: the change feed, kept encrypted, in the order of the server.

import { api } from "./api.js";
import { encrypt } from "./crypto.js";
import { settle, tell } from "./oplog.js";
import { changed, session } from "./session.js";
import { change } from "./store.js";

/** Fetch what is new in a case. Throws Refused as api does. */
export async function fetchChanges(id) {
  let some = false;
  for (let more = true; more && session.cases.has(id); ) {
    const { after } = session.cases.get(id);
    const answer = await api(`/changes?inspection=${id}&after=${after}`);
    some ||= answer.ops.length > 0;
    await keep(id, answer);
    more = answer.more && answer.server_seq > after;
  }
  if (some) tell({ said: "case", inspection: id });
}

async function keep(id, { ops, server_seq: upTo, held = [] }) {
  const { db, key } = session;
  const taken = session.cases.get(id);
  if (!taken || !key) return;
  const news = ops.map(({ server_seq, ...op }) => ({ op, server_seq, own: op.device_id === session.device.device_id }));
  const others = news.filter(({ own }) => !own);
  const boxes = await Promise.all(others.map(({ op }) => encrypt(key, "feed", op.op_id, op)));
  await change(db, ["cases", "feed", "ops"], (cases, feed, mine, next) => {
    others.forEach(({ op, server_seq }, at) => feed.put({ op_id: op.op_id, inspection: id, server_seq, box: boxes[at] }));
    for (const { op, server_seq } of news.filter(({ own }) => own)) {
      next(mine.get(op.op_id), (row) => row && mine.put({ ...row, server_seq }));
    }
    next(cases.get(id), (row) => row && cases.put({ ...row, after: upTo }));
  });
  taken.after = upTo;
  for (const { op, server_seq } of news) {
    const known = taken.projection.entries.get(op.op_id);
    taken.projection.take(op, known ? { server_seq } : { server_seq, state: "sent" });
  }
  await judge(id, new Map(held.map(({ op_id, reason }) => [op_id, reason])));
  changed();
}

// What use cases refuse is held, and a person, or a second try, may have seen to it since: as the server says.
async function judge(id, held) {
  const { projection } = session.cases.get(id) ?? {};
  const own = [...session.rows.values()].filter((row) => row.inspection === id);
  const results = own.flatMap(({ op_id, state }) => {
    if (held.has(op_id) && state === "sent") return [{ op_id, state: "held", reason: held.get(op_id) }];
    return state === "held" && !held.has(op_id) ? [{ op_id, state: "sent" }] : [];
  });
  if (results.length) await settle(results);
  for (const [opId, { op, own: isOwn, state }] of projection?.entries ?? []) {
    const now = held.has(opId) ? "held" : "sent";
    if (!isOwn && now !== state) projection.take(op, { state: now, reason: held.get(opId) ?? "" });
  }
}
