// Sound is off until the person has said yes to it. Interruptions are told, never silent.

import { onChange } from "../core.js";
import { el, replace } from "../dom.js";
import { fileRefusal } from "../files.js";
import { actions, button, check, notice } from "../pieces.js";
import { canRecord, record, recordingNow, stopRecording } from "../recorder.js";
import { explain, explainFile } from "../refusals.js";
import { recordingsOf } from "../visit-model.js";
import { n, t } from "../words.js";

export function soundOf({ id, talkId }) {
  const place = el("div.sound");
  const state = { agreed: false, fault: null, busy: false };

  async function act(what) {
    if (state.busy) return;
    state.busy = true;
    state.fault = null;
    try { await what(); } catch (fault) { state.fault = explain(fault); }
    state.busy = false;
    draw();
  }

  function begin() {
    if (state.agreed) { act(() => record(id, talkId)); return; }
    state.fault = t("Ask first. Tick the box when the person has said yes.");
    draw();
  }

  function draw() {
    const held = recordingsOf(id, talkId);
    const now = recordingNow();
    const on = now?.talk === talkId;
    replace(place,
      el("p", {}, t("Notes are enough. Record only when the person wants it, and say what becomes of it.")),
      held.length > 0 && el("ul", {}, held.map((one) => el("li", {}, one.title || t("Recording"), one.interruptions?.length ? ` (${n("%(num)s interruption", "%(num)s interruptions", one.interruptions.length)})` : "", fileRefusal(one.id) && ` ${t("The server refuses it:")} ${explainFile(fileRefusal(one.id))}`))),
      state.fault && notice("danger", null, el("p", { role: "alert" }, state.fault)),
      !canRecord() ? el("p", {}, t("The microphone cannot be used. Note by hand instead."))
        : on ? [el("p", { role: "status" }, now.interruptedAt ? t("Interrupted: nothing is recorded just now. Note by hand.") : t("Recording. It is encrypted piece by piece, and nobody hears it without permission.")),
          actions(button(t("Stop recording"), () => act(stopRecording), { variant: "primary", id: "stop-recording" }))]
          : [check({ id: "sound-agreed", label: t("The person has said yes to being recorded"), value: state.agreed, onChange: (value) => { state.agreed = value; } }),
            actions(button(t("Record"), begin, { id: "record" }))]);
  }

  const signed = () => JSON.stringify([recordingNow(), recordingsOf(id, talkId)]);
  let drawn = signed();
  const stop = onChange(() => {
    if (!place.isConnected) { stop(); return; }
    if (drawn === signed()) return;
    drawn = signed();
    draw();
    if (recordingNow()?.interruptedAt) place.closest("details").open = true;
  });
  draw();
  return place;
}
