// The texts of the app in the reader's language; those of a visit in the words of its pack.

const LANGUAGE_KEPT = "tillsyn-field-language";
const MINUTE = 60_000;

let words = { language: "sv", texts: {}, counted: {}, choices: {}, languages: [] };
let spoken = null;
let listed = [];

export const language = () => words.language;

export function languageOfDevice() {
  let kept = null;
  try { kept = localStorage.getItem(LANGUAGE_KEPT); } catch { kept = null; }
  if (kept === "sv" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "sv";
}

// Loads the texts; true when they came. Without them the app speaks English, the language of its source.
export async function loadWords(chosen) {
  document.documentElement.lang = chosen;
  try { localStorage.setItem(LANGUAGE_KEPT, chosen); } catch { /* a browser that keeps nothing is refused elsewhere */ }
  try {
    const answer = await fetch(`/field/words/${chosen}.json`);
    if (!answer.ok) throw new Error(String(answer.status));
    words = await answer.json();
    return true;
  } catch {
    words = { ...words, language: chosen };
    return false;
  }
}

// From now on in the words of the pack of a visit; null: the common ones.
export function speakOf(bundle) {
  spoken = bundle?.pack_words ?? null;
  listed = bundle?.themes ?? [];
}

// One line in the words of another visit's pack, as in a list of several visits.
export function inWordsOf(bundle, make) {
  const before = [spoken, listed];
  speakOf(bundle);
  const made = make();
  [spoken, listed] = before;
  return made;
}

// Texts come by a sum of their English (FNV-1a, see inspect/web/field_words.py): half the bytes.
const sums = new Map();
export function sumOf(text) {
  if (!sums.has(text)) {
    let counted = 0x811c9dc5;
    for (let at = 0; at < text.length; at += 1) counted = Math.imul(counted ^ text.charCodeAt(at), 0x01000193);
    sums.set(text, (counted >>> 0).toString(36).slice(0, 6));
  }
  return sums.get(text);
}

const fill = (text, values) => values ? text.replace(/%\((\w+)\)s/g, (all, name) => values[name] ?? all) : text;

export const t = (text, values) => fill(spoken?.sentences?.[text] ?? words.texts[sumOf(text)] ?? text, values);

export function n(one, many, number, values = {}) {
  const forms = spoken?.counted?.[one] ?? words.counted[one] ?? [one, many];
  return fill(number === 1 ? forms[0] : forms[1], { num: number, ...values });
}

// Content of a pack: in one language already, or with its languages side by side.
export const say = (text) => text === null || text === undefined ? "" : typeof text === "string" ? text : text[words.language] ?? text.sv ?? "";

export const choices = (name) => (words.choices[name] ?? []).map(([value, title]) => [value, t(title)]);

export const label = (name, value) => choices(name).find(([one]) => one === value)?.[1] ?? value ?? "";

export const languagesSpoken = () => words.languages;

export const themeName = (id) => say(listed.find((theme) => theme.id === id)?.name) || id;

export function clock(moment) {
  return new Intl.DateTimeFormat(words.language === "sv" ? "sv-SE" : "en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Stockholm" })
    .format(new Date(moment)).replace(":", words.language === "sv" ? "." : ":");
}

export function day(moment) {
  return new Intl.DateTimeFormat(words.language === "sv" ? "sv-SE" : "en-GB", { day: "numeric", month: "long", timeZone: "Europe/Stockholm" }).format(new Date(moment));
}

// "today 14.05", or the day.
export function when(moment, now = Date.now()) {
  if (!moment) return "";
  return day(moment) === day(now) ? t("today%(time)s", { time: ` ${clock(moment)}` }) : `${day(moment)} ${clock(moment)}`;
}

// When a talk began, as a person says it; it changes seldom, so that no clock ticks beside a child.
export function since(moment, now) {
  const minutes = (now - new Date(moment).getTime()) / MINUTE;
  if (minutes < 4) return t("Begun just now");
  if (minutes < 8) return t("Begun about five minutes ago");
  if (minutes < 12) return t("Begun about ten minutes ago");
  if (minutes < 18) return t("Begun about a quarter of an hour ago");
  if (minutes < 25) return t("Begun about twenty minutes ago");
  if (minutes < 38) return t("Begun about half an hour ago");
  if (minutes < 52) return t("Begun about three quarters of an hour ago");
  if (minutes < 75) return t("Begun about an hour ago");
  if (minutes < 105) return t("Begun about an hour and a half ago");
  return n("Begun about %(num)s hour ago", "Begun about %(num)s hours ago", Math.round(minutes / 60));
}
