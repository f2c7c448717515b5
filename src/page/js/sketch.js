// A chart to guess in: a dashed curve with handles to drag; the truth is drawn beside it once it may be seen.

const sketch = (() => {
  const { s } = dom;
  const LEFT = 48, RIGHT = 32, TOP = 14, BOTTOM = 46;

  // Where the axis of counts has its numbers: 1, 2 and 5 of each decade, or the powers of ten if it is long.
  function ticks(low, high) {
    const steps = high / low > 200 ? [1] : [1, 2, 5];
    const found = [];
    for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power += 1) {
      for (const step of steps) {
        const tick = step * 10 ** power;
        if (tick >= low * 0.999 && tick <= high * 1.001) found.push(tick);
      }
    }
    return found;
  }

  // `moved(index, share)` is called when a handle is dragged. `draw(values, shows)` draws anew.
  function make(host, guess, moved) {
    const lines = [guess.line, guess.given].filter(Boolean);
    const places = lines.flatMap((line) => line.points.map((point) => point.x));
    const [low, high] = [Math.min(...places), Math.max(...places)];
    const svg = s("svg", { class: "sketch", "aria-hidden": "true" });
    host.append(svg);
    let last = null;

    function scales() {
      const width = Math.max(280, host.clientWidth);
      const height = width < 520 ? 280 : 340;
      const x = (count) => LEFT + (width - LEFT - RIGHT) * Math.log(count / low) / Math.log(high / low);
      const y = (share) => TOP + (height - TOP - BOTTOM) * (1 - share);
      return { width, height, x, y };
    }

    const path = (points, { x, y }) => points.map((p, at) => `${at ? "L" : "M"}${x(p.x)},${y(p.mean)}`).join("");

    function axes(scale) {
      const { width, height, x, y } = scale;
      const rows = [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => [
        s("path", { class: "grid", d: `M${LEFT},${y(share)}H${width - RIGHT}` }),
        s("text", { class: "tick", x: LEFT - 8, y: y(share) + 4, "text-anchor": "end" }, say.percent(share, 0)),
      ]);
      const columns = ticks(low, high).map((count) => [
        s("path", { class: "axis", d: `M${x(count)},${y(0)}v6` }),
        s("text", { class: "tick", x: x(count), y: y(0) + 20, "text-anchor": "middle" }, say.thousands(count)),
      ]);
      const name = s("text", { class: "tick", x: (LEFT + width - RIGHT) / 2, y: height - 6, "text-anchor": "middle" },
        guess.unit);
      return [rows, s("path", { class: "axis", d: `M${LEFT},${y(0)}H${width - RIGHT}` }), columns, name].flat(2);
    }

    function curve(line, scale) {
      const { x, y } = scale;
      const above = line.points.map((p) => `${x(p.x)},${y(Math.min(1, p.high))}`);
      const below = line.points.map((p) => `${x(p.x)},${y(Math.max(0, p.low))}`).reverse();
      return s("g", { style: `--actor:${line.colour}` },
        s("polygon", { class: "band", points: [...above, ...below].join(" ") }),
        s("path", { class: "curve", d: path(line.points, scale) }),
        line.points.map((p) => s("circle", { class: "dot", cx: x(p.x), cy: y(p.mean), r: 3.5 })));
    }

    function handle(index, value, scale) {
      const place = { cx: scale.x(guess.handles[index]), cy: scale.y(value) };
      const hold = s("circle", { class: "hold", ...place, r: 22 });
      const drag = (event) => {
        const box = svg.getBoundingClientRect();
        const at = (event.clientY - box.top) * scale.height / box.height;
        moved(index, Math.min(1, Math.max(0, 1 - (at - TOP) / (scale.height - TOP - BOTTOM))));
      };
      hold.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        const stop = () => { removeEventListener("pointermove", drag); removeEventListener("pointerup", stop); };
        addEventListener("pointermove", drag);
        addEventListener("pointerup", stop);
        drag(event);
      });
      return s("g", {}, s("circle", { class: "handle", ...place, r: 8 }), hold);
    }

    function draw(values, { truth, guessed, open }) {
      last = [values, { truth, guessed, open }];
      const scale = scales();
      const own = guess.handles.map((x, at) => ({ x, mean: values[at] }));
      svg.setAttribute("viewBox", `0 0 ${scale.width} ${scale.height}`);
      svg.replaceChildren(...[
        ...axes(scale),
        guess.given && curve(guess.given, scale),
        truth && curve(guess.line, scale),
        guessed && s("path", { class: "guessed", d: path(own, scale) }),
        ...(open ? values.map((value, at) => handle(at, value, scale)) : []),
      ].filter(Boolean));
    }

    new ResizeObserver(() => { if (last) draw(...last); }).observe(host);
    return { draw };
  }

  return { make };
})();
