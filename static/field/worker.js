// The service worker keeps the app itself on the device. It holds no key and sees no case: see sw.js.

import { register } from "./registration.js";
import { changed } from "./session.js";

let registration = null;
let updating = false;

/** Keep the app on the device. Resolves when it can be opened without network. */
export async function keepApp() {
  registration = await register();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", changed));
  navigator.serviceWorker.addEventListener("controllerchange", () => updating && location.reload());
  await navigator.serviceWorker.ready;
}

/** Is a newer version of the app waiting? It takes over when every tab is closed, or by `takeUpdate`. */
export function updateWaits() {
  return Boolean(registration?.waiting && navigator.serviceWorker.controller);
}

/** Take over now: every tab is loaded anew. Call it only with nothing left to send. */
export function takeUpdate() {
  updating = true;
  registration?.waiting?.postMessage("take over");
}
