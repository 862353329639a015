// The children's survey: the code out of the link, one question a screen, and reading aloud.
// Without this script the code is typed and the questions stand below each other; nothing else is lost.

const code = document.querySelector("[data-code]");
if (code && location.hash.length > 1) {
  // The code stands after # in the link, so that no server or log between here and there has seen it.
  code.value = location.hash.slice(1, 40);
  history.replaceState(null, "", location.pathname + location.search);
}

const form = document.querySelector("[data-survey]");
const steps = form ? [...form.querySelectorAll("[data-step]")] : [];
if (form) showOneAtATime();
if ("speechSynthesis" in window) offerToRead();

function showOneAtATime() {
  const [back, next, send, progress] = ["back", "next", "send", "progress"].map((name) =>
    form.querySelector(`[data-${name}]`),
  );
  const fault = form.querySelector("[aria-describedby=fault]");
  const faulty = steps.findIndex((step) => step === fault || step.contains(fault));
  let here = Math.max(faulty, 0);

  function show() {
    steps.forEach((step, number) => (step.hidden = number !== here));
    back.hidden = here === 0;
    next.hidden = here === steps.length - 1;
    send.hidden = here !== steps.length - 1;
    progress.hidden = false;
    progress.textContent = progress.dataset.text
      .replace("{page}", String(here + 1))
      .replace("{pages}", String(steps.length));
  }

  function go(by) {
    here += by;
    window.speechSynthesis?.cancel();
    show();
    steps[here].tabIndex = -1;
    steps[here].focus();
    window.scrollTo(0, 0);
  }

  back.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  form.addEventListener("keydown", (event) => {
    // Enter in a face goes on; it would otherwise send everything from the first question.
    if (event.key === "Enter" && event.target.matches("input") && here < steps.length - 1) {
      event.preventDefault();
      go(1);
    }
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter === send) setTimeout(() => (send.disabled = true));
  });
  window.addEventListener("pageshow", () => (send.disabled = false));
  show();
}

function offerToRead() {
  const buttons = [...document.querySelectorAll("[data-read]")];
  const language = document.documentElement.lang;
  const voiceFor = () => speechSynthesis.getVoices().find((voice) => voice.lang.startsWith(language));

  function show() {
    // A voice of another language would read out nonsense; voices may come after the page.
    buttons.forEach((button) => (button.hidden = !voiceFor()));
  }

  function read(event) {
    const step = event.currentTarget.closest("[data-step]");
    const parts = [...step.querySelectorAll("legend, .ask, p:not(.quiet), .face > span:last-child")];
    speechSynthesis.cancel();
    for (const part of parts) {
      const words = new SpeechSynthesisUtterance(part.textContent.trim());
      words.lang = language;
      words.voice = voiceFor();
      words.rate = 0.9;
      speechSynthesis.speak(words);
    }
  }

  buttons.forEach((button) => button.addEventListener("click", read));
  speechSynthesis.addEventListener?.("voiceschanged", show);
  show();
}
