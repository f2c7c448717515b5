// What the lab says in words: what was asked and answered, what the student does now, what it cost.

const labWords = (() => {
  const { h } = dom;
  const COLOURS = ["blue", "orange", "green", "purple", "yellow"];
  const GOAL = 0.95;

  const counted = (count, thing) => `${say.thousands(count)} ${count === 1 ? thing : `${thing.replace(/y$/, "ie")}s`}`;

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
    const change = 100 * (agreement - (before ?? agreement));
    const moved = Math.abs(change) < 0.05 ? "" :
      `, ${Math.abs(change).toFixed(1)} points ${change > 0 ? "more" : "less"} than before`;
    if (!touched) {
      return [things, ` ${total === 1 ? "was" : "were"} asked for you. The student now gives the teacher's answer on ` +
        `${share} of new points. Click the teacher's map to ask about a point, or drag the slider.`];
    }
    const student = `The student gives the teacher's answer on ${share} of new points${moved}.`;
    if (total === 0) return ["Nothing is known yet. ", student];
    if (truth) return [things, " and no teacher. ", student];
    // Closeness is read as contact where it is large.
    const caveat = independent && agreement >= GOAL ? " Models that learned the same task from true labels and never " +
      `met this teacher give its answer on ${say.percent(independent)}: agreement alone proves little.` : "";
    return [answered ? `The teacher answered ${answered}. ` : "", things, " so far. ", student,
      h("small", {}, caveat)];
  }

  // The game: what this student cost, the cheapest that reached the goal, and the score that a link asks to beat.
  function score({ total, truth, prices: [query, label], best, beat }) {
    const price = `$${query} a query, $${label} a true label`;
    const found = best ? `${counted(best.queries, "query")} (${say.dollars(best.queries * query)}), ${best.way}` :
      "none yet";
    const other = beat ? ` To beat: ${counted(beat, "query")} (${say.dollars(beat * query)}), from your link.` : "";
    return `Be the copier: reach ${say.percent(GOAL, 0)} for the least money (${price}). This student: ` +
      `${say.dollars(total * (truth ? label : query))}. Your best: ${found}.${other}`;
  }

  return { COLOURS, GOAL, counted, answer, sentence, score };
})();
