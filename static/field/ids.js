// Identifiers made on the device: UUIDv7 (RFC 9562) for what is written, UUIDv5 for what has a name of its own.

export const NIL = "00000000-0000-0000-0000-000000000000";
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let last = 0;
let counter = 0;

/** A UUIDv7 in lower case with hyphens; later ones of the same page sort after earlier ones. */
export function uuid7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  if (now > last) {
    last = now;
    counter = ((bytes[6] & 0x07) << 8) | bytes[7];
  } else if (++counter > 0xfff) {
    // The clock stands still or went back: count on, and borrow a millisecond when the count is full.
    last += 1;
    counter = 0;
  }
  let rest = last;
  for (let at = 5; at >= 0; at -= 1) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return written(bytes);
}

/** The UUIDv5 of `name` in `namespace` (a UUID). */
export async function uuid5(namespace, name) {
  const space = Uint8Array.from(namespace.replaceAll("-", "").match(/../g), (pair) => parseInt(pair, 16));
  const text = new TextEncoder().encode(name);
  const data = new Uint8Array(16 + text.length);
  data.set(space);
  data.set(text, 16);
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-1", data)).slice(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return written(bytes);
}

function written(bytes) {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
