// A paragraph's box grows with its text; where the browser does it by itself, this does nothing.
if (!CSS.supports("field-sizing", "content")) {
  const fit = (box) => {
    box.style.blockSize = "auto";
    box.style.blockSize = `${box.scrollHeight + 4}px`;
  };
  for (const box of document.querySelectorAll(".passage__form textarea")) {
    fit(box);
    box.addEventListener("input", () => fit(box));
  }
}
