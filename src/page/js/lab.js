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
    // Students so far, by all that makes them but their number of queries; the cheapest of a game that met the goal.
    const seen = new Map();
    let beat = Number(state.get("beat")) || null, best = labBest.own(beat);
    // What is shown; whether the reader has done anything, and whether the last thing was a click.
    let shown = null, teacher = null, side = 0, touched = false, clicked = false;
    // Where the cross stands; what ends the painting while the reader paints; whether the reader plays for money.
    // Places of the plane go from 0 to 1, across and up; those in `waiting` are asked about once there is a teacher.
    let cross = null, painted = null, playing = beat !== null;
    const waiting = [];
    // The agreement when the slider was taken hold of: what a drag changed is told from there.
    let held = null;

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
    const present = () => teacher?.of.startsWith(`${source()} `) ?? false;
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
      teacher.image ??= labMap.tint({ map: teacher.map, side, shades }, data);
      const image = labMap.tint({ map: shown.map, side, shades, other: teacher.map }, data);
      const maps = [labMap.put(canvases.student, image), labMap.put(canvases.teacher, teacher.image)];
      for (const context of maps) labMap.dots(context, points, newest(), bounds, data.colour);
      if (cross) labMap.cross(maps[1], cross, [0, 1]);
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
      const kind = chosen.truth ? "last label" : clicked ? "your query" : "last answer";
      part("told").replaceChildren(...(told ? [dom.h("span", { class: "lab-bars", "aria-hidden": "true" }, bars),
        dom.h("span", {}, `${kind}: ${said}`)] : ["no answer yet"]));
      const facts = { total: total(), truth: chosen.truth, agreement };
      byId("says").replaceChildren(...labWords.sentence({ ...facts, touched, before, independent: independent(),
        answered: clicked && !chosen.truth ? said : null }));
      part("score").replaceChildren(...labWords.score({ ...facts, prices: data.prices, best, beat }));
      announce(byId("says").textContent);
    }

    function tell(text) {
      byId("says").textContent = text;
      announce(text);
    }

    // While a teacher learns, clicks wait for it and are seen.
    function opening() {
      empty();
      tell(waiting.length ? `${counted(waiting.length, "query")} will be asked when the teacher has learned.`
        : "The teacher learns from labelled points …");
    }

    // Numbers, maps and curve of nothing: the teacher that was there is gone, and the next one is not there yet.
    function empty() {
      shown = null;
      byId("agreement").textContent = "–";
      byId("queries").textContent = "0";
      for (const name of ["told", "score", "size", "chance", "curve"]) part(name).replaceChildren();
      for (const canvas of Object.values(canvases)) canvas.width = canvas.height = side;
      labMap.dots(canvases.teacher.getContext("2d"), waiting.flat(), -1, [0, 1], data.colour);
    }

    // The status line speaks once the reader pauses, so that a slider does not talk without end.
    let speaking = 0;
    function announce(text) {
      clearTimeout(speaking);
      speaking = setTimeout(() => { byId("status").textContent = text; }, QUIET);
    }

    function show(result) {
      const before = held ?? shown?.answer.agreement;
      shown = result;
      const { agreement, parameters } = result.answer;
      if (!seen.has(way())) seen.set(way(), new Map());
      seen.get(way()).set(total(), agreement);
      const cheaper = !best || total() < best.queries || (total() === best.queries && agreement > best.agreement);
      if (playing && !chosen.truth && total() > 0 && agreement >= GOAL && cheaper) {
        best = { queries: total(), agreement, way: `${option("strategy")}, ${option("answers")}` };
        state.set("beat", beat && beat < best.queries ? beat : best.queries);
        labBest.keep(best);
      }
      byId("agreement").textContent = say.percent(agreement);
      byId("agreement").dataset.share = agreement;
      byId("queries").textContent = say.thousands(total());
      part("unit").textContent = counted(total(), chosen.truth ? "true label" : "query").replace(/^\S+ /, "");
      part("size").textContent = labWords.made(parameters,
        total() ? counted(total(), chosen.truth ? "true label" : "answer") : "nothing yet");
      part("exam").textContent = say.thousands(teacher.answer.exam);
      part("chance").textContent = `by chance: ${say.percent(teacher.answer.chance)}`;
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
      for (const name of ["anew", "paint", "clear", "game"]) part(name).disabled = busy;
      part("game").textContent = playing ? "New game" : "Game: be the copier";
      part("score").hidden = !playing;
      part("teacher").textContent = busy || !present() ? "" : chosen.truth ? "not asked"
        : !plane() ? `${say.thousands(teacher.answer.classes.length)} classes, no plane to draw`
          : total() >= most() ? "used up" : `${labWords.CLICK} to ask.`;
      part("learned").textContent = busy ? "learns what you paint" : !present() ? "learns …"
        : labWords.made(teacher.answer.parameters, counted(teacher.answer.examples, "true label"));
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
          if (!present()) opening();
          const opened = await worker.tell(cells() ? { paint: { cells: cells(), replicate, side } }
            : chosen.data === "table" ? { table: { text: chosen.table.text, label: chosen.label, replicate, side } }
              : { open: { data: chosen.data, replicate, side } });
          if (opened.answer.error) { fail(opened.answer.error); break; }
          teacher = { ...opened, of };
          chosen.queries = Math.min(chosen.queries, most());
          controls();
          if (next) continue;
        }
        askWaiting();
        const result = await worker.tell({ teach: { strategy, answers, queries: chosen.queries, truth, side,
          width: Number(chosen.width), "by-hand": truth ? [] : chosen.hand } });
        if (result.answer.error) { fail(result.answer.error); break; }
        if (!next && !painted) show(result);
      }
      busy = false;
      delete host.parentElement.dataset.busy;
    }

    function fail(error) {
      tell(`The student could not learn: ${error}.`);
      if (!present()) part("learned").textContent = "";
    }

    function change(what, from = null) {
      held = from;
      if (what.data !== undefined || what.replicate !== undefined) {
        [best, beat] = [null, null];
        state.set("beat", "");
      }
      if (what.hand) waiting.length = 0;
      Object.assign(chosen, what);
      const limit = what.data === undefined ? most() : MOST;
      chosen.queries = Math.max(0, Math.min(chosen.queries, limit - chosen.hand.length));
      [touched, clicked] = [true, false];
      remember();
      learn();
    }

    function ask(place) {
      if (chosen.truth || total() + waiting.length >= most()) return;
      waiting.push(place);
      [touched, clicked, held] = [true, true, null];
      if (!present()) opening();
      learn();
    }

    // Places become queries of the teacher that is there now.
    function askWaiting() {
      if (!waiting.length) return;
      const [low, high] = teacher.answer.bounds;
      const point = (place) => place.map((part) => Math.round(100 * (low + part * (high - low))) / 100);
      const room = plane() ? most() - total() : 0;
      chosen.hand = [...chosen.hand, ...waiting.splice(0).slice(0, room).map(point)];
      remember();
    }

    // The teacher's map becomes a canvas to paint on, until the teacher is to learn what was painted.
    function beginPainting() {
      waiting.length = 0;
      empty();
      const invite = (cells) => tell(labWords.painting(paint.used(cells).length));
      const finish = paint.begin(canvases.teacher, part("palette"), { cells: chosen.painting, tints: data.tints,
        names: COLOURS, teach, changed: invite, cancel: () => { painted(); learn(); } });
      painted = () => {
        finish();
        painted = null;
        delete host.dataset.painting;
        part("told").hidden = false;
      };
      function teach(painting) {
        if (paint.used(painting).length < 2) {
          tell("A teacher needs two colours at least.");
          return;
        }
        painted();
        change({ data: "painting", painting, queries: 0, hand: [], truth: false });
      }
      host.dataset.painting = "";
      part("told").hidden = true;
      invite(chosen.painting);
      controls();
      canvases.teacher.scrollIntoView({ block: "nearest" });
    }

    function chooseData(name) {
      if (painted) painted();
      if (name === "table" && !chosen.table) {
        byId("file").click();
        learn();
      } else if (name !== "painting" || paint.used(chosen.painting).length > 1) change({ data: name, hand: [] });
      else beginPainting();
    }

    // A table that was chosen or dropped; its last column is taken for the classes until the reader says otherwise.
    async function takeTable(text) {
      const { answer } = await worker.tell({ columns: { text } });
      if (answer.error) { fail(answer.error); return; }
      if (painted) painted();
      labTable.offer(byId("label"), answer.columns);
      const table = { text, number: (chosen.table?.number ?? 0) + 1 };
      change({ data: "table", table, label: byId("label").value, hand: [] });
    }

    function listenToCanvas() {
      const canvas = canvases.teacher;
      // A double click is one query.
      canvas.addEventListener("click", (event) => {
        if (painted || event.detail > 1) return;
        const box = canvas.getBoundingClientRect();
        cross = null;
        ask([(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height]);
      });
      canvas.addEventListener("keydown", (event) => {
        if (painted) return;
        const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
        cross ??= [0.5, 0.5];
        if (moves[event.key]) {
          const step = event.shiftKey ? 10 : 40;
          cross = cross.map((value, axis) => Math.min(1, Math.max(0, value + moves[event.key][axis] / step)));
          announce(`${say.percent(cross[0], 0)} across, ${say.percent(cross[1], 0)} up`);
          draw();
        } else if (event.key !== "Enter" && event.key !== " ") return;
        else if (!event.repeat) ask(cross);
        event.preventDefault();
      });
      canvas.addEventListener("focus", () => {
        if (canvas.matches(":focus-visible")) { cross ??= [0.5, 0.5]; draw(); }
      });
    }

    function listen() {
      const budget = byId("budget");
      for (const grip of ["pointerdown", "keydown"]) {
        budget.addEventListener(grip, () => { held = shown?.answer.agreement ?? null; });
      }
      budget.addEventListener("input", () => change({ queries: STEPS[Number(budget.value)] }, held));
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
      part("game").addEventListener("click", () => {
        playing = true;
        change({ queries: 0, hand: [], truth: false });
        part("score").scrollIntoView({ block: "nearest" });
      });
      part("clear").addEventListener("click", () => {
        seen.clear();
        [best, cross, playing] = [null, null, false];
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
