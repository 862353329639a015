// The data key is wrapped by what the person has (a passkey's PRF) or remembers (five random words); both work
// without network. A code of six digits would fall to a graphics card within minutes, so there is none.

import { newDataKey, stretch, stretchWords, unwrapDataKey } from "./crypto.js";
import { Refused } from "./session.js";

export const ROUNDS = 600_000;
const WORDS = 5;
const PURPOSE = "tillsyn field key 1";
const PRF_INPUT = new TextEncoder().encode("tillsyn field data key");
const WRAPS = ["wrapKey", "unwrapKey"];

/** Which ways this browser has. The PRF itself is known only when a passkey is made: see enrol. */
export async function waysHere() {
  const asked = globalThis.PublicKeyCredential;
  const known = await asked?.getClientCapabilities?.().catch(() => null);
  const prf = Boolean(asked && navigator.credentials?.create && known?.["extension:prf"] !== false);
  return { prf, passphrase: Boolean(globalThis.crypto?.subtle) };
}

/** Five random words, 55 bits: with the rounds above, out of reach of whoever has the device. */
export async function newPassphrase() {
  const { WORDS: list } = await import("./passphrase-words.js");
  const drawn = crypto.getRandomValues(new Uint16Array(WORDS));
  // 2 048 words divide 65 536 evenly: no word is likelier than another.
  return Array.from(drawn, (number) => list[number % list.length]).join(" ");
}

/** {keys, key}: what is kept, and the data key. `person` = {id, name}. Throws Refused("no_passkey"). */
export async function makeKeys(way, person, passphrase) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  if (way === "passphrase") {
    const wrapping = await stretchWords(plain(passphrase), salt, ROUNDS, WRAPS);
    const { wrapped, key } = await newDataKey(wrapping, salt);
    return { keys: { way, salt, rounds: ROUNDS, wrapped }, key };
  }
  const credential = await makePasskey(person);
  const secret = await prfOf(credential);
  const { wrapped, key } = await newDataKey(await stretch(secret, salt, PURPOSE, WRAPS), salt);
  return { keys: { way, salt, credential, wrapped }, key };
}

/** The data key. Throws Refused("wrong_key"|"no_passkey"). */
export async function openKeys(keys, passphrase) {
  const wrapping =
    keys.way === "passphrase"
      ? await stretchWords(plain(passphrase), keys.salt, keys.rounds, WRAPS)
      : await stretch(await prfOf(keys.credential), keys.salt, PURPOSE, WRAPS);
  try {
    return await unwrapDataKey(wrapping, keys.salt, keys.wrapped);
  } catch {
    throw new Refused("wrong_key");
  }
}

// Words are written as people write them: capitals, double spaces and hyphens make no difference.
function plain(passphrase) {
  return String(passphrase ?? "").normalize("NFC").toLowerCase().trim().split(/[\s,.-]+/).join(" ");
}

async function makePasskey({ id, name }) {
  const options = {
    rp: { name: "Tillsyn" },
    user: { id: new TextEncoder().encode(id), name, displayName: name },
    challenge: crypto.getRandomValues(new Uint8Array(32)),
    pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    extensions: { prf: { eval: { first: PRF_INPUT } } },
  };
  const made = await asked(() => navigator.credentials.create({ publicKey: options }));
  if (!made.getClientExtensionResults().prf?.enabled) throw new Refused("no_passkey");
  return new Uint8Array(made.rawId);
}

// The server is not asked: the passkey opens what is on the device, it signs nobody in.
async function prfOf(credential) {
  const options = {
    challenge: crypto.getRandomValues(new Uint8Array(32)),
    allowCredentials: [{ type: "public-key", id: credential }],
    userVerification: "required",
    extensions: { prf: { eval: { first: PRF_INPUT } } },
  };
  const given = await asked(() => navigator.credentials.get({ publicKey: options }));
  const secret = given.getClientExtensionResults().prf?.results?.first;
  if (!secret) throw new Refused("no_passkey");
  return new Uint8Array(secret);
}

async function asked(question) {
  try {
    const answer = await question();
    if (answer) return answer;
  } catch (fault) {
    throw new Refused("no_passkey", fault.message);
  }
  throw new Refused("no_passkey");
}
