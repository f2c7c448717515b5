// Guesses of three kinds: an amount of money, an order, yes or no. Each keeps its guess in whole numbers, `steps`.

const taskKinds = (() => {
  const { h } = dom;
  const pressed = (button, on) => button.setAttribute("aria-pressed", String(on));

  // Even steps in the logarithm from one end to the other.
  function amount(body, task, moved) {
    const STEPS = 100;
    const steps = [STEPS / 2];
    const dollars = () => task.low * (task.high / task.low) ** (steps[0] / STEPS);
    const output = h("output", { class: "large" });
    const input = h("input", { type: "range", min: 0, max: STEPS, step: 1, "aria-label": "Your guess in dollars",
      oninput: () => { steps[0] = Number(input.value); moved(); } });
    // A number for each power of ten, below its place on the track.
    const [first, last] = [task.low, task.high].map((end) => Math.round(Math.log10(end)));
    const round = (power) => (power < 0 ? (10 ** power).toFixed(-power) : say.thousands(10 ** power));
    const ticks = h("p", { class: "ticks", "aria-hidden": "true" },
      Array.from({ length: last - first + 1 }, (_, at) => h("span", {}, `$${round(first + at)}`)));
    body.append(task.prices ? h("p", { class: "hint" }, `Prices: ${task.prices}.`) : "", output, input, ticks);

    function draw({ asking, guessed, moved: touched }) {
      input.value = steps[0];
      input.disabled = !asking;
      output.hidden = input.hidden = ticks.hidden = !asking && !guessed;
      output.textContent = touched || (guessed && !asking) ? say.dollars(dollars()) : "$ ?";
      input.setAttribute("aria-valuetext", say.dollars(dollars()));
    }
    const verdict = () => `In the records it is ${task.text}; you said ${say.dollars(dollars())}, ` +
      `${say.times(dollars(), task.truth, ["much", "little"])}.`;
    return { steps, most: STEPS, draw, verdict };
  }

  // Tapped in order; a second tap takes one back. A step is a place from 1, or 0 for none yet.
  function order(body, task, moved) {
    const steps = task.items.map(() => 0);
    const buttons = task.items.map((item, index) => h("button", { type: "button", class: "ranked",
      onclick: () => tap(index) }, h("b", {}), h("span", {}, item.plain ?? item.label, h("small", {}))));
    body.append(h("div", { class: "ranks" }, buttons));

    function tap(index) {
      const place = steps[index];
      if (place) steps.forEach((own, at) => { if (own >= place) steps[at] = own === place ? 0 : own - 1; });
      else steps[index] = Math.max(...steps) + 1;
      moved();
    }

    const right = () => {
      const truth = task.items.map((item) => task.items.filter((other) => other.truth > item.truth).length + 1);
      return { truth, matched: steps.filter((own, at) => own === truth[at]).length };
    };

    function draw({ asking, guessed }) {
      const { truth } = right();
      buttons.forEach((button, at) => {
        button.disabled = !asking;
        pressed(button, steps[at] > 0);
        button.querySelector("b").textContent = asking || guessed ? steps[at] || "·" : truth[at];
        const { label, plain, text } = task.items[at];
        const found = asking ? "" : `${text}, place ${truth[at]} of ${truth.length}`;
        button.querySelector("small").textContent = [plain && label, found].filter(Boolean).join(": ");
      });
    }
    const complete = () => steps.every((own) => own > 0);
    const verdict = () => `${right().matched} of ${steps.length} are in the right place.`;
    return { steps, most: steps.length, draw, verdict, complete };
  }

  // A step is 1 for yes, 2 for no, 0 for neither yet.
  function above(body, task, moved) {
    const steps = [0];
    const words = ["yes, more often", "no"];
    const buttons = words.map((word, at) => h("button", { type: "button",
      onclick: () => { steps[0] = at + 1; moved(); } }, word));
    body.append(h("p", { class: "buttons" }, buttons));

    function draw({ asking }) {
      buttons.forEach((button, at) => {
        button.disabled = !asking;
        pressed(button, steps[0] === at + 1);
        button.textContent = asking || (at === 0) !== task.truth ? words[at] : `${words[at]} (right)`;
      });
    }
    const complete = () => steps[0] > 0;
    const verdict = () => `You are ${(steps[0] === 1) === task.truth ? "right" : "wrong"}: ${task.text}.`;
    return { steps, most: 2, draw, verdict, complete };
  }

  return { amount, order, above };
})();
