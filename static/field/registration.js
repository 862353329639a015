// Asks the browser to keep the app (see sw.js).

const ADDRESS = "/field/sw.js";

/** The registration of the service worker; the same however often it is asked for. */
export function register() {
  const policy = globalThis.trustedTypes?.createPolicy("tillsyn-field-worker", { createScriptURL: () => ADDRESS });
  return navigator.serviceWorker.register(policy?.createScriptURL("") ?? ADDRESS, { scope: "/field/", updateViaCache: "none" });
}
