// Be the expert: three suspects drawn from all that were recorded; the reader judges each, and only then learns who
// they were and what the test says. The score goes on from line-up to line-up.

const expert = (() => {
  const { h } = dom;
  const SIZE = 3, COPIED = "c", OWN = "o", ASKED = "It asked", NEVER = "It never asked";
  const TITLES = ["agreement on new points", "agreement far from the data", "the same mistakes", "probes"];
  const WHY = {
    "shared-data": "It never asked, but it learned from the same data as the teacher. The test shows a tie to the " +
      "teacher or to its data; it does not show which.",
    ensemble: "Several good models that answer as one are close to any good model: closeness without contact.",
    "innocent-large": "A larger model agrees more because it is better, not because it asked.",
    scraped: "It asked for a tenth of its data; the rest had true labels.",
  };

  // P-values of several suspects at once, adjusted (Holm 1979).
  function holm(values) {
    const order = values.map((p, at) => [p, at]).sort((a, b) => a[0] - b[0]);
    const adjusted = [];
    order.reduce((least, [p, at], rank) => {
      adjusted[at] = Math.max(least, Math.min(1, p * (values.length - rank)));
      return adjusted[at];
    }, 0);
    return adjusted;
  }

  // A suspect's share on one measure, on a scale with the band of reference models.
  function clue({ value, low, high }, title, [from, to]) {
    const place = (share) => `${100 * (share - from) / (to - from)}%`;
    const where = value > high ? "above" : value < low ? "below" : "within";
    return h("div", { class: "clue" }, h("span", { class: "measure" }, title),
      h("span", { class: "scale", "aria-hidden": "true" },
        h("span", { class: "band", style: `left:${place(low)};right:calc(100% - ${place(high)})` }),
        h("span", { class: "pin", style: `left:${place(value)}` })),
      h("small", {}, `${say.percent(value)}, ${where} ${say.percent(low)} to ${say.percent(high)}`));
  }

  // One scale for each measure, so that suspects can be compared.
  const scales = (suspects) => suspects[0].evidence.map((_, at) => {
    const values = suspects.flatMap(({ evidence }) => [evidence[at].value, evidence[at].low, evidence[at].high]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const air = (most - least) * 0.08 || 0.01;
    return [least - air, most + air];
  });

  function make(host, data, chapter) {
    const all = data.suspects.length;
    const size = Math.min(SIZE, all);
    // Who stands in the line-up, how each was judged, and the score of line-ups before: right, by the test, in all.
    let drawn = [], judged = [], score = [0, 0, 0], shown = false;
    const seen = new Set();
    const button = (text, onclick, kind) => h("button", { type: "button", onclick, class: kind }, text);
    const reveal = button("Who were they?", open, "main");
    const next = button("Next line-up", draw, "main");
    const skip = button("Just show me", open);
    const verdict = h("p", { class: "verdict", role: "status" });
    const cards = h("div", { class: "suspects" });
    host.querySelector("[data-expert-text]").replaceWith(
      h("p", { class: "prompt" }, "Decide for each suspect: did it ask your model?"),
      h("p", { class: "hint" }, "Grey: where 90 % of independent models of the same size and budget lie, so that one " +
        "in ten lies outside. Diamond: the suspect. Probes are points to which " +
        "most independent models give one answer and your model another: a copy " +
        "gives yours more often, so that a diamond at the right of the grey is suspicious."),
      cards, h("p", { class: "buttons" }, reveal, next, skip), verdict);

    function read() {
      const kept = state.list("x").map(Number);
      const sound = kept.length === size && kept.every((at) => Number.isInteger(at) && at >= 0 && at < all);
      if (!sound) return false;
      drawn = kept;
      const marks = state.list("xv");
      judged = drawn.map((_, at) => ([COPIED, OWN].includes(marks[at]) ? marks[at] : ""));
      const counts = state.list("xs").map(Number);
      if (counts.length === 3 && counts.every((own) => Number.isInteger(own) && own >= 0)) score = counts;
      shown = state.get("xo") === "1";
      return true;
    }

    function write() {
      state.setList("x", drawn);
      state.setList("xv", judged.map((own) => own || "-"));
      state.setList("xs", score);
      state.set("xo", shown ? "1" : "");
    }

    // Those that have not stood here yet, as long as there are some.
    function draw() {
      if (shown) score = total();
      let rest = data.suspects.map((_, at) => at).filter((at) => !seen.has(at));
      if (rest.length < size) rest = data.suspects.map((_, at) => at);
      drawn = Array.from({ length: size }, () => rest.splice(Math.floor(Math.random() * rest.length), 1)[0]);
      for (const at of drawn) seen.add(at);
      [judged, shown] = [drawn.map(() => ""), false];
      write();
      build();
    }

    const suspects = () => drawn.map((at) => data.suspects[at]);
    const truths = () => drawn.map((at) => data.answers[at].questions > 0);
    const tests = () => holm(suspects().map((own) => own.p_value)).map((p) => p <= data.level + 1e-6);

    // A line-up that was only shown counts for nobody.
    function total() {
      if (!judged.every(Boolean)) return score;
      const right = (says) => truths().filter((truth, at) => says[at] === truth).length;
      return [score[0] + right(judged.map((own) => own === COPIED)), score[1] + right(tests()), score[2] + size];
    }

    function open() {
      shown = true;
      write();
      update();
      chapters.set(chapter, true);
      next.focus({ preventScroll: true });
    }

    function judge(at, mark) {
      judged[at] = mark;
      write();
      update();
    }

    function told(at) {
      const { arm, made } = data.answers[drawn[at]];
      const [truth, test] = [truths()[at], tests()[at]];
      const right = (says) => (says === truth ? "right" : "wrong");
      return [h("p", {}, h("strong", {}, truth ? ASKED : NEVER), `: ${made}.`),
        h("p", {}, judged[at] && `You are ${right(judged[at] === COPIED)}. `, `The test, which looks at the probes ` +
          `alone, ${test ? "accuses" : "does not accuse"} it: ${right(test)}.`), WHY[arm] && h("p", {}, WHY[arm])];
    }

    function build() {
      const ranges = scales(suspects());
      cards.replaceChildren(...suspects().map((own, at) => h("fieldset", {}, h("legend", {}, `Suspect ${at + 1}`),
        h("small", {}, `${say.thousands(own.examples)} examples, ${say.thousands(own.probes)} probes`),
        own.evidence.map((measure, of) => clue(measure, TITLES[of] ?? measure.measure, ranges[of])),
        h("p", { class: "buttons" }, button(ASKED, () => judge(at, COPIED)),
          button(NEVER, () => judge(at, OWN))),
        h("div", { class: "told" }))));
      update();
    }

    function update() {
      [...cards.children].forEach((card, at) => {
        const [copied, own] = card.querySelectorAll("button");
        copied.setAttribute("aria-pressed", String(judged[at] === COPIED));
        own.setAttribute("aria-pressed", String(judged[at] === OWN));
        copied.disabled = own.disabled = shown;
        card.querySelector(".told").replaceChildren(...(shown ? told(at) : []).filter(Boolean));
      });
      reveal.hidden = shown;
      reveal.disabled = !judged.every(Boolean);
      next.hidden = !shown;
      skip.hidden = chapters.isOpen(chapter);
      const [right, test, count] = shown ? total() : score;
      verdict.textContent = count ? `Your score: ${right} of ${count} right. The test: ${test} of ${count}.` : "";
    }

    if (read()) build();
    else draw();
    chapters.hold(chapter, update, true);
  }

  return { make };
})();
