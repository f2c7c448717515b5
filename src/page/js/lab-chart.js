// The curve of the lab: the reader's own students over the recorded ones and the independent model.

const labChart = (() => {
  const { s } = dom;
  const HEIGHT = 165, LEFT = 36, RIGHT = 8, TOP = 26, BOTTOM = 34, DECADES = 3;

  // `own` and `others` are (queries, share) pairs; `now` is the own one that is shown; `recorded` is a curve or none.
  function draw(svg, { recorded, independent, own, others, now }) {
    const width = Math.max(260, svg.clientWidth);
    const x = (queries) => LEFT + (width - LEFT - RIGHT) * Math.log10(Math.max(1, queries)) / DECADES;
    const y = (share) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - share);
    const line = recorded?.map((p, at) => `${at ? "L" : "M"}${x(p.x)},${y(p.mean)}`).join("");
    const dot = (kind, r) => ([queries, share]) => s("circle", { class: kind, cx: x(queries), cy: y(share), r });
    const end = { x: width - RIGHT, "text-anchor": "end" };
    svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    svg.replaceChildren(...[
      s("text", { x: 0, y: 12 }, "agreement, %"),
      ...[0, 0.5, 1].flatMap((share) => [
        s("path", { class: "rule", d: `M${LEFT},${y(share)}H${width - RIGHT}` }),
        s("text", { x: LEFT - 5, y: y(share) + 4, "text-anchor": "end" }, `${100 * share}`)]),
      ...[1, 10, 100, 1000].map((queries) => s("text", {
        x: x(queries), y: HEIGHT - 18, "text-anchor": queries === 1000 ? "end" : "middle",
      }, say.thousands(queries))),
      s("text", { ...end, y: HEIGHT - 3 }, "queries"),
      line && s("path", { class: "recorded", d: line }),
      independent && s("path", { class: "independent", d: `M${LEFT},${y(independent)}H${width - RIGHT}` }),
      line && s("text", { ...end, y: y(0.2) }, "wide line: mean of the recorded students"),
      independent && s("text", { ...end, y: y(0.04) }, "dashed: models that never met it"),
      ...others.map(dot("other", 2)),
      ...own.map(dot("own", 4)),
      now && dot("now", 5)(now),
    ].filter(Boolean));
  }

  return { draw };
})();
