// How much of the reason is written, while it is written. The server counts too; this only tells in time.

for (const counter of document.querySelectorAll("[data-counter-of]")) {
  const box = document.getElementById(counter.dataset.counterOf);
  const tell = () => {
    const length = box.value.split(/\s+/).filter(Boolean).join(" ").length;
    counter.textContent = counter.dataset.text.replace("{num}", String(length));
    counter.dataset.enough = length >= Number(box.dataset.least) ? "yes" : "no";
  };
  box.addEventListener("input", tell);
  tell();
}
