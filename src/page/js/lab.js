// The lab: a click or a slider asks the teacher, a worker trains the student, both maps and the curve follow.

const lab = (() => {
  const { s } = dom;
  const COLOURS = ["blue", "orange", "green", "purple", "yellow"];
  // Queries at each place of the slider: none, then twenty places a decade.
  const STEPS = [0, ...Array.from({ length: 60 }, (_, at) => Math.round(10 ** (3 * (at + 1) / 60)))];
  const MOST = 1000, PIXELS = 800, GOAL = 0.95;
  const CHART = { height: 150, left: 30, right: 8, top: 8, bottom: 20 };

  const byId = (name) => document.getElementById(`lab-${name}`);
  const rgba = (hex) => (255 << 24 | parseInt(hex.slice(5, 7), 16) << 16 | parseInt(hex.slice(3, 5), 16) << 8 |
    parseInt(hex.slice(1, 3), 16)) >>> 0;
  const place = (queries) => STEPS.reduce((best, own, at) => (own <= queries ? at : best), 0);
  const counted = (count, thing) => `${say.thousands(count)} ${count === 1 ? thing : thing.replace(/y$/, "ie") + "s"}`;

  // The worker, and one promise for each message that it has not answered.
  function employ() {
    const text = document.getElementById("lab-worker").textContent;
    const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
    const waiting = new Map();
    let last = 0;
    worker.onmessage = ({ data }) => { waiting.get(data.id)(data); waiting.delete(data.id); };
    worker.onerror = () => { for (const done of waiting.values()) done({ answer: { error: "it stopped" } }); };
    return (request) => new Promise((done) => {
      last += 1;
      waiting.set(last, done);
      worker.postMessage({ id: last, ...request });
    });
  }

  function make(host, data) {
    const canvases = { teacher: byId("teacher"), student: byId("student") };
    const part = (name) => host.querySelector(`[data-lab-${name}]`);
    const tints = data.tints.map(rgba);
    const [border, wrong] = [rgba(data.border), rgba(data.disagreement)];
    // What the reader has chosen; `hand` holds points asked by hand.
    const kept = state.list("lab");
    const chosen = {
      data: "spirals", replicate: 0, strategy: "natural", answers: "probabilities", width: "16", queries: 10,
      truth: false, hand: [], painting: paint.unpack(state.get("paint")),
    };
    // What ends the painting while the reader paints.
    let painted = null;
    const FIELDS = ["data", "replicate", "strategy", "answers", "width", "queries", "truth"];
    const NUMBERS = ["replicate", "queries"];
    // Students so far, by all that makes them but their number of queries.
    const seen = new Map();
    let shown = null, teacher = null, cross = null, side = 0, tell = null;

    function read() {
      kept.slice(0, FIELDS.length).forEach((value, at) => {
        const field = FIELDS[at];
        if (NUMBERS.includes(field)) chosen[field] = Math.min(MOST, Math.max(0, Math.round(Number(value)) || 0));
        else if (field === "truth") chosen.truth = value === "1";
        else if ([...byId(field).options].some((option) => option.value === value)) chosen[field] = value;
      });
      const hand = kept.slice(FIELDS.length).map((value) => (Number(value) || 0) / 100);
      for (let at = 0; at + 1 < Math.min(hand.length, 400); at += 2) chosen.hand.push([hand[at], hand[at + 1]]);
    }

    // The colours of the teacher's classes.
    const colours = () => (chosen.data === "painting" ? paint.used(chosen.painting) : [0, 1, 2, 3, 4]);

    function remember() {
      state.set("paint", chosen.data === "painting" ? paint.pack(chosen.painting) : "");
      const values = FIELDS.map((field) => (field === "truth" ? Number(chosen.truth) : chosen[field]));
      state.setList("lab", [...values, ...chosen.hand.flat().map((value) => Math.round(100 * value))]);
    }

    const total = () => chosen.queries + (chosen.truth ? 0 : chosen.hand.length);
    const way = () => ["data", "replicate", "strategy", "answers", "width", "truth", "painting"]
      .map((name) => (name !== "painting" || chosen.data === "painting" ? String(chosen[name]) : "")).join();

    // Tints, borders, and stripes where the student's class is not the teacher's.
    function tint(canvas, map, other) {
      canvas.width = canvas.height = side;
      const context = canvas.getContext("2d");
      const image = context.createImageData(side, side);
      const pixels = new Uint32Array(image.data.buffer);
      const shades = colours().map((colour) => tints[colour]);
      const stripe = Math.max(3, Math.round(side / 130));
      for (let y = 0, at = 0; y < side; y += 1) {
        for (let x = 0; x < side; x += 1, at += 1) {
          const own = map[at];
          const edge = (x + 1 < side && map[at + 1] !== own) || (y + 1 < side && map[at + side] !== own);
          const striped = other && other[at] !== own && (x + y) % (2 * stripe) < stripe;
          pixels[at] = edge ? border : striped ? wrong : shades[own];
        }
      }
      context.putImageData(image, 0, 0);
      return context;
    }

    function dots(context, points) {
      const [low, high] = teacher.answer.bounds;
      const scale = side / (high - low);
      const radius = (points.length > 400 ? 2 : 3.4) * side / Math.max(260, context.canvas.clientWidth);
      context.lineWidth = radius / 2.6;
      for (let at = 0; at + 1 < points.length; at += 2) {
        context.beginPath();
        context.arc((points[at] - low) * scale, (high - points[at + 1]) * scale, radius, 0, 2 * Math.PI);
        context.fillStyle = data.colour;
        context.fill();
        context.strokeStyle = "#ffffff";
        context.stroke();
      }
    }

    function draw() {
      if (!teacher || !shown || painted) return;
      const points = shown.answer.points;
      dots(tint(canvases.student, shown.map, teacher.map), points);
      const context = tint(canvases.teacher, teacher.map);
      dots(context, points);
      if (cross) {
        const [low, high] = teacher.answer.bounds;
        const [x, y] = [(cross[0] - low) / (high - low) * side, (high - cross[1]) / (high - low) * side];
        context.strokeStyle = "#1b1f24";
        context.lineWidth = side / 200;
        context.beginPath();
        context.moveTo(x - side / 30, y); context.lineTo(x + side / 30, y);
        context.moveTo(x, y - side / 30); context.lineTo(x, y + side / 30);
        context.stroke();
      }
    }

    // The curve: recorded students of this way to ask, the independent model, and the reader's own students.
    function chart() {
      const svg = part("curve");
      const { height, left, right, top, bottom } = CHART;
      const width = Math.max(260, svg.clientWidth);
      const x = (queries) => left + (width - left - right) * Math.log10(Math.max(1, queries)) / 3;
      const y = (share) => top + (height - top - bottom) * (1 - share);
      const plain = chosen.data === "spirals" && chosen.width === "16";
      const key = chosen.truth ? "truth" : `${chosen.strategy}/${chosen.answers}`;
      const recorded = plain && data.curves[key]?.filter((point) => point.x <= MOST);
      const line = recorded && recorded.map((p, at) => `${at ? "L" : "M"}${x(p.x)},${y(p.mean)}`).join("");
      const own = seen.get(way()) ?? new Map();
      const others = [...seen].filter(([name]) => name !== way() && name.startsWith(`${chosen.data},`));
      const dot = (kind, r) => ([queries, share]) => s("circle", { class: kind, cx: x(queries), cy: y(share), r });
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      svg.replaceChildren(...[
        ...[0, 0.5, 1].flatMap((share) => [
          s("path", { class: "rule", d: `M${left},${y(share)}H${width - right}` }),
          s("text", { x: left - 5, y: y(share) + 4, "text-anchor": "end" }, `${100 * share}`)]),
        ...[1, 10, 100, MOST].map((queries) => s("text", {
          x: x(queries), y: height - 4, "text-anchor": queries === MOST ? "end" : "middle",
        }, say.thousands(queries))),
        line && s("path", { class: "recorded", d: line }),
        chosen.data === "spirals" && data.independent && s("path",
          { class: "independent", d: `M${left},${y(data.independent)}H${width - right}` }),
        s("text", { x: width - right, y: y(0.16), "text-anchor": "end" },
          line ? "pale: mean of ten recorded students" : "your students"),
        chosen.data === "spirals" && data.independent && s("text",
          { x: width - right, y: y(0.04), "text-anchor": "end" },
          "dashed: a model that never met the teacher"),
        ...others.flatMap(([, points]) => [...points].map(dot("other", 2))),
        ...[...own].map(dot("own", 4)),
        shown && own.has(total()) && dot("now", 5)([total(), own.get(total())]),
      ].filter(Boolean));
    }

    const share = (value) => say.percent(value, 0);

    // The last answer as the account gave it: bars, and words.
    function answer() {
      const box = part("told");
      const classes = teacher.answer.classes;
      const told = shown.answer.told.slice(-classes);
      if (!told.length) { box.replaceChildren("no answer yet"); return; }
      const bars = told.map((value, at) => dom.h("i", {
        style: `height:${Math.round(100 * value)}%;background:${data.tints[colours()[at]]}`,
      }));
      const ranked = told.map((value, at) => [value, COLOURS[colours()[at]]]).sort((a, b) => b[0] - a[0]);
      const likely = ranked.filter(([value]) => value >= 0.045).slice(0, 2);
      const words = likely.map(([value, name]) => `${share(value)} ${name}`);
      const first = ranked[0][0] > 0.999 ? ranked[0][1] : words.join(", ");
      box.replaceChildren(dom.h("span", { class: "lab-bars", "aria-hidden": "true" }, bars),
        dom.h("span", {}, `${chosen.truth ? "last label" : "last answer"}: ${first}`));
    }

    function sentence() {
      const { agreement } = shown.answer;
      const count = dom.h("strong", {}, counted(total(), chosen.truth ? "true label" : "query"));
      const of = `${(100 * agreement).toFixed(1)} of 100 new points`;
      const opening = total() === 0 ? ["This student has ", chosen.truth ? "seen no label" : "asked nothing", "."]
        : chosen.truth ? ["This student got ", count, " and never met the teacher."] : ["You asked ", count, "."];
      const beside = chosen.data === "spirals" && data.independent ? " Models that never met their teacher give its " +
        `answer on ${(100 * data.independent).toFixed(1)}: agreement alone proves little.` : "";
      byId("says").replaceChildren(...opening, ` On ${of} it now gives the teacher's answer.`,
        dom.h("small", {}, beside));
    }

    // The reader's cheapest student that reached the goal here, by asking.
    function score() {
      const [query, label] = data.prices;
      const spent = say.dollars(total() * (chosen.truth ? label : query));
      const here = [...seen].filter(([name]) => name.startsWith(`${chosen.data},${chosen.replicate},`) &&
        !name.split(",").includes("true"));
      const reached = here.flatMap(([name, points]) => [...points].filter(([, value]) => value >= GOAL)
        .map(([queries]) => ({ queries, strategy: name.split(",")[2], answers: name.split(",")[3] })));
      const best = reached.sort((a, b) => a.queries - b.queries)[0];
      const words = best && `${counted(best.queries, "query")} (${say.dollars(best.queries * query)}), by ` +
        `${best.strategy} with ${best.answers}`;
      part("score").textContent = `Be the copier: reach ${say.percent(GOAL, 0)} for as little as possible. ` +
        `This student cost ${spent}. ${best ? `Your best so far: ${words}.` : "You have not been there yet."}`;
    }

    function show(result) {
      shown = result;
      const points = seen.get(way()) ?? new Map();
      points.set(total(), result.answer.agreement);
      seen.set(way(), points);
      byId("agreement").textContent = say.percent(result.answer.agreement);
      byId("agreement").dataset.share = result.answer.agreement;
      byId("queries").textContent = say.thousands(total());
      part("unit").textContent = chosen.truth ? "true labels" : total() === 1 ? "query" : "queries";
      part("size").textContent = `${say.thousands(result.answer.parameters)} numbers, learns from answers alone`;
      canvases.student.setAttribute("aria-label", "What the student answers across the plane; it gives the teacher's " +
        `answer on ${say.percent(result.answer.agreement)} of new points`);
      draw();
      chart();
      answer();
      sentence();
      score();
    }

    function controls() {
      const budget = byId("budget");
      budget.value = place(chosen.queries);
      budget.setAttribute("aria-valuetext", counted(chosen.queries, "query"));
      for (const name of ["data", "strategy", "answers", "width"]) byId(name).value = chosen[name];
      byId("truth").checked = chosen.truth;
      part("paint").hidden = chosen.data !== "painting" || painted !== null;
      byId("strategy").disabled = byId("answers").disabled = chosen.truth;
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
        const asked = { ...chosen, hand: [...chosen.hand] };
        side = Math.min(PIXELS, Math.max(160, Math.round(canvases.student.clientWidth * devicePixelRatio)));
        const cells = asked.painting.join("");
        const of = `${asked.data} ${asked.replicate} ${side} ${asked.data === "painting" ? cells : ""}`;
        if (teacher?.of !== of) {
          const { replicate } = asked;
          const opened = await tell({ message: asked.data === "painting" ? { paint: { cells, replicate, side } }
            : { open: { data: asked.data, replicate, side } } });
          if (opened.answer.error) { fail(opened.answer.error); break; }
          teacher = { ...opened, of };
          shown = null;
          if (next) continue;
        }
        const result = await tell({ message: { teach: { strategy: asked.strategy, answers: asked.answers,
          queries: asked.queries, "by-hand": asked.truth ? [] : asked.hand, width: Number(asked.width),
          truth: asked.truth, side } } });
        if (result.answer.error) { fail(result.answer.error); break; }
        if (!next) show(result);
      }
      busy = false;
      delete host.parentElement.dataset.busy;
    }

    function fail(error) {
      byId("says").textContent = `The student could not learn: ${error}. The recorded figures below show the same.`;
    }

    function change(what) {
      Object.assign(chosen, what);
      chosen.queries = Math.max(0, Math.min(chosen.queries, MOST - chosen.hand.length));
      remember();
      learn();
    }

    function ask(point) {
      if (chosen.truth || total() >= MOST) return;
      change({ hand: [...chosen.hand, point.map((value) => Math.round(100 * value) / 100)] });
    }

    // The teacher's map becomes a canvas to paint on, until the teacher is to learn what was painted.
    function beginPainting() {
      const cells = [...chosen.painting];
      let colour = "0";
      const show = () => paint.draw(canvases.teacher, cells, data.tints);
      const pots = [...COLOURS, "nothing"].map((name, at) => dom.h("button", {
        type: "button", "aria-label": `paint ${name}`, "aria-pressed": at === 0,
        style: at < COLOURS.length ? `background:${data.tints[at]}` : undefined,
        onclick: (event) => {
          colour = at < COLOURS.length ? String(at) : paint.NONE;
          for (const pot of pots) pot.setAttribute("aria-pressed", pot === event.currentTarget);
        },
      }, at < COLOURS.length ? "" : "×"));
      const teach = dom.h("button", { type: "button", class: "main", onclick: () => {
        if (paint.used(cells).length < 2) {
          byId("says").textContent = "A teacher needs two colours at least.";
          return;
        }
        painted();
        painted = null;
        change({ data: "painting", painting: cells, hand: [], truth: false });
      } }, "Teach it");
      const lift = paint.brush(canvases.teacher, cells, () => colour, show);
      painted = () => {
        lift();
        delete host.dataset.painting;
        part("palette").hidden = true;
        part("told").hidden = false;
      };
      host.dataset.painting = "";
      part("palette").replaceChildren(...pots, teach);
      part("palette").hidden = false;
      part("told").hidden = true;
      byId("says").textContent = "Paint two colours or more on the teacher's plane. A teacher learns your painting, " +
        "and a student learns from its answers.";
      controls();
      show();
    }

    function chooseData(name) {
      if (painted) { painted(); painted = null; }
      if (name !== "painting" || paint.used(chosen.painting).length > 1) change({ data: name, hand: [] });
      else beginPainting();
    }

    function listen() {
      byId("budget").addEventListener("input", () => change({ queries: STEPS[Number(byId("budget").value)] }));
      for (const name of ["strategy", "answers", "width"]) {
        byId(name).addEventListener("change", () => change({ [name]: byId(name).value }));
      }
      byId("data").addEventListener("change", () => chooseData(byId("data").value));
      part("paint").addEventListener("click", beginPainting);
      byId("truth").addEventListener("change", () => change({ truth: byId("truth").checked }));
      part("more").addEventListener("click", () => change({ queries: chosen.queries + 10 }));
      part("anew").addEventListener("click", () => change({ replicate: (chosen.replicate + 1) % 10, hand: [] }));
      part("clear").addEventListener("click", () => { seen.clear(); cross = null; change({ queries: 0, hand: [] }); });
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
        if (moves[event.key]) {
          const step = (high - low) / (event.shiftKey ? 10 : 40);
          cross = (cross ?? [0, 0]).map((value, axis) =>
            Math.min(high, Math.max(low, value + step * moves[event.key][axis])));
          draw();
        } else if (event.key === "Enter" || event.key === " ") ask(cross ?? [0, 0]);
        else return;
        event.preventDefault();
      });
      let wide = canvases.student.clientWidth;
      new ResizeObserver(() => {
        if (canvases.student.clientWidth === wide) return;
        wide = canvases.student.clientWidth;
        learn();
      }).observe(canvases.student);
    }

    async function begin() {
      tell = employ();
      const started = await tell({ module: document.getElementById("lab-module").textContent });
      if (started.answer.error) { fail(started.answer.error); return; }
      learn();
    }

    document.querySelector("[data-lab-without]").hidden = true;
    host.hidden = false;
    read();
    if (chosen.data === "painting" && paint.used(chosen.painting).length < 2) chosen.data = "spirals";
    controls();
    listen();
    begin();
  }

  return { make };
})();
