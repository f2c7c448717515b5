// Puts the parts to work, each where the page has a place for it.

const data = JSON.parse(document.getElementById("data").textContent);

for (const [name, task] of Object.entries(data.tasks)) tasks.make(name, task);

for (const [name, game] of [["provider", provider], ["expert", expert], ["talk", talk]]) {
  const host = document.querySelector(`[data-${name}]`);
  if (host && data[name]) game.make(host, data[name], host.closest("[data-chapter]").dataset.chapter);
}

const toy = document.querySelector("[data-lab]");
if (toy) lab.make(toy, data.lab);

for (const part of document.querySelectorAll("[data-needs-scripts]")) part.hidden = false;
document.querySelector("[data-show-all]")?.addEventListener("click", chapters.openAll);

chapters.progress();
chapters.follow();

const arrive = () => document.getElementById(state.get("at"))?.scrollIntoView();
state.onArrival(arrive);
arrive();

// A printed page shows everything.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
