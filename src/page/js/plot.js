// Places in a chart that the page has drawn: from counts and shares to units of its SVG, and back.

const plot = (() => {
  const bounded = (share) => Math.min(1, Math.max(0, share));
  // How a height grows with a share, and back: evenly, or as in `plot/axes.rs` with the logarithm of what is missing.
  const UP = {
    even: [(share) => share, (height) => height],
    opening: [(share) => -Math.log10(1.001 - bounded(share)), (height) => 1.001 - 10 ** -height],
  };
  const ACROSS = { even: (number) => number, logarithm: Math.log10 };

  // `data-plot` holds the box of the plot and the ends of both axes, `data-scales` how these are divided.
  function of(svg) {
    const [left, right, top, bottom, first, last, low, high] = svg.dataset.plot.split(" ").map(Number);
    const [places, heights] = svg.dataset.scales.split(" ");
    const [across, [up, down]] = [ACROSS[places], UP[heights]];
    return {
      top, bottom,
      x: (number) => left + (right - left) * (across(number) - first) / (last - first),
      y: (share) => bottom - (bottom - top) * bounded((up(share) - low) / (high - low)),
      share: (y) => bounded(down(low + (high - low) * bounded((bottom - y) / (bottom - top)))),
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
