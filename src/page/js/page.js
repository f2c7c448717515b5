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

for (const part of document.querySelectorAll("[data-needs-scripts]")) part.hidden = false;
const showAll = document.querySelector("[data-show-all]");
showAll.addEventListener("click", () => {
  state.setList("open", Object.keys(data.guesses));
  for (const guess of guesses) guess.draw();
});

const parts = [["explorer", explorer], ["wall", wall], ["lineup", lineup], ["transcript", transcript]];
for (const [name, part] of parts) {
  const host = document.querySelector(`[data-${name}]`);
  if (host && data[name]) part.make(host, data[name]);
}

// The figures fold away where there are scripts to unfold them; a printed page shows everything.
for (const more of document.querySelectorAll("details.more")) more.open = false;
addEventListener("beforeprint", () => { for (const details of document.querySelectorAll("details")) details.open = true; });

// What a browser scrolled to before the parts had their size.
document.getElementById(state.get("at"))?.scrollIntoView();
