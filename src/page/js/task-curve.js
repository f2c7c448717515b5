// A curve to draw by hand: in the chapter's own figure, with a finger or a mouse, or key by key at its handles.

const taskCurve = (() => {
  const { h, s } = dom;
  const KEYS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };

  function make(body, task, moved, figure) {
    const steps = task.handles.map(() => 50);
    const charts = plot.charts(figure).map((svg) => ({ svg, scale: plot.of(svg), own: s("g", { class: "own" }) }));
    for (const { svg, own } of charts) svg.append(own);
    const hidden = [...figure.querySelectorAll(`.line-${task.line}`), figure.querySelector("figcaption")];
    const hint = h("p", { class: "hint" }, "Draw in the figure, from left to right. By keyboard: go to a point of " +
      "the dashed line, then arrow up or down.");
    body.append(hint);
    let open = true;

    // All handles between two places of a stroke move to it.
    function stroke({ scale }, [from, before], [to, now]) {
      task.handles.forEach((count, index) => {
        const x = scale.x(count);
        const reach = 14;
        if (x < Math.min(from, to) - reach || x > Math.max(from, to) + reach) return;
        const part = from === to ? 1 : Math.min(1, Math.max(0, (x - from) / (to - from)));
        steps[index] = Math.round(100 * scale.share(before + part * (now - before)));
      });
      moved();
    }

    for (const chart of charts) {
      let last = null;
      chart.svg.addEventListener("pointerdown", (event) => {
        if (!open) return;
        event.preventDefault();
        chart.svg.setPointerCapture(event.pointerId);
        last = plot.at(chart.svg, event);
        stroke(chart, last, last);
      });
      chart.svg.addEventListener("pointermove", (event) => {
        if (!open || !last) return;
        const now = plot.at(chart.svg, event);
        stroke(chart, last, now);
        last = now;
      });
      for (const end of ["pointerup", "pointercancel"]) chart.svg.addEventListener(end, () => { last = null; });
    }

    function handle(index, { svg, scale }) {
      const count = `${say.thousands(task.handles[index])} ${task.unit}`;
      return s("circle", {
        class: "handle", r: 7, cx: scale.x(task.handles[index]), cy: scale.y(steps[index] / 100), tabindex: 0,
        role: "slider", "aria-label": count, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": steps[index],
        "aria-valuetext": say.percent(steps[index] / 100, 0), "data-handle": index,
        onkeydown: (event) => {
          const way = KEYS[event.key];
          if (!way) return;
          event.preventDefault();
          steps[index] = Math.min(100, Math.max(0, steps[index] + way));
          moved();
          svg.querySelector(`[data-handle="${index}"]`).focus();
        },
      });
    }

    function draw({ asking, guessed }) {
      open = asking;
      hint.hidden = !asking;
      for (const part of hidden) part?.toggleAttribute("hidden", asking);
      figure.classList.toggle("asking", asking);
      for (const chart of charts) {
        const line = task.handles.map((count, at) =>
          `${at ? "L" : "M"}${chart.scale.x(count)},${chart.scale.y(steps[at] / 100)}`);
        // An image has nothing in it that can be reached.
        chart.svg.setAttribute("role", asking ? "group" : "img");
        chart.own.replaceChildren(...(guessed ? [s("path", { class: "guessed", d: line.join("") })] : []),
          ...(asking ? steps.map((_, index) => handle(index, chart)) : []));
      }
    }

    // Where the drawn curve first reaches the level, even steps in the logarithm between its handles.
    function crossing() {
      const level = 100 * task.threshold;
      const at = steps.findIndex((step) => step >= level);
      if (at <= 0) return at === 0 ? task.handles[0] : null;
      const part = (level - steps[at - 1]) / (steps[at] - steps[at - 1]);
      return task.handles[at - 1] * (task.handles[at] / task.handles[at - 1]) ** part;
    }

    function verdict() {
      const off = task.truth.map((share, at) => steps[at] / 100 - share);
      // The place that the page speaks of, if it is one of the handles; else the furthest off.
      const hundred = task.handles.indexOf(100);
      const furthest = off.reduce((most, size, at) => (Math.abs(size) > Math.abs(off[most]) ? at : most), 0);
      const at = hundred >= 0 ? hundred : furthest;
      const words = [`With ${say.thousands(task.handles[at])} ${task.unit} it was ${say.percent(task.truth[at])}; ` +
        `you said ${say.percent(steps[at] / 100, 0)}, ${say.points(off[at])}.`];
      if (task.threshold && task.reached) {
        const own = crossing();
        words.push(`Your curve reaches ${say.percent(task.threshold, 0)} ` +
          `${own ? `at about ${say.about(own)} ${task.unit}` : "nowhere"}; in the records it took ${task.reached}.`);
      }
      return words.join(" ");
    }

    return { steps, most: 100, draw, verdict };
  }

  return { make };
})();
