// The requirements by keyboard: j and k go from line to line, 1–4 choose a mark; each line saves itself.

import { saveAll } from "../js/autosave.js";

const lines = [...document.querySelectorAll("[data-requirement]")];
const counter = document.querySelector("[data-left]");
const startedLeft = lines.filter((line) => line.dataset.result === "none").length;
const elsewhere = counter ? Number(counter.textContent.match(/\d+/)?.[0] ?? 0) - startedLeft : 0;

function count() {
  if (!counter) return;
  const left = elsewhere + lines.filter((line) => line.dataset.result === "none").length;
  const words = left <= 0 ? counter.dataset.none : left === 1 ? counter.dataset.one : counter.dataset.many;
  counter.textContent = words.replace("{num}", String(left));
}

// A deviation is described in words too: its note opens with it.
document.addEventListener("change", ({ target }) => {
  if (target.name === "result" && target.value === "deviation" && target.checked) {
    target.form.querySelector(".line__note").open = true;
  }
});

const here = () => lines.indexOf(document.activeElement?.closest?.("[data-requirement]"));

function go(step) {
  const at = here();
  const to = lines[Math.max(0, Math.min(lines.length - 1, at < 0 ? 0 : at + step))];
  to?.focus();
  to?.scrollIntoView({ block: "start" });
}

const isWriting = (element) => element?.matches?.("textarea, select, input:not([type=radio], [type=checkbox])");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || event.target.closest?.("dialog")) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (/^[1-4]$/.test(event.key)) {
    const choice = lines[here()]?.querySelectorAll('input[name="result"]')[Number(event.key) - 1];
    if (!choice) return;
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  } else return;
  event.preventDefault();
});

// The line takes the look of what the server has confirmed, not of what is only chosen.
new MutationObserver((changes) => {
  for (const { target } of changes) {
    if (target.dataset.state !== "saved") continue;
    const line = target.closest("[data-requirement]");
    line.dataset.result = line.querySelector('input[name="result"]:checked')?.value ?? "none";
    line.querySelector("[data-clear]").hidden = line.dataset.result === "none";
    line.querySelector("[data-by]").textContent = "";
    count();
  }
}).observe(document.querySelector("main"), { subtree: true, attributes: true, attributeFilter: ["data-state"] });

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-line]")) return;
  if (event.submitter?.matches("[data-clear]")) {
    form.elements.version.value = form.dataset.autosaveVersion;
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  saveAll();
}, true);
