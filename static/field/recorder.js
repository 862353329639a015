// Sound of a talk, off until the person asks for it and somebody presses "record".
//
// The recorder gives a slice every five seconds, which is encrypted and on the disk before the next is taken;
// every two minutes it begins anew, so that each part plays by itself and a lost slice takes no more with it.
// When nothing comes in, that is kept with its time and said aloud: an interruption is never silent.

import { now } from "./core.js";
import {
  files, keepAbout, openAll, partId, recordIds, sealRecord, sliceId, tell, tellOf,
} from "./files.js";
import { uuid7 } from "./ids.js";
import { Refused, beforeLock, changed, onChange, session } from "./session.js";

export const SLICE = 5_000;
export const SEGMENT = 120_000;
const SILENCE = 3_000; // more than this late, a slice tells of a time when nothing was recorded
const BITS = 32_000;
const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

let current = null;

/** Can this browser record? */
export function canRecord() {
  return Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder && typeOf());
}

/** {group, talk, startedAt, interruptedAt|null, interruptions, problem|null} of the recording under way, or null. */
export function recordingNow() {
  if (!current?.about) return null;
  const { about, interruptedAt, problem } = current;
  return { group: about.group, talk: about.owner.talk, startedAt: about.startedAt, interruptedAt, interruptions: about.interruptions, problem };
}

/** Begin to record a talk. Throws Refused("microphone_denied"|"microphone_missing"|"recording"|…). */
export async function record(inspection, talk, { slice = SLICE, segment = SEGMENT } = {}) {
  if (current) throw new Refused("recording");
  if (!canRecord()) throw new Refused("microphone_missing");
  const mine = { slice, segment, segments: 0, writing: Promise.resolve(), interruptedAt: null, problem: null };
  current = mine;
  try {
    mine.stream = await microphone();
    mine.about = {
      group: uuid7(), inspection, owner: { talk }, title: "", type: typeOf().split(";")[0],
      startedAt: now().toISOString(), interruptions: [], state: "recording",
    };
    await keepAbout(mine.about);
  } catch (refused) {
    mine.stream?.getTracks().forEach((track) => track.stop());
    current = null;
    throw refused;
  }
  session.recording = true; // the device does not lock itself meanwhile
  mine.unlock = holdLock(mine.about.group);
  listen(mine);
  mine.heardAt = Date.now();
  begin(mine);
  mine.watch = setInterval(() => look(mine), 1_000);
  changed();
  return mine.about.group;
}

/** End the recording; resolves when all of it is on the disk and told of. */
export async function stopRecording() {
  const mine = current;
  if (!mine) return null;
  clearInterval(mine.watch);
  await end(mine.recorder);
  // What is interrupted when it ends was interrupted until now.
  if (mine.interruptedAt) resumeFrom(mine);
  mine.stream.getTracks().forEach((track) => track.stop());
  await mine.writing;
  try {
    return await finish(mine.about);
  } finally {
    if (current === mine) current = null;
    session.recording = false;
    mine.unlock();
    changed();
  }
}

// Locked by hand: what is under way is ended, and all of it is on the disk, before the key is gone.
beforeLock(stopRecording);

// The device was shut under it, as when the page goes away: what is on the disk is put together when it is opened again.
onChange(() => {
  const mine = current;
  if (!mine?.about || session.key) return;
  current = null;
  clearInterval(mine.watch);
  mine.stream.getTracks().forEach((track) => track.stop());
  session.recording = false;
  mine.unlock?.();
});

/** Recordings that the browser or the device cut off: what came in is put together and told of. */
export async function recoverRecordings() {
  for (const about of await files()) {
    if (about.state === "ready" && !about.told) await tell(about);
    if (about.state !== "recording" || current?.about?.group === about.group) continue;
    await navigator.locks.request(lockName(about.group), { ifAvailable: true }, async (lock) => {
      if (!lock) return; // another window records it
      const interruptions = [...about.interruptions, { at: sinceStart(about, Date.parse(about.heardAt ?? about.startedAt)), seconds: 0 }];
      await finish({ ...about, interruptions });
    });
  }
}

async function microphone() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } });
  } catch (fault) {
    throw new Refused(fault.name === "NotAllowedError" ? "microphone_denied" : "microphone_missing");
  }
}

function typeOf() {
  return TYPES.find((one) => MediaRecorder.isTypeSupported(one));
}

