// Predict, then reveal: the reader commits to a guess before a chapter shows what was found, or asks to be shown.

const guessing = (() => {
  const { h, slider } = dom;

  // A curve to draw: a sketch to drag in, and a slider for each handle that says the same.
  function curve(host, guess, moved) {
    const chart = h("div", { class: "chart" });
    const sample = ({ colour }, text) => h("span", { style: `--actor:${colour}` }, h("span", { class: "line" }), text);
    const guessKey = h("span", {}, h("span", { class: "line dashed" }), `your guess: ${guess.line.label}`);
    const truthKey = sample(guess.line, `in the records: ${guess.line.label}`);
    const key = h("p", { class: "key", "aria-hidden": "true" },
      guessKey,
      guess.given && sample(guess.given, `given: ${guess.given.label}`),
      truthKey);
    host.append(key, chart);
    const drawing = sketch.make(chart, guess, (index, share) => moved(index, Math.round(100 * share)));
    const sliders = guess.handles.map((x, index) => slider({
      label: `${say.thousands(x)} ${guess.unit}`, min: 0, max: 100, step: 1, value: 50,
      says: (step) => say.percent(step / 100, 0), oninput: (step) => moved(index, step),
    }));
    const all = h("div", { class: "sliders" }, sliders.map((made) => made.row));
    host.append(all);

    const truth = (x) => guess.line.points.find((point) => point.x === x).mean;
    function draw(steps, shows) {
      drawing.draw(steps.map((step) => step / 100), shows);
      truthKey.hidden = !shows.truth;
      guessKey.hidden = all.hidden = !shows.guessed;
      sliders.forEach((made, index) => {
        made.show(steps[index]);
        made.input.disabled = !shows.open;
      });
    }

    // Where the guessed curve first reaches the level, even steps in the logarithm between its handles.
    function crossing(steps) {
      const level = 100 * guess.threshold;
      const at = steps.findIndex((step) => step >= level);
      if (at <= 0) return at === 0 ? guess.handles[0] : null;
      const part = (level - steps[at - 1]) / (steps[at] - steps[at - 1]);
      return guess.handles[at - 1] * (guess.handles[at] / guess.handles[at - 1]) ** part;
    }

    function verdict(steps) {
      const off = guess.handles.map((x, index) => steps[index] / 100 - truth(x));
      const mean = off.reduce((sum, size) => sum + Math.abs(size), 0) / off.length;
      // The place that the title of the page speaks of, if it is one of the handles; else the furthest off.
      const hundred = guess.handles.indexOf(100);
      const furthest = off.reduce((most, size, at) => (Math.abs(size) > Math.abs(off[most]) ? at : most), 0);
      const told = hundred >= 0 ? hundred : furthest;
      const x = guess.handles[told];
      const words = [`On average your curve is ${(100 * mean).toFixed(0)} points off.`,
        `With ${say.thousands(x)} ${guess.unit} it was ${say.percent(truth(x))}; you said ` +
        `${say.percent(steps[told] / 100, 0)}, ${say.points(off[told])}.`];
      if (guess.threshold && guess.reached) {
        const own = crossing(steps);
        const where = own ? `at about ${say.about(own)} ${guess.unit}` : "nowhere";
        words.push(`Your curve reaches ${say.percent(guess.threshold, 0)} ${where}; in the records it took ` +
          `${guess.reached}.`);
      }
      return words.join(" ");
    }

    return { draw, verdict, start: guess.handles.map(() => 50), largest: 100 };
  }

  function rows(host, guess, moved) {
    const made = amounts.make(host, guess, moved);
    return { ...made, start: guess.rows.map(() => amounts.STEPS / 2), largest: amounts.STEPS };
  }

  // Steps from the address, if they can be a guess of this widget.
  function remembered(name, { start, largest }) {
    const steps = state.list(name).map(Number);
    const sound = (step) => Number.isInteger(step) && step >= 0 && step <= largest;
    return steps.length === start.length && steps.every(sound) ? steps : null;
  }

  // `reveal(shown)` shows or hides what was found. What is open is kept as `open`, a guess as `g-` and its chapter.
  function make(host, name, guess, reveal) {
    const key = `g-${name}`;
    const body = h("div", { class: "body" });
    const words = h("p", { class: "verdict", role: "status" });
    const button = (text, onclick) => h("button", { type: "button", onclick }, text);
    const commit = button("Compare with the records", () => open(true));
    const skip = button("Just show me", () => open(false));
    const again = button("Guess again", () => close());
    commit.classList.add("main");
    host.append(h("h3", {}, "Your guess"), h("p", {}, guess.prompt), body,
      h("p", { class: "buttons" }, commit, skip, again), words);

    const widget = (guess.kind === "curve" ? curve : rows)(body, guess, moved);
    let steps = remembered(key, widget) ?? widget.start.slice();
    const isOpen = () => state.list("open").includes(name);

    function moved(index, step) {
      steps[index] = step;
      state.setList(key, steps);
      draw();
    }

    function draw() {
      const shown = isOpen();
      const guessed = !shown || state.get(key) !== "";
      widget.draw(steps, { truth: shown, guessed, open: !shown });
      commit.hidden = skip.hidden = shown;
      again.hidden = !shown;
      words.textContent = shown && guessed ? widget.verdict(steps) : "";
      reveal(shown);
    }

    // A reader who compares without having moved anything has guessed what was there.
    function open(guessed) {
      if (guessed) state.setList(key, steps);
      else state.set(key, "");
      state.setList("open", [...state.list("open").filter((other) => other !== name), name]);
      draw();
      (guessed ? again : skip.closest(".guess")).focus({ preventScroll: true });
    }

    function close() {
      state.setList("open", state.list("open").filter((other) => other !== name));
      draw();
      commit.focus();
    }

    host.hidden = false;
    host.tabIndex = -1;
    draw();
    return { draw };
  }

  return { make };
})();
