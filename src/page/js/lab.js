// The lab: a click or a slider asks the teacher, a worker trains the student, both maps and the curve follow.

const lab = (() => {
  const { COLOURS, GOAL, counted } = labWords;
  // Queries at each place of the slider: up to ten one by one, then twenty places a decade.
  const STEPS = [...new Set([0, ...Array.from({ length: 60 }, (_, at) => Math.round(10 ** (3 * (at + 1) / 60)))])];
  const MOST = 1000, PIXELS = 800, QUIET = 500;
  const DEFAULTS = {
    data: "spirals", replicate: 0, strategy: "natural", answers: "probabilities", width: "16", queries: 10,
    truth: false,
  };
  const FIELDS = Object.keys(DEFAULTS);

  const byId = (name) => document.getElementById(`lab-${name}`);
  const place = (queries) => STEPS.reduce((best, own, at) => (own <= queries ? at : best), 0);
  const option = (name) => byId(name).selectedOptions[0]?.textContent ?? "";

  function make(host, data) {
    const canvases = { teacher: byId("teacher"), student: byId("student") };
    const part = (name) => host.querySelector(`[data-lab-${name}]`);
    // What the reader has chosen; `hand` holds points asked by hand, `painting` the cells of a plane of their own.
    // A table and the column of its classes stay out of the address: nothing of it leaves this page.
    const chosen = { ...DEFAULTS, hand: [], painting: paint.unpack(state.get("paint")), table: null, label: "" };
    // Students so far, by all that makes them but their number of queries; the cheapest that reached the goal.
    const seen = new Map();
    let best = null, beat = Number(state.get("beat")) || null;
    // What is shown; whether the reader has done anything, and whether the last thing was a click.
    let shown = null, teacher = null, side = 0, touched = false, clicked = false;
    // Where the cross stands; what ends the painting while the reader paints.
    let cross = null, painted = null;

    function read() {
      const kept = state.list("lab");
      kept.slice(0, FIELDS.length).forEach((value, at) => {
        const field = FIELDS[at];
        if (typeof DEFAULTS[field] === "number") {
          chosen[field] = Math.min(MOST, Math.max(0, Math.round(Number(value)) || 0));
        } else if (field === "truth") chosen.truth = value === "1";
        else if ([...byId(field).options].some((own) => own.value === value)) chosen[field] = value;
      });
      const hand = kept.slice(FIELDS.length).map((value) => (Number(value) || 0) / 100);
      for (let at = 0; at + 1 < Math.min(hand.length, 400); at += 2) chosen.hand.push([hand[at], hand[at + 1]]);
      const lost = chosen.data === "painting" ? paint.used(chosen.painting).length < 2 : chosen.data === "table";
      if (lost) chosen.data = DEFAULTS.data;
      touched = kept.length > 0;
    }

    function remember() {
      state.set("paint", chosen.data === "painting" ? paint.pack(chosen.painting) : "");
      const values = FIELDS.map((field) => (field === "truth" ? Number(chosen.truth) : chosen[field]));
      state.setList("lab", [...values, ...chosen.hand.flat().map((value) => Math.round(100 * value))]);
    }

    const total = () => chosen.queries + (chosen.truth ? 0 : chosen.hand.length);
    // A table has no more points to ask about than it holds.
    const most = () => teacher?.answer.most ?? MOST;
    const plane = () => teacher?.answer.plane ?? true;
    const cells = () => (chosen.data === "painting" ? chosen.painting.join("") : "");
    const source = () => `${chosen.data},${chosen.replicate},${cells()},${chosen.table?.number ?? ""},${chosen.label}`;
    const way = () => `${source()},${["strategy", "answers", "width", "truth"].map((name) => chosen[name]).join()}`;
    // The colours of the teacher's classes.
    const colours = () => (chosen.data === "painting" ? paint.used(chosen.painting)
      : teacher.answer.classes.map((_, at) => at % data.tints.length));
    // What the classes are called: by their colours, or as a table calls them.
    const names = () => (chosen.data === "table" ? teacher.answer.classes : colours().map((colour) => COLOURS[colour]));
    // The independent model is that of the recorded spirals.
    const independent = () => (chosen.data === "spirals" ? data.independent : null);
    // The query that was asked last: those by hand come after those of the strategy.
    const newest = () => (clicked && !chosen.truth ? total() : chosen.queries) - 1;

    function draw() {
      if (!teacher || !shown || painted || !plane()) return;
      const { points } = shown.answer;
      const { bounds } = teacher.answer;
      const shades = colours().map((colour) => data.tints[colour]);
      const maps = [
        [canvases.student, { map: shown.map, side, shades, other: teacher.map }],
        [canvases.teacher, { map: teacher.map, side, shades }],
      ].map(([canvas, map]) => labMap.tint(canvas, map, data));
      for (const context of maps) labMap.dots(context, points, newest(), bounds, data.colour);
      if (cross) labMap.cross(maps[1], cross, bounds);
    }

    function chart() {
      const key = chosen.truth ? "truth" : `${chosen.strategy}/${chosen.answers}`;
      const plain = chosen.data === DEFAULTS.data && chosen.width === DEFAULTS.width;
      const own = seen.get(way()) ?? new Map();
      const others = [...seen].filter(([name]) => name !== way() && name.startsWith(source()));
      labChart.draw(part("curve"), {
        recorded: plain ? data.curves[key]?.filter((point) => point.x <= MOST) : null,
        independent: independent(),
        own: [...own],
        others: others.flatMap(([, points]) => [...points]),
        now: own.has(total()) ? [total(), own.get(total())] : null,
      });
    }

    // The last answer as the account gave it; empty where nothing was asked.
    function lastAnswer() {
      const classes = teacher.answer.classes.length;
      const told = shown.answer.told.slice(classes * newest(), classes * (newest() + 1));
      return told.length ? told : null;
    }

    function words(before) {
      const { agreement } = shown.answer;
      const told = lastAnswer();
      const said = told && labWords.answer(told, names());
      const bars = told?.map((value, at) => dom.h("i", {
        style: `height:${Math.round(100 * value)}%;background:${data.tints[colours()[at]]}`,
      }));
      const kind = chosen.truth ? "last label" : clicked ? "your click" : "last answer";
      part("told").replaceChildren(...(told ? [dom.h("span", { class: "lab-bars", "aria-hidden": "true" }, bars),
        dom.h("span", {}, `${kind}: ${said}`)] : ["no answer yet"]));
      const facts = { total: total(), truth: chosen.truth, agreement };
      byId("says").replaceChildren(...labWords.sentence({ ...facts, touched, before, independent: independent(),
        answered: clicked && !chosen.truth ? said : null }));
      part("score").textContent = labWords.score({ ...facts, prices: data.prices, best, beat });
      announce(byId("says").textContent);
    }

    // The status line speaks once the reader pauses, so that a slider does not talk without end.
    let speaking = 0;
    function announce(text) {
      clearTimeout(speaking);
      speaking = setTimeout(() => { byId("status").textContent = text; }, QUIET);
    }

    function show(result) {
      const before = shown?.answer.agreement;
      shown = result;
      const { agreement, parameters } = result.answer;
      if (!seen.has(way())) seen.set(way(), new Map());
      seen.get(way()).set(total(), agreement);
      const cheaper = !best || total() < best.queries || (total() === best.queries && agreement > best.agreement);
      if (!chosen.truth && total() > 0 && agreement >= GOAL && cheaper) {
        best = { queries: total(), agreement, way: `${option("strategy")}, ${option("answers")}` };
        state.set("beat", beat && beat < best.queries ? beat : best.queries);
      }
      byId("agreement").textContent = say.percent(agreement);
      byId("agreement").dataset.share = agreement;
      byId("queries").textContent = say.thousands(total());
      part("unit").textContent = counted(total(), chosen.truth ? "true label" : "query").replace(/^\S+ /, "");
      part("size").textContent = `${say.thousands(parameters)} numbers, learns from ` +
        `${chosen.truth ? "true labels" : "answers"} alone`;
      part("exam").textContent = say.thousands(teacher.answer.exam);
      canvases.student.setAttribute("aria-label", "What the student answers across the plane; it gives the teacher's " +
        `answer on ${say.percent(agreement)} of new points`);
      draw();
      chart();
      words(before);
    }

    function controls() {
      const busy = painted !== null;
      const budget = byId("budget");
      budget.max = STEPS.length - 1;
      budget.value = place(chosen.queries);
      budget.setAttribute("aria-valuetext", counted(chosen.queries, chosen.truth ? "true label" : "query"));
      for (const name of ["strategy", "answers", "width"]) byId(name).value = chosen[name];
      byId("data").value = busy ? "painting" : chosen.data;
      byId("truth").checked = chosen.truth;
      for (const name of ["budget", "width", "truth"]) byId(name).disabled = busy;
      byId("strategy").disabled = byId("answers").disabled = busy || chosen.truth;
      part("more").textContent = chosen.truth ? "Get 10 more labels" : "Ask 10 more";
      part("more").disabled = busy || total() >= most();
      part("anew").disabled = part("clear").disabled = busy;
      part("paint").hidden = chosen.data !== "painting" || busy;
      part("teacher").textContent = chosen.truth ? "not asked here: this is the control"
        : !plane() ? `${say.thousands(teacher.answer.classes.length)} classes, no plane to draw`
          : total() >= most() ? "its account is used up" : "Click to ask: the student sees only answers.";
      part("table").hidden = chosen.data !== "table" || busy;
      host.toggleAttribute("data-closed", chosen.truth || total() >= most());
      host.toggleAttribute("data-no-plane", !plane());
    }

    // One message at a time; of those that come meanwhile the last one counts.
    let busy = false, next = false;
    async function learn() {
      controls();
      next = true;
      if (busy) return;
      busy = true;
      host.parentElement.dataset.busy = "";
      while (next) {
        next = false;
        side = Math.min(PIXELS, Math.max(160, Math.round(canvases.student.clientWidth * devicePixelRatio)));
        const { replicate, strategy, answers, truth } = chosen;
        const of = `${source()} ${side}`;
        if (teacher?.of !== of) {
          const opened = await worker.tell(cells() ? { paint: { cells: cells(), replicate, side } }
            : chosen.data === "table" ? { table: { text: chosen.table.text, label: chosen.label, replicate, side } }
              : { open: { data: chosen.data, replicate, side } });
          if (opened.answer.error) { fail(opened.answer.error); break; }
          teacher = { ...opened, of };
          shown = null;
          chosen.queries = Math.min(chosen.queries, most());
          controls();
          if (next) continue;
        }
        const result = await worker.tell({ teach: { strategy, answers, queries: chosen.queries, truth, side,
          width: Number(chosen.width), "by-hand": truth ? [] : chosen.hand } });
        if (result.answer.error) { fail(result.answer.error); break; }
        if (!next) show(result);
      }
      busy = false;
      delete host.parentElement.dataset.busy;
    }

    function fail(error) {
      byId("says").textContent = `The student could not learn: ${error}.`;
      announce(byId("says").textContent);
    }

    function change(what, byHand = false) {
      if (what.data !== undefined || what.replicate !== undefined) {
        [best, beat] = [null, null];
        state.set("beat", "");
      }
      Object.assign(chosen, what);
      const limit = what.data === undefined ? most() : MOST;
      chosen.queries = Math.max(0, Math.min(chosen.queries, limit - chosen.hand.length));
      [touched, clicked] = [true, byHand];
      remember();
      learn();
    }

    function ask(point) {
      if (chosen.truth || total() >= most()) return;
      change({ hand: [...chosen.hand, point.map((value) => Math.round(100 * value) / 100)] }, true);
    }

    // The teacher's map becomes a canvas to paint on, until the teacher is to learn what was painted.
    function beginPainting() {
      const own = [...chosen.painting];
      const { teacher: canvas, student } = canvases;
      const label = canvas.getAttribute("aria-label");
      let colour = "0", at = [0.5, 0.5];
      const show = () => labMap.cross(paint.draw(canvas, own, data.tints), [at[0], 1 - at[1]], [0, 1]);
      const dab = (place) => { at = place; paint.dab(own, at, colour); show(); };
      const pots = [...COLOURS, "nothing"].map((name, index) => dom.h("button", {
        type: "button", "aria-label": `paint ${name}`, "aria-pressed": String(index === 0),
        style: index < COLOURS.length ? `background:${data.tints[index]}` : undefined,
        onclick: (event) => {
          colour = index < COLOURS.length ? String(index) : paint.NONE;
          for (const pot of pots) pot.setAttribute("aria-pressed", String(pot === event.currentTarget));
        },
      }, index < COLOURS.length ? "" : "×"));
      const lift = paint.listen(canvas, dab);
      const keys = (event) => {
        const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
        if (moves[event.key]) {
          at = at.map((value, axis) => Math.min(1, Math.max(0, value + moves[event.key][axis] / 20)));
          show();
        } else if (event.key === " " || event.key === "Enter") dab(at);
        else return;
        event.preventDefault();
      };
      canvas.addEventListener("keydown", keys);
      const finish = () => {
        lift();
        canvas.removeEventListener("keydown", keys);
        canvas.setAttribute("aria-label", label);
        delete host.dataset.painting;
        part("palette").hidden = true;
        part("told").hidden = false;
        painted = null;
      };
      const teach = () => {
        if (paint.used(own).length < 2) {
          byId("says").textContent = "A teacher needs two colours at least.";
          announce(byId("says").textContent);
        } else {
          finish();
          change({ data: "painting", painting: own, hand: [], truth: false });
        }
      };
      painted = () => { finish(); learn(); };
      host.dataset.painting = "";
      canvas.setAttribute("aria-label", "A plane to paint. Arrow keys move the brush, the space bar paints.");
      part("palette").replaceChildren(...pots,
        dom.h("button", { type: "button", class: "main", onclick: teach }, "Teach it"),
        dom.h("button", { type: "button", class: "wide", onclick: () => painted() }, "Cancel"));
      part("palette").hidden = false;
      part("told").hidden = true;
      byId("agreement").textContent = "–";
      student.getContext("2d").clearRect(0, 0, student.width, student.height);
      byId("says").textContent = "Paint two colours or more on the teacher's plane. A teacher learns your painting, " +
        "and a student learns from its answers.";
      announce(byId("says").textContent);
      controls();
      show();
      canvas.scrollIntoView({ block: "nearest" });
    }

    function chooseData(name) {
      if (painted) painted();
      if (name === "table" && !chosen.table) byId("file").click();
      else if (name !== "painting" || paint.used(chosen.painting).length > 1) change({ data: name, hand: [] });
      else beginPainting();
      controls();
    }

    // A table that was chosen or dropped; its last column is taken for the classes until the reader says otherwise.
    async function takeTable(text) {
      if (painted) painted();
      const { answer } = await worker.tell({ columns: { text } });
      if (answer.error) { fail(answer.error); return; }
      labTable.offer(byId("label"), answer.columns);
      const table = { text, number: (chosen.table?.number ?? 0) + 1 };
      change({ data: "table", table, label: byId("label").value, hand: [] });
    }

    function listenToCanvas() {
      const canvas = canvases.teacher;
      canvas.addEventListener("click", (event) => {
        if (!teacher || painted) return;
        const box = canvas.getBoundingClientRect();
        const [low, high] = teacher.answer.bounds;
        cross = null;
        ask([low + (event.clientX - box.left) / box.width * (high - low),
          high - (event.clientY - box.top) / box.height * (high - low)]);
      });
      canvas.addEventListener("keydown", (event) => {
        if (!teacher || painted) return;
        const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
        const [low, high] = teacher.answer.bounds;
        cross ??= [0, 0];
        if (moves[event.key]) {
          const step = (high - low) / (event.shiftKey ? 10 : 40);
          cross = cross.map((value, axis) => Math.min(high, Math.max(low, value + step * moves[event.key][axis])));
          announce(`${cross[0].toFixed(1)} across, ${cross[1].toFixed(1)} up`);
          draw();
        } else if (event.key === "Enter" || event.key === " ") ask(cross);
        else return;
        event.preventDefault();
      });
      canvas.addEventListener("focus", () => {
        if (canvas.matches(":focus-visible")) { cross ??= [0, 0]; draw(); }
      });
    }

    function listen() {
      byId("budget").addEventListener("input", () => change({ queries: STEPS[Number(byId("budget").value)] }));
      for (const name of ["strategy", "answers", "width"]) {
        byId(name).addEventListener("change", () => change({ [name]: byId(name).value }));
      }
      byId("data").addEventListener("change", () => chooseData(byId("data").value));
      byId("label").addEventListener("change", () => change({ data: "table", label: byId("label").value, hand: [] }));
      labTable.listen(host, byId("file"), takeTable, fail);
      byId("truth").addEventListener("change", () => change({ truth: byId("truth").checked }));
      part("paint").addEventListener("click", beginPainting);
      part("more").addEventListener("click", () => change({ queries: chosen.queries + 10 }));
      part("anew").addEventListener("click", () => change({ replicate: (chosen.replicate + 1) % 10, hand: [] }));
      part("clear").addEventListener("click", () => {
        seen.clear();
        [best, cross] = [null, null];
        change({ ...DEFAULTS, queries: 0, hand: [] });
      });
      listenToCanvas();
      let wide = canvases.student.clientWidth;
      new ResizeObserver(() => {
        if (canvases.student.clientWidth === wide) return;
        wide = canvases.student.clientWidth;
        learn();
      }).observe(canvases.student);
    }

    document.querySelector("[data-lab-without]").hidden = true;
    host.hidden = false;
    read();
    controls();
    listen();
    learn();
  }

  return { make };
})();
