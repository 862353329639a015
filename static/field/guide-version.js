// Which version of a guide an op was written beside.

import { session } from "./session.js";

/** The version of the guide of the talk that a document belongs to; "" when it belongs to none. */
export function guideVersion(inspection, kind, docId, value) {
  const { bundle, projection } = session.cases.get(inspection);
  const said = (id, field) => {
    const [head] = projection.heads(id, field);
    return projection.entries.get(head)?.op.value;
  };
  let talk = kind === "talk" ? docId : null;
  if (kind === "statement") talk = (value?.talk ? value : said(docId, "source"))?.talk;
  if (!talk) return "";
  const guide = (talk === docId && value?.guide) || said(talk, "start")?.guide;
  const found = (bundle.guides ?? []).find((one) => one.id === guide);
  return String(found?.version ?? "");
}
