// Places in a chart that the page has drawn: from counts and shares to units of its SVG, and back.

const plot = (() => {
  // `data-plot` holds the box of the plot, and the logarithms of the first count and of the last.
  function of(svg) {
    const [left, right, top, bottom, low, high] = svg.dataset.plot.split(" ").map(Number);
    return {
      top, bottom,
      x: (count) => left + (right - left) * (Math.log10(count) - low) / (high - low),
      y: (share) => bottom - (bottom - top) * share,
      share: (y) => Math.min(1, Math.max(0, (bottom - y) / (bottom - top))),
    };
  }

  // Where a finger or a mouse is, in units of the SVG.
  function at(svg, event) {
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  }

  const charts = (figure) => [...figure.querySelectorAll("svg[data-plot]")];

  return { of, at, charts };
})();
