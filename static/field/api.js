// The server's answers: /api/v1, with the session's cookie and the device's token.

import { Refused, session } from "./session.js";

export const CLIENT = "1.0.0";
export const PROTOCOL = 1;
const PATIENCE = 30_000;

/** A fetch with the device's and the person's right to be there. Throws TypeError or TimeoutError without network. */
export function ask(path, { headers = {}, patience = PATIENCE, ...options } = {}) {
  const sent = { Accept: "application/json", ...headers };
  if (session.device) sent.Authorization = `Device ${session.device.token}`;
  const signal = AbortSignal.timeout(patience);
  return fetch(path, { ...options, headers: sent, credentials: "same-origin", cache: "no-store", redirect: "error", signal });
}

/** The JSON of an answer of /api/v1. Throws Refused("offline"|the server's code), with `status`. */
export async function api(path, { json, headers = {}, ...options } = {}) {
  if (json !== undefined) Object.assign(options, { body: JSON.stringify(json) });
  const type = json === undefined ? {} : { "Content-Type": "application/json" };
  let answer;
  try {
    answer = await ask(`/api/v1${path}`, { ...options, headers: { ...type, ...headers } });
  } catch {
    throw new Refused("offline");
  }
  const said = await answer.json().catch(() => null);
  if (answer.ok && said !== null) return said;
  const fault = new Refused(said?.error?.code ?? "server", said?.error?.message);
  fault.status = answer.status;
  fault.send = said?.error?.send === true;
  throw fault;
}

/** Who is signed in here: {user, csrf, server_time, protocol, min_client, server_key}. */
export function me(patience) {
  return api("/me", { patience });
}
