// The session has ended while somebody was writing: ask in the page, never leave it.
// Resolves to true when signed in, false when the person waits with it. One question for all who ask.

import { sendJson } from "./send-json.js";

let asked = null;

async function attempt(dialog, form) {
  const token = document.querySelector('meta[name="csrf-token"]');
  const { answer, body } = await sendJson("POST", dialog.dataset.action, {
    email: form.elements.email.value,
    password: form.elements.password.value,
    code: form.elements.code.value,
  });
  if (!answer) return dialog.dataset.textUnreachable;
  if (!answer.ok) {
    const said = Object.values(body.errors ?? {}).flat().join(" ");
    return said || (answer.status >= 500 ? dialog.dataset.textUnreachable : dialog.dataset.textWrong);
  }
  if (body.csrf_token && token) {
    token.content = body.csrf_token;
    document.querySelectorAll('input[name="csrf_token"]').forEach((input) => { input.value = body.csrf_token; });
  }
  return null;
}

export function signInAgain() {
  const dialog = document.getElementById("sign-in-again");
  if (!dialog) return Promise.resolve(false);
  asked ??= new Promise((resolve) => {
    const form = dialog.querySelector("form");
    const problem = dialog.querySelector("[data-problem]");
    const stop = new AbortController();
    const finish = (result) => {
      stop.abort();
      asked = null;
      form.elements.password.value = form.elements.code.value = "";
      problem.hidden = true;
      if (dialog.open) dialog.close();
      resolve(result);
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const fault = await attempt(dialog, form);
      if (!fault) return finish(true);
      problem.textContent = fault;
      problem.hidden = false;
      form.elements.password.focus();
    }, { signal: stop.signal });
    dialog.querySelector("[data-later]").addEventListener("click", () => finish(false), { signal: stop.signal });
    dialog.addEventListener("close", () => finish(false), { signal: stop.signal });
    dialog.showModal();
  });
  return asked;
}
