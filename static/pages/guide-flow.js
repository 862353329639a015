// Which questions come up in a talk: the same rule as inspect/rules/guide_flow.py, while notes are taken.
// What is not known hides nothing. `talk`: { noted: Set, themes: Set, ages: "6-12" | "", interpreted: bool | null }.

function agesOf(words) {
  const found = /^(\d{1,3})-(\d{1,3})$/.exec(words);
  return found ? [Number(found[1]), Number(found[2])] : null;
}

const RULES = {
  noted: (condition, talk) => talk.noted.has(condition.question) === condition.noted,
  theme: (condition, talk) => talk.themes.has(condition.theme),
  interpreted: (condition, talk) => talk.interpreted === null || talk.interpreted === condition.interpreted,
  age: (condition, talk) => {
    const ages = agesOf(talk.ages);
    return !ages || condition.bands.some(([first, last]) => first <= ages[1] && ages[0] <= last);
  },
};

export function comesUp(conditions, talk) {
  return conditions.every((condition) => RULES[condition.kind]?.(condition, talk) ?? true);
}

function say(counter, number) {
  const words = number === 0 && counter.dataset.none ? counter.dataset.none
    : number === 1 ? counter.dataset.one : counter.dataset.many;
  return words.replace("{num}", String(number));
}

// Folds what is passed over, opens what has come up, and counts; nothing is taken out of the page.
export function arrange(guide, talk) {
  let left = 0;
  let passed = 0;
  for (const question of guide.querySelectorAll("[data-question]")) {
    const asked = talk.noted.has(question.dataset.question);
    const conditions = question.dataset.onlyIf ? JSON.parse(question.dataset.onlyIf) : [];
    const isPassed = !asked && !comesUp(conditions, talk);
    question.toggleAttribute("data-asked", asked);
    if (question.hasAttribute("data-passed-over") !== isPassed) {
      question.toggleAttribute("data-passed-over", isPassed);
      const fold = question.querySelector(".question__fold");
      if (fold && !fold.contains(document.activeElement)) fold.open = !isPassed;
    }
    if (isPassed) passed += 1;
    else if (!asked) left += 1;
  }
  const counter = guide.querySelector("[data-left]");
  if (counter) counter.textContent = say(counter, left);
  const over = guide.querySelector("[data-passed]");
  if (over) {
    over.hidden = passed === 0;
    over.querySelector("[data-passed-words]").textContent = say(over, passed);
  }
  for (const number of document.querySelectorAll("[data-left-number]")) number.textContent = String(left);
}

// The questions of the inspector's own: `questions` is a list of [text, is it answered].
export function listOwn(guide, questions) {
  const place = guide.querySelector("[data-own-questions]");
  if (!place) return;
  const pattern = place.querySelector("template").content.firstElementChild;
  const lines = [...new Map(questions.toReversed()).entries()].toReversed().map(([text, asked]) => {
    const line = pattern.cloneNode(true);
    line.querySelector("[data-own-text]").textContent = text;
    line.toggleAttribute("data-asked", asked);
    return line;
  });
  place.querySelector("[data-own-list]").replaceChildren(...lines);
  place.hidden = lines.length === 0;
}
