// The class page: a phone joins, asks by clicking, its student learns here, and its exam stands on the board.

"use strict";

const find = (id) => document.getElementById(id);
const TINTS = [
  "#7fb0e0", "#f0b070", "#83c8a4", "#c9a0dc", "#ead76a", "#a0d8e8", "#e09a9a", "#b5b5b5", "#c7d58a", "#d0b090",
];
// Pixels of a map, on each side: those of its canvas.
const SIDE = find("lab-student").width;
const number = (count) => count.toLocaleString("en");
const percent = (share) => `${(100 * share).toFixed(1)} %`;

// What a phone keeps: its key, and of each teacher what it asked, so that a reload costs no query, and its last exam.
const kept = (() => {
  const own = `distill-lab ${location.host}`;
  const all = JSON.parse(localStorage.getItem(own) ?? "{}");
  return { all, save: () => localStorage.setItem(own, JSON.stringify(all)) };
})();

let account = null, shown = null, cursor = [0.5, 0.5];

async function call(path, body, key = kept.all.key) {
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  const answer = await fetch(path, body === undefined ? { headers }
    : { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const told = await answer.json();
  if (answer.ok) return told;
  const error = typeof told.error === "string" ? told.error.replace(/^\w+: /, "") : told.error.message;
  throw Object.assign(new Error(error), { status: answer.status });
}

// What this server says about itself, to anybody.
const described = () => call("/openapi.json", undefined, "");

function say(text) {
  find("told").textContent = text;
  find("bars").replaceChildren();
}

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// The distribution that an answer says, what it leaves open spread evenly, and how it is put.
function heard(outputs, row, classes) {
  const output = (name) => outputs.find((it) => it.name === name);
  const answer = new Array(classes).fill(0);
  if (output("labels")) {
    answer[output("labels").data[row]] = 1;
  } else if (output("probabilities")) {
    const sum = Array.from(answer, (_, k) => output("probabilities").data[row * classes + k]);
    const total = sum.reduce((a, b) => a + b, 0);
    return sum.map((p) => (total > 0 ? p / total : 1 / classes));
  } else {
    const { shape: [, width], data: labels } = output("top_labels"), p = output("top_probabilities").data;
    let rest = 1;
    for (let k = 0; k < width; k++) rest -= p[row * width + k];
    answer.fill(Math.max(0, rest) / Math.max(1, classes - width));
    for (let k = 0; k < width; k++) answer[labels[row * width + k]] = p[row * width + k];
  }
  return answer;
}

async function ask(points) {
  if (points.length === 0) return say("All of these points were asked already.");
  const { name, classes, asked } = shown;
  try {
    const input = { name: "points", datatype: "FP32", shape: [points.length, points[0].length], data: points.flat() };
    const { outputs } = await call(`/v2/models/${name}/infer`, { inputs: [input] });
    points.forEach((point, row) => asked.push({ point, answer: heard(outputs, row, classes.length) }));
    kept.save();
    account.used += points.length;
    const last = asked.at(-1).answer;
    say(points.length > 1 ? `${points.length} points were answered. The last:` : "The teacher says:");
    find("bars").replaceChildren(...last.flatMap((p, k) => [
      element("span", { textContent: classes[k] }),
      element("progress", { max: 1, value: p, ariaLabel: classes[k] }),
      element("span", { className: "number", textContent: percent(p) }),
    ]));
    learn();
  } catch (problem) {
    say(problem.status === 403 || problem.status === 429 ? `Refused: ${problem.message}.` : `${problem.message}.`);
  }
  draw();
}

// Students learn in a worker, one at a time; what was asked meanwhile is learned next.
const worker = new Worker("/student.js");
let learning = null, again = false;
function learn() {
  const { name, classes, asked, exam, bounds } = shown;
  if (asked.length === 0) return;
  if (learning) { again = true; return; }
  learning = shown;
  find("lab").dataset.busy = "";
  worker.postMessage({
    data: name, bounds, side: SIDE, classes: classes.length, dimension: exam[0].length, exam: exam.flat(),
    points: asked.flatMap((it) => it.point), answers: asked.flatMap((it) => it.answer),
  });
}
worker.onmessage = ({ data: { error, labels, map } }) => {
  if (error) say(`The student did not learn: ${error}.`);
  else Object.assign(learning, { labels, map: learning.plane ? tinted(map) : null });
  learning = null;
  delete find("lab").dataset.busy;
  if (again) { again = false; learn(); }
  draw();
};

// A map in colours: a class a pixel, the top row first.
function tinted(map) {
  const sheet = new OffscreenCanvas(SIDE, SIDE), picture = new ImageData(SIDE, SIDE);
  const tints = TINTS.map((tint) => [1, 3, 5].map((at) => parseInt(tint.slice(at, at + 2), 16)));
  map.forEach((class_, at) => picture.data.set([...tints[class_ % tints.length], 255], 4 * at));
  sheet.getContext("2d").putImageData(picture, 0, 0);
  return sheet;
}

function draw() {
  if (!shown) return;
  const { asked, bounds: [low, high], plane, map, pool } = shown;
  find("lab-queries").textContent = number(account.used);
  find("quota").textContent = number(account.quota);
  const exam = kept.all.exams?.[shown.name];
  find("lab-agreement").textContent = exam ? percent(exam.agreement) : "–";
  find("agreement-label").textContent =
    exam ? `agreement with ${number(exam.queries)} queries` : "agreement: submit your exam";
  // Not while it learns: its last answers would stand beside queries that they did not take.
  find("submit").disabled = learning !== null || !shown.labels || account.submissions_left === 0;
  find("submissions").textContent = `${account.submissions_left} of 10 submissions left. ` +
    "The best one stands on the board, beside the queries that it took.";
  find("ask-by-hand").hidden = find("learned").hidden = !plane;
  if (!plane) return;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches, paper = dark ? "#16181d" : "#fff";
  const place = ([x, y], size) => [(x - low) / (high - low) * size, (high - y) / (high - low) * size];
  const dot = (pen, at, radius, colour) => {
    pen.beginPath();
    pen.arc(...at, radius, 0, 7);
    pen.fillStyle = colour;
    pen.fill();
  };
  for (const id of ["lab-teacher", "lab-student"]) {
    const canvas = find(id), pen = canvas.getContext("2d"), size = canvas.width;
    pen.globalAlpha = 1;
    pen.fillStyle = paper;
    pen.fillRect(0, 0, size, size);
    if (id === "lab-student" && map) {
      pen.globalAlpha = dark ? 0.65 : 0.75;
      pen.drawImage(map, 0, 0);
    }
    const faint = dark ? "#454b57" : "#d6d9df";
    if (id === "lab-teacher") pool.slice(0, 300).forEach((point) => dot(pen, place(point, size), 2, faint));
    pen.globalAlpha = 1;
    for (const { point, answer } of asked) {
      dot(pen, place(point, size), 6, dark ? "#e8e9ec" : "#1c1e22");
      dot(pen, place(point, size), 4.5, TINTS[answer.indexOf(Math.max(...answer)) % TINTS.length]);
    }
    if (id === "lab-teacher" && document.activeElement === canvas) {
      pen.strokeStyle = dark ? "#e8e9ec" : "#1c1e22";
      pen.strokeRect(cursor[0] * size - 6, cursor[1] * size - 6, 12, 12);
    }
  }
}

function pointAt([right, down]) {
  const [low, high] = shown.bounds;
  return [low + right * (high - low), high - down * (high - low)];
}

async function show(name) {
  const { parameters: { classes, bounds }, inputs } = await call(`/v2/models/${name}`);
  const [pool, exam] = await Promise.all([call(`/v1/pool?model=${name}`), call(`/v1/exam?model=${name}`)]);
  const asked = ((kept.all.asked ??= {})[name] ??= []);
  const plane = inputs[0].shape[1] === 2;
  shown = { name, classes, bounds, plane, pool: pool.points, exam: exam.points, asked };
  for (const button of find("models").children) button.ariaPressed = String(button.textContent === name);
  say(plane ? "Click into the map: the teacher answers." : "Ask about points of the data.");
  learn();
  draw();
}

async function enter() {
  account = await call("/v1/account");
  find("state").textContent = account.name + (account.closed ? `: this account is closed (${account.why}).` : "");
  // Teachers that talk know no points.
  const names = (await described()).components.schemas.PointModel.enum ?? [];
  find("enter").hidden = true;
  find("lab").hidden = false;
  find("models").hidden = names.length < 2;
  find("models").replaceChildren(...names.map((name) =>
    element("button", { type: "button", textContent: name, onclick: () => show(name) })));
  if (names.length === 0) return say("The teacher of this server talks: ask it with the client of your choice.");
  await show(names[0]);
}

async function begin() {
  if (kept.all.key) {
    try { return await enter(); } catch (problem) {
      if (problem.status !== 401) { find("state").textContent = problem.message; return; }
      // Another server at this address: it knows nothing of this phone.
      for (const field of Object.keys(kept.all)) delete kept.all[field];
      kept.save();
    }
  }
  const open = (await described()).info["x-join"];
  find("enter").hidden = false;
  find("name-label").hidden = !open;
  find("key-label").hidden = open;
  find(open ? "name" : "key").required = true;
}

find("enter").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const join = async () => (await call("/v1/accounts", { name: find("name").value }, "")).key;
    kept.all.key = find("name-label").hidden ? find("key").value.trim() : await join();
    kept.save();
    await enter();
  } catch (problem) {
    delete kept.all.key;
    find("state").textContent = problem.message;
  }
});
find("lab-teacher").addEventListener("click", (event) => {
  const { left, top, width, height } = event.target.getBoundingClientRect();
  cursor = [(event.clientX - left) / width, (event.clientY - top) / height];
  ask([pointAt(cursor)]);
});
find("lab-teacher").addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [-0.04, 0], ArrowRight: [0.04, 0], ArrowUp: [0, -0.04], ArrowDown: [0, 0.04] }[event.key];
  if (step) cursor = cursor.map((part, axis) => Math.min(1, Math.max(0, part + step[axis])));
  else if (event.key === "Enter") ask([pointAt(cursor)]);
  else return;
  event.preventDefault();
  draw();
});
for (const count of [1, 20]) {
  find(`ask-${count}`).addEventListener("click", () => {
    const known = new Set(shown.asked.map((it) => it.point.join()));
    // Each account begins somewhere else in the pool, which is the same for all.
    const from = 61 * account.account % shown.pool.length;
    const own = [...shown.pool.slice(from), ...shown.pool.slice(0, from)];
    ask(own.filter((point) => !known.has(point.join())).slice(0, count));
  });
}
find("submit").addEventListener("click", async () => {
  try {
    const told = await call("/v1/exam", { model: shown.name, labels: shown.labels });
    account.submissions_left = told.submissions_left;
    (kept.all.exams ??= {})[shown.name] = { agreement: told.agreement, queries: shown.asked.length };
    kept.save();
  } catch (problem) {
    say(`${problem.message}.`);
  }
  draw();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
begin();
