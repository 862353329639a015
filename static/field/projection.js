// Documents as they follow from ops: per document and field, the heads. One head is the value; several are an
// open conflict that a person resolves. Ops come in any order, and each counts once.

import { canonical } from "./canonical.js";

export class Projection {
  constructor() {
    this.entries = new Map(); // op id → {op, state, server_seq, reason, own}
    this.children = new Map(); // op id → Set(op ids that build on it)
    this.documents = new Map(); // doc id → {kind, fields: Map(field → Set(op id))}
    this.shown = new Map(); // doc id → the document as screens get it, until something in it changes
  }

  /** Take in an op; `about` = {state: "device"|"sent"|"held", server_seq, reason, own}. */
  take(op, about = {}) {
    const known = this.entries.get(op.op_id);
    this.shown.delete(op.doc_id);
    if (known) return Object.assign(known, about);
    const entry = { op, state: "sent", server_seq: null, reason: "", own: false, ...about };
    this.entries.set(op.op_id, entry);
    const heads = this.headsOf(op);
    for (const parent of op.parents) {
      if (!this.children.has(parent)) this.children.set(parent, new Set());
      this.children.get(parent).add(op.op_id);
      heads.delete(parent);
    }
    if (!this.children.get(op.op_id)?.size) heads.add(op.op_id);
    return entry;
  }

  /** An op that the server did not take: what it was built on stands again, and nothing is built on it. */
  refuse(opId) {
    const entry = this.entries.get(opId);
    if (!entry) return;
    const heads = this.headsOf(entry.op);
    this.shown.delete(entry.op.doc_id);
    this.entries.delete(opId);
    heads.delete(opId);
    for (const parent of entry.op.parents) {
      const others = this.children.get(parent);
      others?.delete(opId);
      if (!others?.size && this.entries.has(parent)) heads.add(parent);
    }
  }

  /** The op ids a person sees in a field, sorted: the parents of what is written next. */
  heads(docId, field) {
    return [...(this.documents.get(docId)?.fields.get(field) ?? [])].sort();
  }

  headsOf({ doc_id, field, doc_kind }) {
    if (!this.documents.has(doc_id)) this.documents.set(doc_id, { kind: doc_kind, fields: new Map() });
    const { fields } = this.documents.get(doc_id);
    if (!fields.has(field)) fields.set(field, new Set());
    return fields.get(field);
  }

  /** [{id, kind, fields: {name: {value, heads, others, state, reason, author, time}}}], of one kind or all. */
  list(kind) {
    const found = [];
    for (const [id, document] of this.documents) if (!kind || document.kind === kind) found.push(this.show(id, document));
    return found;
  }

  show(id, document) {
    let shown = this.shown.get(id);
    if (!shown) {
      const fields = {};
      for (const [name, heads] of document.fields) if (heads.size) fields[name] = this.field(heads);
      this.shown.set(id, (shown = { id, kind: document.kind, fields }));
    }
    return shown;
  }

  field(heads) {
    const entries = [...heads].map((id) => this.entries.get(id));
    const reason = entries.find((entry) => entry.reason)?.reason ?? "";
    // What a colleague has judged, and this person may still judge unseen, does not come to the device.
    const withheld = entries.some(({ op }) => op.withheld);
    const said = { heads: [...heads].sort(), others: [], reason, state: stateOf(entries), withheld };
    const added = entries.filter(({ op }) => op.kind === "add").sort(inOrder);
    // What is added stands beside what others added: no conflict.
    if (added.length) return { ...said, value: added.map(({ op }) => op.value) };
    // This person's own words stay in sight; else the first that the server has, as its record does.
    const [first, ...rest] = entries.sort((a, b) => b.own - a.own || seq(a) - seq(b) || inOrder(a, b));
    said.others = unlike(first, rest);
    if (said.others.length) said.state = "action";
    said.hides = Boolean(first.op.withheld);
    return { ...said, value: first.op.value, author: first.op.author, time: first.op.client_time };
  }

  /** How many fields have several texts that a person must choose between. */
  conflicts() {
    let many = 0;
    for (const { fields } of this.documents.values()) {
      for (const heads of fields.values()) many += heads.size > 1 && this.field(heads).others.length ? 1 : 0;
    }
    return many;
  }
}

// Two who wrote the same agree: there is nothing to choose between.
function unlike({ op }, rest) {
  const seen = new Set([canonical(op.value)]);
  const others = rest.filter((one) => !seen.has(canonical(one.op.value)) && seen.add(canonical(one.op.value)));
  return others.map((one) => ({
    op_id: one.op.op_id,
    value: one.op.value,
    author: one.op.author,
    time: one.op.client_time,
    hides: Boolean(one.op.withheld),
  }));
}

function seq(entry) {
  return entry.server_seq ?? Number.MAX_SAFE_INTEGER;
}

function inOrder(one, other) {
  return one.op.op_id < other.op.op_id ? -1 : 1;
}

function stateOf(entries) {
  if (entries.some((entry) => entry.state === "held")) return "action";
  return entries.some((entry) => entry.state === "device") ? "device" : "sent";
}
