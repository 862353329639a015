// Photos of documents, and PDFs. A photo is drawn anew on the device, so that the place where it was taken, the
// camera and the time do not come along; then it is encrypted and told of. The file's name is never read.

import { now } from "./core.js";
import { keepWhole, openAll, openRecord, recordIds, sealRecord, smallId } from "./files.js";
import { uuid7 } from "./ids.js";
import { Refused } from "./session.js";

const LONGEST_SIDE = 2400; // dots: A4 at 200 dots to the inch is 2339 high
const SMALL_SIDE = 320;
const MOST_BYTES = { picture: 60 * 1024 * 1024, pdf: 25 * 1024 * 1024 };

/** Ask for a photo (the camera, where there is one) or, with `pdf`, for a file. Null when none was chosen.
 *
 * `owner` is {evidence: id} or {talk: id}. Resolves when it is kept, encrypted, and told of.
 * Throws Refused("not_a_picture"|"file_too_large"|"full"|…).
 */
export async function takePhoto(inspection, owner, { title = "", pdf = false } = {}) {
  const file = await choose(pdf);
  return file && keepPhoto(inspection, owner, file, title);
}

/** Keep a file that somebody chose. */
export async function keepPhoto(inspection, owner, file, title = "") {
  const about = { group: uuid7(), inspection, owner, title, interruptions: [], startedAt: now().toISOString() };
  if (await isPdf(file)) {
    if (file.size > MOST_BYTES.pdf) throw new Refused("file_too_large");
    return keepWhole({ ...about, type: "application/pdf" }, new Uint8Array(await file.arrayBuffer()));
  }
  if (file.size > MOST_BYTES.picture) throw new Refused("file_too_large");
  const picture = await read(file);
  try {
    const bytes = await drawn(picture, LONGEST_SIDE, 0.85);
    await sealRecord(smallId(about.group), about, await drawn(picture, SMALL_SIDE, 0.7));
    return await keepWhole({ ...about, type: "image/jpeg" }, bytes);
  } finally {
    picture.close();
  }
}

/** An address of the small picture for an <img>, or null. Give it back with URL.revokeObjectURL. */
export async function smallPicture(group) {
  return addressOf(await openRecord(smallId(group)));
}

/** An address of the whole picture while it is on the device, or null. */
export async function wholePicture(group) {
  const ids = await recordIds(`${group}/p/`);
  return ids.length ? addressOf(await openAll(ids)) : null;
}

const addressOf = (bytes) => bytes && URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));

function choose(pdf) {
  return new Promise((done) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = pdf ? "application/pdf" : "image/*";
    if (!pdf) input.setAttribute("capture", "environment");
    input.hidden = true;
    input.dataset.takes = pdf ? "pdf" : "photo";
    const give = (file) => { input.remove(); done(file); };
    input.addEventListener("change", () => give(input.files[0] ?? null));
    input.addEventListener("cancel", () => give(null));
    document.body.append(input);
    input.click();
  });
}

async function isPdf(file) {
  const head = new Uint8Array(await file.slice(0, 5).arrayBuffer());
  return String.fromCharCode(...head) === "%PDF-";
}

async function read(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new Refused("not_a_picture");
  }
}

async function drawn(picture, side, quality) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const sheet = canvas.getContext("2d", { alpha: false });
  sheet.fillStyle = "white";
  sheet.fillRect(0, 0, canvas.width, canvas.height);
  sheet.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  if (!blob) throw new Refused("not_a_picture");
  return new Uint8Array(await blob.arrayBuffer());
}
