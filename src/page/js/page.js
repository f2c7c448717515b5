// Puts the parts to work, each where the page has a place for it.

const data = JSON.parse(document.getElementById("data").textContent);

// What was found in a chapter, and its row in the table of claims, are seen once the reader has guessed or asked to.
function reveal(name, shown) {
  document.querySelector(`[data-found="${name}"]`).hidden = !shown;
  const cell = document.querySelector(`[data-row="${name}"] [data-shown]`);
  cell.hidden = !shown;
  cell.parentElement.querySelector("a")?.remove();
  if (!shown) cell.after(dom.h("a", { href: `#${name}` }, "Guess first"));
}

const guesses = Object.entries(data.guesses).map(([name, guess]) =>
  guessing.make(document.querySelector(`[data-guess="${name}"]`), name, guess, (shown) => reveal(name, shown)));

function open(names) {
  state.setList("open", [...new Set([...state.list("open"), ...names])]);
  for (const guess of guesses) guess.draw();
}

lab.make(document.querySelector("[data-lab]"), data.lab);

for (const part of document.querySelectorAll("[data-needs-scripts]")) part.hidden = false;
document.querySelector("[data-show-all]").addEventListener("click", () => open(Object.keys(data.guesses)));

const parts = [["wall", wall], ["lineup", lineup], ["transcript", transcript]];
for (const [name, part] of parts) {
  const host = document.querySelector(`[data-${name}]`);
  if (host && data[name]) part.make(host, data[name]);
}

// A link to something to play with opens the chapter it stands in; a link to what this page lacks is none.
for (const link of document.querySelectorAll("[data-play]")) {
  if (!document.getElementById(link.dataset.play)) link.removeAttribute("href");
}

function arrive() {
  const place = document.getElementById(state.get("at"));
  const found = place?.closest("[data-found]");
  if (found?.hidden) open([found.dataset.found]);
  place?.scrollIntoView();
}
state.onArrival(arrive);
arrive();

// The rest of the figures folds away where there are scripts to unfold it; a printed page shows everything.
for (const more of document.querySelectorAll("details.more")) more.open = false;
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
