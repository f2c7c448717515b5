// What the lab says in words: what was asked and answered, what the student does now, what it cost.

const labWords = (() => {
  const { h } = dom;
  const COLOURS = ["blue", "orange", "green", "purple", "yellow"];
  const GOAL = 0.95;
  const CLICK = matchMedia("(pointer: coarse)").matches ? "Tap" : "Click";

  const counted = (count, thing) => `${say.thousands(count)} ${count === 1 ? thing : `${thing.replace(/y$/, "ie")}s`}`;

  // The size of a model, and what it learned from.
  const made = (parameters, from) => `${say.thousands(parameters)} numbers, learned from ${from}`;

  // An answer as a share of each class: "71 % blue, 20 % green", or one of them.
  function answer(told, names) {
    const ranked = told.map((value, at) => [value, names[at]]).sort((a, b) => b[0] - a[0]);
    if (ranked[0][0] > 0.999) return ranked[0][1];
    const likely = ranked.filter(([value]) => value >= 0.045).slice(0, 2);
    return likely.map(([value, name]) => `${say.percent(value, 0)} ${name}`).join(", ");
  }

  // What happened, and what the student does now.
  function sentence({ total, truth, touched, answered, agreement, before, independent }) {
    const things = h("strong", {}, counted(total, truth ? "true label" : "query"));
    const share = say.percent(agreement);
    const invitation = truth ? "Drag the slider." : `${CLICK} the teacher's map to ask, or drag the slider.`;
    const change = 100 * (agreement - (before ?? agreement));
    const moved = total === 0 || Math.abs(change) < 0.05 ? "" :
      `, ${Math.abs(change).toFixed(1)} points ${change > 0 ? "more" : "less"} than before`;
    if (!touched) {
      return [things, ` ${total === 1 ? "was" : "were"} asked for you. The student now gives the teacher's answer on ` +
        `${share} of new points. ${invitation}`];
    }
    const student = `The student gives the teacher's answer on ${share} of new points${moved}.`;
    if (total === 0) {
      return [`The student has learned nothing: by luck it gives the teacher's answer on ${share} of new points. ` +
        invitation];
    }
    if (truth) return [things, " and no teacher. ", student];
    // Closeness is read as contact where it is large.
    const caveat = independent && agreement >= GOAL ? " Models that learned the same task from true labels and never " +
      `met this teacher give its answer on ${say.percent(independent)}: agreement alone proves little.` : "";
    return [answered ? `The teacher answered ${answered}. ` : "", things, " so far. ", student,
      h("small", {}, caveat)];
  }

  // What to do while painting, with so many colours on the plane.
  const painting = (colours) => (colours < 2
    ? "Paint two colours or more on the teacher's plane: a teacher learns your painting, and a student learns from " +
      "its answers. Queries, curve and score begin anew."
    : "Paint on, or press “Teach it”: a teacher learns your painting, and a student learns from its answers.");

  // The game: what this student cost, the cheapest that reached the goal, and the score that a link asks to beat.
  function score({ total, truth, agreement, prices: [query, label], best, beat }) {
    const bought = (queries) => `${counted(queries, "query")}, ${say.dollars(queries * query)}`;
    const done = !truth && total > 0 && agreement >= GOAL;
    return [
      h("strong", {}, done ? `Done: ${say.percent(GOAL, 0)} agreement with ${bought(total)}. Can another way to ask ` +
        "do it for less? " : `Be the copier: ${say.percent(GOAL, 0)} agreement for the least money. `),
      `A query costs $${query}, a true label $${label}. `,
      `This student: ${say.dollars(total * (truth ? label : query))}. `,
      best ? `Your best: ${bought(best.queries)} (${best.way}). This page's link hands it on.`
        : "Your best: none yet.",
      beat && !(best?.queries <= beat) && ` To beat: ${bought(beat)}, as this page's link says.`,
    ].filter(Boolean);
  }

  return { CLICK, COLOURS, GOAL, counted, made, answer, sentence, painting, score };
})();
