// The teacher's screen: who asks what, what the detectors make of it, and who stands where.

"use strict";

const find = (id) => document.getElementById(id);
// Okabe and Ito's colours without yellow and black: they differ for every kind of eye.
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a6d3b", "#7a5fd0"];
const TINTS = [
  "#7fb0e0", "#f0b070", "#83c8a4", "#c9a0dc", "#ead76a", "#a0d8e8", "#e09a9a", "#b5b5b5", "#c7d58a", "#d0b090",
];
const SHOWN = { points: 4000, drawings: 48, talk: 14, accounts: 100, leaders: 100 };

const state = {
  key: "", models: [], accounts: new Map(), model: "", seen: new Map(), standing: new Map(), looked: new Map(),
};

// An element with its text and children; text is never read as HTML.
function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const colour = (account) => COLOURS[(account - 1) % COLOURS.length];
const number = (count) => count.toLocaleString("en");
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const model = () => state.models.find((it) => it.name === state.model);

function call(path, method = "GET") {
  return fetch(path, { method, headers: { Authorization: `Bearer ${state.key}` } });
}

// Server-sent events with a key: what EventSource cannot send. It ends where the server does, or where this screen has
// missed some and begins anew.
async function listen() {
  const answer = await call("/v1/events");
  if (!answer.ok) throw answer;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const field = (name) => block.split("\n").filter((line) => line.startsWith(`${name}: `))
        .map((line) => line.slice(name.length + 2)).join("\n");
      if (field("event") === "missed") return reader.cancel();
      if (field("event")) happened(field("event"), JSON.parse(field("data")));
    }
  }
}

const EVENTS = {
  board({ models, accounts }) {
    state.models = models;
    state.accounts = new Map(accounts.map((it) => [it.account, it]));
    state.seen = new Map(models.map((it) => [it.name, []]));
    if (!model()) state.model = models[0].name;
    find("models").replaceChildren(...models.map(({ name }) => element("button", {
      type: "button", textContent: name, onclick: () => { state.model = name; draw(); },
    })));
    state.looked.clear();
  },
  query({ account, model: name, count, used, queries }) {
    const own = state.accounts.get(account);
    if (own) {
      own.used = used;
      own.models[name] = (own.models[name] ?? 0) + count;
      if (!own.closed) own.left = own.quota - used;
    }
    const seen = state.seen.get(name);
    for (const query of queries) seen?.push({ account, ...query });
    if (seen && seen.length > SHOWN.points) seen.splice(0, seen.length - SHOWN.points);
  },
  account(account) {
    state.accounts.set(account.account, { models: {}, exams: [], left: account.quota, closed: false, ...account });
  },
  closed({ account, closed, why }) {
    Object.assign(state.accounts.get(account) ?? {}, { closed, why });
  },
  exam({ account, ...exam }) {
    state.accounts.get(account)?.exams.push(exam);
  },
};

let waiting = false;
function happened(name, data) {
  EVENTS[name]?.(data);
  // As often as the screen is drawn, however much happens.
  if (!waiting) {
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  }
}

// What the detectors make of an account that is shown and has asked since, at most once a second.
const looking = new Set();
function look({ account, used }) {
  if (looking.has(account) || state.looked.get(account) === used || !state.models.some((it) => it.detectors)) return;
  looking.add(account);
  state.looked.set(account, used);
  setTimeout(async () => {
    looking.delete(account);
    const answer = await call(`/v1/accounts/${account}/standing`);
    if (answer.ok) state.standing.set(account, await answer.json());
    draw();
  }, 1000);
}

function draw() {
  const shown = model();
  if (!shown) return;
  for (const button of find("models").children) {
    button.ariaPressed = String(button.textContent === state.model);
  }
  find("models").hidden = state.models.length < 2;
  const accounts = [...state.accounts.values()];
  const asked = accounts.reduce((sum, it) => sum + it.used, 0);
  find("state").textContent =
    `${number(accounts.length)} ${accounts.length === 1 ? "account" : "accounts"}, ${number(asked)} queries. Live.`;
  find("nobody").hidden = accounts.length > 0;
  // Who asked most stands first; who asked nothing is counted.
  const told = accounts.filter((it) => it.used > 0 || it.closed).sort((a, b) => b.used - a.used);
  const shownHere = told.slice(0, SHOWN.accounts), rest = accounts.length - shownHere.length;
  shownHere.forEach(look);
  find("accounts").replaceChildren(...shownHere.map(row));
  find("silent").textContent = rest === 0 ? "" : `${number(rest)} more, who asked less or nothing yet.`;
  drawLeaders(accounts);
  const seen = state.seen.get(shown.name);
  find("plane").hidden = !shown.map;
  find("drawings").hidden = !shown.side;
  find("talk").hidden = !shown.talks;
  if (shown.map) drawPlane(shown, seen);
  else if (shown.side) drawDrawings(shown, seen);
  else if (shown.talks) drawTalk(seen);
  find("shown-note").textContent = seen.length === 0 ? "No query yet." : shown.map
    ? "Pale: what the teacher says everywhere. Dots: queries, in the colour of who asked."
    : shown.side ? "The last drawings that were asked about; below each, the teacher's answer."
      : shown.talks ? "The last questions, and what the teacher said." : `${number(seen.length)} queries of a table.`;
}

