// The one thing to do in a chapter: a guess that is committed before it is compared, a row to choose, a cliff to find.

const tasks = (() => {
  const { h, s } = dom;
  const GUESSES = { curve: taskCurve.make, amount: taskKinds.amount, order: taskKinds.order, above: taskKinds.above };
  const button = (text, onclick, kind) => h("button", { type: "button", onclick, class: kind }, text);

  // Steps from the address, if they can be a guess of this widget.
  function recall(name, { steps, most }) {
    const kept = state.list(name).map(Number);
    const sound = (step) => Number.isInteger(step) && step >= 0 && step <= most;
    if (kept.length !== steps.length || !kept.every(sound)) return false;
    kept.forEach((step, at) => { steps[at] = step; });
    return true;
  }

  // Where the figure will be, for as long as it waits; returns what shows one of the two.
  function waiting(figure, what) {
    const place = h("p", { class: "waits" }, `The figure waits for your ${what}.`);
    figure?.before(place);
    return (shown) => { if (figure) [figure.hidden, place.hidden] = [!shown, shown]; };
  }

  // What is guessed is kept as `g-` and the chapter's name; what is open is kept by the chapters.
  function guess(host, name, task) {
    const key = `g-${name}`;
    const body = h("div", { class: "body" });
    const verdict = h("p", { class: "verdict", role: "status" });
    const commit = button("Compare", () => open(true), "main");
    const skip = button("Just show me", () => open(false));
    const again = button("Guess again", () => { chapters.set(name, false); commit.focus(); });
    host.append(h("p", { class: "prompt" }, task.prompt), body, h("p", { class: "buttons" }, commit, skip, again),
      verdict);
    const figure = chapters.figure(name);
    const reveal = task.kind === "curve" ? () => {} : waiting(figure, "guess");
    const widget = GUESSES[task.kind](body, task, moved, figure);
    let touched = recall(key, widget);

    function moved() {
      touched = true;
      state.setList(key, widget.steps);
      draw(chapters.isOpen(name));
    }

    function draw(shown) {
      const guessed = touched && (widget.complete?.() ?? true);
      widget.draw({ asking: !shown, guessed: shown ? guessed : true, moved: touched });
      commit.hidden = skip.hidden = shown;
      commit.disabled = !guessed;
      again.hidden = !shown;
      verdict.textContent = shown && guessed ? widget.verdict() : "";
      reveal(shown);
    }

    function open(guessed) {
      if (!guessed) { touched = false; state.set(key, ""); }
      chapters.set(name, true);
      again.focus({ preventScroll: true });
    }

    chapters.hold(name, draw);
  }

  // Rows of the chapter's table, one at a time.
  function choose(host, name, task) {
    const key = `c-${name}`;
    let chosen = state.number(key, 0, task.rows.length - 1, -1);
    const says = h("dl", { class: "says" });
    const buttons = task.rows.map((row, at) => button(row.plain ?? row.name, () => {
      chosen = at;
      state.set(key, at);
      chapters.set(name, true);
      draw();
      // On a telephone what it says would lie below the screen.
      says.scrollIntoView({ block: "nearest" });
    }));
    host.append(h("p", { class: "prompt" }, task.prompt), h("p", { class: "buttons choice" }, buttons),
      h("div", { role: "status" }, says));
    chapters.hold(name, waiting(chapters.figure(name), "choice"));

    function draw() {
      buttons.forEach((own, at) => own.setAttribute("aria-pressed", String(at === chosen)));
      says.replaceChildren(...(task.rows[chosen]?.says ?? []).map(([what, value]) =>
        h("div", {}, h("dt", {}, what), h("dd", {}, value))));
    }
    draw();
  }

  // A line to move along the figure, to the last place before a curve falls; where it does is drawn then.
  function cliff(host, name, task) {
    const key = `c-${name}`;
    let at = state.number(key, 0, task.last, Math.round(task.last / 2));
    const own = plot.charts(chapters.figure(name)).map((svg) => {
      const [line, found] = [s("path", { class: "guessed" }), s("path", { class: "found" })];
      svg.prepend(found);
      svg.append(line);
      return { line, found, scale: plot.of(svg) };
    });
    const output = h("output", { class: "large" });
    const input = h("input", { type: "range", min: 0, max: task.last, step: 1, "aria-label": "Place of the line",
      oninput: () => {
        at = Number(input.value);
        verdict.textContent = "";
        state.set(key, at);
        count.disabled = false;
        draw();
      } });
    const verdict = h("p", { class: "verdict", role: "status" });
    const fires = `after number ${task.truth}, so ${task.truth} of its units fire; one that never does adds nothing.`;
    const count = button("It falls here", () => {
      const way = at < task.truth ? "right" : "left";
      verdict.textContent = at === task.truth ? `Yes: ${fires}` : `Not quite. It falls further ${way}: ${fires}`;
      chapters.set(name, true);
    }, "main");
    count.disabled = state.get(key) === "";
    const skip = button("Just show me", () => {
      verdict.textContent = `It falls ${fires}`;
      at = task.truth;
      draw();
      chapters.set(name, true);
    });
    host.append(h("p", { class: "prompt" }, task.prompt), output, input, h("p", { class: "buttons" }, count, skip),
      verdict);
    // The title says what was counted.
    const title = chapters.figure(name).querySelector("figcaption");
    chapters.hold(name, (shown) => {
      title.hidden = !shown;
      skip.hidden = shown;
      own.forEach(({ found }) => found.toggleAttribute("hidden", !shown));
    });

    const upright = (scale, place) => `M${scale.x(place)},${scale.top}V${scale.bottom}`;
    for (const { found, scale } of own) found.setAttribute("d", upright(scale, task.truth));

    function draw() {
      input.value = at;
      output.textContent = at;
      for (const { line, scale } of own) line.setAttribute("d", upright(scale, at));
    }
    draw();
  }

  function make(name, task) {
    const host = document.querySelector(`[data-task="${name}"]`);
    host.hidden = false;
    // Where the hand is in the figure, a narrow screen shows the figure first.
    host.closest(".stage").classList.toggle("in-figure", ["curve", "cliff"].includes(task.kind));
    if (task.kind in GUESSES) guess(host, name, task);
    else if (task.kind === "choose") choose(host, name, task);
    else cliff(host, name, task);
  }

  return { make };
})();
