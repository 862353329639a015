// Everything that is kept is AES-256-GCM under the data key, with 12 random bytes of its own and the place it
// is kept in (store:id) as additional data, so that no record can be moved to another's place.
// What leaves the device sealed is for the server's private key alone.

const AES = "AES-GCM";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const SEALED_FORMAT = 1;

const texts = new TextEncoder();
const read = new TextDecoder("utf-8", { fatal: true });

/** {iv, data} of `value`: bytes as they are, anything else as JSON. */
export async function encrypt(key, store, id, value) {
  const bytes = value instanceof Uint8Array ? value : texts.encode(JSON.stringify(value));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: AES, iv, additionalData: place(store, id) }, key, bytes);
  return { iv, data: new Uint8Array(data) };
}

/** The bytes of a box. Throws OperationError for another key, another place or changed bytes. */
export async function decryptBytes(key, store, id, box) {
  const how = { name: AES, iv: box.iv, additionalData: place(store, id) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, box.data));
}

export async function decrypt(key, store, id, box) {
  return JSON.parse(read.decode(await decryptBytes(key, store, id, box)));
}

/** A data key wrapped by `wrapping`, and the same key as the page may use it: never to be read out. */
export async function newDataKey(wrapping, salt) {
  const readable = await crypto.subtle.generateKey({ name: AES, length: 256 }, true, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: AES, iv, additionalData: salt };
  const wrapped = { iv, data: new Uint8Array(await crypto.subtle.wrapKey("raw", readable, wrapping, how)) };
  return { wrapped, key: await unwrapDataKey(wrapping, salt, wrapped) };
}

/** Throws OperationError when `wrapping` is not the key that wrapped it. */
export function unwrapDataKey(wrapping, salt, wrapped) {
  const how = { name: AES, iv: wrapped.iv, additionalData: salt };
  const uses = ["encrypt", "decrypt"];
  return crypto.subtle.unwrapKey("raw", wrapped.data, wrapping, how, { name: AES, length: 256 }, false, uses);
}

/** The server's public key from its uncompressed point in base64url. */
export function serverKey(point) {
  return crypto.subtle.importKey("raw", fromBase64url(point), CURVE, false, []);
}

/** `text` sealed to the server: version 1, ephemeral point (65), iv (12), ciphertext. See docs/field-protocol.md. */
export async function sealToServer(server, deviceId, seq, text) {
  const own = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const [point, shared] = await Promise.all([
    crypto.subtle.exportKey("raw", own.publicKey),
    crypto.subtle.deriveBits({ name: "ECDH", public: server }, own.privateKey, 256),
  ]);
  const once = await stretch(new Uint8Array(shared), new Uint8Array(0), `tillsyn sealed op 1${deviceId}`, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: AES, iv, additionalData: place(deviceId, seq) };
  const data = await crypto.subtle.encrypt(how, once, texts.encode(text));
  return joined(Uint8Array.of(SEALED_FORMAT), new Uint8Array(point), iv, new Uint8Array(data));
}

/** An AES-256-GCM key from a secret that is random already (HKDF-SHA256). */
export async function stretch(secret, salt, purpose, uses) {
  const from = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: texts.encode(purpose) };
  return crypto.subtle.deriveKey(how, from, { name: AES, length: 256 }, false, uses);
}

/** An AES-256-GCM key from words a person remembers (PBKDF2-SHA256). */
export async function stretchWords(words, salt, rounds, uses) {
  const from = await crypto.subtle.importKey("raw", texts.encode(words), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, from, { name: AES, length: 256 }, false, uses);
}

export function base64url(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function fromBase64url(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

function place(store, id) {
  return texts.encode(`${store}:${id}`);
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
