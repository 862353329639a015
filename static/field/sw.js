// The field app's own files, so that it opens without network: shell, scripts, looks, words. Nothing of a case
// passes here: only GET, only these files, never /api/. `APP` ({version, shell, files, pack, packed}) is written
// above this by inspect/web/field_worker.py; another file anywhere makes another version.
//
// A new version waits until every tab is closed, or until a person asks for it with nothing left to send: it
// never takes over under an open form.

const CACHE = `tillsyn-field-${APP.version}`;
const KEPT = new Set([...APP.files, ...APP.packed]);
const TYPES = { js: "text/javascript", json: "application/json" };

// What the shell has fetched already is asked for again, but comes again only if it has changed.
const fresh = (file) => new Request(file, { cache: "no-cache" });

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(APP.files.map(fresh));
  const answer = await fetch(fresh(APP.pack));
  const { version, parts } = await answer.json();
  // Another app came to the server between the two: the browser asks for that one next time.
  if (version !== APP.version) throw new Error("The pack is of another version.");
  await Promise.all(Object.entries(parts).map(([file, part]) => cache.put(file, new Response(textOf(part), { headers: headersOf(file) }))));
}

const textOf = (part) => (typeof part === "string" ? part : JSON.stringify(part));
const headersOf = (file) => ({ "Content-Type": `${TYPES[file.split(".").at(-1)]}; charset=utf-8`, "X-Content-Type-Options": "nosniff" });

addEventListener("install", (event) => event.waitUntil(keep()));

addEventListener("activate", (event) => {
  const drop = (names) => names.filter((name) => name.startsWith("tillsyn-field-") && name !== CACHE).map((name) => caches.delete(name));
  event.waitUntil(caches.keys().then((names) => Promise.all(drop(names))).then(() => clients.claim()));
});

addEventListener("message", ({ data }) => {
  if (data === "take over") skipWaiting();
});

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin || pathname.startsWith("/api/")) return;
  const file = mode === "navigate" ? APP.shell : pathname;
  if (!KEPT.has(file)) return;
  event.respondWith(caches.open(CACHE).then(async (cache) => (await cache.match(file)) ?? fetch(event.request)));
});
