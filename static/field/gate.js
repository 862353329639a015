// The children come first: the rule of the order of talks, for a device without network.
// The same rule as inspect/rules/interview_order.py; both are held against tests/vectors/gate.json.

const BEFORE_VISIT = new Set(["planned", "prepared"]);
const RECORDING = new Set(["children", "other_talks", "documents", "weighing"]);
const OVER = new Set(["closed", "archived"]);

/** Why nothing can be recorded but what children tell: a list of keys, empty when everything can. */
export function refusedRecord(facts) {
  if (BEFORE_VISIT.has(facts.state)) return ["before_visit"];
  if (OVER.has(facts.state)) return ["over"];
  return RECORDING.has(facts.state) ? [] : ["handed_over"];
}

/** Why nothing can be recorded of the children. */
export function refusedChildren(facts) {
  return BEFORE_VISIT.has(facts.state) || OVER.has(facts.state) ? refusedRecord(facts) : [];
}

/** Is every child to be offered a talk before talks of this kind? The gate of the pack says. */
export function waitsForChildren(facts, informant) {
  return facts.before.includes(informant);
}

/** Why a talk of this kind cannot begin now: keys, in the order of the rule; empty when it can. */
export function refusedTalk(facts, informant) {
  const shut = informant === "child" ? refusedChildren(facts) : refusedRecord(facts);
  if (shut.length || !waitsForChildren(facts, informant)) return shut;
  if (facts.acute || facts.overridden) return [];
  const reasons = [];
  if (!facts.children_confirmed) reasons.push("list_open");
  if (facts.without_outcome.length) reasons.push("children_wait");
  return reasons;
}

/** Is a talk that begins now held with somebody who should wait until every child has an outcome? */
export function isBeforeChildren(facts, informant) {
  return (
    waitsForChildren(facts, informant) &&
    (!facts.children_confirmed || facts.without_outcome.length > 0)
  );
}

/**
 * What the rule looks at, from what a device holds.
 * `bundle`: {inspection: {state}, gate: {before}, residents: [{id, person}]}.
 * `documents(kind)`: [{id, fields: {name: {value}}}], as core.documents gives them.
 */
export function factsOf(bundle, documents) {
  const [visit] = documents("visit");
  const said = (name) => visit?.fields[name]?.value;
  const started = said("started") === true;
  const names = new Map(bundle.residents.map((one) => [one.id, one.person]));
  const overrides = said("override");
  const { state } = bundle.inspection;
  return {
    state: state === "prepared" && started ? "children" : state,
    before: bundle.gate.before,
    children_confirmed: said("children_confirmed") === true,
    without_outcome: documents("child")
      .filter((one) => isThere(one) && !one.fields.outcome?.value)
      .map((one) => names.get(one.id) ?? one.id),
    overridden: Array.isArray(overrides) ? overrides.length > 0 : Boolean(overrides),
    acute: documents("acute").some((one) => one.fields.step?.value?.reported_to),
  };
}

/** A child stays in the list until its place there is taken back. */
function isThere(child) {
  return Number.isInteger(child.fields.added?.value);
}
