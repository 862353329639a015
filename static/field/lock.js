// The device locks itself: after five minutes without a touch, when hidden for more than a minute (unless
// sound is being recorded), and when the page is left.

import { session } from "./session.js";

const IDLE = 5 * 60_000;
const HIDDEN = 60_000;
const LOOK_EVERY = 5_000;
const TOUCHES = ["pointerdown", "keydown", "input", "wheel", "touchstart"];

let touched = Date.now();
let hiddenSince = null;

/** `lock()` when it is time; `leave()` at once when the page goes away. */
export function lockItself(lock, leave, settle) {
  const look = () => {
    if (!session.key || session.recording) return;
    const now = Date.now();
    if (now - touched >= IDLE || (hiddenSince !== null && now - hiddenSince > HIDDEN)) lock();
  };
  const touch = () => {
    // A device that slept must lock before the touch that wakes it counts.
    look();
    touched = Date.now();
  };
  for (const name of TOUCHES) addEventListener(name, touch, { capture: true, passive: true });
  setInterval(look, LOOK_EVERY);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      hiddenSince = Date.now();
      settle();
    } else {
      look();
      hiddenSince = null;
    }
  });
  document.addEventListener("focusout", settle);
  addEventListener("pagehide", leave);
}

/** Opening is a touch. */
export function wake() {
  touched = Date.now();
  hiddenSince = document.visibilityState === "hidden" ? Date.now() : null;
}
