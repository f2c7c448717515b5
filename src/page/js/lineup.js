// Guilty or innocent? The reader judges each suspect, and only then learns who they were and what the test said.

const lineup = (() => {
  const { h, radios } = dom;
  const GUILTY = "g", INNOCENT = "i";

  // A suspect's share on one measure, on a scale with the band of reference models.
  function clue({ measure, value, low, high }, [from, to]) {
    const place = (share) => `${100 * (share - from) / (to - from)}%`;
    const where = value > high ? "above" : value < low ? "below" : "within";
    return h("div", { class: "clue" },
      h("span", { class: "measure" }, measure),
      h("span", { class: "scale", "aria-hidden": "true" },
        h("span", { class: "band", style: `left:${place(low)};right:calc(100% - ${place(high)})` }),
        h("span", { class: "pin", style: `left:${place(value)}` })),
      h("span", { class: "words" },
        `${say.percent(value)}, ${where} the reference models' ${say.percent(low)} to ${say.percent(high)}`));
  }

  // One scale for each measure, so that suspects can be compared.
  function scales(suspects) {
    return suspects[0].evidence.map((_, at) => {
      const values = suspects.flatMap(({ evidence }) => [evidence[at].value, evidence[at].low, evidence[at].high]);
      const [least, most] = [Math.min(...values), Math.max(...values)];
      const air = (most - least) * 0.08 || 0.01;
      return [least - air, most + air];
    });
  }

  function make(host, data) {
    const known = state.list("q");
    const judged = data.suspects.map((_, at) => ([GUILTY, INNOCENT].includes(known[at]) ? known[at] : "-"));
    const asked = (answer) => answer.questions > 0;
    const ranges = scales(data.suspects);

    const cards = data.suspects.map((suspect, at) => {
      const told = h("div", { class: "told" });
      const { group } = radios({
        legend: `Suspect ${suspect.name}`, name: `q-${at}`, value: judged[at],
        choices: [[GUILTY, "learned from the teacher's answers"], [INNOCENT, "did not"]],
        onchange: (value) => { judged[at] = value; keep(); },
      });
      const clues = suspect.evidence.map((own, measure) => clue(own, ranges[measure]));
      group.querySelector("legend").after(h("div", { class: "clues" }, clues));
      group.append(told);
      return { group, told };
    });
    const reveal = h("button", { type: "button", class: "main", onclick: () => open(true) }, "Who were they?");
    const skip = h("button", { type: "button", onclick: () => open(true) }, "Just show me");
    const again = h("button", { type: "button", onclick: () => open(false) }, "Judge again");
    const verdict = h("p", { class: "verdict", role: "status" });
    host.querySelector("[data-lineup-text]").replaceWith(
      h("p", { class: "key" }, "Grey: nine of ten reference models. Diamond: the suspect."),
      h("div", { class: "suspects" }, cards.map(({ group }) => group)),
      h("p", { class: "buttons" }, reveal, skip, again), verdict);
    host.querySelector("[data-lineup-answers]").remove();

    function keep() {
      state.setList("q", judged);
      draw();
    }

    function open(shown) {
      state.set("who", shown ? "shown" : "");
      draw();
      (shown ? again : reveal).focus({ preventScroll: true });
    }

    function told(at) {
      const { made, accused } = data.answers[at];
      const { adjusted } = data.suspects[at];
      const truth = asked(data.answers[at]);
      const own = judged[at] === "-" ? null : (judged[at] === GUILTY) === truth;
      const name = truth ? "Learned from the teacher's answers" : "Did not learn from the teacher's answers";
      return [
        h("p", {}, h("strong", {}, name), `: ${made}.`),
        h("p", {}, own === null ? "You did not judge. " : `You were ${own ? "right" : "wrong"}. `,
          `The test ${accused ? "accuses" : "does not accuse"} it (p = ${adjusted.toFixed(3)} after Holm's ` +
          `correction): ${accused === truth ? "right" : "wrong"}.`),
      ];
    }

    function draw() {
      const shown = state.get("who") === "shown";
      const complete = judged.every((one) => one !== "-");
      cards.forEach(({ group, told: place }, at) => {
        place.replaceChildren(...(shown ? told(at) : []));
        for (const input of group.querySelectorAll("input")) input.disabled = shown;
      });
      reveal.hidden = shown;
      reveal.disabled = !complete;
      skip.hidden = shown || complete;
      again.hidden = !shown;
      const right = (says) => data.answers.filter((answer, at) => says(answer, at) === asked(answer)).length;
      const reader = right((_, at) => (judged[at] === "-" ? null : judged[at] === GUILTY));
      const test = `the test ${right((answer) => answer.accused)} of ${judged.length}`;
      const any = judged.some((one) => one !== "-");
      const score = any ? `You judged ${reader} rightly, ${test}.` : `Rightly judged by ${test}.`;
      verdict.textContent = !shown ? "" : `${score} The test shows dependence, not copying: what a model ` +
        "shares with the teacher it may have from the same data.";
    }

    draw();
  }

  return { make };
})();
