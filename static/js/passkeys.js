// Passkeys: the buttons are shown where the browser knows them. A form is filled with what the browser answers
// and sent as any other; without this script everybody signs in with a password.

import { sendJson } from "./send-json.js";

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function read(options) {
  const known = (one) => ({ ...one, id: bytes(one.id) });
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user ? { user: { ...options.user, id: bytes(options.user.id) } } : {}),
    ...(options.excludeCredentials ? { excludeCredentials: options.excludeCredentials.map(known) } : {}),
    ...(options.allowCredentials ? { allowCredentials: options.allowCredentials.map(known) } : {}),
  };
}

function written(credential) {
  const said = credential.response;
  const response = { clientDataJSON: text(said.clientDataJSON) };
  if (said.attestationObject) response.attestationObject = text(said.attestationObject);
  if (said.authenticatorData) response.authenticatorData = text(said.authenticatorData);
  if (said.signature) response.signature = text(said.signature);
  if (said.userHandle) response.userHandle = text(said.userHandle);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function ask(button) {
  const form = button.form;
  const { answer, body } = await sendJson("POST", button.dataset.options, { email: form.elements.email?.value ?? "" });
  if (!answer?.ok) throw new Error("no options");
  const publicKey = read(body.options);
  const credential = button.dataset.passkey === "sign-in"
    ? await navigator.credentials.get({ publicKey })
    : await navigator.credentials.create({ publicKey });
  const prefix = button.dataset.prefix ?? "";
  form.elements[`${prefix}passkey`].value = written(credential);
  form.elements[`${prefix}challenge`].value = body.challenge;
  form.requestSubmit();
}

if (window.PublicKeyCredential) {
  for (const place of document.querySelectorAll("[data-passkey-place]")) place.hidden = false;
  for (const button of document.querySelectorAll("button[data-passkey]")) {
    button.addEventListener("click", async () => {
      const failed = button.closest("[data-passkey-place]").querySelector("[data-passkey-failed]");
      failed.hidden = true;
      button.setAttribute("aria-busy", "true");
      try {
        await ask(button);
      } catch {
        failed.hidden = false;
      }
      button.removeAttribute("aria-busy");
    });
  }
}