function row(account) {
  const { account: id, name, used, quota, closed, why, exams } = account;
  const best = exams.reduce((most, it) => Math.max(most, it.agreement), -1);
  const spent = `${number(used)} of ${number(quota)}` + (best >= 0 ? `, best ${percent(best)}` : "");
  const swatch = element("span", { className: "swatch" });
  swatch.style.background = colour(id);
  const button = element("button", {
    className: "small", type: "button", textContent: closed ? "Reopen" : "Close", ariaLabel:
      `${closed ? "Reopen" : "Close"} the account of ${name}`,
    onclick: () => call(`/v1/accounts/${id}/${closed ? "reopen" : "close"}`, "POST"),
  });
  const line = element("div", { className: "row" }, swatch,
    element("div", {}, name, element("div", { className: "spent", textContent: spent })), button);
  const meter = element("meter", { min: 0, max: quota, value: used, ariaLabel: `queries of ${name}` });
  const parts = [line, meter];
  if (closed) parts.push(element("p", { className: "why", textContent: `Closed: ${why}` }));
  const standing = state.standing.get(id)?.[state.model];
  if (standing?.length) {
    const told = ({ detector, own, limit }) => element("span", {
      className: own !== null && limit !== null && own >= limit ? "over" : "",
      textContent: `${detector} ${own === null ? "–" : percent(own)}`,
      title: limit === null ? "closes nobody here" : `closes from ${percent(limit)}`,
    });
    parts.push(element("div", { className: "detectors", title: "more unusual than this share of honest accounts" },
      ...standing.map(told)));
  }
  return element("li", {}, ...parts);
}

function drawLeaders(accounts) {
  const best = accounts.flatMap(({ account, name, exams }) => {
    const own = exams.filter((it) => it.model === state.model).sort((a, b) => b.agreement - a.agreement)[0];
    return own ? [{ account, name, ...own }] : [];
  }).sort((a, b) => b.agreement - a.agreement || a.queries - b.queries);
  find("no-exam").hidden = best.length > 0;
  const first = best.slice(0, SHOWN.leaders);
  find("leaders").replaceChildren(...first.map(({ name, agreement, queries }, place) => element("li", {},
    element("span", { textContent: `${place + 1}.` }),
    element("span", {}, name, element("span", { className: "spent", textContent: ` with ${number(queries)} queries` })),
    element("b", { textContent: percent(agreement) }))));
}

function drawPlane({ map, bounds: [low, high] }, seen) {
  const canvas = find("plane"), pen = canvas.getContext("2d");
  const side = Math.round(Math.sqrt(map.length)), size = canvas.width;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  pen.globalAlpha = 1;
  pen.fillStyle = dark ? "#16181d" : "#fff";
  pen.fillRect(0, 0, size, size);
  pen.globalAlpha = dark ? 0.4 : 0.5;
  for (let pixel = 0; pixel < map.length; pixel++) {
    pen.fillStyle = TINTS[parseInt(map[pixel], 16) % TINTS.length];
    const cell = size / side;
    pen.fillRect((pixel % side) * cell, Math.floor(pixel / side) * cell, cell, cell);
  }
  pen.globalAlpha = 1;
  seen.forEach(({ account, asked }, at) => {
    const [x, y] = JSON.parse(asked);
    const place = [(x - low) / (high - low) * size, (high - y) / (high - low) * size];
    pen.beginPath();
    pen.arc(...place, seen.length - at <= 20 ? 5 : 3, 0, 7);
    pen.fillStyle = colour(account);
    pen.fill();
    pen.strokeStyle = dark ? "#e8e9ec" : "#fff";
    pen.stroke();
  });
}

function drawDrawings({ side, classes }, seen) {
  find("drawings").replaceChildren(...seen.slice(-SHOWN.drawings).reverse().map(({ account, asked, class: answer }) => {
    const canvas = element("canvas", { width: side, height: side }), pen = canvas.getContext("2d");
    const pixels = JSON.parse(asked), image = pen.createImageData(side, side);
    pixels.forEach((ink, at) => {
      image.data.fill(255 * (1 - Math.min(1, Math.max(0, ink))), 4 * at, 4 * at + 3);
      image.data[4 * at + 3] = 255;
    });
    pen.putImageData(image, 0, 0);
    canvas.style.borderColor = colour(account);
    return element("figure", {}, canvas, classes[answer]);
  }));
}

function drawTalk(seen) {
  find("talk").replaceChildren(...seen.slice(-SHOWN.talk).reverse().map(({ account, asked, answer }) => {
    const name = state.accounts.get(account)?.name ?? "";
    return element("li", {}, element("span", { textContent: `${name}: ${asked}` }), answer);
  }));
}

async function open(key) {
  state.key = key;
  for (;;) {
    try {
      find("enter").hidden = true;
      find("board").hidden = false;
      await listen();
      find("state").textContent = "Connecting again …";
    } catch (problem) {
      if (problem instanceof Response) {
        find("enter").hidden = false;
        find("board").hidden = true;
        find("state").textContent = "This is not the admin key of this server.";
        return;
      }
      find("state").textContent = "The server does not answer. Trying again …";
    }
    await new Promise((wake) => { setTimeout(wake, 2000); });
  }
}

find("enter").addEventListener("submit", (event) => {
  event.preventDefault();
  // Behind the #, which no request carries.
  location.hash = find("key").value.trim();
});
addEventListener("hashchange", () => location.reload());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
if (location.hash.length > 1) open(location.hash.slice(1));
else {
  find("enter").hidden = false;
  find("state").textContent = "";
}
