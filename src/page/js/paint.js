// Painting a teacher's plane with a brush: a square of cells, each of a colour or of none.

const paint = (() => {
  const SIDE = 40, NONE = ".", RADIUS = 2.6;

  // Runs of equal cells, as "12a_": a number, where it is not 1, and a letter for a colour.
  const pack = (cells) => cells.join("").replace(/(.)\1*/g, (run, cell) =>
    `${run.length > 1 ? run.length : ""}${cell === NONE ? "_" : "abcde"[Number(cell)]}`);

  function unpack(text) {
    const cells = [...text.matchAll(/(\d*)([a-e_])/g)].flatMap(([, count, letter]) =>
      Array(Math.min(SIDE * SIDE, Number(count || 1))).fill(letter === "_" ? NONE : String("abcde".indexOf(letter))));
    return cells.length === SIDE * SIDE ? cells : Array(SIDE * SIDE).fill(NONE);
  }

  // The colours that were used, in the order of their numbers: the classes of the teacher.
  const used = (cells) => [...new Set(cells)].filter((cell) => cell !== NONE).sort().map(Number);

  // Colours the cells along a line between two places; all from 0 to 1, from the top left.
  function stroke(cells, from, to, colour) {
    const [[x, y], [across, down]] = [from, to.map((end, axis) => end - from[axis])];
    const length = across ** 2 + down ** 2;
    for (let cell = 0; cell < cells.length; cell += 1) {
      const [right, under] = [(cell % SIDE + 0.5) / SIDE - x, (Math.floor(cell / SIDE) + 0.5) / SIDE - y];
      const part = length ? Math.min(1, Math.max(0, (right * across + under * down) / length)) : 0;
      if (SIDE * Math.hypot(right - part * across, under - part * down) < RADIUS) cells[cell] = colour;
    }
  }

  // Calls `painted` with both ends of each line that a finger or a mouse paints: a fast one is heard of at few places.
  // Returns what ends that.
  function listen(canvas, painted) {
    let last = null;
    const on = (event) => {
      const box = canvas.getBoundingClientRect();
      const place = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
      painted(last ?? place, place);
      last = place;
    };
    const heard = {
      pointerdown: (event) => { canvas.setPointerCapture(event.pointerId); on(event); },
      pointermove: (event) => { if (last) on(event); },
      pointerup: () => { last = null; },
      pointercancel: () => { last = null; },
    };
    for (const [name, hear] of Object.entries(heard)) canvas.addEventListener(name, hear);
    return () => { for (const [name, hear] of Object.entries(heard)) canvas.removeEventListener(name, hear); };
  }

  function draw(canvas, cells, tints) {
    const size = 10;
    canvas.width = canvas.height = SIDE * size;
    const context = canvas.getContext("2d");
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    cells.forEach((cell, at) => {
      if (cell === NONE) return;
      context.fillStyle = tints[Number(cell)];
      context.fillRect(at % SIDE * size, Math.floor(at / SIDE) * size, size, size);
    });
    return context;
  }

  // Makes a canvas one to paint on, from these cells on, with a palette beside it; returns what ends that. What is
  // painted goes to `changed` after every stroke, and in the end to `teach`.
  function begin(canvas, palette, { cells, tints, names, teach, changed, cancel }) {
    const own = [...cells];
    const label = canvas.getAttribute("aria-label");
    let colour = "0", at = [0.5, 0.5];
    const show = () => labMap.cross(draw(canvas, own, tints), [at[0], 1 - at[1]], [0, 1]);
    const brush = (from, to) => { at = to; stroke(own, from, to, colour); show(); changed(own); };
    const pots = [...names, "nothing"].map((name, index) => dom.h("button", {
      type: "button", "aria-label": `paint ${name}`, "aria-pressed": String(index === 0),
      style: index < names.length ? `background:${tints[index]}` : undefined,
      onclick: (event) => {
        colour = index < names.length ? String(index) : NONE;
        for (const pot of pots) pot.setAttribute("aria-pressed", String(pot === event.currentTarget));
      },
    }, index < names.length ? "" : "×"));
    const lift = listen(canvas, brush);
    const keys = (event) => {
      const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      if (moves[event.key]) {
        at = at.map((value, axis) => Math.min(1, Math.max(0, value + moves[event.key][axis] / 20)));
        show();
      } else if (event.key === " " || event.key === "Enter") brush(at, at);
      else return;
      event.preventDefault();
    };
    canvas.addEventListener("keydown", keys);
    canvas.setAttribute("aria-label", "A plane to paint. Arrow keys move the brush, the space bar paints.");
    palette.replaceChildren(...pots,
      dom.h("button", { type: "button", class: "main", onclick: () => teach(own) }, "Teach it"),
      dom.h("button", { type: "button", class: "wide", onclick: cancel }, "Cancel"));
    palette.hidden = false;
    show();
    return () => {
      lift();
      canvas.removeEventListener("keydown", keys);
      canvas.setAttribute("aria-label", label);
      palette.hidden = true;
    };
  }

  return { pack, unpack, used, begin };
})();
