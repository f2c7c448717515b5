// The maps of the lab: tints of classes, stripes where two maps differ, the queries, and a cross to ask with.

const labMap = (() => {
  const rgba = (hex) => (255 << 24 | parseInt(hex.slice(5, 7), 16) << 16 | parseInt(hex.slice(3, 5), 16) << 8 |
    parseInt(hex.slice(1, 3), 16)) >>> 0;
  const INK = "#1b1f24";

  // Tints, borders, and stripes where the class is not that of the `other` map. `shades` are the classes' colours.
  function tint({ map, side, shades, other }, { border, disagreement }) {
    const image = new ImageData(side, side);
    const pixels = new Uint32Array(image.data.buffer);
    const [tints, edge, wrong] = [shades.map(rgba), rgba(border), rgba(disagreement)];
    const stripe = Math.max(2, Math.round(side / 200));
    for (let y = 0, at = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1, at += 1) {
        const own = map[at];
        const meets = (x + 1 < side && map[at + 1] !== own) || (y + 1 < side && map[at + side] !== own);
        const striped = other && other[at] !== own && (x + y) % (3 * stripe) < stripe;
        pixels[at] = meets ? edge : striped ? wrong : tints[own];
      }
    }
    return image;
  }

  // Puts an image on a canvas; returns what draws on top of it.
  function put(canvas, image) {
    canvas.width = canvas.height = image.width;
    const context = canvas.getContext("2d");
    context.putImageData(image, 0, 0);
    return context;
  }

  // Queries (x, y, x, y, …), the one at `newest` with a ring.
  function dots(context, points, newest, [low, high], colour) {
    const side = context.canvas.width;
    const scale = side / (high - low);
    const radius = (points.length > 400 ? 2 : 3.4) * side / Math.max(260, context.canvas.clientWidth);
    const disc = (at, size) => {
      context.beginPath();
      context.arc((points[2 * at] - low) * scale, (high - points[2 * at + 1]) * scale, size, 0, 2 * Math.PI);
    };
    context.lineWidth = radius / 2.6;
    for (let at = 0; 2 * at + 1 < points.length; at += 1) {
      disc(at, radius);
      context.fillStyle = colour;
      context.fill();
      context.strokeStyle = "#ffffff";
      context.stroke();
    }
    if (newest >= 0 && 2 * newest + 1 < points.length) {
      disc(newest, 2 * radius);
      context.lineWidth = radius / 1.7;
      context.strokeStyle = INK;
      context.stroke();
    }
  }

  function cross(context, [x, y], [low, high]) {
    const side = context.canvas.width;
    const [across, down] = [(x - low) / (high - low) * side, (high - y) / (high - low) * side];
    const arm = side / 30;
    context.strokeStyle = INK;
    context.lineWidth = side / 200;
    context.beginPath();
    context.moveTo(across - arm, down);
    context.lineTo(across + arm, down);
    context.moveTo(across, down - arm);
    context.lineTo(across, down + arm);
    context.stroke();
  }

  return { tint, put, dots, cross };
})();
