// The explorer: the maps of a teacher and of a student side by side, for every way to ask that was trained.

const explorer = (() => {
  const { h, slider, radios, calm } = dom;
  // Pixels of a map for each of its cells.
  const FINE = 2;
  // Milliseconds from the first query to the last.
  const WHOLE = 9000;

  const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

  // Tints of the classes, lines where they meet, and hatching where `other` says something else.
  function paint(canvas, { cells, side }, colours, other) {
    canvas.width = canvas.height = side * FINE;
    const context = canvas.getContext("2d");
    const image = context.createImageData(side * FINE, side * FINE);
    const [tints, border, wrong] = [colours.tints.map(rgb), rgb(colours.border), rgb(colours.disagreement)];
    const at = (row, column) => row * side + column;
    for (let y = 0; y < side * FINE; y += 1) {
      for (let x = 0; x < side * FINE; x += 1) {
        const [row, column] = [Math.floor(y / FINE), Math.floor(x / FINE)];
        const cell = at(row, column);
        const edge = (column + 1 < side && cells[cell] !== cells[cell + 1] && x % FINE === FINE - 1) ||
          (row + 1 < side && cells[cell] !== cells[cell + side] && y % FINE === FINE - 1);
        const hatched = other && other[cell] !== cells[cell] && (x + y) % 6 < 3;
        const colour = edge ? border : hatched ? wrong : tints[cells[cell] % tints.length];
        image.data.set([...colour, 255], 4 * (y * side * FINE + x));
      }
    }
    context.putImageData(image, 0, 0);
  }

  function dots(canvas, asked, count, { low, high }, colour) {
    const context = canvas.getContext("2d");
    const place = (value) => (value - low) / (high - low) * canvas.width;
    const radius = count > 300 ? 2.2 : 3.6;
    for (let at = 0; at < count; at += 1) {
      context.beginPath();
      context.arc(place(asked[2 * at]), canvas.height - place(asked[2 * at + 1]), radius, 0, 2 * Math.PI);
      context.fillStyle = colour;
      context.fill();
      context.strokeStyle = "#ffffff";
      context.lineWidth = 1;
      context.stroke();
    }
  }

  function make(host, data) {
    const teacher = packed.raster(data.teacher);
    const unique = (of) => [...new Set(data.arms.map(of))];
    const [strategies, kinds] = [unique((arm) => arm.strategy), unique((arm) => arm.answers)];
    const budgets = data.arms[0].students.map((student) => student.budget);
    const chosen = {
      strategy: strategies.includes(state.list("x")[0]) ? state.list("x")[0] : strategies[0],
      answers: kinds.includes(state.list("x")[1]) ? state.list("x")[1] : kinds[0],
      budget: Math.max(0, budgets.indexOf(Number(state.list("x")[2] ?? 100))),
    };
    const maps = new Map();
    let playing = null;

    const named = (strategy) => {
      const plain = data.plain[data.arms.findIndex((arm) => arm.strategy === strategy)];
      return plain ? `${strategy}: ${plain}` : strategy;
    };
    const canvas = (name) => h("canvas", { role: "img", "aria-label": name });
    const [left, right] = [canvas("What the teacher answers across the plane"), canvas("What the student answers")];
    const numbers = h("p", { class: "numbers", role: "status" });
    const command = h("span");
    const way = radios({ legend: "How it asks", name: "x-strategy", value: chosen.strategy,
      choices: strategies.map((name) => [name, named(name)]), onchange: (value) => choose({ strategy: value }) });
    const kind = radios({ legend: "What the answers show", name: "x-answers", value: chosen.answers,
      choices: kinds.map((name) => [name, name]), onchange: (value) => choose({ answers: value }) });
    const budget = slider({ label: "Queries", min: 0, max: budgets.length - 1, step: 1, value: chosen.budget,
      says: (at) => say.thousands(budgets[at]), oninput: (at) => choose({ budget: at }) });
    const play = h("button", { type: "button", class: "main", onclick: () => (playing ? stop() : start()) });
    const figure = h("div", { class: "maps" },
      h("figure", {}, h("figcaption", {}, "Teacher"), left),
      h("figure", {}, h("figcaption", {}, "Student"), right));
    host.append(
      h("div", { class: "controls" }, way.group, kind.group, budget.row, h("p", { class: "buttons" }, play)),
      figure, numbers,
      h("p", { class: "key" }, "Tints: classes. Dots: queries, in the order in which they were asked. Hatched: " +
        "student and teacher answer differently. One replicate, the first."),
      h("p", { class: "reproduce" }, "Reproduce this: ", dom.command(host.dataset.command),
        "; this way of asking alone: ", command));

    function map(arm, student) {
      const key = `${arm.strategy} ${arm.answers} ${student.budget}`;
      if (!maps.has(key)) {
        const parameters = packed.floats(student.parameters);
        maps.set(key, net.map(data.widths, parameters, teacher.side, data.low, data.high));
      }
      return maps.get(key);
    }

    // `count` queries are shown as asked; the student is the one with the budget of the slider.
    function draw(count) {
      const at = data.arms.findIndex((arm) => arm.strategy === chosen.strategy && arm.answers === chosen.answers);
      const [arm, curve] = [data.arms[at], data.curves[at]];
      const student = arm.students[chosen.budget];
      const asked = packed.floats(arm.asked);
      const cells = map(arm, student);
      paint(left, teacher, data);
      paint(right, { cells, side: teacher.side }, data, teacher.cells);
      dots(right, asked, count ?? student.budget, data, data.colours[at]);
      dots(left, asked, count ?? student.budget, data, data.colours[at]);

      const same = cells.filter((value, cell) => value === teacher.cells[cell]).length;
      figure.dataset.same = same;
      const mean = curve.find((point) => point.x === student.budget);
      numbers.replaceChildren(
        mean ? h("strong", {}, `${say.percent(mean.mean)} agreement`) : "",
        mean ? ` over all replicates, 95 % interval ${say.percent(mean.low)} to ${say.percent(mean.high)}. ` : "",
        `This student, after ${say.thousands(student.budget)} queries: ${say.percent(student.agreement)} in its ` +
        `exam; across the square, the two maps are equal on ${say.percent(same / cells.length)}.`);
      right.setAttribute("aria-label", "What the student answers across the plane: equal on " +
        say.percent(same / cells.length));
      command.replaceChildren(dom.command(`${host.dataset.command.replace("run queries", "run budget")} ` +
        `--strategy ${arm.strategy} --answers ${arm.answers} --budgets ${student.budget}`));
      play.textContent = playing ? "Stop" : calm() ? "Ask more" : "Play the queries";
    }

    function choose(change) {
      stop();
      Object.assign(chosen, change);
      show();
    }

    function show(count) {
      state.setList("x", [chosen.strategy, chosen.answers, budgets[chosen.budget]]);
      budget.show(chosen.budget);
      draw(count);
    }

    function stop() {
      cancelAnimationFrame(playing);
      playing = null;
      draw();
    }

    // The queries appear one by one, evenly in their logarithm, and the student learns anew at each budget.
    function start() {
      if (calm()) {
        choose({ budget: (chosen.budget + 1) % budgets.length });
        return;
      }
      const most = budgets[budgets.length - 1];
      const begun = performance.now();
      const frame = (now) => {
        const part = Math.min(1, (now - begun) / WHOLE);
        const count = Math.round(most ** part);
        const reached = budgets.filter((own) => own <= count).length - 1;
        playing = part < 1 ? requestAnimationFrame(frame) : null;
        if (Math.max(0, reached) !== chosen.budget || part === 1) {
          chosen.budget = Math.max(0, reached);
          show(count);
        } else draw(count);
      };
      playing = requestAnimationFrame(frame);
    }

    draw();
  }

  return { make };
})();
