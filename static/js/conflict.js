// Two people changed the same text: both are shown, and a person chooses. Nothing is merged by itself.
// settleConflict resolves to the chosen fields, or to null when the dialog was closed without a choice.

const asText = (value) => (Array.isArray(value) ? value.join(", ") : String(value ?? ""));

let waiting = Promise.resolve();

function ask(labels, theirs, mine, by) {
  const dialog = document.getElementById("save-conflict");
  if (!dialog) return Promise.resolve(null);
  const list = dialog.querySelector("[data-versions]");
  const pattern = dialog.querySelector("template[data-version-row]");
  const rows = Object.keys(theirs).map((key, number) => {
    const row = pattern.content.firstElementChild.cloneNode(true);
    row.querySelector("[data-field-name]").textContent = labels[key] ?? "";
    row.querySelector("[data-mine]").textContent = asText(mine[key]);
    row.querySelector("[data-theirs]").textContent = asText(theirs[key]);
    const box = row.querySelector("textarea");
    box.id = `save-conflict-text-${number}`;
    row.querySelector("label").htmlFor = box.id;
    box.value = `${asText(mine[key])}\n\n${asText(theirs[key])}`;
    return { key, row, box, mergeable: typeof mine[key] === "string" && typeof theirs[key] === "string" };
  });
  list.replaceChildren(...rows.map(({ row }) => row));
  dialog.querySelector("[data-by]").textContent = by;
  const merge = dialog.querySelector("[data-merge]");
  const merged = dialog.querySelector("[data-merged]");
  merge.hidden = !rows.some(({ mergeable }) => mergeable);
  merged.hidden = true;
  dialog.returnValue = "";

  return new Promise((resolve) => {
    const openHands = () => {
      merge.hidden = true;
      merged.hidden = false;
      for (const { row, mergeable } of rows) row.querySelector("[data-by-hand]").hidden = !mergeable;
      rows.find(({ mergeable }) => mergeable)?.box.focus();
    };
    merge.addEventListener("click", openHands);
    dialog.addEventListener("close", () => {
      merge.removeEventListener("click", openHands);
      const choices = {
        mine: () => Object.fromEntries(rows.map(({ key }) => [key, mine[key]])),
        theirs: () => ({ ...theirs }),
        merged: () => Object.fromEntries(rows.map(({ key, box, mergeable }) => [key, mergeable ? box.value : mine[key]])),
      };
      resolve(choices[dialog.returnValue]?.() ?? null);
    }, { once: true });
    dialog.showModal();
  });
}

export function settleConflict(labels, theirs, mine, by) {
  const answer = waiting.then(() => ask(labels, theirs, mine, by));
  waiting = answer.catch(() => null);
  return answer;
}
