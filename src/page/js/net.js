// The forward pass of a student: y = W·x + b layer by layer, with ReLU, max(0, y), between the layers.
//
// Weights lie layer by layer: W (out × in, row by row), then b (out). Nothing here changes them.

const net = (() => {
  // The class with the largest output at a point; the first of equals.
  function answer(widths, parameters, point) {
    let values = point;
    let at = 0;
    for (let layer = 1; layer < widths.length; layer += 1) {
      const [inputs, outputs] = [widths[layer - 1], widths[layer]];
      const next = new Float64Array(outputs);
      const biases = at + inputs * outputs;
      for (let out = 0; out < outputs; out += 1) {
        let sum = parameters[biases + out];
        for (let input = 0; input < inputs; input += 1) sum += parameters[at + out * inputs + input] * values[input];
        next[out] = layer < widths.length - 1 ? Math.max(0, sum) : sum;
      }
      at = biases + outputs;
      values = next;
    }
    let best = 0;
    for (let out = 1; out < values.length; out += 1) if (values[out] > values[best]) best = out;
    return best;
  }

  // What a student answers at the middle of every cell of a map, the top row first.
  function map(widths, parameters, side, low, high) {
    const cells = new Uint8Array(side * side);
    const middle = (cell) => low + (high - low) * (cell + 0.5) / side;
    for (let row = 0; row < side; row += 1) {
      for (let column = 0; column < side; column += 1) {
        cells[row * side + column] = answer(widths, parameters, [middle(column), middle(side - 1 - row)]);
      }
    }
    return cells;
  }

  return { answer, map };
})();