// The next recorder begins before the last one ends: no word falls between two segments.
function begin(mine) {
  const recorder = new MediaRecorder(mine.stream, { mimeType: typeOf(), audioBitsPerSecond: BITS });
  const segment = (mine.segments += 1);
  let slices = 0;
  recorder.ondataavailable = ({ data }) => {
    heard(mine);
    if (data.size) keepSlice(mine, sliceId(mine.about.group, segment, (slices += 1)), data);
  };
  recorder.onstop = () => { mine.writing = mine.writing.then(() => joinSegment(mine.about, segment)).catch((fault) => fail(mine, fault)); };
  recorder.onerror = () => interrupt(mine);
  recorder.begunAt = Date.now();
  recorder.start(mine.slice);
  const last = mine.recorder;
  mine.recorder = recorder;
  if (last) end(last);
}

function end(recorder) {
  if (!recorder || recorder.state === "inactive") return Promise.resolve();
  return new Promise((done) => {
    recorder.addEventListener("stop", done, { once: true });
    recorder.stop();
  });
}

// One at a time, in the order in which they came.
function keepSlice(mine, id, data) {
  mine.writing = mine.writing
    .then(async () => sealRecord(id, mine.about, new Uint8Array(await data.arrayBuffer())))
    .then(() => keepAbout(Object.assign(mine.about, { heardAt: now().toISOString() })))
    .catch((fault) => fail(mine, fault));
}

// What cannot be kept is not recorded on: the person is told at once.
function fail(mine, fault) {
  mine.problem = fault.key ?? "storage";
  interrupt(mine);
}

function heard(mine) {
  const at = Date.now();
  if (mine.interruptedAt) resumeFrom(mine);
  else if (at - mine.heardAt > mine.slice + SILENCE) note(mine, mine.heardAt + mine.slice, at);
  mine.heardAt = at;
}

function listen(mine) {
  for (const track of mine.stream.getAudioTracks()) {
    track.onmute = () => interrupt(mine);
    track.onunmute = () => mine.interruptedAt && resumeFrom(mine);
    track.onended = () => interrupt(mine);
  }
}

function look(mine) {
  const isOver = mine.recorder.state === "inactive" || mine.stream.getAudioTracks().every((track) => track.readyState === "ended");
  if (isOver || Date.now() - mine.heardAt > mine.slice + SILENCE) interrupt(mine);
  if (isOver && !document.hidden && !mine.problem && !mine.asking) restart(mine);
  else if (!isOver && Date.now() - mine.recorder.begunAt >= mine.segment) begin(mine);
}

// A telephone call took the microphone: ask for it again, for as long as the recording is on.
async function restart(mine) {
  mine.asking = true;
  try {
    mine.stream = await microphone();
    if (current !== mine) { mine.stream.getTracks().forEach((track) => track.stop()); return; }
    listen(mine);
    mine.recorder = null;
    begin(mine);
  } catch {
    // asked again at the next look
  } finally {
    mine.asking = false;
  }
}

function interrupt(mine) {
  if (mine.interruptedAt) return;
  mine.interruptedAt = Date.now();
  changed();
}

function resumeFrom(mine) {
  note(mine, mine.interruptedAt, Date.now());
  mine.interruptedAt = null;
}

function note(mine, from, until) {
  const at = sinceStart(mine.about, from + (now().getTime() - Date.now()));
  mine.about.interruptions.push({ at, seconds: Math.max(1, Math.round((until - from) / 1000)) });
  mine.writing = mine.writing.then(() => keepAbout(mine.about)).catch((fault) => fail(mine, fault));
  changed();
}

// Whole seconds from the beginning of the recording to `moment` (milliseconds, as the server counts them).
function sinceStart({ startedAt }, moment) {
  return Math.max(0, Math.round((moment - Date.parse(startedAt)) / 1000));
}

// The slices of a segment, one after the other, are a file that plays.
async function joinSegment(about, segment) {
  const ids = await recordIds(`${about.group}/s/${String(segment).padStart(6, "0")}/`);
  if (!ids.length) return;
  const n = (await recordIds(`${about.group}/p/`)).length + 1;
  await sealRecord(partId(about.group, n), about, await openAll(ids), { gone: ids });
}

// Also after a cut: the segments that were never joined are joined now.
async function finish(about) {
  const left = new Set((await recordIds(`${about.group}/s/`)).map((id) => Number(id.split("/")[2])));
  for (const segment of [...left].sort((a, b) => a - b)) await joinSegment(about, segment);
  const parts = await recordIds(`${about.group}/p/`);
  if (!parts.length) {
    await keepAbout({ ...about, state: "sent", empty: true });
    return null;
  }
  return tellOf(about);
}

const lockName = (group) => `tillsyn-recording-${group}`;

function holdLock(group) {
  let unlock;
  const held = new Promise((done) => { unlock = done; });
  navigator.locks.request(lockName(group), () => held);
  return unlock;
}
