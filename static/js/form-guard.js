// Forms that people write in: warns before unsent text is left, sends a form once, puts the focus where the
// errors are, and opens dialogs in browsers that do not know `command` yet. Marks html with data-script.

document.documentElement.dataset.script = "on";

// What saves itself asks by itself before it is left.
const savesItself = (form) => new Set([...form.elements].filter((control) => control.closest("[data-autosave-url]"))
  .map((control) => control.name));

const contents = (form, own = savesItself(form)) => JSON.stringify([...new FormData(form)]
  .filter(([name]) => name !== "csrf_token" && !own.has(name))
  .map(([name, value]) => [name, value instanceof File ? value.name : value]));

const guarded = new Map();
for (const form of document.querySelectorAll("form[data-form-guard]")) {
  // A form that came back with errors holds text that is nowhere else: unsent from the start.
  const returned = form.querySelector("[aria-invalid=true]") !== null;
  guarded.set(form, returned ? null : contents(form));
}

let leaving = false;

const unsent = (form) => guarded.get(form) !== contents(form);

const onlySavedByItself = (form) => {
  const own = [...form.elements].filter((control) => control.name && control.type !== "hidden");
  return own.length > 0 && own.every((control) => control.closest("[data-autosave-url]"));
};

window.addEventListener("beforeunload", (event) => {
  if (leaving) return;
  if ([...guarded.keys()].some((form) => form.isConnected && !onlySavedByItself(form) && unsent(form))) {
    event.preventDefault();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  if (guarded.has(form)) leaving = true;
  const button = event.submitter;
  if (button) button.setAttribute("aria-busy", "true");
  // An answer that is a file leaves the page standing: after a while the form can be sent again.
  setTimeout(() => reopen(form), 8000);
});

function reopen(form) {
  leaving = false;
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy=true]").forEach((button) => button.removeAttribute("aria-busy"));
}

// Back from the next page: the same.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(reopen));

document.querySelector("[data-focus-first]")?.focus();

// On a narrow screen the tabs of a case scroll sideways: begin where the reader is.
const tab = document.querySelector(".case-links [aria-current]");
if (tab) {
  const tabs = tab.closest(".case-links");
  tabs.scrollLeft = Math.max(0, tab.offsetLeft + tab.offsetWidth - tabs.clientWidth / 2 - tab.offsetWidth / 2);
}

// Menus close with Escape and when somebody looks elsewhere.
const menus = document.querySelectorAll("details.who, details.menu");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (menu.open && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});

if (!("commandForElement" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (!dialog) return;
    if (button.getAttribute("command") === "show-modal") dialog.showModal();
    else dialog.close();
  });
}
