// The frame around every screen: where one is, what is not sent, and the way back.

import * as core from "./core.js";
import { el, icon, isWritten, rebuild, replace } from "./dom.js";
import { button } from "./pieces.js";
import { recordingNow } from "./recorder.js";
import { n, speakOf, t } from "./words.js";

const LONGEST_PRESS = 1_000;
const CLICK_COMES = 60;
const screens = new Map();
const trail = [];
let shown = null;
let waiting = false;

// Screens register themselves: `make(params)` gives {title, body()} and may give bar(), bare, update(), leave().
export const register = (name, make) => screens.set(name, make);

function fold() {
  const app = document.getElementById("app");
  const saved = el("div.field-top__saved", { role: "status", id: "saved" });
  const main = el("main.main.page.field-main", { id: "main", tabindex: "-1" });
  replace(app, el("a.ds-skip-link", { href: "#main" }, t("Skip to the content")),
    el("header.field-top", { id: "top" }, el("div.field-top__row", {}, el("div.field-top__lead", { id: "lead" }), saved)),
    main, el("div", { id: "bar" }));
  return main;
}

function lead() {
  if (trail.length > 1) return button(t("Back"), back, { glyph: "arrow-left", variant: "tertiary", id: "back" });
  return el("p.brand", {}, el("span", {}, "Tillsyn"), el("span.field-top__mode", {}, t("Field mode")));
}

// Whether sound is recorded is in sight on every screen, and so is an interruption.
function soundLine() {
  const sound = recordingNow();
  return sound && el("span.field-top__sound", {}, icon(sound.interruptedAt ? "warning" : "speech", 18), sound.interruptedAt ? t("The recording is interrupted") : t("Recording now"));
}

// The unsent counter: words first, never a picture alone.
export function savedLine() {
  const { unsent = 0, action = 0, sealed = 0, problem = "" } = core.counts();
  const many = unsent + sealed;
  const words = many === 0 ? t("Everything is sent and received")
    : n("%(num)s saved on the device, not sent", "%(num)s saved on the device, not sent", many);
  return [
    soundLine(),
    button(words, () => go("device"), { variant: "tertiary", glyph: many ? "unsent" : "check-circle", id: "to-device" }),
    action > 0 && button(n("%(num)s needs action", "%(num)s need action", action), () => go("action"), { variant: "secondary", glyph: "warning", id: "to-action" }),
    problem && many > 0 && el("span.ds-sr-only", {}, t("Could not send just now")),
  ];
}

function drawTop() {
  const open = shown.name !== "refused" && shown.name !== "first" && shown.name !== "unlock";
  document.getElementById("top").hidden = Boolean(shown.screen.bare);
  rebuild(document.getElementById("lead"), lead());
  const signed = open ? JSON.stringify([core.counts(), recordingNow()]) + document.documentElement.lang : "";
  const saved = document.getElementById("saved");
  if (saved.dataset.drawn !== signed) {
    saved.dataset.drawn = signed;
    rebuild(saved, open ? savedLine() : []);
  }
}

function draw() {
  waiting = false;
  drawTop();
  rebuild(document.getElementById("main"), shown.screen.body());
  rebuild(document.getElementById("bar"), shown.screen.bar?.() ?? []);
}

// What core tells may have changed: the screen is drawn anew, but never under somebody's pen or finger.
export function refresh() {
  if (!shown) return;
  waiting = Boolean(pressed);
  if (waiting) return;
  drawTop();
  if (shown.screen.update) shown.screen.update();
  else if (isWritten(document.getElementById("main"))) waiting = true;
  else draw();
}

document.addEventListener("focusout", () => { if (waiting && !pressed) setTimeout(refresh, 0); });

// A button that is built anew between the press and the release never hears of the click.
let pressed = 0;
const press = (most) => { clearTimeout(pressed); pressed = setTimeout(release, most); };
function release() {
  pressed = 0;
  if (waiting) refresh();
}
addEventListener("pointerdown", () => press(LONGEST_PRESS), true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => press(CLICK_COMES), true);

function show(at) {
  shown?.screen.leave?.();
  const { name, params } = trail[at];
  speakOf(params?.id ? core.bundle(params.id) : null);
  shown = { name, screen: screens.get(name)(params ?? {}) };
  document.title = `${shown.screen.title} – Tillsyn`;
  document.body.dataset.screen = name;
  fold();
  draw();
  window.scrollTo(0, trail[at].scrolled ?? 0);
  const heading = document.querySelector("#main h1");
  if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
}

// To a screen. The address never changes; the browser's own way back works, and says nothing of where it leads.
export function go(name, params = {}) {
  if (trail.length) trail.at(-1).scrolled = window.scrollY;
  trail.push({ name, params });
  history.pushState({ step: trail.length }, "");
  show(trail.length - 1);
}

export const back = () => { if (trail.length > 1) history.back(); };

// Forget the way here: after unlocking, locking, ending a visit.
export function restart(name, params = {}) {
  shown?.screen.leave?.();
  shown = null;
  trail.length = 0;
  trail.push({ name, params });
  history.replaceState({ step: 1 }, "");
  show(0);
}

// Where one was when the device locked itself, as names and ids; and back there.
export const whereabouts = () => trail.map(({ name, params }) => ({ name, params }));

export function returnTo(steps) {
  trail.splice(0, trail.length, ...steps);
  history.replaceState({ step: trail.length }, "");
  show(trail.length - 1);
}

// In place of where one is: what follows a form is no step back to it.
export function instead(name, params = {}) {
  trail[trail.length - 1] = { name, params };
  show(trail.length - 1);
}

export const here = () => trail.at(-1)?.name;

window.addEventListener("popstate", (event) => {
  const step = event.state?.step ?? 1;
  if (step < trail.length) { trail.length = Math.max(1, step); show(trail.length - 1); }
});

// Draw the screen anew, after what a person did in it.
export const redraw = () => draw();

export const title = (text, ...below) => el("header.page-head", {}, el("h1.ds-heading.page-head__title", {}, text), ...below);

export { icon };
