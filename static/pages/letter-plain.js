// Marks in the text of a paragraph what could be plainer, and says the figures beside it. What is marked comes
// from the server with each save (docs/letter-editor.md): typing waits for nothing, and marks move with the text.

class PlainText {
  constructor(form) {
    this.box = form.querySelector("textarea");
    this.side = form.closest(".passage")?.querySelector("[data-plain-side]");
    this.text = this.box.value;
    this.marks = [];
    this.under = document.createElement("div");
    this.under.className = "passage__marks";
    this.under.setAttribute("aria-hidden", "true");
    this.box.before(this.under);
    this.box.addEventListener("input", () => this.moved());
    this.box.addEventListener("scroll", () => { this.under.scrollTop = this.box.scrollTop; });
    form.addEventListener("autosave:saved", (event) => this.told(event.detail));
    this.shown(PlainText.read(form.dataset.plain));
  }

  static read(places) {
    return places.split(";").filter(Boolean).map((one) => {
      const [kind, begins, ends] = one.split(" ");
      return [kind, Number(begins), Number(ends)];
    });
  }

  // The answer is about what was sent. If more was typed meanwhile, the next answer is on its way.
  told({ body, fields }) {
    if (!body?.plain) return;
    if ((fields?.text ?? "").trim() !== this.box.value.trim()) return;
    const lead = this.box.value.length - this.box.value.trimStart().length;
    this.text = this.box.value;
    this.shown(PlainText.read(body.plain.marks).map(([kind, begins, ends]) => [kind, begins + lead, ends + lead]));
    if (!this.side) return;
    this.side.hidden = !body.plain.figure && body.plain.lines.length === 0;
    this.side.querySelector("[data-plain-figure]").textContent = body.plain.figure;
    this.side.querySelector("[data-plain-count]").textContent = String(body.plain.lines.length);
    this.side.querySelector("[data-plain-more]").hidden = body.plain.lines.length === 0;
    this.side.querySelector("[data-plain-lines]").replaceChildren(...body.plain.lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }));
  }

  // What was typed in goes, with every mark it touches; marks after it follow the text.
  moved() {
    const now = this.box.value;
    let begins = 0;
    while (begins < now.length && begins < this.text.length && now[begins] === this.text[begins]) begins += 1;
    const most = Math.min(now.length, this.text.length) - begins;
    let ends = 0;
    while (ends < most && now[now.length - 1 - ends] === this.text[this.text.length - 1 - ends]) ends += 1;
    const changed = this.text.length - ends;
    const further = now.length - this.text.length;
    this.text = now;
    this.shown(this.marks
      .filter(([, from, to]) => to < begins || from > changed)
      .map(([kind, from, to]) => (from > changed ? [kind, from + further, to + further] : [kind, from, to])));
  }

  shown(marks) {
    this.marks = marks;
    const parts = [];
    let at = 0;
    for (const [kind, begins, ends] of PlainText.innermost(marks)) {
      if (begins < at || ends > this.text.length) continue;
      parts.push(document.createTextNode(this.text.slice(at, begins)));
      const mark = document.createElement("mark");
      mark.className = "plain";
      mark.dataset.kind = kind;
      mark.textContent = this.text.slice(begins, ends);
      parts.push(mark);
      at = ends;
    }
    parts.push(document.createTextNode(`${this.text.slice(at)}\n`));
    this.under.replaceChildren(...parts);
  }

  // A long sentence gives room to the words that are marked in it: its mark is cut around them.
  static innermost(marks) {
    const small = marks.filter(([kind]) => kind !== "long");
    const pieces = [...small];
    for (const [kind, begins, ends] of marks.filter(([name]) => name === "long")) {
      let at = begins;
      for (const [, from, to] of small.filter(([, from, to]) => from >= begins && to <= ends)) {
        if (from > at) pieces.push([kind, at, from]);
        at = Math.max(at, to);
      }
      if (at < ends) pieces.push([kind, at, ends]);
    }
    return pieces.sort((one, other) => one[1] - other[1]);
  }
}

for (const form of document.querySelectorAll("form[data-plain]")) new PlainText(form);
