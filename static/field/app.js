// The field app: which screen comes first, and what happens when the device is locked under one.

import * as core from "./core.js";
import { here, refresh, restart, returnTo, whereabouts } from "./frame.js";
import { languageOfDevice, loadWords, language } from "./words.js";
import "./screens/first.js";
import "./screens/refused.js";
import "./screens/unlock.js";

const FIRST = { refused: "refused", new: "first", locked: "unlock", open: "visits" };
let state = null;
let person = null;
let left = null; // where the person was when the device was locked

async function look() {
  const found = await core.start();
  if (found.user?.language && found.user.language !== language()) await loadWords(found.user.language);
  // What only an open device shows is fetched when there is one: the first visit is short on a slow network.
  if (found.state === "open") await import("./opened.js");
  if (found.state !== state) {
    if (state === "open") left = { person, steps: whereabouts() };
    state = found.state;
    person = found.user?.id ?? null;
    // Whoever locked the device in the middle of a talk comes back to the talk; nobody else does.
    const steps = state === "open" && left?.person === person && left.steps.every(({ params }) => !params?.id || core.bundle(params.id)) ? left.steps : null;
    if (steps) returnTo(steps);
    else restart(FIRST[state] ?? "refused", { refusals: found.refusals, user: found.user });
  } else if (here() !== "first") refresh();
}

let looking = Promise.resolve();
const lookAgain = () => { looking = looking.then(look, look); return looking; };

await loadWords(languageOfDevice());
await lookAgain();
core.onChange(lookAgain);
// While somebody writes their words: the device has it all, and is to open at once.
if (state === "locked") import("./opened.js");
