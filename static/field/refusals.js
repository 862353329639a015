// Why something cannot be done, and what to do instead: the keys of core.js in words.

import { t } from "./words.js";

const TEXTS = {
  wrong_key: () => t("That did not open the device. Check each word, also the letters å, ä and ö."),
  offline: () => t("There is no network just now. What is on the device works all the same."),
  signed_out: () => t("You are not signed in. Sign in first, then come back here."),
  other_user: () => t("Somebody else is signed in in this browser. Sign in as yourself to send and fetch."),
  too_old: () => t("The app is too old for the server. Close all its windows and open it again, with network."),
  server: () => t("The server did not answer as it should. Nothing is lost; it is tried again."),
  lost: () => t("The device is reported as lost, so nothing can be fetched to it. Talk with your supervisor."),
  full: () => t("The device is full, so this could not be saved. Free some room, or write on paper for now."),
  quota: () => t("The device is full, so this could not be saved. Free some room, or write on paper for now."),
  no_passkey: () => t("The passkey did not answer. Try again, or choose the five words."),
  storage_full: () => t("The device is full, so this could not be saved. Free some room, or write on paper for now."),
  microphone_denied: () => t("The browser may not use the microphone. Allow it in the settings of the site, or note by hand."),
  microphone_missing: () => t("The microphone cannot be used. Note by hand instead."),
  recording: () => t("A recording is under way already. Stop it first."),
  not_a_picture: () => t("This is not a picture that can be read. Take it again."),
  file_too_large: () => t("The file is too large. Take fewer pages at a time."),
  storage: () => t("The device could not keep this. Copy it to paper before you go on, and open the app again."),
  locked: () => t("The device is locked. Open it again; what was saved is there."),
  unsent: () => t("Something is not sent yet. Send first."),
  not_taken: () => t("The visit is no longer on this device."),
  receipt: () => t("The receipt of the server does not fit what was sent. Nothing is deleted; tell whoever runs the system."),
  not_saved: () => t("This could not be saved on the device. Copy it to paper before you go on."),
};

// Why a note of one's own is not on the server, when the server has not said it itself.
const LEFT_HERE = {
  too_large: () => t("it is too large to be received. The whole text is here: shorten it in the case, or export it sealed, and set this aside."),
  server_failed: () => t("the server fails on this note and no other. The whole text is here: write it again in the case, or export it sealed, and set this aside."),
};

const FILE_LEFT_HERE = {
  server_failed: () => t("the server fails on this file and no other. It is still here, and is tried again each time. If it goes on, tell whoever runs the system before you take it away."),
};

export const explainFile = (reason) => FILE_LEFT_HERE[reason]?.() ?? reason;

export const explainLeft = (reason) => LEFT_HERE[reason]?.() ?? (reason || t("no reason was given"));

const SCREENS = {
  private: () => [t("This window is private"), t("A private window forgets everything when it is closed, so nothing may be recorded in it. Open the app in an ordinary window.")],
  storage: () => [t("The browser keeps nothing"), t("It does not let the app store anything on the device. Allow storage for this site in its settings, or use another browser.")],
  crypto: () => [t("The browser cannot encrypt"), t("The app refuses to save in clear. Update the browser, or use another device.")],
  insecure: () => [t("The connection is not secure"), t("Open the app at an address that begins with https.")],
  worker: () => [t("The browser cannot work without network"), t("Update the browser, or use another device. In a private window some browsers cannot do so either: open an ordinary one.")],
  locks: () => [t("The browser is too old"), t("It lacks what keeps two windows from sending the same thing. Update it, or use another device.")],
  home_screen: () => [t("Open the app from the home screen"), t("On an iPad or iPhone, what a web page stores can be erased after a week. Choose Share, then “Add to Home Screen”, and open Tillsyn from there.")],
  nearly_full: () => [t("The device is nearly full"), t("There is too little room to record safely. Free some room on the device and open the app again.")],
  lost: () => [t("This device is shut out"), t("It is reported as lost. What was on it is erased or unreadable, and what it still sends is put aside for your supervisor. Talk with your supervisor before you use it.")],
  other_user: () => [t("Somebody else is signed in"), t("Sign in as yourself to use field mode in this browser.")],
};


// What went wrong, in a sentence that says what to do; what the server refuses it says itself.
export function explain(fault) {
  const { key, status = 0, message } = fault ?? {};
  if (TEXTS[key]) return TEXTS[key]();
  if (status >= 500) return TEXTS.server();
  return status ? message : TEXTS.not_saved();
}

export const explainProblem = (key) => (TEXTS[key] ?? TEXTS.server)();

// [heading, what to do].
export function explainRefusal(key) {
  return SCREENS[key] ? SCREENS[key]() : [t("Field mode cannot be used here"), t("The browser lacks something that is needed. Update it, or use another device.")];
}
