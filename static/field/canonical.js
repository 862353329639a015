// One text for one value, so that device and server count the same SHA-256: keys sorted by code point,
// no spaces, UTF-8 unescaped, whole numbers only, well-formed Unicode. See docs/field-protocol.md.

/** The canonical JSON of `value`. Throws TypeError for what has none: fractions, lone surrogates, undefined. */
export function canonical(value) {
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new TypeError("Only whole numbers have a canonical form.");
    return String(value === 0 ? 0 : value);
  }
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object") {
    const members = Object.keys(value).sort(byCodePoint);
    return `{${members.map((name) => `${text(name)}:${canonical(value[name])}`).join(",")}}`;
  }
  throw new TypeError(`No canonical form of ${typeof value}.`);
}

/** `value` without lone surrogates (a half character pasted from elsewhere), in strings at any depth. */
export function wellFormed(value) {
  if (typeof value === "string") return repaired(value);
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [repaired(name), wellFormed(held)]));
  }
  return value;
}

/** SHA-256 of a text's UTF-8, in hex. */
export async function sha256(text) {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function repaired(string) {
  return string.replace(LONE, "\ufffd");
}

function text(string) {
  if (string.search(LONE) >= 0) throw new TypeError("Half a character has no canonical form.");
  // JSON.stringify escapes what Python escapes: quotes, backslash and U+0000 to U+001F, and nothing else.
  return JSON.stringify(string);
}

// Python sorts by code point, JavaScript by UTF-16 unit: they differ above U+FFFF.
function byCodePoint(one, other) {
  const a = Array.from(one);
  const b = Array.from(other);
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    if (a[at] !== b[at]) return a[at].codePointAt(0) - b[at].codePointAt(0);
  }
  return a.length - b.length;
}
