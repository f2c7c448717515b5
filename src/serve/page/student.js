// A student in a worker: a network with two hidden layers that learns from answers, by Adam, as plain as can be.
//
//   h = max(0, W x + b), twice      p = softmax(W h + b)      minimise Σ −answer · ln p
//
// It is not the student of the figures: those come from the program, in WebAssembly. This one learns from any teacher
// behind the API, whatever its points look like.

"use strict";

const STEPS = 600, BATCH = 64, RATE = 0.01, HIDDEN = 24;

// Random numbers of a seed (mulberry32): the same queries give the same student.
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function network(widths, draw) {
  return widths.slice(1).map((outs, at) => {
    const ins = widths[at], reach = Math.sqrt(6 / ins);
    const weights = Float32Array.from({ length: ins * outs }, () => (2 * draw() - 1) * reach);
    return { ins, outs, weights, bias: new Float32Array(outs) };
  });
}

// The outputs of every layer for one point, the point first, logits last.
function forward(layers, point) {
  const outputs = [point];
  layers.forEach(({ ins, outs, weights, bias }, depth) => {
    const from = outputs[depth], to = new Float32Array(outs);
    for (let o = 0; o < outs; o++) {
      let sum = bias[o];
      for (let i = 0; i < ins; i++) sum += weights[o * ins + i] * from[i];
      to[o] = depth < layers.length - 1 ? Math.max(0, sum) : sum;
    }
    outputs.push(to);
  });
  return outputs;
}

function softmax(logits) {
  const most = Math.max(...logits), raised = logits.map((z) => Math.exp(z - most));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((z) => z / sum);
}

const first = (values) => values.indexOf(Math.max(...values));

// Adds the gradient of one example to the sums of all layers.
function backward(layers, sums, point, answer) {
  const outputs = forward(layers, point);
  let delta = softmax(outputs.at(-1)).map((p, k) => p - answer[k]);
  for (let depth = layers.length - 1; depth >= 0; depth--) {
    const { ins, outs, weights } = layers[depth], from = outputs[depth], sum = sums[depth];
    const next = new Float32Array(ins);
    for (let o = 0; o < outs; o++) {
      sum.bias[o] += delta[o];
      for (let i = 0; i < ins; i++) {
        sum.weights[o * ins + i] += delta[o] * from[i];
        next[i] += delta[o] * weights[o * ins + i];
      }
    }
    delta = next.map((value, i) => (from[i] > 0 ? value : 0));
  }
}

function learn(points, answers) {
  const draw = random(1), layers = network([points[0].length, HIDDEN, HIDDEN, answers[0].length], draw);
  const like = () => layers.map(({ weights, bias }) =>
    ({ weights: new Float32Array(weights.length), bias: new Float32Array(bias.length) }));
  const [means, squares] = [like(), like()];
  for (let step = 1; step <= STEPS; step++) {
    const sums = like(), count = Math.min(BATCH, points.length);
    for (let n = 0; n < count; n++) {
      const at = points.length <= BATCH ? n : Math.floor(draw() * points.length);
      backward(layers, sums, points[at], answers[at]);
    }
    const rate = RATE * (1 - step / (STEPS + 1));
    layers.forEach((layer, depth) => {
      for (const part of ["weights", "bias"]) {
        const [sum, mean, square] = [sums[depth][part], means[depth][part], squares[depth][part]];
        for (let i = 0; i < sum.length; i++) {
          const g = sum[i] / count;
          mean[i] = 0.9 * mean[i] + 0.1 * g;
          square[i] = 0.999 * square[i] + 0.001 * g * g;
          const [m, v] = [mean[i] / (1 - 0.9 ** step), square[i] / (1 - 0.999 ** step)];
          layer[part][i] -= rate * (m / (Math.sqrt(v) + 1e-8) + (part === "weights" ? 1e-3 * layer[part][i] : 0));
        }
      }
    });
  }
  return layers;
}

// Queries with their answers in; the student's classes for other points out.
onmessage = ({ data: { points, answers, others } }) => {
  const layers = learn(points, answers);
  postMessage(others.map((points) => points.map((point) => first(forward(layers, point).at(-1)))));
};
