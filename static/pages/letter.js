// The letter's editor: boxes that grow with their text, and keys between paragraphs.

import { saveAll } from "../js/autosave.js";

const boxes = () => [...document.querySelectorAll("[data-letter-editor] .passage__form textarea")];

// A paragraph's box grows with its text; where the browser does it by itself, this does nothing.
if (!CSS.supports("field-sizing", "content")) {
  const fit = (box) => {
    box.style.blockSize = "auto";
    box.style.blockSize = `${box.scrollHeight + 4}px`;
  };
  for (const box of boxes()) {
    fit(box);
    box.addEventListener("input", () => fit(box));
  }
}

// From a box to the next; from anywhere else to the first that is in sight.
const step = (way) => {
  const all = boxes();
  const here = all.indexOf(document.activeElement);
  const seen = all.findIndex((box) => box.getBoundingClientRect().bottom > 0);
  const next = here >= 0 ? all[here + way] : all[Math.max(seen, 0)];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
};

document.addEventListener("keydown", (event) => {
  if (event.altKey && !event.ctrlKey && !event.metaKey && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
    event.preventDefault();
    saveAll();
  }
});
