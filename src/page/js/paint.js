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

  // Colours the cells around a place; both from 0 to 1, from the top left.
  function dab(cells, [x, y], colour) {
    for (let cell = 0; cell < cells.length; cell += 1) {
      const [column, row] = [cell % SIDE + 0.5, Math.floor(cell / SIDE) + 0.5];
      if (Math.hypot(column - x * SIDE, row - y * SIDE) < RADIUS) cells[cell] = colour;
    }
  }

  // Calls `touched` with each place that a finger or a mouse paints; returns what ends that.
  function listen(canvas, touched) {
    const dab = (event) => {
      const box = canvas.getBoundingClientRect();
      touched([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
    };
    const down = (event) => { canvas.setPointerCapture(event.pointerId); dab(event); };
    const move = (event) => { if (event.buttons) dab(event); };
    canvas.addEventListener("pointerdown", down);
    canvas.addEventListener("pointermove", move);
    return () => {
      canvas.removeEventListener("pointerdown", down);
      canvas.removeEventListener("pointermove", move);
    };
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

  return { NONE, pack, unpack, used, dab, listen, draw };
})();
