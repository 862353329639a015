// Whether this browser may hold case data, and if not why, as keys that refusals.js says in words.

const LEAST_FREE = 50 * 1024 * 1024;

/** [] when all is well, else some of: insecure, storage, crypto, locks, worker, private, home_screen,
 *  nearly_full. */
export async function refusals() {
  if (!globalThis.isSecureContext) return ["insecure"];
  const found = [];
  if (!globalThis.crypto?.subtle) found.push("crypto");
  if (!navigator.locks || !globalThis.BroadcastChannel) found.push("locks");
  if (!navigator.serviceWorker) found.push("worker");
  if (!globalThis.indexedDB?.databases || !navigator.storage?.estimate) found.push("storage");
  if (onIos() && !installed()) found.push("home_screen");
  return found.length ? found : ofStorage();
}

/** Is there room for a day's work? */
export async function room() {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return { quota, usage, enough: quota - usage > LEAST_FREE };
}

async function ofStorage() {
  try {
    await indexedDB.databases();
  } catch {
    return ["private"]; // where a private window has no storage, asking for it fails
  }
  try {
    await navigator.storage.getDirectory?.();
  } catch {
    return ["private"]; // Firefox and Safari refuse it in a private window, and there only
  }
  const { quota, enough } = await room();
  // A private window keeps its storage in memory, and older Chromium then gives it less than a page's memory.
  const memory = globalThis.performance?.memory?.jsHeapSizeLimit ?? 0;
  if (memory && quota < memory / 2) return ["private"];
  return enough ? [] : ["nearly_full"];
}

function onIos() {
  const { userAgent, platform, maxTouchPoints } = navigator;
  return /iP(hone|ad|od)/.test(userAgent) || (platform === "MacIntel" && maxTouchPoints > 1);
}

// Safari throws away what a page stores after a week without a visit, unless it stands on the home screen.
function installed() {
  return navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
}
