// The first script. The first time, the app is put on the device before it is opened, and is then opened from
// there: nothing is fetched twice, and what is on the screen is what will be there without network.

import { register } from "./registration.js";

const PATIENCE = 20_000;

async function putOnDevice() {
  const { controller } = navigator.serviceWorker;
  const taken = new Promise((done) => { navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }); });
  const { installing, active } = await register();
  if (controller || active || !installing) return;
  const given = new Promise((done) => { installing.addEventListener("statechange", () => installing.state === "redundant" && done()); });
  await Promise.race([taken, given, new Promise((done) => { setTimeout(done, PATIENCE); })]);
}

// A browser that cannot keep it opens it all the same, and is told there what it lacks.
await putOnDevice().catch(() => {});
await import("./app.js");
