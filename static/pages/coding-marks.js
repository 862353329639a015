// Passages on the coding page: the selected words, counted in characters as people count them.

const characters = (text) => [...text].length;

function selectedIn(unit) {
  const text = unit?.querySelector("[data-text]");
  const selection = document.getSelection();
  if (!text || !selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const begins = characters(before.toString());
  return { begins, ends: begins + characters(range.toString()) };
}

function unitOfSelection() {
  const node = document.getSelection()?.anchorNode;
  return (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.("[data-unit]");
}

let lastSelected = null;
document.addEventListener("selectionchange", () => {
  const unit = unitOfSelection();
  const stretch = unit && selectedIn(unit);
  if (stretch) lastSelected = { statement: unit.dataset.statement, ...stretch };
});

// Marks what is selected, in the unit where it is or else in `here`, where the person stands.
export function mark(here) {
  const unit = unitOfSelection() ?? here;
  const stretch = selectedIn(unit);
  if (!stretch) return;
  const form = document.querySelector(`[data-statement="${unit.dataset.statement}"] [data-mark] form`);
  if (!form) return;
  form.elements.begins.value = stretch.begins;
  form.elements.ends.value = stretch.ends;
  form.requestSubmit();
}

for (const form of document.querySelectorAll("[data-mark] form")) {
  form.addEventListener("submit", () => {
    const { statement } = form.closest("[data-unit]").dataset;
    if (form.elements.begins.value === "" && lastSelected?.statement === statement) {
      form.elements.begins.value = lastSelected.begins;
      form.elements.ends.value = lastSelected.ends;
    }
  }, true);
}
