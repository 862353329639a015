// The questions on paper: fetched with a visit that is taken along and kept with it, for the day when the device
// does not suffice and there is no network to fetch them over. They go when the visit is ended here.

import { ask } from "./api.js";
import { openRecord, recordIds, sealRecord } from "./files.js";
import { session } from "./session.js";
import { whenSyncing } from "./sync.js";
import { language } from "./words.js";

const PATIENCE = 60_000;
const tried = new Set(); // once in each opened page: a sheet that cannot be made shall not be asked for for ever

const offered = (bundle) => bundle.guides.filter((one) => one.offered !== false);
const recordOf = (inspection, guide) => `paper/${inspection.id}/${guide.id}/${guide.version}/${language()}`;

/** Where the sheet is on the server: the version that the visit was taken along with. */
export const paperAddress = (inspection, guide) => `/guides/${inspection.pack}/${guide.id}/sheet.pdf?language=${language()}`;

/** The sheet as a Blob, or null when it is not on the device. */
export async function paperOf(inspection, guide) {
  const bytes = await openRecord(recordOf(inspection, guide));
  return bytes && new Blob([bytes], { type: "application/pdf" });
}

/** The offered guides of a case, each with whether its sheet is on the device. */
export async function papersOf({ inspection, ...bundle }) {
  const kept = new Set(await recordIds(`paper/${inspection.id}/`));
  return offered(bundle).map((guide) => ({ guide, isHere: kept.has(recordOf(inspection, guide)) }));
}

async function fetchMissing() {
  for (const { bundle } of [...session.cases.values()]) {
    for (const { guide, isHere } of await papersOf(bundle)) {
      const id = recordOf(bundle.inspection, guide);
      if (isHere || tried.has(id)) continue;
      tried.add(id);
      const answer = await ask(paperAddress(bundle.inspection, guide), { headers: { Accept: "application/pdf" }, patience: PATIENCE });
      if (!answer.ok || !session.cases.has(bundle.inspection.id)) continue;
      await sealRecord(id, { inspection: bundle.inspection.id, group: "paper" }, new Uint8Array(await answer.arrayBuffer()), { isCopy: true });
    }
  }
}

// What people have said goes first, and does not wait for paper.
whenSyncing(() => fetchMissing().catch(() => {}));
